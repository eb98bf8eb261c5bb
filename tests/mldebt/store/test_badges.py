"""Which repository a badge's address means, and the word that opens it."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection

from mldebt.store.badges import NOBODY, Seen, badge_token, make_badge_token, seen, shown
from mldebt.store.engine import Store
from mldebt.store.hosted import (
    link_scanned,
    remove_installation,
    remove_repositories,
    tell_installation,
    tell_repository,
)
from mldebt.store.snapshots import forget_repository
from tests.builders import at
from tests.snapshots_by_hand import snapshot, stored


def host(
    connection: Connection, repository_id: int, name: str = "acme/shop", *, private: bool, github: int = 7
) -> None:
    tell_installation(connection, 3, 1, account="acme")
    tell_repository(connection, github, 3, 1, full_name=name, private=private)
    link_scanned(connection, github, repository_id)


def test_by_name_where_it_means_one(store: Store) -> None:
    with store.writing() as connection:
        one, _ = stored(connection, "shop", snapshot())
        found = shown(connection, "shop")
        assert found is not None
        assert (found.repository_id, found.name, found.is_public) == (one, "shop", False)
        assert shown(connection, str(one)) == found
        assert shown(connection, "other") is shown(connection, "") is shown(connection, "\0") is None


@pytest.mark.parametrize("private", [True, False])
def test_as_github_calls_it_now(store: Store, private: bool) -> None:
    with store.writing() as connection:
        one, _ = stored(connection, "acme/old", snapshot())
        host(connection, one, "acme/new", private=private)
        for name in ("acme/new", "Acme/NEW", "acme/old", str(one)):
            found = shown(connection, name)
            assert found is not None
            assert (found.repository_id, found.is_public) == (one, not private)


def test_what_the_app_may_see_no_more_is_public_no_more(store: Store) -> None:
    with store.writing() as connection:
        one, _ = stored(connection, "acme/shop", snapshot())
        host(connection, one, private=False)
        remove_repositories(connection, 3, [7], 2)
        assert getattr(shown(connection, "acme/shop"), "is_public", None) is False


def test_what_an_uninstalled_app_saw_is_public_no_more(store: Store) -> None:
    with store.writing() as connection:
        one, _ = stored(connection, "acme/shop", snapshot())
        host(connection, one, private=False)
        remove_installation(connection, 3, 2)
        assert getattr(shown(connection, "acme/shop"), "is_public", None) is False


def test_a_name_that_two_have_means_neither(store: Store) -> None:
    with store.writing() as connection:
        one, _ = stored(connection, "one", snapshot())
        two, _ = stored(connection, "two", snapshot())
        host(connection, one, private=False)
        host(connection, two, private=True, github=8)
        assert shown(connection, "acme/shop") is None


def test_the_latest_is_what_a_scan_came_to_last(store: Store) -> None:
    with store.writing() as connection:
        one, ids = stored(connection, "shop", snapshot(0), snapshot(5), snapshot(2, is_backfill=True))
        found = seen(connection, one)
        assert found is not None
        assert (found.snapshot_id, found.seen_at) == (ids[1], at(5))
        assert isinstance(found, Seen)
        assert seen(connection, NOBODY) is None


def test_the_word_is_made_once_and_renewed_when_asked(store: Store) -> None:
    with store.writing() as connection:
        one, _ = stored(connection, "one", snapshot())
        two, _ = stored(connection, "two", snapshot())
        assert badge_token(connection, one) is None
        word = make_badge_token(connection, one)
        assert len(word) >= 32
        assert make_badge_token(connection, one) == badge_token(connection, one) == word
        assert make_badge_token(connection, two) != word
        assert make_badge_token(connection, one, renew=True) != word
        assert badge_token(connection, NOBODY) is None


def test_the_word_goes_with_the_repository(store: Store) -> None:
    with store.writing() as connection:
        one, _ = stored(connection, "one", snapshot())
        make_badge_token(connection, one)
        forget_repository(connection, one)
        assert badge_token(connection, one) is None
