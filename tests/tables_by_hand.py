"""Tables of repositories by hand."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256

from mldebt.evidence.table import ABOUT, COVERAGE, OUTCOME, Cell, Row, Table
from scoring.profile import Size

Numbers = Callable[[random.Random, str], Mapping[str, float]]


def commit_of(repository: str) -> str:
    return sha256(repository.encode()).hexdigest()[:40]


def row(repository: str = "a/b", label: str = "Y", commits: int = 500, coverage: float = 1, **values: float) -> Row:
    cells = {name: Cell(value, coverage) for name, value in values.items()}
    return Row(repository, commit_of(repository), "2026-11-01", label, "library", Size(commits, 9, 1), cells)


def table(*rows: Row) -> Table:
    return Table(tuple(sorted(rows)), 0, tuple(sorted({name for row in rows for name in row.cells})))


def many(numbers: Numbers, each: int = 60, commits: Sequence[int] = (120, 150, 400, 900, 2_000, 3_000)) -> Table:
    """So many repositories of either label, of every size alike. The same call makes the same."""
    chance = random.Random("a corpus for tests")
    return table(
        *[
            row(f"owner/{label}{number}", label, chance.choice(commits), **numbers(chance, label))
            for label in "YN"
            for number in range(each)
        ]
    )


def written(of: Table) -> str:
    """As the file is."""
    columns = [*ABOUT, OUTCOME, *(name for signal in of.signals for name in (signal, signal + COVERAGE))]
    lines = [",".join(columns)]
    for one in of.rows:
        about = [one.repository, one.commit, one.as_of, "niche", one.label, one.kind, *map(str, one.size), "measured"]
        cells = [one.cells.get(signal) for signal in of.signals]
        lines.append(",".join([*about, *("," if c is None else f"{c.value!r},{c.coverage!r}" for c in cells)]))
    return "\n".join(lines) + "\n"
