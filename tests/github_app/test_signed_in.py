"""Sessions of people, over a clock and a GitHub that are turned by hand."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, suppress
from pathlib import Path

import pytest
from sqlalchemy import Connection

from github_app import signed_in
from github_app.lasting import IDLE, LIVES
from github_app.oauth import Token
from github_app.port import GitHubFailed, NotAllowed, Person, Unauthorized
from github_app.signed_in import SignedIn
from mldebt.access import NotChecked, NotSignedIn, Role, Viewer
from mldebt.store.engine import Store, open_store
from mldebt.store.errors import StoreError
from mldebt.store.hosted import link_scanned, remove_repositories, tell_installation, tell_repository
from mldebt.store.sessions import keep_grants
from mldebt.store.snapshots import ensure_repository
from tests.dashboard_by_hand import empty_store

MINUTE = 60.0
SECOND = 1_000_000


class GitHub:
    """What each token may see; asked so many times."""

    def __init__(self) -> None:
        self.people: dict[str, tuple[Person, dict[int, Role]]] = {}
        self.names: dict[str, tuple[int, Role]] = {}
        self.fails: GitHubFailed | None = None
        self.asked = 0
        self.answers = threading.Event()  # or takes its time
        self.answers.set()
        self.named: list[str] = []

    def __call__(self, token: str) -> GitHubOfOne:
        return GitHubOfOne(self, token)


class GitHubOfOne:
    def __init__(self, github: GitHub, token: str) -> None:
        self.github, self.token = github, token

    def _mine(self) -> tuple[Person, dict[int, Role]]:
        if self.github.fails is not None:
            raise self.github.fails
        if self.token not in self.github.people:
            raise Unauthorized("the token is not valid")
        return self.github.people[self.token]

    def who(self) -> Person:
        return self._mine()[0]

    def repositories(self) -> dict[int, Role]:
        self.github.asked += 1
        self.github.answers.wait(20)
        return dict(self._mine()[1])

    def repository(self, full_name: str) -> tuple[int, Role] | None:
        self._mine()
        self.github.named.append(full_name)
        return self.github.names.get(full_name)


class Place:
    """A store with three hosted repositories, two of them scanned; ada sees one and two, bo two."""

    def __init__(self, folder: Path) -> None:
        self.store, _ = empty_store(folder)
        self.now = 1_795_500_000.0
        self.github = GitHub()
        with self.store.writing() as connection:
            tell_installation(connection, 7, 1, account="shop", suspended_at=None)
            for number in (101, 102, 103):
                tell_repository(connection, number, 7, 1, full_name=f"shop/r{number}", removed_at=None)
            self.one, self.two = (
                ensure_repository(connection, f"https://x/shop/r{number}", f"shop/r{number}") for number in (101, 102)
            )
            link_scanned(connection, 101, self.one)
            link_scanned(connection, 102, self.two)
        self.github.people["ada"] = Person(70, "ada"), {101: Role.SEE, 102: Role.DECIDE, 999: Role.DECIDE}
        self.github.people["bo"] = Person(80, "bo"), {102: Role.SEE}
        self.people = self.process()

    def process(self) -> SignedIn:
        return SignedIn("mldebt", lambda: self.store, self.github, lambda: self.now)

    def sign_in(self, token: str, seconds: int = 28_800) -> dict[str, str]:
        """The cookies of a browser."""
        return {"mldebt": self.people.begin(Token(token, seconds))}

    def later(self, minutes: float) -> None:
        self.now += minutes * MINUTE


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path)
    yield made
    made.store.close()


def test_each_person_sees_and_decides_what_github_lets_them(place: Place) -> None:
    ada, bo = place.sign_in("ada"), place.sign_in("bo")
    assert place.people.viewer(ada) == Viewer(
        70, "ada", frozenset({place.one, place.two}), frozenset({place.two}), frozenset({101, 102})
    )
    assert place.people.viewer(bo) == Viewer(80, "bo", frozenset({place.two}), frozenset(), frozenset({102}))


@pytest.mark.parametrize("cookies", [{}, {"mldebt": ""}, {"mldebt": "forged"}, {"mldebt": "\udcff"}, {"other": "x"}])
def test_without_a_session_nothing_is_seen(place: Place, cookies: dict[str, str]) -> None:
    place.sign_in("ada")
    with pytest.raises(NotSignedIn):
        place.people.viewer(cookies)
    with pytest.raises(NotSignedIn):
        place.people.visit(cookies, "shop/r101")
    assert not place.people.is_open(cookies.get("mldebt", ""))


def test_what_is_stored_of_a_session_opens_none(place: Place, tmp_path: Path) -> None:
    """Neither the cookie nor the token stands in the database."""
    place.github.people["ghu_secret"] = place.github.people["ada"]
    cookie = place.sign_in("ghu_secret")["mldebt"]
    place.store.close()
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert cookie.encode() not in kept
    assert b"ghu_secret" not in kept
    assert b"shop/r101" in kept


def test_github_is_asked_every_ten_minutes_and_not_more(place: Place) -> None:
    ada = place.sign_in("ada")
    assert place.github.asked == 1
    for _ in range(7):
        place.later(1)
        place.people.viewer(ada)
    assert place.github.asked == 1
    place.github.people["ada"] = Person(70, "ada"), {101: Role.DECIDE}
    place.later(3)
    viewer = place.people.viewer(ada)
    assert place.github.asked == 2
    assert (viewer.visible, viewer.decides) == ((place.one,), frozenset({place.one}))


@pytest.mark.parametrize("no", [Unauthorized("401"), NotAllowed("403")])
def test_a_no_ends_the_session_at_once(place: Place, no: GitHubFailed) -> None:
    ada, elsewhere = place.sign_in("ada"), place.sign_in("ada")
    place.later(9)
    place.github.fails = no
    with pytest.raises(NotSignedIn):
        place.people.viewer(ada)
    assert not place.people.is_open(ada["mldebt"])
    with pytest.raises(NotSignedIn):  # the other browser is asked about at its next look
        place.people.viewer(elsewhere)


def test_a_github_that_is_down_takes_nothing_away_for_ten_minutes_and_then_all(place: Place) -> None:
    ada = place.sign_in("ada")
    place.github.fails = GitHubFailed("502")
    place.later(9.9)
    assert place.people.viewer(ada).visible == (place.one, place.two)
    place.later(0.2)
    with pytest.raises(NotChecked):
        place.people.viewer(ada)
    assert place.people.is_open(ada["mldebt"])
    asked = place.github.asked
    with pytest.raises(NotChecked):  # not asked at each look
        place.people.viewer(ada)
    assert place.github.asked == asked
    place.github.fails = None
    place.later(0.5)
    assert place.people.viewer(ada).visible == (place.one, place.two)


def test_what_the_app_lost_is_gone_at_the_next_look(place: Place) -> None:
    ada = place.sign_in("ada")
    place.people.viewer(ada)
    with place.store.writing() as connection:
        remove_repositories(connection, 7, [101], 5 * SECOND)
    place.now += 2
    assert place.people.viewer(ada).visible == (place.two,)


def test_who_signs_out_is_out_in_every_tab_and_nowhere_else(place: Place) -> None:
    ada, elsewhere = place.sign_in("ada"), place.sign_in("ada")
    place.people.viewer(ada)
    assert place.people.end(ada["mldebt"]) == Token("ada", 28_800)
    for _ in range(2):
        with pytest.raises(NotSignedIn):
            place.people.viewer(ada)
    assert place.people.viewer(elsewhere).login == "ada"
    assert place.people.end(ada["mldebt"]) is None


def test_signing_in_gives_a_new_session_and_ends_the_one_before(place: Place) -> None:
    before = place.sign_in("ada")
    after = place.people.begin(Token("bo", 28_800), before["mldebt"])
    assert after != before["mldebt"]
    assert not place.people.is_open(before["mldebt"])
    assert place.people.viewer({"mldebt": after}).login == "bo"


def test_a_cookie_that_somebody_planted_is_never_taken_over(place: Place) -> None:
    planted = "planted-by-somebody"
    assert place.people.begin(Token("ada", 28_800), planted) != planted
    assert not place.people.is_open(planted)


def test_a_session_ends_after_eight_hours_or_with_its_token(place: Place) -> None:
    ada, short = place.sign_in("ada"), place.sign_in("bo", seconds=3_600)
    for hour in range(8):
        assert place.people.is_open(short["mldebt"]) == (hour == 0)
        place.people.viewer(ada)
        place.later(60)
    assert place.now - 1_795_500_000 == LIVES
    assert not place.people.is_open(ada["mldebt"])
    with pytest.raises(NotSignedIn):
        place.people.viewer(ada)


def test_a_session_that_nobody_uses_ends_though_another_of_the_same_person_is_used(place: Place) -> None:
    ada, left_behind = place.sign_in("ada"), place.sign_in("ada")
    for _ in range(12):
        place.later(10)
        place.people.viewer(ada)
    assert IDLE == 120 * MINUTE
    assert place.people.is_open(ada["mldebt"])
    assert not place.people.is_open(left_behind["mldebt"])
    with pytest.raises(NotSignedIn):
        place.people.viewer(left_behind)


def test_another_process_serves_a_session_until_its_grant_ends(place: Place) -> None:
    """The token was in the memory of the one that is gone."""
    ada = place.sign_in("ada")
    place.people = place.process()
    place.later(9.5)
    assert place.people.viewer(ada).visible == (place.one, place.two)
    place.later(1)
    with pytest.raises(NotSignedIn):
        place.people.viewer(ada)
    assert not place.people.is_open(ada["mldebt"])


def test_who_cannot_be_told_apart_is_not_signed_in(place: Place) -> None:
    with pytest.raises(GitHubFailed):
        place.sign_in("nobody")


def test_a_repository_is_visited_by_its_name_where_github_shows_it(place: Place) -> None:
    bo = place.sign_in("bo")
    place.github.names["shop/r101"] = 101, Role.SEE
    place.github.names["open/elsewhere"] = 555, Role.SEE
    place.people.visit(bo, "shop/r101")
    place.people.visit(bo, "open/elsewhere")  # which is not of this App
    place.people.visit(bo, "shop/r103")  # which GitHub does not show
    viewer = place.people.viewer(bo)
    assert (viewer.visible, viewer.decides) == ((place.one, place.two), frozenset())
    assert viewer.hosted == {101, 102}
    place.later(11)
    assert place.people.viewer(bo).visible == (place.two,)
    place.people.visit(bo, "shop/r101")
    assert place.people.viewer(bo).visible == (place.one, place.two)


def test_github_is_asked_for_any_name_alike_and_not_for_many(place: Place) -> None:
    bo = place.sign_in("bo")
    for name in ("shop/r101", "shop/r101", "nobody/nothing", "/src/local", "../user", "shop/..", "a/b/c", "shop/r1?x"):
        place.people.visit(bo, name)
    assert place.github.named == ["shop/r101", "nobody/nothing"]
    for number in range(50):
        place.people.visit(bo, f"guess/{number}")
    assert len(place.github.named) == 20
    place.later(1.1)
    place.people.visit(bo, "guess/again")
    assert len(place.github.named) == 21


def test_pages_that_come_at_once_ask_once(place: Place) -> None:
    ada = place.sign_in("ada")
    place.later(9)
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: place.people.viewer(ada).visible, range(32)))
    assert len(set(found)) == 1
    assert place.github.asked == 2


def test_tokens_of_sessions_that_are_over_are_forgotten(place: Place) -> None:
    place.sign_in("ada")
    place.later(130)
    place.sign_in("bo")
    assert [known.token for known in place.people._known.values()] == [Token("bo", 28_800)]


def test_one_look_at_the_store_tells_which_sessions_are_over(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    there = [place.sign_in("ada") for _ in range(5)]
    looks: list[Store] = []
    reading = Store.reading

    def counted(store: Store) -> AbstractContextManager[Connection]:
        looks.append(store)
        return reading(store)

    monkeypatch.setattr(Store, "reading", counted)
    place.people._forget_tokens()
    assert len(looks) == 1
    monkeypatch.undo()
    assert len(place.people._known) == 5
    place.people.end(there[0]["mldebt"])
    assert len(place.people._known) == 4


def test_cookies_that_come_while_the_store_is_down_are_not_remembered(place: Place, tmp_path: Path) -> None:
    ada = place.sign_in("ada")
    place.later(1)
    place.store.close()
    (tmp_path / "mldebt.db").rename(tmp_path / "away.db")
    (tmp_path / "mldebt.db").mkdir()
    for number in range(20):
        with pytest.raises(StoreError):
            place.people.viewer({"mldebt": f"guess {number}"})
    with pytest.raises(StoreError):
        place.people.viewer(ada)
    assert len(place.people._known) == 1
    (tmp_path / "mldebt.db").rmdir()
    (tmp_path / "away.db").rename(tmp_path / "mldebt.db")
    assert place.people.viewer(ada).visible == (place.one, place.two)


def test_a_scan_that_writes_takes_nothing_away_while_the_grant_holds(place: Place, tmp_path: Path) -> None:
    ada = place.sign_in("ada")
    busy = open_store(f"sqlite:///{tmp_path / 'mldebt.db'}", wait_seconds=0.1)
    before, place.store = place.store, busy
    with before.writing():
        place.later(9.9)
        assert place.people.viewer(ada).visible == (place.one, place.two)
        place.later(0.4)
        with pytest.raises(StoreError):
            place.people.viewer(ada)
    place.later(0.5)
    assert place.people.viewer(ada).visible == (place.one, place.two)
    before.close()


def test_a_store_is_only_read_by_a_look(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    ada = place.sign_in("ada")
    monkeypatch.setattr(Store, "writing", lambda _: pytest.fail("a look wrote"))
    for _ in range(5):
        place.later(1)
        place.people.viewer(ada)


def test_a_github_that_is_slow_holds_up_no_page_while_the_grant_holds(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signed_in, "QUICK", 0.2)
    ada = place.sign_in("ada")
    place.github.people["ada"] = Person(70, "ada"), {101: Role.SEE}
    place.github.answers.clear()
    place.later(9)
    began = time.monotonic()
    for _ in range(3):
        assert place.people.viewer(ada).visible == (place.one, place.two)
        place.now += 2
    assert time.monotonic() - began < 15  # and GitHub takes 20
    assert place.github.asked == 2  # once for them all
    place.github.answers.set()
    until = time.monotonic() + 30
    while place.people.viewer(ada).visible != (place.one,) and time.monotonic() < until:
        place.now += 2
        time.sleep(0.02)
    assert place.people.viewer(ada).visible == (place.one,)
    assert place.github.asked == 2


def test_a_github_that_is_slow_for_too_long_shows_nothing(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signed_in, "LONGEST", 0.2)
    ada = place.sign_in("ada")
    place.github.answers.clear()
    place.later(10)
    with pytest.raises(NotChecked):
        place.people.viewer(ada)
    place.github.answers.set()


def test_a_no_that_comes_late_ends_the_session_too(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signed_in, "QUICK", 0.05)
    ada = place.sign_in("ada")
    place.github.answers.clear()
    del place.github.people["ada"]  # taken back at GitHub
    place.later(9)
    place.github.answers.clear()
    with suppress(NotSignedIn):  # the answer may be there at once
        place.people.viewer(ada)
    place.github.answers.set()
    until = time.monotonic() + 30
    while place.people.is_open(ada["mldebt"]) and time.monotonic() < until:
        time.sleep(0.02)
    place.now += 2
    with pytest.raises(NotSignedIn):
        place.people.viewer(ada)


def test_a_clock_that_goes_back_prolongs_nothing(place: Place) -> None:
    """Somebody whose right is taken away sees what it was of for ten minutes at most, by whatever clock."""
    ada = place.sign_in("ada")
    place.github.people["ada"] = Person(70, "ada"), {101: Role.SEE}
    place.later(-40)
    with pytest.raises(NotSignedIn):  # a session of the future
        place.people.viewer(ada)
    place.later(40)
    place.github.people["bo"] = Person(80, "bo"), {101: Role.SEE}
    bo = place.sign_in("bo")
    with place.store.writing() as connection:
        keep_grants(connection, 80, {101: "see", 102: "see"}, int(place.now) + 7_200)
    place.now += 2
    assert place.people.viewer(bo).visible == (place.one,)


def test_a_clock_that_goes_back_keeps_nobody_out(place: Place) -> None:
    ada = place.sign_in("ada")
    place.github.fails = GitHubFailed("502")
    place.later(9)
    assert place.people.viewer(ada).visible == (place.one, place.two)  # and it was noted that GitHub failed
    place.github.fails = None
    place.later(-8.5)
    place.later(8)
    place.github.people["ada"] = Person(70, "ada"), {101: Role.SEE}
    assert place.people.viewer(ada).visible == (place.one,)


def test_two_servers_whose_clocks_differ_a_little_serve_one_session(place: Place) -> None:
    ada = place.sign_in("ada")
    place.now -= 30
    assert place.people.viewer(ada).visible == (place.one, place.two)
    assert place.github.asked == 1
