"""Reading: numbers over a repository's snapshots, oldest first, one for each moment."""

from __future__ import annotations

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


FEW = 20
"""Up to so many names each is looked for; of more, all signals of a snapshot are read in one go."""
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
        .order_by(*newest_moment_first())
    )
    if len(names) <= FEW:
        rows = rows.where(col(SnapshotSignal.name).in_(names))
    found: dict[str, dict[int, Past]] = {name: {} for name in names}
    versions: dict[tuple[str, int], str] = {}
    for name, at, value, version, own in connection.execute(rows).all():
        points = found.get(name)
        if points is not None and at not in points:  # of one moment, only the latest
            both = (version, own)
            if both not in versions:
                versions[both] = f"{version} {own}"
            points[at] = Past(at, value, versions[both])
    return {name: tuple(reversed(points.values())) for name, points in found.items() if points}


def moments(connection: Connection, repository_id: int) -> tuple[int, int]:
    """How many snapshots there are, and the last one's id: while they stay, so does every series."""
    found = select(func.count(), func.max(col(Snapshot.id))).where(col(Snapshot.repository_id) == repository_id)
    number, last = connection.execute(found).one()
    return int(number), int(last or 0)
