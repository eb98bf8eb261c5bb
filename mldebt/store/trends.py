"""What lists show beside the latest answers: how it was a quarter ago, and the line of the last year.

Worked out when a snapshot is written, per repository, so that a list of 200 repositories reads 1,000 small rows and not
52 weeks of each.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, delete, select
from sqlmodel import col

from collectors.facts.changes import DAY
from mldebt.store.bulk import insert_rows
from mldebt.store.tables import Snapshot, SnapshotAnswer, Trend

YEAR = 365 * DAY
QUARTER = 91 * DAY
NEAR_A_QUARTER = 46 * DAY
"""Further than this from a quarter ago, a snapshot is nothing to compare with."""


class _Past(NamedTuple):
    question: str
    as_of: int
    version: str
    lead: str | None
    letter: str | None
    value: float | None

    def is_like(self, other: _Past) -> bool:
        """The two numbers mean the same thing."""
        return (self.version, self.lead) == (other.version, other.lead)


def latest_first(of: type[Snapshot] = Snapshot) -> tuple[ColumnElement[Any], ...]:
    """The order of a repository's snapshots, as `Snapshot` describes it; `of` may be an alias of it."""
    return col(of.as_of).desc(), col(of.is_backfill).asc(), col(of.seen_at).desc(), col(of.id).desc()


def refresh_trends(connection: Connection, repository_id: int) -> None:
    """Work out the trends of one repository again, from its stored answers."""
    connection.execute(delete(Trend).where(col(Trend.repository_id) == repository_id))
    newest = select(col(Snapshot.as_of)).where(col(Snapshot.repository_id) == repository_id)
    at = connection.execute(newest.order_by(col(Snapshot.as_of).desc()).limit(1)).scalar()
    if at is None:
        return
    parts = select(
        col(SnapshotAnswer.question),
        col(Snapshot.as_of),
        col(Snapshot.version),
        col(SnapshotAnswer.lead),
        col(SnapshotAnswer.letter),
        col(SnapshotAnswer.value),
    )
    year = (
        parts.join_from(Snapshot, SnapshotAnswer, col(SnapshotAnswer.snapshot_id) == col(Snapshot.id))
        .where(col(Snapshot.repository_id) == repository_id, col(Snapshot.as_of) >= at - YEAR)
        .order_by(*latest_first())
    )
    by_question: defaultdict[str, dict[int, _Past]] = defaultdict(dict)
    for row in connection.execute(year):
        past = _Past(*row)
        by_question[past.question].setdefault(past.as_of, past)  # of one moment, only the latest
    insert_rows(connection, Trend, _trends(repository_id, at, by_question))


def _trends(repository_id: int, at: int, by_question: dict[str, dict[int, _Past]]) -> Iterator[tuple[object, ...]]:
    for question, pasts in sorted(by_question.items()):
        if at not in pasts:
            continue
        like = [past for past in reversed(pasts.values()) if past.is_like(pasts[at])]
        earlier = _a_quarter_before(like, at)
        then = (earlier.as_of, earlier.letter, earlier.value) if earlier else (None, None, None)
        spark = [(past.as_of, past.value) for past in like if past.value is not None]
        yield repository_id, question, *then, json.dumps(spark, separators=(",", ":"))


def _a_quarter_before(pasts: Sequence[_Past], at: int) -> _Past | None:
    near = [past for past in pasts if abs(past.as_of - (at - QUARTER)) <= NEAR_A_QUARTER]
    return min(near, key=lambda past: abs(past.as_of - (at - QUARTER)), default=None)
