"""What a change does to the data that jobs read and write: facts, not alarms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from scoring.wording import worded

MOST = 1_000
"""Reads and writes of each list in JSON."""
NAMES = 3
"""Sets of data that a sentence names."""


class DataEdge(NamedTuple):
    """A job that reads or writes a set of data, with the place that says it best."""

    access: str  # "read" or "write"
    data: str
    job: str  # a stage, or the script where nothing starts it
    path: str
    line: int
    call: str
    is_started: bool  # something starts the job
    declared: bool
    observed: bool
    status: str  # how much of the name is known


class DataChange(NamedTuple):
    """Reads and writes after a change that were not there before, and those that are gone."""

    added: tuple[DataEdge, ...] = ()
    lost: tuple[DataEdge, ...] = ()
    unnamed: tuple[int, int] = (0, 0)  # places that do not tell which data, before and after
    why: str = ""  # a clause: why they are not compared, or not all; "" where they are
    is_compared: bool = True

    @property
    def counted(self) -> tuple[tuple[str, tuple[DataEdge, ...]], ...]:
        """ "1 more read", "2 writes fewer", each with its edges; what there is none of is left out."""
        parts = (
            ("more", "read", self.added),
            ("more", "write", self.added),
            ("fewer", "read", self.lost),
            ("fewer", "write", self.lost),
        )
        found = ((way, access, tuple(row for row in rows if row.access == access)) for way, access, rows in parts)
        return tuple(
            (f"{len(rows):,} {way} {worded(len(rows), access, f'{access}s')}", rows)
            for way, access, rows in found
            if rows
        )

    @property
    def sentence(self) -> str:
        """ "Data: 1 more read, 2 fewer writes." Nothing where none is added or lost."""
        told = ", ".join(says for says, _ in self.counted)
        return f"Data: {told}." if told else ""


def named(rows: Iterable[DataEdge]) -> tuple[tuple[str, ...], int]:
    """A few names of the data of edges, and how many more there are."""
    names = list(dict.fromkeys(row.data for row in rows))
    return tuple(names[:NAMES]), max(0, len(names) - NAMES)


def data_object(change: DataChange) -> dict[str, Any]:
    return {
        "compared": change.is_compared,
        "why": change.why or None,
        "added": [_edge(row) for row in change.added[:MOST]],
        "lost": [_edge(row) for row in change.lost[:MOST]],
        "beyond": {"added": max(0, len(change.added) - MOST), "lost": max(0, len(change.lost) - MOST)},
        "unnamed": {"before": change.unnamed[0], "after": change.unnamed[1]},
    }


def _edge(row: DataEdge) -> Mapping[str, Any]:
    source, target = (row.data, row.job) if row.access == "read" else (row.job, row.data)
    return {
        "source": source,
        "target": target,
        "access": row.access,
        "file": row.path,
        "line": row.line or None,
        "call": row.call or None,
        "stage": row.job if row.is_started else None,
        "declared": row.declared,
        "observed": row.observed,
        "status": row.status,
    }
