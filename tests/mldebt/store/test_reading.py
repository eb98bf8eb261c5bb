"""Which repositories and snapshots there are, on both databases, in a constant number of queries."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from collectors.facts.branches import Fate
from collectors.facts.files import Place
from mldebt.store.contents import boxes, branches_of, files_in, signals_of
from mldebt.store.engine import Store, open_store
from mldebt.store.reading import (
    LatestAnswer,
    RepositoryRow,
    answers_of,
    latest_snapshot,
    latest_snapshots,
    portfolio,
    repositories,
    repository,
    snapshot_at,
    snapshots,
)
from mldebt.store.series import signal_series
from mldebt.store.snapshots import ensure_repository
from mldebt.store.trends import packed
from scoring.signal import Signal
from tests.builders import at
from tests.signals_by_hand import signal
from tests.snapshots_by_hand import answer, plans, snapshot, statements, stored

WEEK = 7


def test_an_empty_store_has_no_repository_and_an_empty_portfolio(store: Store) -> None:
    with store.reading() as connection:
        assert repositories(connection) == ()
        assert portfolio(connection) == ()
        assert latest_snapshots(connection) == {}
        assert repository(connection, "credit") is None


def test_a_repository_is_found_by_source_name_or_id(store: Store) -> None:
    with store.writing() as connection:
        credit, _ = stored(connection, "credit")
        row = RepositoryRow(credit, "/src/credit", "credit", False, None, None)
        for wanted in ("/src/credit", "credit", str(credit)):
            assert repository(connection, wanted) == row


@pytest.mark.parametrize(
    "wanted", ["", "cred", "%", "99", "0", "-1", "1e3", "٣", "9" * 30, "credit\0", "\udce9", "fork"]
)
def test_what_no_repository_is_called_is_never_another_one(store: Store, wanted: str) -> None:
    with store.writing() as connection:
        stored(connection, "credit")
        ensure_repository(connection, "/one/fork", "fork")
        ensure_repository(connection, "/two/fork", "fork")
        assert repository(connection, wanted) is None


@pytest.mark.parametrize("clock", [at(9), at(0), at(-9)], ids=["goes on", "stands", "was put back"])
def test_the_latest_snapshot_is_what_the_last_scan_came_to_whatever_moment_it_is_of(store: Store, clock: int) -> None:
    """After `--as-of` ahead, or a branch that was set back."""
    with store.writing() as connection:
        ahead, now = snapshot(7, 0.7, scanned_at=at(0)), snapshot(0, 0.1, scanned_at=clock)
        repository_id, ids = stored(connection, "credit", ahead, now)
        latest = latest_snapshot(connection, repository_id)
        assert latest is not None
        assert latest.id == ids[1]
        assert latest_snapshots(connection) == {repository_id: latest}
        [row] = portfolio(connection)
    assert row.snapshot == latest
    [shown] = row.answers
    assert shown.answer == answer(0.1)
    assert shown.spark == ((at(0), 0.1),)  # nothing of moments after its own


def test_a_back_filled_snapshot_is_never_the_latest(store: Store) -> None:
    with store.writing() as connection:
        only_past, _ = stored(connection, "cut short", snapshot(7, is_backfill=True))
        repository_id, ids = stored(
            connection, "credit", snapshot(refs="a"), snapshot(is_backfill=True, scanned_at=at(9)), snapshot(-7)
        )
        assert latest_snapshot(connection, only_past) is None
        latest = latest_snapshot(connection, repository_id)
        assert latest is not None
        assert latest.id == ids[2]
        assert latest_snapshots(connection) == {repository_id: latest}
        assert [row.id for row in snapshots(connection, repository_id)] == ids


def test_a_link_to_a_commit_means_what_the_last_scan_of_it_came_to(store: Store) -> None:
    at_commit = snapshot(0).identity
    moved = replace(at_commit, as_of=at(90))
    past = [replace(snapshot(0, is_backfill=True), identity=replace(at_commit, as_of=at(d))) for d in (60, 30)]
    with store.writing() as connection:
        repository_id, ids = stored(connection, "credit", *past)
        found = snapshot_at(connection, repository_id, at_commit.commit)
        assert found is not None
        assert found.id == ids[0]
        _, ids = stored(connection, "credit", replace(snapshot(0), identity=moved), snapshot(0, scanned_at=at(1)))
        found = snapshot_at(connection, repository_id, at_commit.commit)
        assert found is not None
        assert found.id == ids[1]


def test_every_repository_has_its_own_latest_snapshot_in_one_query(store: Store) -> None:
    with store.writing() as connection:
        for number in range(20):
            stored(connection, f"r{number}", *(snapshot(WEEK * week) for week in range(number % 4)))
    with store.reading() as connection, statements(connection) as sent:
        found = latest_snapshots(connection)
    assert len(sent) == 1
    assert len(found) == 15
    assert {row.as_of for row in found.values()} == {at(0), at(WEEK), at(2 * WEEK)}


def test_a_link_means_a_snapshot_by_id_or_commit(store: Store) -> None:
    with store.writing() as connection:
        repository_id, ids = stored(connection, "credit", snapshot(0), snapshot(7), snapshot(7, refs="later"))
        _, [other] = stored(connection, "other", snapshot(3))
        commit = snapshot(7).identity.commit
        for text, wanted in {
            str(ids[0]): ids[0],
            commit: ids[2],
            commit[:30]: None,  # of both commits: their dates differ at the end
            f"{snapshot(0).identity.commit}": ids[0],
            str(other): None,
            "": None,
            "99999999999999999999": None,
            "%": None,
            "zzzz": None,
            "\0": None,
        }.items():
            found = snapshot_at(connection, repository_id, text)
            if text != commit[:30]:
                assert (found.id if found else None) == wanted, text


def test_a_commit_in_digits_alone_is_no_id(store: Store) -> None:
    with store.writing() as connection:
        repository_id, ids = stored(connection, "credit", snapshot())
        assert snapshot().identity.commit.startswith("0000")
        found = snapshot_at(connection, repository_id, "0" * 12)
        assert found is not None
        assert found.id == ids[0]


def test_the_portfolio_has_answers_the_change_of_a_quarter_and_the_line_of_a_year(store: Store) -> None:
    with store.writing() as connection:
        weeks = [snapshot(WEEK * week, value=week / 100) for week in range(60)]
        _, ids = stored(connection, "credit", *weeks)
        stored(connection, "new")
    with store.reading() as connection:
        credit, new = portfolio(connection)
    assert credit.repository.name == "credit"
    assert credit.snapshot is not None
    assert credit.snapshot.id == ids[-1]
    [latest] = credit.answers
    assert latest.answer == answer(0.59)
    assert (latest.earlier_at, latest.earlier_value) == (at(WEEK * 46), 0.46)
    assert latest.spark == tuple((at(WEEK * week), week / 100) for week in range(7, 60))
    assert (new.repository.name, new.snapshot, new.answers) == ("new", None, ())


def test_a_line_holds_only_numbers_that_can_be_compared(store: Store) -> None:
    """It is that of the signal that leads now, whatever led then; other versions and unknown moments are left out."""
    with store.writing() as connection:
        stored(
            connection,
            "credit",
            snapshot(0, 0.1, version="0"),
            snapshot(
                1, answers=[answer(9.0, letter="B", lead="jungle")], signals=[signal(0.2), signal(9.0, name="jungle")]
            ),
            snapshot(2, answers=[answer(None)], signals=[signal(None)]),
            snapshot(91, 0.4),
        )
        [row] = portfolio(connection)
    assert row.answers == (LatestAnswer(answer(0.4), at(1), "B", 0.2, packed(((at(1), 0.2), (at(91), 0.4))), 8),)


def test_a_line_breaks_off_where_the_signal_itself_changed(store: Store) -> None:
    new = signal(0.4)
    new = Signal(replace(new.definition, version=2), new.measurement)
    with store.writing() as connection:
        last = snapshot(100, answers=[answer(0.4)], signals=[new])
        repository_id, _ = stored(connection, "credit", snapshot(0, 0.1), last)
        [row] = portfolio(connection)
        points = signal_series(connection, repository_id, ["glue"])["glue"]
    assert row.answers == (LatestAnswer(answer(0.4), year=packed(((at(100), 0.4),)), n=8),)
    assert [p.version.rsplit(" ", 1)[1] for p in points] == ["1", "2"]


def test_an_answer_without_a_number_has_no_line(store: Store) -> None:
    with store.writing() as connection:
        stored(connection, "credit", snapshot(0, 0.1), snapshot(91, answers=[answer(None, lead=None)]))
        [row] = portfolio(connection)
    assert row.answers == (LatestAnswer(answer(None, lead=None)),)


def test_a_snapshot_far_from_a_quarter_ago_is_nothing_to_compare_with(store: Store) -> None:
    with store.writing() as connection:
        stored(connection, "credit", snapshot(0, 0.1), snapshot(60, 0.2), snapshot(100, 0.3))
        [row] = portfolio(connection)
        assert row.answers[0].earlier_at == at(0)
        stored(connection, "credit", snapshot(300, 0.4))
        [row] = portfolio(connection)
        assert row.answers[0].earlier_at is None


def test_snapshots_back_filled_later_enter_the_line(store: Store) -> None:
    with store.writing() as connection:
        stored(connection, "credit", snapshot(100, 0.3), snapshot(9, 0.1, is_backfill=True))
        [row] = portfolio(connection)
    assert row.answers[0].spark == ((at(9), 0.1), (at(100), 0.3))
    assert row.answers[0].earlier_value == 0.1


def test_the_portfolio_of_many_takes_as_many_queries_as_that_of_one(store: Store) -> None:
    counts = []
    for number in (1, 30):
        with store.writing() as connection:
            for repository_number in range(number):
                stored(connection, f"r{repository_number}", *(snapshot(WEEK * w, w / 9) for w in range(5)))
        with store.reading() as connection, statements(connection) as sent:
            assert len(portfolio(connection)) == number
        counts.append(len(sent))
    assert counts == [3, 3]


def test_no_query_reads_a_table_of_snapshots_from_end_to_end(tmp_path: Path) -> None:
    """By SQLite's plans. PostgreSQL reads small tables whole, rightly."""
    store = open_store(f"sqlite:///{tmp_path / 'a.db'}")
    with store.writing() as connection:
        repository_id, [snapshot_id] = stored(connection, "credit", snapshot(0, 0.1))
    with store.reading() as connection:
        for ask in (
            lambda: latest_snapshots(connection),
            lambda: portfolio(connection),
            lambda: snapshots(connection, repository_id),
            lambda: snapshot_at(connection, repository_id, "abcdef"),
            lambda: answers_of(connection, snapshot_id),
            lambda: signals_of(connection, snapshot_id),
            lambda: boxes(connection, snapshot_id),
            lambda: files_in(connection, snapshot_id, Place.ML_CODE, after=(1, 1)),
            lambda: branches_of(connection, snapshot_id, fate=Fate.ABANDONED, after=(1, 1)),
            lambda: signal_series(connection, repository_id, ["glue"]),
        ):
            whole = [
                step for step in plans(connection, ask) if step.startswith("SCAN") and "SCAN repository" not in step
            ]
            assert whole == []
        latest = plans(connection, lambda: latest_snapshot(connection, repository_id))
        latest += plans(connection, lambda: latest_snapshots(connection))
        assert [step for step in latest if "TEMP B-TREE" in step] == []
    store.close()


def test_pages_of_files_and_branches_come_sorted_out_of_an_index(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'a.db'}")
    with store.reading() as connection:
        files = plans(connection, lambda: files_in(connection, 1, Place.ML_CODE))
        branches = plans(connection, lambda: branches_of(connection, 1, fate=Fate.ABANDONED, limit=50))
    store.close()
    assert [step for step in files + branches if "TEMP B-TREE FOR ORDER BY" in step] == []
    assert "ix_snapshot_file_largest" in files[0]
    assert "ix_snapshot_branch_oldest" in branches[0]
