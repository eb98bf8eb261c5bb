"""Installations, their repositories and pull requests, told of in any order, on both databases."""

from __future__ import annotations

from itertools import permutations

import pytest
from sqlalchemy import Connection

from mldebt.store.engine import Store
from mldebt.store.hosted import (
    Head,
    add_repositories,
    adrift,
    at_work,
    forget_heads_before,
    forget_hosted,
    head_of,
    heads_at,
    hosted,
    hosted_repositories,
    installed,
    link_scanned,
    register_hosted,
    remove_installation,
    remove_repositories,
    source_of,
    tell_head,
    tell_installation,
    tell_repository,
    to_forget,
    why_not,
)
from mldebt.store.reading import repositories
from mldebt.store.snapshots import ensure_repository
from tests.snapshots_by_hand import snapshot, statements, stored

SECOND = 1_000_000
A, B, C = (letter * 40 for letter in "abc")


def test_what_is_at_work_is_what_nothing_speaks_against(store: Store) -> None:
    with store.writing() as connection:
        for id_, installation in ((1, 7), (2, 7), (3, 8), (4, 9), (5, 10)):
            added(connection, id_, installation=installation)
        tell_repository(connection, 2, 7, 2, archived=True)
        tell_installation(connection, 8, 2, suspended_at=1)
        remove_installation(connection, 9, 2)
        tell_installation(connection, 10, 2, suspended_at=1)
        tell_installation(connection, 10, 3, suspended_at=None)
        rows = [(row.id, row.installation) for row in hosted_repositories(connection)]
        fine = [id_ for id_, installation in rows if why_not(connection, installation, id_) is None]
        assert [row.id for row in at_work(connection)] == fine == [1, 5]
        assert [row.id for row in at_work(connection, 10)] == [5]


def test_what_was_scanned_while_it_was_forgotten_is_adrift(store: Store) -> None:
    with store.writing() as connection:
        added(connection, 1)
        added(connection, 2)
        stored(connection, "own", snapshot())
        for id_ in (1, 2):
            register_hosted(connection, "https://github.com", id_, f"shop/r{id_}", "main")
        assert adrift(connection) == ()
        one = hosted(connection, 1)
        assert one is not None
        forget_hosted(connection, one, 9)
        assert adrift(connection) == ()
        late = ensure_repository(connection, source_of("https://github.com", 1), "shop/r1")
        assert adrift(connection) == (late,)


def added(connection: Connection, id_: int, at: int = 1, installation: int = 7) -> bool:
    name = f"shop/r{id_}"
    return tell_repository(connection, id_, installation, at, full_name=name, removed_at=None, forgotten_at=None)


def test_a_repository_is_known_by_its_id_and_called_by_its_last_name(store: Store) -> None:
    with store.writing() as connection:
        assert added(connection, 1)
        assert tell_repository(connection, 1, 7, 3 * SECOND, full_name="shop/new", default_branch="main", private=False)
        assert not tell_repository(connection, 1, 7, 2 * SECOND, full_name="shop/late", archived=True)
        row = hosted(connection, 1)
        assert row is not None
        assert row[:6] == (1, 7, "shop/new", "main", False, False)
        assert tell_repository(connection, 1, 7, 4 * SECOND, archived=True)
        assert why_not(connection, 7, 1) == "the repository is archived, and not written to"
        assert hosted(connection, 1) == row._replace(archived=True), "what was not said stays"
        assert hosted(connection, 2) is None


def test_a_removed_repository_stays_so_until_it_is_added_again(store: Store) -> None:
    with store.writing() as connection:
        for id_ in (1, 2):
            added(connection, id_)
        remove_repositories(connection, 7, [1, 3], 5 * SECOND)
        assert [row.id for row in hosted_repositories(connection)] == [2]
        assert why_not(connection, 7, 1) == "the App may see this repository no more"
        tell_repository(connection, 1, 7, 6 * SECOND, full_name="shop/late-event")
        assert why_not(connection, 7, 1) is not None
        assert not added(connection, 1, at=4 * SECOND), "it was added before it was removed"
        assert added(connection, 1, at=7 * SECOND)
        assert why_not(connection, 7, 1) is None


def test_many_repositories_are_added_in_a_handful_of_statements(store: Store) -> None:
    many = {number: {"full_name": f"shop/r{number}\0", "private": number % 2 == 0} for number in range(1, 2_000)}
    with store.writing() as connection:
        added(connection, 5, at=9 * SECOND)
        remove_repositories(connection, 7, [5], 9 * SECOND)
        added(connection, 6, installation=6)
        remove_repositories(connection, 6, [6], 2)
        with statements(connection) as sent:
            add_repositories(connection, 7, {**many, 2_000: {}, 2_001: {"archived": True}}, 4 * SECOND)
        assert len(sent) < 10
        rows = {row.id: row for row in hosted_repositories(connection)}
        assert len(rows) == 2_000
        assert 5 not in rows, "it was removed later"
        assert rows[6] == (6, 7, "shop/r6\\x00", None, True, False, None, None, None)
        assert (rows[7].private, rows[2_000].full_name, rows[2_001].archived) == (False, "", True)


def test_a_repository_that_moved_is_not_removed_with_the_installation_it_left(store: Store) -> None:
    with store.writing() as connection:
        added(connection, 1, installation=7)
        added(connection, 2, installation=7)
        added(connection, 1, installation=8, at=2 * SECOND)
        remove_installation(connection, 7, 3 * SECOND)
        assert [row.id for row in hosted_repositories(connection)] == [1]
        assert hosted_repositories(connection, 7) == ()


def test_an_installation_is_suspended_and_not(store: Store) -> None:
    with store.writing() as connection:
        assert why_not(connection, 7, 1) is None, "nothing is known against it"
        tell_installation(connection, 7, 1, account="shop", account_id=5)
        tell_installation(connection, 7, 3 * SECOND, suspended_at=3)
        assert not tell_installation(connection, 7, 2 * SECOND, suspended_at=None), "that was before"
        assert why_not(connection, 7, 1) == "the App is suspended there"
        found = installed(connection, 7)
        assert found is not None
        assert found == (7, "shop", 5, 3, None)
        tell_installation(connection, 7, 4 * SECOND, suspended_at=None)
        assert why_not(connection, 7, 1) is None


def test_an_installation_that_was_removed_never_comes_back(store: Store) -> None:
    with store.writing() as connection:
        tell_installation(connection, 7, 1, account="shop")
        added(connection, 1)
        remove_installation(connection, 7, 2 * SECOND)
        assert not tell_installation(connection, 7, 9 * SECOND, account="shop", removed_at=None)
        assert why_not(connection, 7, 1) == "the App was removed there"
        added(connection, 3, at=9 * SECOND)
        assert hosted_repositories(connection) == (), "none of one that is gone"


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_newest_head_is_kept_whatever_comes_first(store: Store, order: tuple[int, ...]) -> None:
    told = [(Head(1, 5, A, 10), None), (Head(1, 5, B, 20), A), (Head(1, 5, C, 30), B)]
    with store.writing() as connection:
        for number in order:
            tell_head(connection, *told[number])
        assert head_of(connection, 1, 5) == Head(1, 5, C, 30)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_two_heads_within_a_second_the_later_is_kept(store: Store, order: tuple[int, ...]) -> None:
    told = [(Head(1, 5, B, 10), A), (Head(1, 5, C, 10), B)]
    with store.writing() as connection:
        kept = [tell_head(connection, *told[number]) for number in order]
        assert kept == [True, order == (0, 1)]
        assert head_of(connection, 1, 5) == Head(1, 5, C, 10)


def test_heads_are_found_by_their_commit_and_forgotten_when_nothing_happens(store: Store) -> None:
    with store.writing() as connection:
        for one in (Head(1, 5, A, 10), Head(1, 6, A, 20), Head(1, 7, B, 30), Head(2, 5, A, 30)):
            tell_head(connection, one)
        assert [one.number for one in heads_at(connection, 1, A)] == [5, 6]
        assert forget_heads_before(connection, 20) == 1
        assert [one.number for one in heads_at(connection, 1, A)] == [6]
        assert head_of(connection, 1, 5) is None


def test_what_is_removed_is_forgotten_with_all_that_is_stored_of_it(store: Store) -> None:
    with store.writing() as connection:
        tell_installation(connection, 7, 1, account="shop", account_id=5)
        for id_ in (1, 2):
            added(connection, id_)
            tell_head(connection, Head(id_, 5, A, 10))
        mine, _ = stored(connection, "r1", snapshot())
        other, _ = stored(connection, "r2", snapshot())
        link_scanned(connection, 1, mine)
        link_scanned(connection, 2, other)
        assert to_forget(connection, suspended_before=0) == ()
        remove_repositories(connection, 7, [1], 5 * SECOND)
        [gone] = to_forget(connection, suspended_before=0)
        forget_hosted(connection, gone, 6)
        assert [row.id for row in repositories(connection)] == [other]
        assert to_forget(connection, suspended_before=0) == ()
        assert (head_of(connection, 1, 5), head_of(connection, 2, 5)) == (None, Head(2, 5, A, 10))
        blank = hosted(connection, 1)
        assert blank is not None
        assert (blank.full_name, blank.repository_id, blank.forgotten_at) == ("", None, 6)
        assert installed(connection, 7) == (7, "shop", 5, None, None)
        remove_installation(connection, 7, 8 * SECOND)
        for one in to_forget(connection, suspended_before=0):
            forget_hosted(connection, one, 9)
        assert repositories(connection) == ()
        assert installed(connection, 7) == (7, "", None, None, 8)


def test_what_is_long_suspended_is_forgotten_too(store: Store) -> None:
    with store.writing() as connection:
        tell_installation(connection, 7, 1, account="shop", suspended_at=100)
        added(connection, 1)
        assert to_forget(connection, suspended_before=100) == ()
        [gone] = to_forget(connection, suspended_before=101)
        forget_hosted(connection, gone, 200)
        assert to_forget(connection, suspended_before=101) == ()
        assert installed(connection, 7) == (7, "shop", None, 100, None)
