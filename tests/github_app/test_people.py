"""What a person may see, as GitHub tells that person, on github.com and on an Enterprise server."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from github_app.people import People
from github_app.port import GitHubFailed, Person, RateLimited, Unauthorized
from mldebt.access import Role
from tests.github import people
from tests.github.fake import DROPPED, Answer, Fault, serving
from tests.github.people import DECIDE, SEE, GitHubWithPeople


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
    assert time.monotonic() - began < 3


@pytest.mark.parametrize("value", [None, [], {"installations": [{}]}, {"installations": 3}, {"installations": [None]}])
def test_an_answer_that_is_none_is_no_answer(fake: GitHubWithPeople, value: object) -> None:
    fake.faults += [Fault("GET", "/user/installations", Answer(200, value, raw=b"{" if value is None else None))] * 2
    with pytest.raises(GitHubFailed):
        asked(fake).repositories()
    fake.exchanges.clear()
