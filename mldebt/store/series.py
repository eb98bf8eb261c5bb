"""Reading: numbers over a repository's snapshots, oldest first, one for each moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select
from sqlmodel import col

from mldebt.store.tables import Snapshot, SnapshotSignal
from mldebt.store.trends import newest_moment_first


class Past(NamedTuple):
    """One signal in one snapshot. No more of it than is drawn: a page reads thousands."""

    at: int  # the snapshot's as_of
    value: float | None  # None: unknown in this snapshot
    version: str  # of profile, scoring and signal: numbers of different versions are not compared


_POINT: tuple[Any, ...] = tuple(
    map(col, (Snapshot.as_of, SnapshotSignal.value, Snapshot.version, SnapshotSignal.version))
)


def signal_series(
    connection: Connection, repository_id: int, names: Collection[str], since: int = 0
) -> dict[str, tuple[Past, ...]]:
    """Each of these signals over the snapshots of `since` or later. One query."""
    rows = (
        select(col(SnapshotSignal.name), *_POINT)
        .join_from(Snapshot, SnapshotSignal, col(SnapshotSignal.snapshot_id) == col(Snapshot.id))
        .where(col(Snapshot.repository_id) == repository_id, col(Snapshot.as_of) >= since)
        .where(col(SnapshotSignal.name).in_(names))
        .order_by(*newest_moment_first())
    )
    found: defaultdict[str, dict[int, Past]] = defaultdict(dict)
    for row in connection.execute(rows).all():
        name, at, value, version, own = row
        if at not in found[name]:  # of one moment, only the latest
            found[name][at] = Past(at, value, f"{version} {own}")
    return {name: tuple(reversed(points.values())) for name, points in found.items()}


def moments(connection: Connection, repository_id: int) -> tuple[int, int]:
    """How many snapshots there are, and the last one's id: while they stay, so does every series."""
    found = select(func.count(), func.max(col(Snapshot.id))).where(col(Snapshot.repository_id) == repository_id)
    number, last = connection.execute(found).one()
    return int(number), int(last or 0)
