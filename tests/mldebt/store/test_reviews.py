"""Reviews on both databases: opened once, typed into field by field, closed once and never changed again."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from mldebt.store import reviews
from mldebt.store.attestations import given
from mldebt.store.engine import Store
from mldebt.store.errors import GoneError
from mldebt.store.reading import snapshots
from mldebt.store.reviews import Closing, FieldChangedError, ReviewClosedError
from mldebt.store.snapshots import forget_repository, save_snapshot
from mldebt.store.tables import Snapshot
from scoring.attestation import Attestation
from tests.reviews_by_hand import decision
from tests.snapshots_by_hand import finding, snapshot, stored

HOSTILE = "<script>alert(1)</script> 한국어\n token=abcdef123456 \ud800"
ANSWER = Attestation("entanglement", "we watch slices", "@ml", "2024-02-13", "2024-05-15")


@pytest.fixture
def opened(store: Store) -> tuple[int, int]:
    """A repository, and its open review."""
    with store.writing() as connection:
        repository_id, (first, _, last) = stored(connection, "credit", *(snapshot(day) for day in (0, 45, 91)))
        return repository_id, reviews.open_review(connection, repository_id, first, last, "2024-02-13", 10)


def frozen(record: str = "{}", *settled: tuple[int, str, str]) -> Callable[[reviews.ReviewRow], Closing]:
    return lambda _: Closing(record, (ANSWER,), settled)


def test_one_review_of_a_repository_is_open_at_a_time(store: Store, opened: tuple[int, int]) -> None:
    repository_id, review_id = opened
    with store.writing() as connection:
        newest, _, oldest = (row.id for row in snapshots(connection, repository_id))
        assert reviews.open_review(connection, repository_id, oldest, newest, "2024-02-14", 11) == review_id
        (row,) = reviews.reviews(connection, repository_id)
        assert (row.is_open, row.opened_on, row.record, row.is_intact) == (True, "2024-02-13", None, False)


def test_a_review_is_over_two_snapshots_of_one_repository_in_their_order(store: Store, opened: tuple[int, int]) -> None:
    with store.writing() as connection:
        other, (elsewhere,) = stored(connection, "other", snapshot(0))
        newest, middle, _ = (row.id for row in snapshots(connection, opened[0]))
        for pair in ((newest, middle), (middle, middle), (elsewhere, newest), (middle, 99)):
            with pytest.raises(ValueError, match="two snapshots of one repository"):
                reviews.open_review(connection, opened[0], *pair, "2024-02-13", 10)
        assert reviews.review(connection, other, opened[1]) is None


def test_what_is_typed_is_kept_as_typed_field_by_field(store: Store, opened: tuple[int, int]) -> None:
    _, review_id = opened
    with store.writing() as connection:
        for name, value in (("answer.entanglement.words", "no"), ("answer.entanglement.words", HOSTILE), ("x", "y")):
            reviews.save_field(connection, review_id, name, value, 20)
        kept = reviews.fields(connection, review_id)
    assert list(kept) == ["answer.entanglement.words", "x"]
    assert kept["answer.entanglement.words"].startswith("<script>alert(1)</script> 한국어\n")
    assert "abcdef" not in kept["answer.entanglement.words"]
    assert kept["answer.entanglement.words"].endswith("\\ud800")


def test_nobody_writes_over_what_somebody_else_typed_meanwhile(store: Store, opened: tuple[int, int]) -> None:
    _, review_id = opened
    with store.writing() as connection:
        assert reviews.save_field(connection, review_id, "x", "ann", 20, known="") == "ann"
        with pytest.raises(FieldChangedError) as raised:
            reviews.save_field(connection, review_id, "x", "ben", 21, known="")
        assert raised.value.theirs == "ann"
        assert reviews.fields(connection, review_id) == {"x": "ann"}
        assert reviews.save_field(connection, review_id, "x", "ann", 22, known="") == "ann"  # both typed the same
        assert reviews.save_field(connection, review_id, "x", "ann and ben", 23, known="ann") == "ann and ben"
        kept = reviews.save_field(connection, review_id, "x", "token=abcdef123456", 24, known="ann and ben")
        assert "abcdef" not in kept
        assert reviews.save_field(connection, review_id, "x", "", 25, known=kept) == ""


def test_a_decision_that_two_take_at_once_is_one(store: Store, opened: tuple[int, int]) -> None:
    _, review_id = opened
    with store.writing() as connection:
        first = reviews.decide(connection, review_id, decision(words=HOSTILE))
        assert reviews.decide(connection, review_id, decision(words=HOSTILE)) == first
        assert reviews.decide(connection, review_id, decision(words="another")) != first
        assert len(reviews.decisions(connection, review_id)) == 2


def test_decisions_are_taken_and_taken_back(store: Store, opened: tuple[int, int]) -> None:
    _, review_id = opened
    with store.writing() as connection:
        reviews.save_field(connection, review_id, "decision.words", "wrap it", 20)
        first = reviews.decide(connection, review_id, decision(words=HOSTILE), clear=("decision.words",))
        second = reviews.decide(connection, review_id, decision("supervise", "file", "a.py"))
        reviews.take_back(connection, review_id, first)
        (left,) = reviews.decisions(connection, review_id)
        assert reviews.fields(connection, review_id) == {}
    assert left == replace(decision("supervise", "file", "a.py"), number=second)


def test_a_closed_review_is_never_changed_again(store: Store, opened: tuple[int, int]) -> None:
    repository_id, review_id = opened
    with store.writing() as connection:
        reviews.close(connection, repository_id, review_id, "@lead <b>", 30, frozen('{"a":1}'))
        (row,) = reviews.reviews(connection, repository_id)
        assert (row.closed_at, row.closed_by, row.record, row.is_intact) == (30, "@lead <b>", '{"a":1}', True)
        assert row.digest == hashlib.sha256(b'{"a":1}').hexdigest()
        assert given(connection, repository_id) == (ANSWER._replace(source="dashboard"),)
    writes: list[Callable[..., object]] = [
        lambda c: reviews.save_field(c, review_id, "x", "y", 40),
        lambda c: reviews.decide(c, review_id, decision()),
        lambda c: reviews.take_back(c, review_id, 1),
        lambda c: reviews.discard(c, review_id),
        lambda c: reviews.close(c, repository_id, review_id, "@other", 40, frozen("{}")),
    ]
    for write in writes:
        with pytest.raises(ReviewClosedError) as refused, store.writing() as connection:
            write(connection)
        assert refused.value.review.closed_by == "@lead <b>"
    with store.reading() as connection:
        assert reviews.review(connection, repository_id, review_id) == row
    assert not row._replace(record='{"a":2}').is_intact


def test_what_fails_on_closing_leaves_it_open(store: Store, opened: tuple[int, int]) -> None:
    repository_id, review_id = opened

    def failing(_: reviews.ReviewRow) -> Closing:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), store.writing() as connection:
        reviews.close(connection, repository_id, review_id, "@lead", 30, failing)
    with pytest.raises(GoneError), store.writing() as connection:
        reviews.close(connection, repository_id + 1, review_id, "@lead", 30, frozen())
    with store.reading() as connection:
        assert reviews.reviews(connection, repository_id)[0].is_open
        assert given(connection, repository_id) == ()


def test_of_two_who_close_at_once_the_second_is_told_and_nothing_is_lost(store: Store, opened: tuple[int, int]) -> None:
    """Both sit before the open review; each types, and then both close."""
    repository_id, review_id = opened
    begun, told = threading.Barrier(2, timeout=60), []

    def close(by: str) -> None:
        with store.writing() as connection:
            reviews.save_field(connection, review_id, f"of {by}", by, 20)
        begun.wait()
        try:
            with store.writing() as connection:
                record = lambda _: Closing(",".join(reviews.fields(connection, review_id)))  # noqa: E731
                reviews.close(connection, repository_id, review_id, by, 30, record)
        except ReviewClosedError as error:
            told.append((by, error.review.closed_by))

    people = [threading.Thread(target=close, args=(by,)) for by in ("ann", "ben")]
    for one in people:
        one.start()
    for one in people:
        one.join(20)
    with store.reading() as connection:
        (row,) = reviews.reviews(connection, repository_id)
    assert row.record == "of ann,of ben"
    assert sorted([row.closed_by, told[0][0]], key=str) == ["ann", "ben"]
    assert told == [(told[0][0], row.closed_by)]


def test_a_snapshot_that_a_review_names_cannot_be_deleted(store: Store, opened: tuple[int, int]) -> None:
    repository_id, _ = opened
    with store.reading() as connection:
        newest, middle, oldest = (row.id for row in snapshots(connection, repository_id))
    for pinned in (newest, oldest):
        with pytest.raises(IntegrityError), store.writing() as connection:
            connection.execute(delete(Snapshot).where(col(Snapshot.id) == pinned))
    with store.writing() as connection:
        connection.execute(delete(Snapshot).where(col(Snapshot.id) == middle))


def test_a_scan_of_the_same_identity_takes_the_place_of_one_from_history(store: Store) -> None:
    with store.writing() as connection:
        repository_id, (first, last) = stored(connection, "credit", snapshot(0, is_backfill=True), snapshot(91))
        review_id = reviews.open_review(connection, repository_id, first, last, "2024-02-13", 10)
        scanned = save_snapshot(connection, repository_id, snapshot(0, findings=[finding()]))
        row = reviews.review(connection, repository_id, review_id)
        assert row is not None
        assert (row.before_id, row.now_id) == (scanned, last)
        assert {one.id for one in snapshots(connection, repository_id)} == {scanned, last}


def test_a_decision_stands_until_a_later_review_ends_it(store: Store, opened: tuple[int, int]) -> None:
    repository_id, review_id = opened
    with store.writing() as connection:
        first = reviews.decide(connection, review_id, decision())
        second = reviews.decide(connection, review_id, decision("supervise"))
        assert reviews.standing(connection, repository_id) == ()
        closed = reviews.close(connection, repository_id, review_id, "@lead", 30, frozen())
        stands = reviews.standing(connection, repository_id)
        assert [(one.decision.number, one.now_id) for one in stands] == [(n, closed.now_id) for n in (first, second)]
        later = reviews.open_review(connection, repository_id, closed.before_id, closed.now_id, "2024-05-13", 40)
        reviews.close(connection, repository_id, later, "@lead", 50, frozen("{}", (first, "done", "wrapped")))
        assert [one.decision.number for one in reviews.standing(connection, repository_id)] == [second]
        assert reviews.standing(connection, repository_id, before=review_id) == ()


def test_a_review_that_was_opened_by_mistake_can_be_given_up(store: Store, opened: tuple[int, int]) -> None:
    repository_id, review_id = opened
    with store.writing() as connection:
        reviews.save_field(connection, review_id, "x", "y", 1)
        reviews.decide(connection, review_id, decision())
        reviews.discard(connection, review_id)
        assert reviews.reviews(connection, repository_id) == ()
        assert reviews.fields(connection, review_id) == {}


def test_an_id_is_given_once(store: Store, opened: tuple[int, int]) -> None:
    """What a page still holds of what is gone never means another review, or a decision that somebody took since."""
    _, review_id = opened
    with store.writing() as connection:
        first = reviews.decide(connection, review_id, decision())
        reviews.take_back(connection, review_id, first)
        second = reviews.decide(connection, review_id, decision())
        reviews.take_back(connection, review_id, first)
        assert [one.number for one in reviews.decisions(connection, review_id)] == [second]
        reviews.discard(connection, review_id)
        other, (before, now) = stored(connection, "other", snapshot(0), snapshot(91))
        opened_there = reviews.open_review(connection, other, before, now, "2024-02-13", 10)
        assert opened_there > review_id
        with pytest.raises(GoneError):
            reviews.save_field(connection, review_id, "x", "meant for the first", 1)


def test_a_repository_is_forgotten_with_its_reviews_alone(store: Store, opened: tuple[int, int]) -> None:
    repository_id, review_id = opened
    with store.writing() as connection:
        number = reviews.decide(connection, review_id, decision())
        closed = reviews.close(connection, repository_id, review_id, "@lead", 30, frozen())
        later = reviews.open_review(connection, repository_id, closed.before_id, closed.now_id, "2024-05-13", 40)
        reviews.close(connection, repository_id, later, "@lead", 50, frozen("{}", (number, "done", "")))
        other, (first, last) = stored(connection, "other", snapshot(0), snapshot(91))
        kept = reviews.open_review(connection, other, first, last, "2024-02-13", 10)
        forget_repository(connection, repository_id)
        assert reviews.reviews(connection, repository_id) == ()
        assert [row.id for row in reviews.reviews(connection, other)] == [kept]


def test_a_record_that_somebody_changed_in_the_database_is_noticed(store: Store, opened: tuple[int, int]) -> None:
    from mldebt.store.tables import Review

    repository_id, review_id = opened
    with store.writing() as connection:
        reviews.close(connection, repository_id, review_id, "@lead", 30, frozen('{"a":1}'))
        connection.execute(update(Review).values(record='{"a":2}'))
        assert not reviews.reviews(connection, repository_id)[0].is_intact
