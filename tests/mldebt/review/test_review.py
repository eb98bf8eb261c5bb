"""A review of a stored repository, from its choice of snapshots to what is kept when it is closed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from collectors.registry import discover
from mldebt.review import close, kept, pair, proposed, reader, record
from mldebt.review.typed import answer_field, settled_field
from mldebt.store import reviews
from mldebt.store.attestations import given
from mldebt.store.engine import Store, open_store
from mldebt.store.reading import RepositoryRow, repositories, snapshots
from mldebt.store.snapshots import NewSnapshot
from scoring.finding import tally
from scoring.review.record import Record, digest
from scoring.signal import Measurement, Signal
from tests.reviews_by_hand import decision
from tests.snapshots_by_hand import finding, snapshot, stored

TODAY, LATER = "2024-02-13", "2024-05-14"


def scanned(day: float, places: int) -> NewSnapshot:
    """A scan that found so many fixed thresholds, and looked at nothing else."""
    rule = next(one.definition for one in discover() if one.definition.name == "fixed_thresholds")
    found = [
        finding(f"serve_{number}.py", rule=rule.name, debt=rule.debt, snippet=f"score > 0.{number}")
        for number in range(places)
    ]
    signals = [Signal(rule, Measurement(places, 8, tally=tally(found)))]
    return snapshot(day, signals=signals, findings=found)


@pytest.fixture
def quarters(tmp_path: Path) -> Iterator[Store]:
    """A repository with a scan each quarter."""
    store = open_store(f"sqlite:///{tmp_path / 'mldebt.db'}", wait_seconds=5)
    with store.writing() as connection:
        stored(connection, "credit", *(scanned(day, places) for day, places in ((0, 1), (91, 2), (182, 2))))
    yield store
    store.close()


def repository(store: Store) -> RepositoryRow:
    with store.reading() as connection:
        return repositories(connection)[0]


def moments(store: Store) -> list[int]:
    """Ids of the snapshots, the oldest first."""
    with store.reading() as connection:
        return [row.id for row in reversed(snapshots(connection, repository(store).id))]


def opened(store: Store, before: int, now: int, day: str = TODAY) -> int:
    with store.writing() as connection:
        return reviews.open_review(connection, repository(store).id, before, now, day, 1)


def shown(store: Store, review_id: int, day: str = TODAY) -> Record:
    mine = repository(store)
    with store.reading() as connection:
        row = reviews.review(connection, mine.id, review_id)
        assert row is not None
        sides = reader(connection, mine.id)
        return record(connection, mine, row, sides, day)


def test_the_first_review_starts_about_a_quarter_ago(quarters: Store) -> None:
    with quarters.reading() as connection:
        found = pair(connection, repository(quarters).id)
    assert found is not None
    assert [found.before.id, found.now.id] == moments(quarters)[1:]


def test_a_later_review_starts_where_the_last_one_ended(quarters: Store) -> None:
    first, middle, last = moments(quarters)
    close(quarters, repository(quarters), opened(quarters, first, middle), "@lead", 2, TODAY)
    with quarters.writing() as connection:
        stored(connection, "credit", snapshot(200))
        found = pair(connection, repository(quarters).id)
    assert found is not None
    assert found.before.id == middle
    assert found.now.id > last


def test_of_a_scan_and_one_from_history_the_scan_is_compared(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'mldebt.db'}")
    with store.writing() as connection:
        mine, (_, by_scan, _) = stored(connection, "credit", snapshot(9, is_backfill=True), snapshot(20), snapshot(100))
        found = pair(connection, mine)
        assert found is not None
        assert found.before.id == by_scan
    store.close()


@pytest.mark.parametrize("days", [(), (0,)])
def test_one_moment_is_nothing_to_compare(tmp_path: Path, days: tuple[int, ...]) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'mldebt.db'}")
    with store.writing() as connection:
        mine, _ = stored(connection, "credit", *(snapshot(day) for day in days))
        assert pair(connection, mine) is None
    store.close()


def test_what_is_proposed_writes_nothing(quarters: Store) -> None:
    mine = repository(quarters)
    with quarters.reading() as connection:
        sides = reader(connection, mine.id)
        before, now = moments(quarters)[1:]
        one = proposed(connection, mine, sides, before, now, TODAY)
        assert reviews.reviews(connection, mine.id) == ()
    assert (one.repository, one.before.day, one.now.day) == ("credit", "2024-02-13", "2024-05-14")
    assert sum(item.minutes for item in one.agenda) == 45


def test_a_closed_review_is_what_was_shown_and_its_answers_are_stated(quarters: Store) -> None:
    mine, (first, middle, _) = repository(quarters), moments(quarters)
    review_id = opened(quarters, first, middle)
    with quarters.writing() as connection:
        for name, value in (
            (answer_field("entangled_inputs", "words"), "we watch slices <b>"),
            (answer_field("entangled_inputs", "owner"), "@ml"),
            (answer_field("ml_test_data_1", "words"), "a schema, checked nightly"),
            (answer_field("ml_test_data_1", "owner"), "data team"),
            (answer_field("ml_test_data_1", "until"), "2024-12-31"),
            (answer_field("incentives", "words"), "nobody signs this"),
            ("closed_by", "half typed"),
        ):
            reviews.save_field(connection, review_id, name, value, 1)
        reviews.decide(connection, review_id, decision())
    before = shown(quarters, review_id)
    row = close(quarters, mine, review_id, " @lead\n", 2, TODAY)
    one = kept(row)
    assert (one.closed, one.closed_by, row.digest) == (TODAY, "@lead", digest(one))
    assert (one.before.identity, one.now.identity) == (before.before.identity, before.now.identity)
    assert (one.asked, one.decisions) == (before.asked, before.decisions)
    with quarters.reading() as connection:
        said = {answer.about: answer for answer in given(connection, mine.id)}
    assert {about: (one.by, one.until) for about, one in said.items()} == {
        "entangled_inputs": ("@ml", "2024-05-15"),
        "ml_test_data_1": ("data team", "2024-12-31"),
    }
    assert {a.about: a.answer for a in one.asked if a.answer}["incentives"] == "nobody signs this"


def test_what_changes_in_the_store_later_does_not_change_a_closed_review(quarters: Store) -> None:
    mine, (first, middle, _) = repository(quarters), moments(quarters)
    row = close(quarters, mine, opened(quarters, first, middle), "@lead", 2, TODAY)
    then = kept(row)
    with quarters.writing() as connection:
        stored(connection, "credit", snapshot(300, findings=[finding()]))
        again = reviews.review(connection, mine.id, row.id)
    assert again is not None
    assert kept(again) == then
    with pytest.raises(ValueError, match="not what it was"):
        kept(again._replace(record=again.record and again.record.replace("credit", "debit")))
    with pytest.raises(ValueError, match="open"):
        kept(again._replace(record=None))


def test_the_next_review_checks_what_the_last_one_decided_and_ends_it(quarters: Store) -> None:
    mine, (first, middle, last) = repository(quarters), moments(quarters)
    one = opened(quarters, first, middle)
    with quarters.writing() as connection:
        action = reviews.decide(connection, one, decision("refactor", "debt", "fixed_thresholds", due="2024-03-31"))
        goal = reviews.decide(connection, one, decision("supervise", "debt", "fixed_thresholds"))
    close(quarters, mine, one, "@lead", 2, TODAY)
    two = opened(quarters, middle, last, LATER)
    found = shown(quarters, two, LATER)
    (carried,), (supervised,) = found.carried, found.goals
    assert (carried.decision.number, carried.outcome, carried.is_due) == (action, "broken", True)
    assert (supervised.decision.number, supervised.outcome) == (goal, "held")
    with quarters.writing() as connection:
        reviews.save_field(connection, two, settled_field(action, "word"), "done", 3)
        reviews.save_field(connection, two, settled_field(action, "note"), "wrapped", 3)
        reviews.save_field(connection, two, settled_field(goal, "word"), "", 3)
    (carried,) = kept(close(quarters, mine, two, "@lead", 4, LATER)).carried
    assert (carried.settled, carried.note) == ("done", "wrapped")
    with quarters.reading() as connection:
        assert [stands.decision.number for stands in reviews.standing(connection, mine.id)] == [goal]
