"""What lists show beside the latest answers: how it was a quarter ago, and the line of the last year.

Worked out when a snapshot is written, per repository, so that a list of 200 repositories reads 1,000 small rows and not
52 weeks of each.
"""

from __future__ import annotations

import json
from collections import defaultdict
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


def latest_first(of: type[Snapshot] = Snapshot) -> tuple[ColumnElement[Any], ...]:
    """The order of a repository's snapshots, as `Snapshot` describes it; `of` may be an alias of it."""
    return col(of.as_of).desc(), col(of.is_backfill).asc(), col(of.seen_at).desc(), col(of.id).desc()


def refresh_trends(connection: Connection, repository_id: int) -> None:
    """Work out the trends of one repository again, from what is stored of it.

    The line of an answer is that of the signal whose number heads it now, whatever headed it then, in snapshots of the
    same version.
    """
    connection.execute(delete(Trend).where(col(Trend.repository_id) == repository_id))
    latest = select(col(Snapshot.id), col(Snapshot.as_of), col(Snapshot.version))
    latest = latest.where(col(Snapshot.repository_id) == repository_id).order_by(*latest_first()).limit(1)
    newest = connection.execute(latest).first()
    if newest is None:
        return
    leads = select(col(SnapshotAnswer.question), col(SnapshotAnswer.lead))
    leads = leads.where(col(SnapshotAnswer.snapshot_id) == newest.id).order_by(col(SnapshotAnswer.question))
    by_question = {question: lead for question, lead in connection.execute(leads)}  # noqa: C416 - rows are no pairs to mypy
    year = (
        col(Snapshot.repository_id) == repository_id,
        col(Snapshot.as_of) >= newest.as_of - YEAR,
        col(Snapshot.version) == newest.version,
    )
    values = _over_time(connection, year, SnapshotSignal, SnapshotSignal.name, SnapshotSignal.value)
    letters = _over_time(connection, year, SnapshotAnswer, SnapshotAnswer.question, SnapshotAnswer.letter)
    rows = ((q, values.get(lead or "", {}), letters[q]) for q, lead in by_question.items())
    insert_rows(connection, Trend, (_trend(repository_id, newest.as_of, *row) for row in rows))


def _over_time(
    connection: Connection, year: Any, table: type[Any], name: Any, number: Any
) -> dict[str, dict[int, Any]]:
    """By name and moment, oldest first; of one moment, only the latest snapshot."""
    rows = select(col(name), col(Snapshot.as_of), col(number))
    rows = rows.join_from(Snapshot, table, col(table.snapshot_id) == col(Snapshot.id)).where(*year)
    found: defaultdict[str, dict[int, Any]] = defaultdict(dict)
    for what, as_of, value in connection.execute(rows.order_by(*latest_first())):
        found[what].setdefault(as_of, value)
    return {what: dict(reversed(moments.items())) for what, moments in found.items()}


def _trend(
    repository_id: int, at: int, question: str, values: dict[int, float | None], letters: dict[int, str | None]
) -> tuple[object, ...]:
    spark = [(as_of, value) for as_of, value in values.items() if value is not None]
    near = [(abs(as_of - (at - QUARTER)), as_of, value) for as_of, value in spark]
    distance, earlier_at, earlier_value = min(near, default=(YEAR, None, None))
    then = (
        (earlier_at, letters.get(earlier_at), earlier_value)
        if earlier_at and distance <= NEAR_A_QUARTER
        else (None,) * 3
    )
    return repository_id, question, *then, json.dumps(spark, separators=(",", ":"))
