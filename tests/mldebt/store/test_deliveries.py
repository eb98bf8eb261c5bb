"""Deliveries: kept once, until they are forgotten, on both databases."""

from __future__ import annotations

from mldebt.store.deliveries import Arrived, Waiting, forget_received_before, keep, seen_to, tally, verdict_of, waiting
from mldebt.store.engine import Store

ONE = Arrived("a-1", "pull_request", 5_000_000, "asked for", "opened", 7, 8, '{"number":1}')
OTHER = ONE._replace(guid="a-2", received_us=6_000_000, verdict="ignored because …", todo=None)


def test_a_delivery_is_kept_once(store: Store) -> None:
    with store.writing() as connection:
        assert keep(connection, ONE)
        assert not keep(connection, ONE._replace(verdict="another"))
        assert keep(connection, OTHER)
        assert verdict_of(connection, "a-1") == "asked for"
        assert verdict_of(connection, "a-3") is None
        assert tally(connection) == (2, 1, 6_000_000)


def test_what_is_asked_for_waits_until_it_is_on_its_way(store: Store) -> None:
    with store.writing() as connection:
        for number in range(3):
            keep(connection, ONE._replace(guid=f"g-{number}", received_us=9 - number))
        first, second, third = waiting(connection)
        assert [one.guid for one in (first, second, third)] == ["g-0", "g-1", "g-2"], "as they came"
        assert first == Waiting(first.id, "g-0", 9, '{"number":1}')
        assert waiting(connection, limit=1) == (first,)
        seen_to(connection, [first.id])
        seen_to(connection, [second.id], "ignored because the App is suspended there")
        assert waiting(connection) == (third,)
        assert verdict_of(connection, "g-0") == "asked for"
        assert verdict_of(connection, "g-1") == "ignored because the App is suspended there"


def test_texts_that_no_database_holds_are_kept_as_far_as_they_go(store: Store) -> None:
    with store.writing() as connection:
        assert keep(connection, ONE._replace(guid="\0\ud800", event="x\0", verdict="y\ud800" * 500))
        assert verdict_of(connection, "\0\ud800") is not None
        assert not keep(connection, ONE._replace(guid="\0\ud800"))


def test_old_ones_are_forgotten_unless_they_wait(store: Store) -> None:
    with store.writing() as connection:
        keep(connection, ONE)
        keep(connection, OTHER._replace(received_us=ONE.received_us))
        keep(connection, OTHER._replace(guid="a-4"))
        assert forget_received_before(connection, 6_000_000) == 1
        assert tally(connection).kept == 2
        assert verdict_of(connection, "a-2") is None
