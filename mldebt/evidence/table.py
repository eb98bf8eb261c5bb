"""The table of repositories: a row for each, with every signal and its coverage. Empty means unknown."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import NamedTuple

from scoring.profile import Size

DONE = "measured"
COVERAGE = ":coverage"
ABOUT = ("repository", "commit", "as_of", "population", "label", "kind", "commits", "ml_files", "ml_notebooks")
OUTCOME = "outcome"
FEWEST_COMMITS = 100
"""NICHE holds no smaller repository, so of smaller ones nothing is proven."""
ENOUGH_SEEN = 0.5
"""Numbers of which less was seen are not compared."""


class Cell(NamedTuple):
    value: float
    coverage: float


class Row(NamedTuple):
    """One repository at one commit."""

    repository: str
    commit: str
    as_of: str  # day
    label: str  # NICHE's: Y is engineered, N is not; empty without one
    kind: str
    size: Size
    cells: Mapping[str, Cell]  # of the signals that were measured

    @property
    def commits(self) -> int:
        return self.size.commits

    @property
    def is_held_out(self) -> bool:
        """Half of all repositories, by name alone: no signal is chosen by them."""
        return int(sha256(self.repository.lower().encode()).hexdigest()[-1], 16) % 2 == 1

    def value(self, signal: str) -> float | None:
        cell = self.cells.get(signal)
        return None if cell is None or cell.coverage < ENOUGH_SEEN else cell.value


class Table(NamedTuple):
    rows: tuple[Row, ...]  # that could be measured, by name
    failed: int  # rows that could not
    signals: tuple[str, ...]

    @property
    def until(self) -> str:
        """The last day that any of them was looked at."""
        return max((row.as_of for row in self.rows), default="")


def comparable(rows: Iterable[Row]) -> list[Row]:
    """Those that may get a letter: what is no ML system, or too small for NICHE, proves nothing either."""
    return [row for row in rows if not row.size.is_no_system and row.commits >= FEWEST_COMMITS]


def read(text: str) -> Table:
    """Raises ValueError where a column or a number is not what it should be."""
    lines = csv.DictReader(io.StringIO(text, newline=""))
    columns = lines.fieldnames or ()
    lacking = [name for name in (*ABOUT, OUTCOME) if name not in columns]
    if lacking:
        raise ValueError(f"the table lacks: {', '.join(lacking)}")
    signals = tuple(name for name in columns if f"{name}{COVERAGE}" in columns)
    found, failed = [], 0
    for line in lines:
        if line[OUTCOME] != DONE:
            failed += 1
            continue
        found.append(_row(line, signals))
    if len({row.repository.lower() for row in found}) != len(found):
        raise ValueError("a repository has two rows")
    return Table(tuple(sorted(found)), failed, signals)


def _row(line: Mapping[str, str], signals: tuple[str, ...]) -> Row:
    try:
        cells = {
            name: Cell(float(line[name]), float(line[f"{name}{COVERAGE}"] or 0)) for name in signals if line[name] != ""
        }
        size = Size(*(int(line[name]) for name in Size._fields))
    except ValueError as error:
        raise ValueError(f"the row of {line['repository']}: {error}") from None
    return Row(
        line["repository"], line["commit"], _day(line["as_of"]), line["label"].strip(), line["kind"], size, cells
    )


def _day(text: str) -> str:
    """Of seconds, or of an ISO date."""
    return datetime.fromtimestamp(int(text), UTC).date().isoformat() if text.isdecimal() else text[:10]
