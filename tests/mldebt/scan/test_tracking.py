"""A tracker asked, kept, and asked again: over a GitHub that is held to its description, into a real store."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collectors.facts.change_requests import ChangeRequest, ChangeRequests
from collectors.facts.issues import Issue, Issues
from collectors.facts.missing import Missing
from collectors.trackers import ListedIssue, ListedRequest, NotNowError, Replies, Tracker
from collectors.trackers.github_api import GitHubTracker
from mldebt.scan import asking
from mldebt.scan.tracking import IN_PART, Tracked, track
from mldebt.store.engine import Store
from mldebt.store.snapshots import ensure_repository, forget_repository
from mldebt.store.tracker import kept_requests
from tests.builders import at
from tests.github.fake import Answer, FakeGitHub, Fault, forbidden, not_found, serving
from tests.github.tracked import ROUTES, comment, issue, pull, review

SALT = b"salt"
COUNT = count(1)


@pytest.fixture
def fake() -> Iterator[FakeGitHub]:
    with serving(FakeGitHub(ROUTES)) as served:
        yield served
    assert served.violations == []


@pytest.fixture
def repository_id(store: Store) -> int:
    with store.writing() as connection:
        return ensure_repository(connection, "/somewhere", "name", is_example=False)


@pytest.fixture
def tracked(fake: FakeGitHub, store: Store, repository_id: int) -> Callable[..., Tracked]:
    def ask(
        day: float = 0, tracker: Tracker | None = None, salt: bytes = SALT, repository: int = repository_id
    ) -> Tracked:
        own = GitHubTracker(fake.address, fake.repository, fake.token, salt, sleep=lambda _: None, between=0)
        return track(tracker or own, repository, store, at(day), lambda *_: None)

    return ask


def asked(fake: FakeGitHub) -> list[str]:
    """What was asked for since the last look: paths and pages."""
    found = [
        one.target.removeprefix(f"/repos/{fake.repository}").strip("/").partition("&per_page")[0]
        for one in fake.exchanges
    ]
    fake.exchanges.clear()
    return found


def requests(told: Tracked) -> ChangeRequests:
    assert isinstance(told.requests, ChangeRequests), told.requests
    return told.requests


def test_requests_with_their_replies_and_files_and_issues(fake: FakeGitHub, tracked: Any):
    pull(fake, 1, -30, merged=-2, files=("metrics.json", "a.py"))
    review(fake, 1, -20)
    comment(fake, 1, -10, by="cy")
    pull(fake, 2, -3, by="dependabot[bot]")
    issue(fake, 3, -9, None, "debt", "for Ada")
    told = tracked()
    merged, bot = requests(told)
    assert (merged.files, merged.writes_metrics, merged.has_files, merged.is_approved) == (
        ("metrics.json", "a.py"), True, True, True,
    )  # fmt: skip
    assert (merged.author, [reply.person for reply in merged.replies], bot.author) == (1, [2, 3], 4)
    assert not bot.has_files  # nobody asked
    assert isinstance(told.issues, Issues)
    assert [row.labels for row in told.issues] == [("debt",)]
    assert (told.sentences, requests(told).is_whole) == ((), True)


def test_again_only_what_is_new_is_asked_for(fake: FakeGitHub, tracked: Any):
    for number in range(1, 4):
        pull(fake, number, -30 + number)
    first = tracked()
    asked(fake)
    assert tracked() == first
    assert [one.partition("?")[0] for one in asked(fake)] == ["", "pulls", "issues"]
    fake.pulls[2]["updated_at"] = "2023-11-14T00:00:00Z"
    comment(fake, 2, -1)
    assert [len(row.replies) for row in requests(tracked())] == [0, 1, 0]
    assert [one.partition("?")[0] for one in asked(fake)] == [
        "", "pulls", "issues/2/comments", "pulls/2/reviews", "pulls/2/files", "issues",
    ]  # fmt: skip


def test_the_same_is_the_same_under_another_key_and_in_another_order(fake: FakeGitHub, tracked: Any, store: Store):
    for number, who in enumerate(["zoe", "ada", "bo", "ada"], 1):
        pull(fake, number, -9 - number, by=who)
        comment(fake, number, -5, by="cy")
        comment(fake, number, -5, by="di")
    first = tracked()
    with store.writing() as connection:
        other = ensure_repository(connection, "/elsewhere", "name", is_example=False)
    assert tracked(salt=b"another", repository=other) == first
    assert first.digest
    with store.writing() as connection:
        forget_repository(connection, other)
    assert tracked() == first


def test_what_changes_is_another_digest_and_the_moment_hides_what_came_later(fake: FakeGitHub, tracked: Any):
    pull(fake, 1, -9, merged=-5)
    before = tracked(-7)
    assert requests(before).rows[0].is_open
    now = tracked(0)
    assert requests(now).rows[0].merged == at(-5)
    assert before.digest != now.digest
    assert tracked(-7) == before
    assert len(requests(tracked(-20))) == 0


def many(fake: FakeGitHub, number: int) -> None:
    """Of bots, whose parts nobody asks for."""
    for n in range(1, number + 1):
        pull(fake, n, -400 + n, by="x[bot]")


class Cut:
    """A tracker that is cut off after so many pages of requests, as a crash or ^C would."""

    def __init__(self, inner: Tracker, pages: int, error: type[BaseException]) -> None:
        self.inner, self.pages, self.error = inner, pages, error

    @property
    def source(self) -> str:
        return self.inner.source

    def requests(self, page: int) -> Sequence[ListedRequest]:
        self.pages -= 1
        if self.pages < 0:
            raise self.error("cut off")
        return self.inner.requests(page)

    def issues(self, since: int, page: int) -> Sequence[ListedIssue]:
        return self.inner.issues(since, page)

    def replies(self, number: int) -> Replies:
        return self.inner.replies(number)

    def files(self, number: int) -> tuple[str, ...]:
        return self.inner.files(number)


def own(fake: FakeGitHub) -> GitHubTracker:
    return GitHubTracker(fake.address, fake.repository, fake.token, SALT, sleep=lambda _: None, between=0)


def test_what_was_read_before_an_interruption_is_not_read_again(fake: FakeGitHub, tracked: Any):
    many(fake, 350)
    with pytest.raises(KeyboardInterrupt):
        tracked(tracker=Cut(own(fake), 2, KeyboardInterrupt))
    asked(fake)
    assert len(requests(tracked())) == 350
    pages = [one.rpartition("page=")[2] for one in asked(fake) if one.startswith("pulls?")]
    assert pages == ["1", "2", "3", "4", "1"]


def test_a_list_that_is_cut_short_is_said(fake: FakeGitHub, tracked: Any):
    many(fake, 350)
    told = tracked(tracker=Cut(own(fake), 1, NotNowError))
    assert told.requests == IN_PART
    assert told.sentences == ("the tracker was read in part, because cut off",)
    old = tracked(300, tracker=Cut(own(fake), 2, NotNowError))
    assert not requests(old).is_whole  # a year is known


def test_pages_that_move_under_the_feet_lose_nothing(fake: FakeGitHub, tracked: Any):
    many(fake, 250)

    class Moving(Cut):
        def requests(self, page: int) -> Sequence[ListedRequest]:
            rows = self.inner.requests(page)
            if self.pages > 0:  # the oldest, not read yet, and one that was, change meanwhile; and one is new
                self.pages -= 1
                fake.pulls[3 + self.pages]["updated_at"] = "2023-11-13T00:00:00Z"
                fake.pulls[240 + self.pages]["updated_at"] = "2023-11-13T00:00:01Z"
                pull(fake, 900 + self.pages, -1, by="x[bot]")
            return rows

    told = requests(tracked(tracker=Moving(own(fake), 2, NotNowError)))
    assert sorted(row.number for row in told) == [*range(1, 251), 900, 901]


def test_issues_that_move_under_the_feet_lose_nothing(fake: FakeGitHub, tracked: Any):
    for number in range(1, 251):
        issue(fake, number, -400 + number // 120, None, "debt")  # many at the same second

    class Moving(Cut):
        def issues(self, since: int, page: int) -> Sequence[ListedIssue]:
            rows = self.inner.issues(since, page)
            if self.pages > 0:
                self.pages -= 1
                fake.rows["issues"][1 + self.pages]["updated_at"] = "2023-11-13T00:00:00Z"
            return rows

    told = tracked(tracker=Moving(own(fake), 9, NotNowError)).issues
    assert isinstance(told, Issues)
    assert [row.number for row in told] == list(range(1, 251))


@pytest.mark.parametrize(("part", "what"), [("/pulls", "requests"), ("/issues", "issues")])
def test_a_list_that_may_not_be_seen_is_missing_and_the_other_is_not(
    fake: FakeGitHub, tracked: Any, part: str, what: str
):
    fake.faults.append(Fault("GET", part, forbidden()))
    told = tracked()
    kinds = {name: isinstance(getattr(told, name), Missing) for name in ("requests", "issues")}
    assert kinds == {"requests": what == "requests", "issues": what == "issues"}
    assert "not visible with this permission" in getattr(told, what).reason
    assert "not visible with this permission" in told.sentences[0]


def test_parts_that_may_not_be_seen_are_asked_for_three_times_and_said(fake: FakeGitHub, tracked: Any):
    for number in range(1, 10):
        pull(fake, number, -9)
    fake.faults += [Fault("GET", "/comments", forbidden())] * 9
    told = tracked()
    assert "comments are not visible" in requests(told).no_replies
    assert sum(one.endswith("comments?page=1") for one in asked(fake)) == asking.REFUSED
    assert all(row.has_files and not row.has_replies for row in requests(told))
    fake.faults.clear()
    assert all(row.has_replies for row in requests(tracked()))  # with another token


def test_one_request_that_is_gone_hides_no_other(fake: FakeGitHub, tracked: Any):
    pull(fake, 1, -9)
    pull(fake, 2, -9)
    fake.faults += [Fault("GET", "/pulls/2/files", not_found()), Fault("GET", "/2/comments", not_found())]
    told = requests(tracked())
    assert [(row.has_files, row.has_replies) for row in told] == [(True, True), (False, False)]
    assert (told.no_files, told.no_replies) == ("", "")


def test_another_host_is_another_tracker(fake: FakeGitHub, tracked: Any):
    pull(fake, 1, -9)
    tracked()
    with serving(FakeGitHub(ROUTES)) as other:
        pull(other, 7, -9)
        assert [row.number for row in requests(tracked(tracker=own(other)))] == [7]


def test_a_repository_without_requests_has_none_and_may_get_some(fake: FakeGitHub, tracked: Any):
    assert len(requests(tracked())) == 0
    pull(fake, 1, -9)
    assert len(requests(tracked())) == 1


def test_no_name_is_kept(fake: FakeGitHub, tracked: Any, store: Store):
    pull(fake, 1, -9, by="ada-lovelace")
    comment(fake, 1, -8, by="grace-hopper")
    issue(fake, 2, -8, None, "debt", "assigned: ada-lovelace")
    tracked()
    with store.reading() as connection:
        for table in ("tracker_state", "tracker_request", "tracker_issue"):
            rows = connection.exec_driver_sql(f"SELECT * FROM {table}").all()
            text = repr([[bytes(cell) if isinstance(cell, memoryview) else cell for cell in row] for row in rows])
            assert rows
            assert not any(name in text for name in ("lovelace", "hopper", fake.token, "thanks"))


@pytest.mark.parametrize("answer", [forbidden(), Answer(503, {"message": "Unavailable"})])
def test_a_repository_that_cannot_be_seen_leaves_what_is_kept(fake: FakeGitHub, tracked: Any, answer: Answer):
    pull(fake, 1, -9)
    before = tracked()
    fake.faults += [Fault("GET", "/repos/owner/name", answer)] * 4
    told = tracked()
    assert isinstance(told.requests, Missing)
    assert told.sentences == (f"the tracker told nothing, because {told.requests.reason}",)
    fake.faults.clear()
    asked(fake)
    assert tracked() == before
    assert [one.partition("?")[0] for one in asked(fake)] == ["", "pulls", "issues"]


class Shelf:
    """A tracker by hand with small pages, on which something happens whenever it is asked."""

    source = "shelf"

    def __init__(self, size: int, happenings: list[tuple[int, int] | None]) -> None:
        self.size, self.happenings, self.clock = size, happenings, 0
        self.updated: dict[int, int] = {}

    def touch(self, number: int) -> None:
        self.clock += 1
        self.updated[number] = self.clock // 5  # five in a second

    def _happens(self) -> None:
        if self.happenings:
            now = self.happenings.pop()
            if now is None:
                raise NotNowError("cut off")
            for number in now:
                self.touch(number)

    def requests(self, page: int) -> Sequence[ListedRequest]:
        rows = sorted(self.updated, key=lambda number: (-self.updated[number], number))
        found = [ListedRequest(self.updated[n], ChangeRequest(n, 0, 1, is_bot=True)) for n in rows]
        answer = found[self.size * (page - 1) : self.size * page]
        self._happens()
        return answer

    def issues(self, since: int, page: int) -> Sequence[ListedIssue]:
        rows = sorted((self.updated[n], n) for n in self.updated if self.updated[n] >= since)
        answer = [ListedIssue(at, Issue(n, 0)) for at, n in rows][self.size * (page - 1) : self.size * page]
        self._happens()
        return answer

    def replies(self, number: int) -> Replies:
        raise AssertionError(number)

    def files(self, number: int) -> tuple[str, ...]:
        raise AssertionError(number)


numbers = st.integers(1, 30)


@given(
    st.lists(numbers, max_size=30),
    st.lists(st.none() | st.tuples(numbers, numbers), max_size=25),
    st.integers(1, 4),
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_happens_while_it_is_read_nothing_is_lost(
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
    there: list[int],
    happenings: list[tuple[int, int] | None],
    times: int,
):
    monkeypatch.setattr(asking, "PAGE_ROWS", 3)
    shelf = Shelf(3, happenings)
    for number in there:
        shelf.touch(number)
    with store.writing() as connection:
        own = ensure_repository(connection, f"/{next(COUNT)}", "name", is_example=False)
    for _ in range(times):
        track(shelf, own, store, at(0), lambda *_: None)
    happenings.clear()
    told = track(shelf, own, store, at(0), lambda *_: None)
    assert isinstance(told.requests, ChangeRequests)
    assert isinstance(told.issues, Issues)
    assert told.requests.is_whole
    assert [row.number for row in told.requests] == [row.number for row in told.issues] == sorted(shelf.updated)
    with store.reading() as connection:
        assert {n: kept.updated for n, kept in kept_requests(connection, own).items()} == shelf.updated


def test_two_that_ask_at_once_come_to_the_same(fake: FakeGitHub, tracked: Any, store: Store):
    many(fake, 250)
    for number in range(300, 305):
        pull(fake, number, -9)
        issue(fake, 100 + number, -9, None, "debt")
    with ThreadPoolExecutor(3) as pool:
        told = [future.result() for future in [pool.submit(tracked) for _ in range(3)]]
    assert told[0] == told[1] == told[2] == tracked()
    assert len(requests(told[0])) == 255
