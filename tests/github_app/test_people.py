"""What a person may see, as GitHub tells that person, on github.com and on an Enterprise server."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, urlsplit

import pytest

from github_app import people as asking
from github_app.people import People
from github_app.port import GitHubFailed, Person, RateLimited, Unauthorized
from mldebt.access import Role
from tests.github import people
from tests.github.fake import DROPPED, Answer, Fault, serving
from tests.github.people import DECIDE, SEE, GitHubWithPeople
from tests.servers_by_hand import listening


@pytest.fixture(params=["", "/api/v3"])
def fake(request: pytest.FixtureRequest) -> Iterator[GitHubWithPeople]:
    ada = people.Person(7, "ada", {77: {1: SEE, 2: DECIDE}, 78: {3: {**SEE, "pull": False}, 4: SEE}})
    ada.public["open/source"] = (5, SEE)
    with serving(GitHubWithPeople(ada), request.param) as opened:
        assert isinstance(opened, GitHubWithPeople)
        yield opened
        assert opened.violations == []


def asked(fake: GitHubWithPeople, token: str = "") -> People:
    return People(fake.address, token or fake.signed_in(fake.people[0]))


def test_who_it_is_and_what_may_be_seen_and_decided(fake: GitHubWithPeople) -> None:
    ada = asked(fake)
    assert ada.who() == Person(7, "ada")
    assert ada.repositories() == {1: Role.SEE, 2: Role.DECIDE, 4: Role.SEE}
    assert ada.repository("open/source") == (5, Role.SEE)
    assert ada.repository("shop/r1") is None
    assert ada.repository("../user") is None


def test_more_than_a_page(fake: GitHubWithPeople) -> None:
    fake.people[0].installations = {77: dict.fromkeys(range(1, 251), SEE)}
    assert len(asked(fake).repositories()) == 250


def test_what_is_suspended_or_gone_is_not_seen(fake: GitHubWithPeople) -> None:
    fake.suspended.add(77)
    assert asked(fake).repositories() == {4: Role.SEE}
    for status in (403, 404):
        fake.suspended.clear()
        fake.faults.append(Fault("GET", "/user/installations/78", Answer(status, {"message": "no"})))
        assert asked(fake).repositories() == {1: Role.SEE, 2: Role.DECIDE}


def test_a_token_that_was_taken_back(fake: GitHubWithPeople) -> None:
    ada = asked(fake, "ghu_old")
    for ask in (ada.who, ada.repositories, lambda: ada.repository("open/source")):
        with pytest.raises(Unauthorized):
            ask()


@pytest.mark.parametrize("status", [500, 502, 503, DROPPED])
def test_what_fails_once_is_asked_once_more(fake: GitHubWithPeople, status: int) -> None:
    fake.faults += [Fault("GET", "/user/installations", Answer(status, {"message": "no"}))]
    assert 1 in asked(fake).repositories()
    fake.faults += [Fault("GET", "/user/installations", Answer(status, {"message": "no"}))] * 2
    with pytest.raises(GitHubFailed):
        asked(fake).repositories()


@pytest.mark.parametrize(
    "answer",
    [
        Answer(403, {"message": "API rate limit exceeded"}, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1"}),
        Answer(403, {"message": "You have exceeded a secondary rate limit"}, {"retry-after": "60"}),
        Answer(429, {"message": "slow down"}),
    ],
)
def test_a_rate_limit_is_no_no_and_is_not_waited_for(fake: GitHubWithPeople, answer: Answer) -> None:
    fake.faults += [Fault("GET", "/user/installations", answer)] * 2
    began = time.monotonic()
    with pytest.raises(RateLimited):
        asked(fake).repositories()
    assert time.monotonic() - began < 30


@pytest.mark.parametrize("value", [None, [], {"installations": [{}]}, {"installations": 3}, {"installations": [None]}])
def test_an_answer_that_is_none_is_no_answer(fake: GitHubWithPeople, value: object) -> None:
    fake.faults += [Fault("GET", "/user/installations", Answer(200, value, raw=b"{" if value is None else None))] * 2
    with pytest.raises(GitHubFailed):
        asked(fake).repositories()
    fake.exchanges.clear()


class FarAway:
    """A GitHub that takes its time, as the real one does: an answer each `seconds`, many at once."""

    def __init__(self, repositories: dict[int, int], seconds: float) -> None:
        self.repositories, self.seconds = repositories, seconds
        self.asked, self.now, self.most, self.address = 0, 0, 0, ""
        self.lock = threading.Lock()

    def told(self, target: str) -> object:
        with self.lock:
            self.asked, self.now = self.asked + 1, self.now + 1
            self.most = max(self.most, self.now)
        time.sleep(self.seconds)
        with self.lock:
            self.now -= 1
        parts = urlsplit(target)
        if parts.path == "/user/installations":
            return {"installations": [{"id": one, "suspended_at": None} for one in self.repositories]}
        installation, page = int(parts.path.split("/")[3]), int(parse_qs(parts.query)["page"][0])
        there = self.repositories[installation]
        numbers = range((page - 1) * 100, min(page * 100, there))
        rows = [{"id": installation * 100_000 + number, "permissions": SEE} for number in numbers]
        return {"total_count": there, "repositories": rows}


@contextmanager
def far_away(repositories: dict[int, int], seconds: float = 0.0) -> Iterator[FarAway]:
    made = FarAway(repositories, seconds)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            text = json.dumps(made.told(self.path)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

    with listening(Handler) as port:
        made.address = f"http://127.0.0.1:{port}"
        yield made


def test_who_sees_five_thousand_repositories_does_not_wait_for_one_page_after_another() -> None:
    with far_away({7: 5_000}, seconds=0.2) as github:
        began = time.monotonic()
        assert len(People(github.address, "ghu_x").repositories()) == 5_000
        took = time.monotonic() - began
    assert github.asked == 51
    assert 1 < github.most <= asking.AT_ONCE
    assert took < 51 * 0.2


def test_nor_does_who_sees_a_hundred_installations() -> None:
    with far_away(dict.fromkeys(range(1, 100), 3), seconds=0.05) as github:
        began = time.monotonic()
        assert len(People(github.address, "ghu_x").repositories()) == 297
        assert time.monotonic() - began < 100 * 0.05


def test_of_more_than_can_be_asked_for_the_first_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "MOST_PAGES", 3)
    with far_away({7: 10**12, 8: 250}) as github:
        assert len(People(github.address, "ghu_x").repositories()) == 300
        assert github.asked == 4


def test_a_list_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "PATIENCE", 0.3)
    with far_away({7: 20_000}, seconds=0.2) as github:
        with pytest.raises(GitHubFailed, match="too long"):
            People(github.address, "ghu_x").repositories()
        assert github.asked < 200
