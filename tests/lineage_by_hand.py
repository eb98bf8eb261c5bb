"""Programs by hand, so that a test of lineage reads as text in, accesses out."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import dedent

from collectors.facts.lineage import DataAccess, Resolution
from collectors.lineage.entries import Entry, observed

_OPEN = {Resolution.UNRESOLVED, Resolution.PARAMETER}


def rows(
    code: str | Mapping[str, str],
    *words: str,
    files: Mapping[str, str] | None = None,
    folder: str = "",
    open_: bool = False,
) -> tuple[DataAccess, ...]:
    """Accesses of a program, or of the first of several modules. `open_`: nobody knows its words."""
    sources = {path: dedent(text) for path, text in ({"main.py": code} if isinstance(code, str) else code).items()}
    texts = {path: dedent(text) for path, text in (files or {}).items()}
    first = next(iter(sources))
    entry = Entry(first, None if open_ else words, folder, "stage")
    return observed(sources, [*sources, *texts], texts.get, [entry])


def seen(
    code: str | Mapping[str, str],
    *words: str,
    files: Mapping[str, str] | None = None,
    folder: str = "",
    open_: bool = False,
) -> list[str]:
    """Of the first program's run: "r data.csv", "w model.pkl", "r ?" where no name is known."""
    found = rows(code, *words, files=files, folder=folder, open_=open_)
    return sorted({shown(row) for row in found if row.job == "stage"})


def shown(row: DataAccess) -> str:
    return f"{row.access.value[0]} {'?' if row.resolution in _OPEN else row.name}"
