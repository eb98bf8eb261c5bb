"""Reading: which repositories and snapshots there are, and the latest answers of all.

Each function is one or a few queries, however many repositories and snapshots the store holds; values come out, no rows
that hold on to a connection.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, ScalarSelect, Select, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from mldebt.store.bulk import storable
from mldebt.store.errors import GoneError
from mldebt.store.snapshots import AnswerRow
from mldebt.store.tables import Repository, Snapshot, SnapshotAnswer, SnapshotSignal, Trend
from mldebt.store.trends import last_seen_first, latest_of, newest_moment_first, unpacked

_LARGEST_ID = 2**31 - 1
_COMMIT = re.compile("[0-9a-f]{4,64}")


class RepositoryRow(NamedTuple):
    id: int
    source: str  # absolute path, or URL without credentials
    name: str
    is_example: bool
    web: str | None
    default_branch: str | None


class SnapshotRow(NamedTuple):
    id: int
    repository_id: int
    commit: str  # hex; empty for a repository without commits
    as_of: int  # seconds since 1970 UTC
    identity: str  # digest
    identity_parts: str  # JSON, for scoring.answers.Identity.read
    version: str  # of profile and scoring: numbers of different versions are not compared
    is_backfill: bool
    partial: tuple[str, ...]  # sentences: what could not be read
    scanned_at: int
    advice: tuple[str, ...] = ()  # sentences: what a team can tidy up in its policy


class LatestAnswer(NamedTuple):
    """One answer of a repository's latest snapshot, and how it was before."""

    answer: AnswerRow
    earlier_at: int | None = None  # the snapshot near a quarter before; None: there is none to compare with
    earlier_letter: str | None = None
    earlier_value: float | None = None
    year: bytes = b""  # the last year's moments, where comparable, as `mldebt.store.trends` packs them
    n: int | None = None  # how many things the number was computed from

    @property
    def spark(self) -> tuple[tuple[int, float], ...]:
        """(as_of, value), oldest first. Unpacked for whoever asks: a list shows few of all."""
        return unpacked(self.year)


class PortfolioRow(NamedTuple):
    repository: RepositoryRow
    snapshot: SnapshotRow | None  # None before the first scan is done
    answers: tuple[LatestAnswer, ...]  # by question


def repositories(connection: Connection) -> tuple[RepositoryRow, ...]:
    """All, by name."""
    ordered = _repositories().order_by(col(Repository.name), col(Repository.id))
    return tuple(RepositoryRow(*row) for row in connection.execute(ordered))


def repository(connection: Connection, wanted: str) -> RepositoryRow | None:
    """The one whose source is `wanted`, else the only one of that name, else the one of that id; never a guess."""
    wanted = storable(wanted)
    matches: list[ColumnElement[bool]] = [col(Repository.source) == wanted, col(Repository.name) == wanted]
    number = _as_id(wanted)
    if number is not None:
        matches.append(col(Repository.id) == number)
    for match in matches:
        found = connection.execute(_repositories().where(match).limit(2)).all()
        if len(found) == 1:
            return RepositoryRow(*found[0])
    return None


def latest_snapshot(connection: Connection, repository_id: int) -> SnapshotRow | None:
    """What the last scan came to. Others may be of later moments: after `--as-of`, or a branch that was set back."""
    return _first(connection, _columns().where(latest_of(repository_id)).order_by(*last_seen_first()))


def latest_snapshots(connection: Connection) -> dict[int, SnapshotRow]:
    """The latest snapshot of every repository that has one, by the repository's id."""
    rows = connection.execute(_columns().join_from(Repository, Snapshot, col(Snapshot.id) == _latest_id()))
    return {row.repository_id: row for row in map(_snapshot, rows)}


def snapshot_at(connection: Connection, repository_id: int, at: str) -> SnapshotRow | None:
    """The snapshot that a link means by `?at=`: an id, or a commit of at least four hex digits.

    Of several at one commit, that which a scan came to last; where there are back-filled ones alone, that of the
    newest moment. None where it means none of this repository.
    """
    number = _as_id(at)
    by_id = _first(connection, _snapshots(repository_id).where(col(Snapshot.id) == number)) if number else None
    if by_id is not None or not _COMMIT.fullmatch(at):
        return by_id
    there = _snapshots(repository_id).where(col(Snapshot.commit).startswith(at))
    scanned = there.where(latest_of(repository_id)).order_by(None).order_by(*last_seen_first())
    return _first(connection, scanned) or _first(connection, there)


def snapshot_by_id(connection: Connection, snapshot_id: int) -> SnapshotRow:
    """Of whatever repository. Raises GoneError where there is none."""
    found = _first(connection, _columns().where(col(Snapshot.id) == snapshot_id))
    if found is None:
        raise GoneError(f"no snapshot {snapshot_id}")
    return found


def snapshots(connection: Connection, repository_id: int) -> tuple[SnapshotRow, ...]:
    """All of a repository, that of the newest moment first."""
    return tuple(map(_snapshot, connection.execute(_snapshots(repository_id))))


def answers_of(connection: Connection, snapshot_id: int) -> tuple[AnswerRow, ...]:
    """The answers as scored when the snapshot was written, by question."""
    rows = select(*_ANSWER).where(col(SnapshotAnswer.snapshot_id) == snapshot_id)
    return tuple(AnswerRow(*row) for row in connection.execute(rows.order_by(col(SnapshotAnswer.question))))


def repository_of(connection: Connection, snapshot_id: int) -> int | None:
    """The repository that a snapshot is of."""
    found = select(col(Snapshot.repository_id)).where(col(Snapshot.id) == snapshot_id)
    return connection.execute(found).scalar()


def portfolio(connection: Connection, visible: Collection[int] | None = None) -> tuple[PortfolioRow, ...]:
    """Repositories by name, with their latest answers: three queries, however many there are.

    Those alone that are `visible`, by id; None means all.
    """
    latest = latest_snapshots(connection)
    same = (col(Trend.repository_id) == col(Repository.id)) & (col(Trend.question) == col(SnapshotAnswer.question))
    leading = (col(SnapshotSignal.snapshot_id) == col(SnapshotAnswer.snapshot_id)) & (
        col(SnapshotSignal.name) == col(SnapshotAnswer.lead)
    )
    rows = (
        select(col(Repository.id), col(SnapshotSignal.n), *_TREND, *_ANSWER)
        .join_from(Repository, SnapshotAnswer, col(SnapshotAnswer.snapshot_id) == _latest_id())
        .outerjoin(Trend, same)
        .outerjoin(SnapshotSignal, leading)
        .order_by(col(Repository.id), col(SnapshotAnswer.question))
    )
    answers: defaultdict[int, list[LatestAnswer]] = defaultdict(list)
    for repository_id, n, at, letter, value, year, *answer in connection.execute(rows):
        answers[repository_id].append(LatestAnswer(AnswerRow(*answer), at, letter, value, year or b"", n))
    shown = (row for row in repositories(connection) if visible is None or row.id in visible)
    return tuple(PortfolioRow(row, latest.get(row.id), tuple(answers[row.id])) for row in shown)


_ANSWER = tuple(col(getattr(SnapshotAnswer, name)) for name in AnswerRow._fields)
_TREND = (col(Trend.earlier_at), col(Trend.earlier_letter), col(Trend.earlier_value), col(Trend.spark))


def _repositories() -> Select[Any]:
    return select(*(col(getattr(Repository, name)) for name in RepositoryRow._fields))


def _columns() -> Select[Any]:
    return select(*(col(getattr(Snapshot, name)) for name in SnapshotRow._fields))


def _snapshots(repository_id: int) -> Select[Any]:
    return _columns().where(col(Snapshot.repository_id) == repository_id).order_by(*newest_moment_first())


def _first(connection: Connection, rows: Select[Any]) -> SnapshotRow | None:
    row = connection.execute(rows.limit(1)).first()
    return None if row is None else _snapshot(row)


def _snapshot(row: Any) -> SnapshotRow:
    plain = SnapshotRow(*row)
    return plain._replace(partial=tuple(json.loads(row.partial)), advice=tuple(json.loads(row.advice)))


def _latest_id() -> ScalarSelect[Any]:
    """Of the repository in the query around it. An index look-up for each, not a sort of all."""
    other = aliased(Snapshot)
    mine = select(col(other.id)).where(latest_of(col(Repository.id), other)).order_by(*last_seen_first(other))
    return mine.limit(1).correlate(Repository).scalar_subquery()


def _as_id(text: str) -> int | None:
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= 10 else None
    return number if number is not None and 0 < number <= _LARGEST_ID else None
