"""The table: one row for each repository, one column for each number and one for how much of it was seen."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from mldebt.calibration.corpus import Candidate

SIZES = ("commits", "authors", "files", "code_lines", "ml_files", "ml_notebooks")
LEADING = ("repository", "commit", "as_of", "population", "label", "kind", "stratum", *SIZES, "outcome")


class Stratum(NamedTuple):
    """Repositories of like size: most numbers grow with it, so they are compared inside of one alone."""

    name: str
    least: int  # commits
    most: int | None

    @property
    def words(self) -> str:
        return f"{self.least:,} commits or more" if self.most is None else f"{self.least:,} to {self.most:,} commits"


STRATA = (Stratum("small", 1, 199), Stratum("medium", 200, 1_000), Stratum("large", 1_001, None))
"""Set before anything was measured."""


def stratum_of(commits: int) -> str:
    """Empty for a repository without commits."""
    return next((one.name for one in STRATA if one.least <= commits <= (one.most or commits)), "")


def table(rows: Iterable[tuple[Candidate, Mapping[str, Any]]], signals: Sequence[str]) -> str:
    """As CSV. An empty cell is unknown, never 0."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*LEADING, *(column for name in signals for column in (name, f"{name}:coverage"))])
    for one, found in rows:
        measured: Mapping[str, Sequence[float]] = found.get("signals", {})
        writer.writerow(
            [
                one.repository,
                found.get("commit", ""),
                found.get("as_of", ""),
                *one[1:4],
                stratum_of(int(found["commits"])) if found.get("commits") else "",
                *(found.get(size, "") for size in SIZES),
                found["outcome"],
                *(_cell(number) for name in signals for number in measured.get(name, (None, None))),
            ]
        )
    return text.getvalue()


def _cell(number: float | None) -> str:
    return "" if number is None else f"{number:.9g}"
