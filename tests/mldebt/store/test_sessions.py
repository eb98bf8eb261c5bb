"""Sessions, and what their people may see, on both databases."""

from __future__ import annotations

from sqlalchemy import Connection

from mldebt.store.engine import Store
from mldebt.store.hosted import (
    link_scanned,
    remove_installation,
    remove_repositories,
    tell_installation,
    tell_repository,
)
from mldebt.store.sessions import (
    Begun,
    Granted,
    ask_again,
    begin_session,
    end_session,
    end_sessions_of,
    every_session,
    forget_sessions,
    granted,
    keep_grant,
    keep_grants,
    session_of,
    use_session,
)
from mldebt.store.snapshots import ensure_repository

ADA, BO = 70_000_000_001, 8
NOW = 1_795_500_000
SECOND = 1_000_000


def begun(name: bytes, person: int = ADA, seen: int = NOW) -> Begun:
    return Begun(name, person, "ada", NOW, seen, NOW + 8 * 3_600, 0)


def installed(connection: Connection, *repositories: int, installation: int = 7) -> None:
    tell_installation(connection, installation, 1, account="shop", suspended_at=None)
    for one in repositories:
        tell_repository(connection, one, installation, 1, full_name=f"shop/r{one}", removed_at=None)


def seen(connection: Connection, person: int = ADA, now: int = NOW) -> list[int]:
    return [one.repository for one in granted(connection, person, now)]


def test_a_session_is_found_until_it_is_ended(store: Store) -> None:
    with store.writing() as connection:
        begin_session(connection, begun(b"a"))
        begin_session(connection, begun(b"b"))
        assert session_of(connection, b"a") == begun(b"a")
        assert sorted(every_session(connection)) == [begun(b"a"), begun(b"b")]
        end_session(connection, b"a")
        assert session_of(connection, b"a") is None
        assert session_of(connection, b"b") is not None


def test_what_github_told_takes_the_place_of_what_was_known(store: Store) -> None:
    with store.writing() as connection:
        begin_session(connection, begun(b"a"))
        begin_session(connection, begun(b"bo", BO))
        installed(connection, 1, 2, 3)
        link_scanned(connection, 2, mine := ensure_repository(connection, "https://x/shop/r2", "shop/r2"))
        keep_grants(connection, ADA, {1: "see", 2: "decide"}, NOW + 600)
        keep_grants(connection, BO, {3: "see"}, NOW + 600)
        assert granted(connection, ADA, NOW) == (Granted(1, None, "see"), Granted(2, mine, "decide"))
        keep_grants(connection, ADA, {2: "see", 3: "see"}, NOW + 660)
        assert seen(connection) == [2, 3]
        assert seen(connection, BO) == [3]
        keep_grants(connection, ADA, {}, NOW + 720)
        assert seen(connection) == []
        one = session_of(connection, b"a")
        assert one is not None
        assert (one.seen_at, one.granted_until) == (NOW, NOW + 720)


def test_a_session_is_used_by_itself(store: Store) -> None:
    with store.writing() as connection:
        begin_session(connection, begun(b"a"))
        begin_session(connection, begun(b"b"))
        use_session(connection, b"a", NOW + 60)
        use_session(connection, b"a", NOW + 30)
        assert [session_of(connection, name).seen_at for name in (b"a", b"b")] == [NOW + 60, NOW]  # type: ignore[union-attr]


def test_a_grant_ends_with_its_ten_minutes(store: Store) -> None:
    with store.writing() as connection:
        installed(connection, 1)
        keep_grants(connection, ADA, {1: "see"}, NOW + 600)
        assert seen(connection, now=NOW + 599) == [1]
        assert seen(connection, now=NOW + 600) == []


def test_what_the_app_does_not_have_is_nobodys(store: Store) -> None:
    with store.writing() as connection:
        installed(connection, 1, 2)
        installed(connection, 3, installation=8)
        keep_grants(connection, ADA, {1: "see", 2: "see", 3: "see", 99: "decide"}, NOW + 600)
        assert seen(connection) == [1, 2, 3]
        remove_repositories(connection, 7, [1], 5 * SECOND)
        assert seen(connection) == [2, 3]
        remove_installation(connection, 8, 6 * SECOND)
        assert seen(connection) == [2]
        tell_installation(connection, 7, 7 * SECOND, suspended_at=7)
        assert seen(connection) == []


def test_one_more_is_granted_only_where_the_app_has_it(store: Store) -> None:
    with store.writing() as connection:
        installed(connection, 1)
        assert keep_grant(connection, ADA, 1, "see", NOW + 600)
        assert keep_grant(connection, ADA, 1, "decide", NOW + 700)
        assert not keep_grant(connection, ADA, 2, "see", NOW + 600)
        assert granted(connection, ADA, NOW + 650) == (Granted(1, None, "decide"),)


def test_of_a_person_or_a_repository_it_is_asked_again(store: Store) -> None:
    with store.writing() as connection:
        installed(connection, 1, 2)
        for name, person in ((b"a", ADA), (b"b", BO)):
            begin_session(connection, begun(name, person))
            keep_grants(connection, person, {1: "see"} if person == ADA else {1: "see", 2: "see"}, NOW + 600)
        ask_again(connection, repository=2)
        assert (seen(connection, ADA), seen(connection, BO)) == ([1], [1])
        assert [session_of(connection, name).granted_until for name in (b"a", b"b")] == [NOW + 600, 0]  # type: ignore[union-attr]
        ask_again(connection, person=ADA)
        assert (seen(connection, ADA), seen(connection, BO)) == ([], [1])
        ask_again(connection)
        assert seen(connection, BO) == []


def test_who_took_the_authorisation_back_is_signed_out_everywhere(store: Store) -> None:
    with store.writing() as connection:
        installed(connection, 1)
        for name, person in ((b"a1", ADA), (b"a2", ADA), (b"b", BO)):
            begin_session(connection, begun(name, person))
            keep_grants(connection, person, {1: "see"}, NOW + 600)
        end_sessions_of(connection, ADA)
        assert [session_of(connection, name) is None for name in (b"a1", b"a2", b"b")] == [True, True, False]
        assert (seen(connection, ADA), seen(connection, BO)) == ([], [1])


def test_what_ended_or_lay_idle_is_forgotten(store: Store) -> None:
    with store.writing() as connection:
        begin_session(connection, begun(b"new"))
        begin_session(connection, begun(b"idle", seen=NOW - 100))
        begin_session(connection, begun(b"old")._replace(ends_at=NOW - 1))
        keep_grants(connection, BO, {1: "see"}, NOW - 100)
        forget_sessions(connection, NOW, idle_since=NOW - 50)
        assert [session_of(connection, name) is None for name in (b"new", b"idle", b"old")] == [False, True, True]
