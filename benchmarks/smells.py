"""Sites against the fixtures of two smell detectors: `python -m benchmarks.smells DSLINTER SMELL_AI [--write]`.

DSLINTER is a folder with the files of github.com/SERG-Delft/dslinter, SMELL_AI one with those of
github.com/giammariagiordano/smell_ai (CodeSmile). Their tests are parsed, never run: each test function gives a
snippet, and whether their rule must speak. Prints the table of docs/smells.md; --write puts it there.
"""

from __future__ import annotations

import ast
import re
import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from collectors.facts.sites import SiteKind
from collectors.readers.reading import summarise

PAGE = Path(__file__).parent.parent / "docs" / "smells.md"
START, END = "<!-- tables -->\n", "<!-- /tables -->\n"
PUBLISHED = (0.874, 0.786)
"""Precision and recall of CodeSmile over all its smells, as its authors report them."""

SEEDS = frozenset({SiteKind.UNSEEDED, SiteKind.UNSEEDED_DRAW})
DEFAULTS = frozenset({SiteKind.DEFAULT_HYPERPARAMETERS})
_CHECKERS, _RULES = "dslinter/tests/checkers", "test/unit_testing/detection_rules/generic"
RULES: tuple[tuple[str, str, str, frozenset[SiteKind]], ...] = (
    ("seeds", "dslinter", f"{_CHECKERS}/test_randomness_control_scikitlearn.py", SEEDS),
    ("seeds", "dslinter", f"{_CHECKERS}/test_randomness_control_numpy.py", SEEDS),
    ("seeds", "dslinter", f"{_CHECKERS}/test_randomness_control_pytorch.py", SEEDS),
    ("seeds", "dslinter", f"{_CHECKERS}/test_randomness_control_tensorflow.py", SEEDS),
    ("seeds", "dslinter", f"{_CHECKERS}/test_randomness_control_dataloader_pytorch.py", SEEDS),
    ("hyper-parameters", "dslinter", f"{_CHECKERS}/test_hyperparameters_scikitlearn.py", DEFAULTS),
    ("hyper-parameters", "dslinter", f"{_CHECKERS}/test_hyperparameters_pytorch.py", DEFAULTS),
    ("hyper-parameters", "dslinter", f"{_CHECKERS}/test_hyperparameters_tensorflow.py", DEFAULTS),
    ("hyper-parameters", "CodeSmile", f"{_RULES}/test_hyperparameters_not_explicitly_set.py", DEFAULTS),
)
"""What both look for, whose fixtures, where they lie, and what ours is called."""

_SILENT = re.compile(r"assertNoMessages|len\(result\) == 0")
_SPEAKS = re.compile(r"assertAddsMessages|len\(result\) == [1-9]")
_STRICT = "strict_hyperparameters_scikitlearn=True"
_BARE = re.compile(r"^\s*([A-Z]\w+)\(", re.MULTILINE)
_HOMES = {"KMeans": "cluster", "NearestNeighbors": "neighbors", "ElasticNet": "linear_model"}
"""Modules of scikit-learn whose import the snippets leave out."""


class Fixture(NamedTuple):
    name: str
    code: str
    speaks: bool  # their rule must


class Seen(NamedTuple):
    fixture: Fixture
    found: bool  # by us


def fixtures(text: str) -> Iterator[Fixture]:
    """The test functions of a file that hold a snippet and an expectation; those of an option that is off are left."""
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.FunctionDef) or not node.name.startswith("test"):
            continue
        around = "\n".join(
            text.split("\n")[min([node.lineno, *(one.lineno for one in node.decorator_list)]) - 1 : node.end_lineno]
        )
        code = max(_texts(node), key=len, default="")
        if _STRICT in around or not code or bool(_SILENT.search(around)) == bool(_SPEAKS.search(around)):
            continue
        yield Fixture(node.name, _completed(textwrap.dedent(code)), bool(_SPEAKS.search(around)))


def _texts(node: ast.FunctionDef) -> Iterator[str]:
    """Texts of more than one line, without the docstring."""
    docstring = node.body[0].value if isinstance(node.body[0], ast.Expr) else None
    for part in ast.walk(node):
        if (
            part is not docstring
            and isinstance(part, ast.Constant)
            and isinstance(part.value, str)
            and "\n" in part.value
        ):
            yield part.value


def _completed(code: str) -> str:
    """With the import of scikit-learn that a snippet of one call leaves out."""
    bare = _BARE.search(code)
    if "import" in code or bare is None or bare[1] not in _HOMES:
        return code
    return f"from sklearn.{_HOMES[bare[1]]} import {bare[1]}\n{code}"


def seen(fixture: Fixture, kinds: frozenset[SiteKind]) -> Seen:
    """Of hyper-parameters, only in the call that a snippet marks, if it marks one; seeds are of the whole snippet."""
    marked = {number for number, row in enumerate(fixture.code.split("\n"), 1) if row.rstrip().endswith("#@")}
    sites = [site for site in summarise("a.py", fixture.code.encode()).sites if site.kind in kinds]
    return Seen(fixture, any(kinds != DEFAULTS or not marked or site.line in marked for site in sites))


def table(rows: Sequence[tuple[str, str, Sequence[Seen]]]) -> Iterator[str]:
    yield "| what | fixtures of | snippets | must speak | found | found wrongly | precision | recall |"
    yield "|---" * 8 + "|"
    for what, whose in dict.fromkeys((what, whose) for what, whose, _ in rows):
        yield _row(what, whose, [one for w, o, part in rows if (w, o) == (what, whose) for one in part])
    yield _row("**together**", "", [one for *_, part in rows for one in part])
    precision, recall = PUBLISHED
    yield f"| CodeSmile, as published | all its smells, in real projects | | | | | {precision:.3f} | {recall:.3f} |"
    yield "\nOf these snippets, ours differs from theirs in:\n"
    for what, whose, part in rows:
        for one in part:
            if one.found != one.fixture.speaks:
                yield f"- {what}, {whose}: `{one.fixture.name}` ({'found' if one.found else 'not found'} by us)"


def _row(what: str, whose: str, rows: Iterable[Seen]) -> str:
    rows = list(rows)
    right = sum(one.found and one.fixture.speaks for one in rows)
    wrong = sum(one.found and not one.fixture.speaks for one in rows)
    must = sum(one.fixture.speaks for one in rows)
    precision = f"{right / (right + wrong):.3f}" if right + wrong else ""
    recall = f"{right / must:.3f}" if must else ""
    return f"| {what} | {whose} | {len(rows)} | {must} | {right} | {wrong} | {precision} | {recall} |"


def main(arguments: list[str]) -> int:
    folders = [Path(argument) for argument in arguments if argument != "--write"]
    if len(folders) != 2:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    where = dict(zip(("dslinter", "CodeSmile"), folders, strict=True))
    rows = []
    for what, whose, path, kinds in RULES:
        text = (where[whose] / path).read_text("utf-8")
        rows.append((what, whose, [seen(fixture, kinds) for fixture in fixtures(text)]))
    printed = "\n".join(table(rows)) + "\n"
    print(printed)
    if "--write" in arguments:
        before, _, rest = PAGE.read_text("utf-8").partition(START)
        PAGE.write_text(f"{before}{START}\n{printed}\n{END}{rest.partition(END)[2]}", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
