"""Numbers over a repository's snapshots, on both databases."""

from __future__ import annotations

from mldebt.store.engine import Store
from mldebt.store.series import FEW, moments, signal_series
from tests.builders import at
from tests.signals_by_hand import signal
from tests.snapshots_by_hand import snapshot, statements, stored


def test_a_signal_over_time_is_oldest_first_and_keeps_unknown_moments(store: Store) -> None:
    with store.writing() as connection:
        repository_id, _ = stored(
            connection,
            "credit",
            snapshot(7, signals=[signal(0.2)]),
            snapshot(0, signals=[signal(0.1)], is_backfill=True),
            snapshot(14, signals=[signal(None)], version="2"),
            snapshot(21, signals=[signal(0.4, name="other")]),
        )
        stored(connection, "other", snapshot(3, signals=[signal(0.9)]))
        series = signal_series(connection, repository_id, ["glue", "absent"])
    assert list(series) == ["glue"]
    assert [(p.at, p.value) for p in series["glue"]] == [(at(0), 0.1), (at(7), 0.2), (at(14), None)]
    assert series["glue"][1].version == series["glue"][0].version != series["glue"][2].version


def test_each_new_snapshot_makes_series_anew(store: Store) -> None:
    with store.writing() as connection:
        repository_id, _ = stored(connection, "credit", snapshot(7, signals=[signal(0.2)]))
        before = moments(connection, repository_id)
        stored(connection, "other", snapshot(3, signals=[signal(0.9)]))
        assert moments(connection, repository_id) == before
        stored(connection, "credit", snapshot(0, signals=[signal(0.1)], is_backfill=True))
        assert moments(connection, repository_id) != before
        assert moments(connection, 1_000) == (0, 0)


def test_a_series_may_begin_later(store: Store) -> None:
    with store.writing() as connection:
        repository_id, _ = stored(connection, "credit", *(snapshot(day, 0.1, signals=[signal()]) for day in (0, 7, 14)))
        assert [p.at for p in signal_series(connection, repository_id, ["glue"], since=at(7))["glue"]] == [
            at(7),
            at(14),
        ]


def test_of_one_moment_only_the_latest_snapshot_counts(store: Store) -> None:
    with store.writing() as connection:
        first = snapshot(7, 0.1, refs="a", signals=[signal(0.1)])
        second = snapshot(7, 0.2, refs="b", signals=[signal(0.2)], scanned_at=at(8))
        repository_id, _ = stored(connection, "credit", first, second)
        assert [p.value for p in signal_series(connection, repository_id, ["glue"])["glue"]] == [0.2]


def test_all_signals_over_time_are_one_query(store: Store) -> None:
    names = [f"s{number}" for number in range(20)]
    weeks = [snapshot(7 * week, signals=[signal(0.5, name=name) for name in names]) for week in range(5)]
    with store.writing() as connection:
        repository_id, _ = stored(connection, "credit", *weeks)
        with statements(connection) as sent:
            series = signal_series(connection, repository_id, names)
    assert len(sent) == 1
    assert {name: len(points) for name, points in series.items()} == dict.fromkeys(names, 5)


def test_many_signals_over_time_are_those_of_each_by_itself(store: Store) -> None:
    names = [f"s{number}" for number in range(FEW + 5)]
    weeks = [
        snapshot(
            7 * week, signals=[signal(week / 8 if number % 3 else None, name=name) for number, name in enumerate(names)]
        )
        for week in range(3)
    ]
    with store.writing() as connection:
        repository_id, _ = stored(connection, "credit", *weeks)
        wanted = [*names[:-2], "absent"]
        each = {
            name: found for one in wanted for name, found in signal_series(connection, repository_id, [one]).items()
        }
        assert len(wanted) > FEW
        assert signal_series(connection, repository_id, wanted) == each
        assert len(each) == len(names) - 2
