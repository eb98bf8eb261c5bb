"""Reviews: opened, typed into, closed. What is typed is kept field by field; what is closed is never changed again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, cast

from sqlalchemy import Connection, Select, delete, select, update
from sqlmodel import col

from mldebt.store.attestations import give
from mldebt.store.bulk import storable
from mldebt.store.errors import GoneError
from mldebt.store.inserting import insert_into
from mldebt.store.tables import Decision, Review, ReviewField, Settlement, Snapshot
from scoring.attestation import Attestation
from scoring.finding.masking import masked
from scoring.review.record import Decision as Decided

LONGEST_FIELD = 2_000
"""Characters of what is typed into one field."""
SETTLED = "done", "dropped"


class ReviewRow(NamedTuple):
    id: int
    repository_id: int
    before_id: int
    now_id: int
    opened_on: str  # YYYY-MM-DD
    opened_at: int
    closed_at: int | None
    closed_by: str | None
    record: str | None  # JSON; None while it is open
    digest: str | None

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_intact(self) -> bool:
        """Its record is what it was when it was closed."""
        return self.record is not None and hashlib.sha256(self.record.encode()).hexdigest() == self.digest


class ReviewClosedError(Exception):
    """Somebody closed it meanwhile: nothing is written into it any more."""

    def __init__(self, review: ReviewRow) -> None:
        super().__init__("this review was closed meanwhile, and is not changed any more")
        self.review = review


class FieldChangedError(Exception):
    """Somebody else typed into this field meanwhile: neither of the two texts is lost."""

    def __init__(self, theirs: str) -> None:
        super().__init__("somebody else typed into this field meanwhile")
        self.theirs = theirs


class Closing(NamedTuple):
    """What is kept when a review is closed."""

    record: str  # JSON
    answers: tuple[Attestation, ...] = ()
    settled: tuple[tuple[int, str, str], ...] = ()  # (decision, "done" or "dropped", note)


def open_review(connection: Connection, repository_id: int, before_id: int, now_id: int, day: str, at: int) -> int:
    """Open a review over two snapshots of a repository; returns its id. Of two who do it at once, both get one.

    Raises ValueError where these are not two snapshots of this repository, the first before the second.
    """
    mine = select(col(Snapshot.id), col(Snapshot.as_of)).where(col(Snapshot.repository_id) == repository_id)
    moments = {row[0]: row[1] for row in connection.execute(mine.where(col(Snapshot.id).in_([before_id, now_id])))}
    if before_id not in moments or now_id not in moments or moments[before_id] >= moments[now_id]:
        raise ValueError("a review is over two snapshots of one repository, the first before the second")
    row = {
        "repository_id": repository_id,
        "before_id": before_id,
        "now_id": now_id,
        "open_of": repository_id,
        "opened_on": day,
        "opened_at": at,
    }
    connection.execute(insert_into(connection, Review).values(row).on_conflict_do_nothing(index_elements=["open_of"]))
    wanted = select(col(Review.id)).where(col(Review.open_of) == repository_id)
    return cast("int", connection.execute(wanted).scalar_one())


def reviews(connection: Connection, repository_id: int) -> tuple[ReviewRow, ...]:
    """All of a repository, the newest first."""
    rows = connection.execute(_rows().where(col(Review.repository_id) == repository_id).order_by(col(Review.id).desc()))
    return tuple(ReviewRow(*row) for row in rows)


def review(connection: Connection, repository_id: int, review_id: int) -> ReviewRow | None:
    """None where this repository has no such review."""
    mine = _rows().where(col(Review.id) == review_id, col(Review.repository_id) == repository_id)
    row = connection.execute(mine).first()
    return None if row is None else ReviewRow(*row)


def discard(connection: Connection, review_id: int) -> None:
    """Give up a review that is open, with all that was typed. Raises ReviewClosedError."""
    _locked(connection, review_id)
    _forget(connection, [review_id])


def save_field(connection: Connection, review_id: int, name: str, value: str, at: int, known: str | None = None) -> str:
    """Keep what was typed into a field; returns it as it is kept. `known` is what whoever typed saw there before.

    Raises ReviewClosedError, or FieldChangedError where another text than `known` stands there by now.
    """
    _locked(connection, review_id)
    row = {"review_id": review_id, "name": storable(name), "value": _typed(value), "saved_at": at}
    if known is not None:
        mine = select(col(ReviewField.value)).where(col(ReviewField.review_id) == review_id)
        theirs = connection.execute(mine.where(col(ReviewField.name) == row["name"])).scalar() or ""
        if theirs not in (known, row["value"]):
            raise FieldChangedError(theirs)
    statement = insert_into(connection, ReviewField).values(row)
    kept = {"value": row["value"], "saved_at": at}
    connection.execute(statement.on_conflict_do_update(index_elements=["review_id", "name"], set_=kept))
    return str(row["value"])


def fields(connection: Connection, review_id: int) -> dict[str, str]:
    """What is typed, by the field's name."""
    mine = select(col(ReviewField.name), col(ReviewField.value)).where(col(ReviewField.review_id) == review_id)
    return {row[0]: row[1] for row in connection.execute(mine.order_by(col(ReviewField.name)))}


def decide(connection: Connection, review_id: int, decided: Decided, clear: tuple[str, ...] = ()) -> int:
    """Keep a decision; returns its number. The fields in `clear` are emptied with it. Raises ReviewClosedError.

    Of two who take the very same decision at once, both get one.
    """
    _locked(connection, review_id)
    texts = {
        name: getattr(decided, name) for name in ("kind", "about", "subject", "title", "due", "rule", "path", "reason")
    }
    typed = {"words": _typed(decided.words), "owner": _typed(decided.owner), "made_on": decided.on}
    row = {name: storable(text) for name, text in {**texts, **typed}.items()}
    alike = (col(getattr(Decision, name)) == text for name, text in row.items())
    same = select(col(Decision.id)).where(col(Decision.review_id) == review_id, *alike)
    if (taken := connection.execute(same).scalar()) is not None:
        return taken
    statement = insert_into(connection, Decision).values(review_id=review_id, **row).returning(col(Decision.id))
    number = cast("int", connection.execute(statement).scalar_one())
    gone = delete(ReviewField).where(col(ReviewField.review_id) == review_id, col(ReviewField.name).in_(clear))
    connection.execute(gone)
    return number


def take_back(connection: Connection, review_id: int, number: int) -> None:
    """Of a review that is open. Raises ReviewClosedError."""
    _locked(connection, review_id)
    connection.execute(delete(Decision).where(col(Decision.review_id) == review_id, col(Decision.id) == number))


def decisions(connection: Connection, review_id: int) -> tuple[Decided, ...]:
    """Of one review, in the order in which they were taken."""
    rows = connection.execute(_decisions().where(col(Decision.review_id) == review_id).order_by(col(Decision.id)))
    return tuple(_decided(row) for row in rows)


class Standing(NamedTuple):
    """A decision of a closed review that no later one put an end to."""

    decision: Decided
    now_id: int  # the snapshot that it was taken on


def standing(connection: Connection, repository_id: int, before: int | None = None) -> tuple[Standing, ...]:
    """Of all closed reviews of a repository, or of those before the review `before`, in their order."""
    rows = (
        _decisions()
        .add_columns(col(Review.now_id).label("now_id"))
        .join(Review, col(Review.id) == col(Decision.review_id))
        .outerjoin(Settlement, col(Settlement.decision_id) == col(Decision.id))
        .where(
            col(Review.repository_id) == repository_id,
            col(Review.closed_at).is_not(None),
            col(Settlement.decision_id).is_(None),
        )
        .order_by(col(Decision.id))
    )
    if before is not None:
        rows = rows.where(col(Review.id) < before)
    return tuple(Standing(_decided(row), row.now_id) for row in connection.execute(rows))


def close(
    connection: Connection,
    repository_id: int,
    review_id: int,
    by: str,
    at: int,
    freeze: Callable[[ReviewRow], Closing],
) -> ReviewRow:
    """Close a review: `freeze` tells what is kept of it, from what is stored at this moment.

    What was answered becomes what the team states. Of two who close at once the second gets ReviewClosedError, and what
    both typed before is in. Raises GoneError where the repository has no such review.
    """
    mine = review(connection, repository_id, review_id)
    if mine is None:
        raise GoneError(f"no review {review_id} of this repository")
    _locked(connection, review_id)
    kept = freeze(mine)
    for answer in kept.answers:
        give(connection, repository_id, answer, at)
    for number, word, note in kept.settled:
        row = {"decision_id": number, "review_id": review_id, "word": word, "note": _typed(note)}
        connection.execute(insert_into(connection, Settlement).values(row).on_conflict_do_nothing())
    digest = hashlib.sha256(kept.record.encode()).hexdigest()
    values = {"closed_at": at, "closed_by": _typed(by), "open_of": None, "record": kept.record, "digest": digest}
    connection.execute(
        update(Review).where(col(Review.id) == review_id, col(Review.closed_at).is_(None)).values(values)
    )
    return cast("ReviewRow", review(connection, repository_id, review_id))


def forget_reviews(connection: Connection, repository_id: int) -> None:
    """With the repository itself, and never without it."""
    mine = select(col(Review.id)).where(col(Review.repository_id) == repository_id)
    _forget(connection, list(connection.execute(mine).scalars()))


def _forget(connection: Connection, ids: list[int | None]) -> None:
    taken = select(col(Decision.id)).where(col(Decision.review_id).in_(ids))
    connection.execute(delete(Settlement).where(col(Settlement.review_id).in_(ids)))
    connection.execute(delete(Settlement).where(col(Settlement.decision_id).in_(taken)))
    for part in (Decision, ReviewField):
        connection.execute(delete(part).where(col(part.review_id).in_(ids)))
    connection.execute(delete(Review).where(col(Review.id).in_(ids)))


def _locked(connection: Connection, review_id: int) -> None:
    """Nobody else writes into the review until this transaction ends. Raises ReviewClosedError."""
    row = connection.execute(_rows().where(col(Review.id) == review_id).with_for_update()).first()
    if row is None:
        raise GoneError(f"no review {review_id}")
    found = ReviewRow(*row)
    if not found.is_open:
        raise ReviewClosedError(found)


def _typed(text: str) -> str:
    """What somebody typed, secrets masked."""
    return storable(masked(text[:LONGEST_FIELD]))


def _rows() -> Select[Any]:
    return select(*(col(getattr(Review, name)) for name in ReviewRow._fields))


_COLUMNS: Mapping[str, str] = {"number": "id", "on": "made_on"}


def _decisions() -> Select[Any]:
    names = Decided.__dataclass_fields__
    columns: list[Any] = [col(getattr(Decision, _COLUMNS.get(name, name))).label(name) for name in names]
    return select(*columns)


def _decided(row: Any) -> Decided:
    return Decided(**{name: getattr(row, name) for name in Decided.__dataclass_fields__})
