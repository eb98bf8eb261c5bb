"""Findings that were called wrong: each counts once, in its repository alone."""

from __future__ import annotations

from mldebt.store.doubts import doubt, doubts_in, doubts_of, muted_in
from mldebt.store.engine import Store
from mldebt.store.hosted import forget_hosted, hosted, link_scanned, tell_repository
from tests.snapshots_by_hand import snapshot, stored


def test_a_finding_counts_once_and_it_is_known_which_comment_said_so(store: Store) -> None:
    with store.writing() as connection:
        assert doubt(connection, 1, "local_paths", "a" * 12, 100, 5)
        assert doubt(connection, 1, "local_paths", "a" * 12, 100, 6)  # the same comment, once more
        assert not doubt(connection, 1, "local_paths", "a" * 12, 101, 7)
        assert doubt(connection, 1, "local_paths", "b" * 12, 101, 8)
        assert doubt(connection, 2, "local_paths", "a" * 12, 102, 9)
        assert doubt(connection, 1, "clones", "a" * 12, 103, 9)
        assert dict(doubts_of(connection, 1)) == {"local_paths": 2, "clones": 1}
        assert dict(doubts_of(connection, 2)) == {"local_paths": 1}


def test_three_mute_a_rule_where_it_was_called_wrong(store: Store) -> None:
    with store.writing() as connection:
        here, _ = stored(connection, "here", snapshot())
        there, _ = stored(connection, "there", snapshot())
        for id_, mine in ((1, here), (2, there)):
            tell_repository(connection, id_, 7, 1, full_name=f"shop/r{id_}")
            link_scanned(connection, id_, mine)
        for number in range(3):
            assert muted_in(connection, here) == ()
            doubt(connection, 1, "local_paths", f"{number:012}", number, 5)
        assert (muted_in(connection, here), muted_in(connection, there)) == (("local_paths",), ())
        assert dict(doubts_in(connection, here)) == {"local_paths": 3}


def test_they_are_forgotten_with_the_repository(store: Store) -> None:
    with store.writing() as connection:
        tell_repository(connection, 1, 7, 1, full_name="shop/r1")
        doubt(connection, 1, "local_paths", "a" * 12, 100, 5)
        one = hosted(connection, 1)
        assert one is not None
        forget_hosted(connection, one, 9)
        assert dict(doubts_of(connection, 1)) == {}
