"""Jupyter notebooks: the kernel's language, the source of the code cells, and the order they ran in, without outputs.

Formats 3 and 4. Source: https://nbformat.readthedocs.io/en/latest/format_description.html
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from collectors.facts.files import RunBack
from scoring.finding.masking import masked

# Kernels name their language in lower case, or only by the kernel's own name.
_LANGUAGES: Mapping[str, str] = {
    "python": "Python",
    "ipython": "Python",
    "r": "R",
    "ir": "R",
    "julia": "Julia",
    "scala": "Scala",
    "spark": "Scala",
    "sql": "SQL",
    "bash": "Shell",
    "sh": "Shell",
    "octave": "MATLAB",
    "matlab": "MATLAB",
    "javascript": "JavaScript",
    "typescript": "TypeScript",
    "c++": "C++",
    "cpp": "C++",
    "c++11": "C++",
    "c++14": "C++",
    "c++17": "C++",
    "c#": "C#",
    "f#": "F#",
    "go": "Go",
    "rust": "Rust",
    "java": "Java",
    "kotlin": "Kotlin",
    "ruby": "Ruby",
    "haskell": "Haskell",
    "lua": "Lua",
    "perl": "Perl",
    "stata": "Stata",
    "sas": "SAS",
    "swift": "Swift",
    "ocaml": "OCaml",
    "clojure": "Clojure",
    "sagemath": "Sage",
}
UNKNOWN = "Jupyter Notebook"
"""Linguist's name for a notebook whose kernel is not known."""

# Cell magics whose body is still the kernel's own language.
# Source: https://ipython.readthedocs.io/en/stable/interactive/magics.html#cell-magics
_OWN_LANGUAGE = {"time", "timeit", "capture", "prun", "debug", "python", "python3", "pypy", "skip", "memit", "mprun"}
_CELL_MAGIC = re.compile(r"\s*%%(\w+)")
_MAGIC = re.compile(r"^([ \t]*)(?:[%!?]|[\w.]+\?{1,2}[ \t]*$)")
_CAPTURED = re.compile(r"^([\w.,\[\] \t]++=[ \t]*)[%!](?!=).*$")


_MOST = 50  # cells run back that are kept
_LONGEST = 200  # characters of a cell's first line


class Notebook(NamedTuple):
    language: str  # linguist's name, or UNKNOWN
    source: str  # code cells joined, in Python's case without magics
    run_cells: int = 0  # cells that bear an execution count
    run_back: tuple[RunBack, ...] = ()
    as_python: str = ""  # the source without magics, where the notebook names no language at all


class NotebookError(Exception):
    """The text is no notebook; the message says why."""


def read_notebook(text: str) -> Notebook:
    """Raises NotebookError for text that is not JSON, or is JSON of another shape."""
    try:
        document = json.loads(text)
    except RecursionError:
        raise NotebookError("it is nested too deeply") from None
    except ValueError:
        raise NotebookError("it is not JSON") from None
    if not isinstance(document, dict):
        raise NotebookError("it is JSON, but no notebook")
    cells = [_joined(cell.get("source", cell.get("input"))) for cell in _cells(document)]
    cells = [cell.replace("\r\n", "\n").replace("\r", "\n") for cell in cells]
    said = [cell.get("execution_count", cell.get("prompt_number")) for cell in _cells(document)]
    counts = [_count(value) if cell.strip() else 0 for value, cell in zip(said, cells, strict=True)]
    back = tuple(islice(_run_back(cells, counts), _MOST))
    named = list(_named(document))
    language = next((found for name in named if (found := _language(name))), UNKNOWN)
    plain = "\n".join(map(_without_magics, cells)) if language == "Python" or not named else ""
    source = plain if language == "Python" else "\n".join(cells)
    return Notebook(language, source, sum(count > 0 for count in counts), back, "" if named else plain)


def _count(value: object) -> int:
    """0: it was not run, or the count was cleared."""
    return value if type(value) is int and value > 0 else 0


def _run_back(cells: Sequence[str], counts: Sequence[int]) -> Iterator[RunBack]:
    line, above = 1, 0
    for cell, count in zip(cells, counts, strict=True):
        if count:
            if count < above:
                first = next(row for row in cell.split("\n") if row.strip())
                yield RunBack(line, masked(" ".join(first.split()))[:_LONGEST], count, above)
            above = count
        line += cell.count("\n") + 1


def _cells(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    sheets = document.get("worksheets")  # format 3
    for sheet in sheets if isinstance(sheets, list) else [document]:
        cells = _mapping(sheet).get("cells")
        for cell in cells if isinstance(cells, list) else []:
            if _mapping(cell).get("cell_type") == "code":
                yield cell


def _joined(source: object) -> str:
    """Formats allow a string, or a list of lines with their ends."""
    if isinstance(source, str):
        return source
    if isinstance(source, list):
        return "".join(line for line in source if isinstance(line, str))
    return ""


def _named(document: Mapping[str, Any]) -> Iterator[str]:
    """What the notebook calls its language, or its kernel: the most telling first."""
    metadata = _mapping(document.get("metadata"))
    kernel, info = _mapping(metadata.get("kernelspec")), _mapping(metadata.get("language_info"))
    in_cells = next((cell["language"] for cell in _cells(document) if "language" in cell), None)  # format 3
    for said in (kernel.get("language"), info.get("name"), kernel.get("name"), in_cells):
        if isinstance(said, str) and said:
            yield said


def _language(said: str) -> str | None:
    name = said.lower()
    return _LANGUAGES.get(name) or _LANGUAGES.get(re.split(r"[-_\d. ]", name)[0])


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _without_magics(cell: str) -> str:
    """Magics, shell lines and questions become `pass`, so that lines and indentation stay."""
    magic = _CELL_MAGIC.match(cell)
    if magic is not None and magic[1].lower() not in _OWN_LANGUAGE:
        return "\n".join("pass" if row.strip() else row for row in cell.split("\n"))
    rows = []
    indent = None  # of the magic that the last line continues
    for row in cell.split("\n"):
        special = _MAGIC.match(row)
        if special is not None or indent is not None:
            start = indent if indent is not None else special[1] if special is not None else ""
            rows.append(f"{start}pass" if row.strip() else row)
            indent = start if row.endswith("\\") else None
        else:
            rows.append(_CAPTURED.sub(r"\1None", row))
    return "\n".join(rows)
