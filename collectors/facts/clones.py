"""Functions whose bodies are alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from collectors.facts.files import File
from collectors.facts.units import Unit


class Located(NamedTuple):
    """A function or class in its file."""

    file: File
    unit: Unit

    @property
    def where(self) -> str:
        return f"{self.unit.symbol} in {self.file.path}, line {self.unit.line}"


def long_functions(files: Iterable[File]) -> list[Located]:
    """Functions long enough to be compared: modules before notebooks, then by path and line.

    Where a module is the text of a notebook that stands beside it, the module alone is looked at.
    """
    rows = list(files)
    paths = {file.path for file in rows}
    chosen = [file for file in rows if not (file.is_notebook and f"{file.path.removesuffix('.ipynb')}.py" in paths)]
    chosen.sort(key=lambda file: (file.is_notebook, file.path))
    return [Located(file, unit) for file in chosen for unit in file.summary.units if unit.body]


def clone_groups(functions: Iterable[Located]) -> list[tuple[Located, ...]]:
    """Two or more whose bodies differ in texts, numbers, comments and white space at most; in the order given."""
    by_body: defaultdict[str, list[Located]] = defaultdict(list)
    for one in functions:
        by_body[one.unit.body].append(one)
    return [tuple(group) for group in by_body.values() if len(group) > 1]
