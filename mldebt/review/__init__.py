"""A review of a stored repository: which snapshots it is over, what it shows, and how it is closed.

Whoever shows one (pages, the command, an issue) asks here; what is shown is worked out in `scoring.review`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from sqlalchemy import Connection

from mldebt.profiles import profile_called
from mldebt.review.typed import given_answers, settled
from mldebt.store import reviews
from mldebt.store.attestations import given, together
from mldebt.store.contents import attestations_of, signals_of
from mldebt.store.engine import Store
from mldebt.store.findings import findings_of
from mldebt.store.names import titles
from mldebt.store.reading import RepositoryRow, SnapshotRow, answers_of, latest_snapshot, repositories, snapshots
from mldebt.store.reviews import Closing, ReviewRow, Standing
from mldebt.store.snapshots import AnswerRow
from mldebt.store.trends import NEAR_A_QUARTER, QUARTER
from scoring.answers import Identity
from scoring.attestation import Attestation
from scoring.review.comparison import Comparison, compare
from scoring.review.goals import About, Goal, Kind, check
from scoring.review.preparing import Earlier, Typed, prepared
from scoring.review.record import Record, read_record, record_json
from scoring.review.sides import Places, Side, places
from scoring.signal import Letter, grade


class Sides(NamedTuple):
    """What snapshots are to a review, by their ids: worked out once, wherever it is kept."""

    side: Callable[[int], Side]
    places: Callable[[int, int], Places]  # of the first and the second snapshot
    compared: Callable[[int, int], Comparison]  # raises ValueError where these are not in their order


class Pair(NamedTuple):
    before: SnapshotRow
    now: SnapshotRow


def side_of(connection: Connection, snapshot: SnapshotRow) -> Side:
    """A stored snapshot as a review compares it. It never changes, so it may be kept by the snapshot's id."""
    return Side(
        Identity.read(snapshot.identity_parts),
        signals_of(connection, snapshot.id),
        tuple(one.finding for one in findings_of(connection, snapshot.id, limit=None)),
        lists_places=not snapshot.is_backfill,
        told={row.question: _told(row) for row in answers_of(connection, snapshot.id)},
        attestations=attestations_of(connection, snapshot.id),
        partial=snapshot.partial,
    )


def _told(row: AnswerRow) -> str:
    letter, best, worst = (Letter(one) if one else None for one in (row.letter, row.best, row.worst))
    return grade(letter, (best, worst) if best and worst else None)


def pair(connection: Connection, repository_id: int, now: SnapshotRow | None = None) -> Pair | None:
    """What the next review of a repository is over: from where the last one ended, or about a quarter before, to now.

    `now` is the latest snapshot, unless another is meant. None where fewer than two snapshots can be compared.
    """
    now = now or latest_snapshot(connection, repository_id)
    if now is None:
        return None
    earlier = [row for row in snapshots(connection, repository_id) if row.as_of < now.as_of and row.commit]
    if not earlier or not now.commit:
        return None
    closed = [row.now_id for row in reviews.reviews(connection, repository_id) if not row.is_open]
    last = next((row for row in earlier if closed and row.id == closed[0]), None)
    return Pair(last or _about_a_quarter_before(now, earlier), now)


def _about_a_quarter_before(now: SnapshotRow, earlier: list[SnapshotRow]) -> SnapshotRow:
    """The nearest; near enough to a quarter, one of a scan before one from history, since it lists places."""

    def distance(row: SnapshotRow) -> tuple[bool, bool, int]:
        away = abs(row.as_of - (now.as_of - QUARTER))
        return away > NEAR_A_QUARTER, row.is_backfill and away <= NEAR_A_QUARTER, away

    return min(earlier, key=distance)


def compared(before: Side, now: Side) -> Comparison:
    """Two snapshots by the scales of the second. Raises ValueError where they are not in their order."""
    return compare(before, now, profile_called(now.identity.profile))


def record(
    connection: Connection, repository: RepositoryRow, review: ReviewRow, sides: Sides, day: str, title: str = ""
) -> Record:
    """All that an open review shows; `day` is today. `title`: as the repository is called, else as among all stored."""
    found = sides.compared(review.before_id, review.now_id)
    fields = reviews.fields(connection, review.id)
    typed = Typed(
        day,
        earlier=_earlier(reviews.standing(connection, repository.id, review.id), sides, review.now_id, day, fields),
        decisions=reviews.decisions(connection, review.id),
        answers=given_answers(fields),
        said=said(connection, repository.id, found.now),
    )
    return prepared(title or _title(connection, repository), repository.web, found, typed)


def proposed(
    connection: Connection,
    repository: RepositoryRow,
    sides: Sides,
    before_id: int,
    now_id: int,
    day: str,
    title: str = "",
) -> Record:
    """What a review would show that nobody opened yet. Raises ValueError where the snapshots are not in their order."""
    found = sides.compared(before_id, now_id)
    typed = Typed(
        day,
        earlier=_earlier(reviews.standing(connection, repository.id), sides, now_id, day, {}),
        said=said(connection, repository.id, found.now),
    )
    return prepared(title or _title(connection, repository), repository.web, found, typed)


def _title(connection: Connection, repository: RepositoryRow) -> str:
    return titles(repositories(connection))[repository.id]


def said(connection: Connection, repository_id: int, now: Side) -> tuple[Attestation, ...]:
    """What the team states: in its repository, and here."""
    return together(now.attestations, given(connection, repository_id))


def _earlier(
    stands: tuple[Standing, ...], sides: Sides, now_id: int, day: str, fields: Mapping[str, str]
) -> tuple[Earlier, ...]:
    """Decisions that stand, checked by the snapshot `now_id`."""
    now, endings = sides.side(now_id), settled(fields)
    found = []
    for decision, then_id in stands:
        goal = Goal(Kind(decision.kind), About(decision.about), decision.subject, decision.due)
        word, note = endings.get(decision.number, ("", ""))
        checked = check(goal, sides.side(then_id), now, sides.places(then_id, now_id), day)
        found.append(Earlier(decision, checked, word, note))
    return tuple(found)


def reader(connection: Connection, repository_id: int) -> Sides:
    """Sides read by this connection, each once."""
    rows = {row.id: row for row in snapshots(connection, repository_id)}

    @cache
    def side(snapshot_id: int) -> Side:
        return side_of(connection, rows[snapshot_id])

    @cache
    def seen(then_id: int, now_id: int) -> Places:
        return places(side(then_id), side(now_id))

    return Sides(side, seen, lambda before_id, now_id: compared(side(before_id), side(now_id)))


def close(
    store: Store, repository: RepositoryRow, review_id: int, by: str, at: int, day: str, title: str = ""
) -> ReviewRow:
    """Freeze a review as it stands at this moment, with what everybody typed. Raises ReviewClosedError, GoneError."""
    with store.writing() as connection:

        def freeze(review: ReviewRow) -> Closing:
            sides = reader(connection, repository.id)
            shown = record(connection, repository, review, sides, day, title)
            return _closing(replace(shown, closed=day, closed_by=" ".join(by.split())))

        return reviews.close(connection, repository.id, review_id, by, at, freeze)


def _closing(shown: Record) -> Closing:
    """What has both words and an owner is stated from now on; what lacks one stays in the record alone."""
    answers = tuple(
        Attestation(one.about, one.answer, one.owner, shown.closed, one.holds_until)
        for one in shown.asked
        if one.answer.strip() and one.owner.strip()
    )
    ended = tuple(
        (one.decision.number, one.settled, one.note)
        for one in (*shown.carried, *shown.goals)
        if one.settled in reviews.SETTLED
    )
    return Closing(record_json(shown), answers, ended)


def kept(review: ReviewRow) -> Record:
    """The record of a closed review. Raises ValueError where it is open, or not what it was when it was closed."""
    if review.record is None:
        raise ValueError("a review that is open has no record yet")
    if not review.is_intact:
        raise ValueError("the record of this review is not what it was when it was closed")
    return read_record(review.record)
