"""What lists show beside the latest answers: how it was a quarter ago, and the line of the last year.

Worked out when a snapshot is written, per repository, so that a list of 200 repositories reads 1,000 small rows and not
52 weeks of each.
"""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, select
from sqlmodel import col

from collectors.facts.changes import DAY
from mldebt.store.bulk import insert_rows
from mldebt.store.tables import Snapshot, SnapshotAnswer, SnapshotSignal, Trend

YEAR = 365 * DAY
QUARTER = 91 * DAY
NEAR_A_QUARTER = 46 * DAY
"""Further than this from a quarter ago, a snapshot is nothing to compare with."""


def newest_moment_first() -> tuple[ColumnElement[Any], ...]:
    """A repository's snapshots by the moment they are of; of one moment, a scan's own comes first, the last seen."""
    return col(Snapshot.as_of).desc(), col(Snapshot.is_backfill).asc(), *last_seen_first()


def last_seen_first(of: type[Snapshot] = Snapshot) -> tuple[ColumnElement[Any], ...]:
    """A repository's snapshots in the order in which scans came to them; `of` may be an alias of `Snapshot`."""
    return col(of.seen_at).desc(), col(of.id).desc()


def latest_of(repository_id: Any, of: type[Snapshot] = Snapshot) -> ColumnElement[bool]:
    """Whether a snapshot may be the latest of a repository: back-filled ones never are."""
    mine: ColumnElement[bool] = col(of.repository_id) == repository_id
    return mine & col(of.is_backfill).is_(False)


def packed(points: Sequence[tuple[int, float]]) -> bytes:
    """All moments as 8-byte integers, then all values as doubles: quicker to read back than JSON."""
    return struct.pack(f"<{len(points)}q{len(points)}d", *(at for at, _ in points), *(value for _, value in points))


def unpacked(spark: bytes) -> tuple[tuple[int, float], ...]:
    """(as_of, value), oldest first."""
    count = len(spark) // 16
    numbers = struct.unpack(f"<{count}q{count}d", spark)
    return tuple(zip(numbers[:count], numbers[count:], strict=True))


def refresh_trends(connection: Connection, repository_id: int) -> None:
    """Work out the trends of one repository again, from what is stored of it.

    The line of an answer is that of the signal whose number heads it now, whatever headed it then, in snapshots of the
    same versions of profile, scoring and signal.
    """
    connection.execute(delete(Trend).where(col(Trend.repository_id) == repository_id))
    scans = select(col(Snapshot.as_of), col(Snapshot.version)).where(latest_of(repository_id))
    latest = connection.execute(scans.order_by(*last_seen_first()).limit(1)).first()
    if latest is None:
        return
    year = (
        col(Snapshot.repository_id) == repository_id,
        col(Snapshot.as_of).between(latest.as_of - YEAR, latest.as_of),
        col(Snapshot.version) == latest.version,
    )
    answers = _over_time(connection, year, SnapshotAnswer, SnapshotAnswer.question, _LEAD_AND_LETTER)
    signals = _over_time(connection, year, SnapshotSignal, SnapshotSignal.name, _VALUE_AND_VERSION)
    rows = []
    for question, moments in sorted(answers.items()):
        if latest.as_of in moments:
            lead, _ = moments[latest.as_of]
            rows.append((repository_id, question, *_trend(latest.as_of, moments, signals[lead])))
    insert_rows(connection, Trend, rows)


_LEAD_AND_LETTER = col(SnapshotAnswer.lead), col(SnapshotAnswer.letter)
_VALUE_AND_VERSION = col(SnapshotSignal.value), col(SnapshotSignal.version)


def _over_time(
    connection: Connection, year: Any, table: type[Any], name: Any, numbers: tuple[Any, ...]
) -> defaultdict[Any, dict[int, tuple[Any, ...]]]:
    """By name and moment, oldest first; of one moment, only the latest snapshot."""
    rows = select(col(name), col(Snapshot.as_of), *numbers)
    rows = rows.join_from(Snapshot, table, col(table.snapshot_id) == col(Snapshot.id)).where(*year)
    found: defaultdict[Any, dict[int, tuple[Any, ...]]] = defaultdict(dict)
    for what, as_of, *row in connection.execute(rows.order_by(*newest_moment_first())):
        found[what].setdefault(as_of, tuple(row))
    for what, moments in found.items():
        found[what] = dict(reversed(moments.items()))
    return found


def _trend(at: int, answers: dict[int, tuple[Any, ...]], signal: dict[int, tuple[Any, ...]]) -> tuple[Any, ...]:
    """The columns of a Trend after its key, from moments of (lead, letter) and of (value, version)."""
    spark = [
        (as_of, value) for as_of, (value, version) in signal.items() if value is not None and version == signal[at][1]
    ]
    line = packed(spark)
    near = [(abs(as_of - (at - QUARTER)), as_of, value) for as_of, value in spark]
    if not near or min(near)[0] > NEAR_A_QUARTER:
        return None, None, None, line
    _, earlier_at, earlier_value = min(near)
    _, letter = answers.get(earlier_at, (None, None))
    return earlier_at, letter, earlier_value, line
