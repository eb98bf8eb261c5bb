"""Reading: numbers over a repository's snapshots, oldest first, one for each moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select
from sqlmodel import col

from mldebt.store.tables import Snapshot, SnapshotSignal
from mldebt.store.trends import newest_moment_first


class SignalPoint(NamedTuple):
    snapshot_id: int
    commit: str
    as_of: int
    version: str  # of profile and scoring: a line breaks where it changes
    is_backfill: bool
    value: float | None  # None: unknown in this snapshot
    n: int | None
    signal_version: int  # a line breaks where it changes, too


def signal_series(
    connection: Connection, repository_id: int, names: Collection[str], since: int = 0
) -> dict[str, tuple[SignalPoint, ...]]:
    """Each of these signals over the snapshots of `since` or later. One query."""
    numbers = col(SnapshotSignal.value), col(SnapshotSignal.n), col(SnapshotSignal.version)
    rows = (
        select(col(SnapshotSignal.name), *_SNAPSHOT, *numbers)
        .join_from(Snapshot, SnapshotSignal, col(SnapshotSignal.snapshot_id) == col(Snapshot.id))
        .where(*_of(repository_id, since), col(SnapshotSignal.name).in_(names))
    )
    found: defaultdict[str, dict[int, SignalPoint]] = defaultdict(dict)
    for name, *row in connection.execute(rows.order_by(*newest_moment_first())):
        point = SignalPoint(*row)
        found[name].setdefault(point.as_of, point)  # of one moment, only the latest
    return {name: tuple(reversed(points.values())) for name, points in found.items()}


def moments(connection: Connection, repository_id: int) -> tuple[int, int]:
    """How many snapshots there are, and the last one's id: while they stay, so does every series."""
    found = select(func.count(), func.max(col(Snapshot.id))).where(col(Snapshot.repository_id) == repository_id)
    number, last = connection.execute(found).one()
    return int(number), int(last or 0)


_SNAPSHOT = tuple(
    col(column) for column in (Snapshot.id, Snapshot.commit, Snapshot.as_of, Snapshot.version, Snapshot.is_backfill)
)


def _of(repository_id: int, since: int) -> tuple[Any, ...]:
    return col(Snapshot.repository_id) == repository_id, col(Snapshot.as_of) >= since
