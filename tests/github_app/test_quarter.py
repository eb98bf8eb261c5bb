"""The issue of a quarter, over real HTTP: one in the end, whatever fails and whoever closes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from github_app.installation import as_installation
from github_app.port import GitHubFailed, Installed, NotAllowed
from github_app.quarter import ISSUES, body_of, tell
from scoring.report.quarter_issue import Words
from tests.github.fake import FakeGitHub, Fault, serving
from tests.github.installed import INSTALLATION, INSTALLED, REPOSITORY, AccessByHand, install, key
from tests.github_app.test_faults import ANSWERS

Q4, Q1 = "2026 Q4", "2027 Q1"
ONE = Words("mldebt: what to decide in 2026 Q4", "One.\n", "a" * 64)
OTHER = ONE._replace(body="Other.\n", digest="b" * 64)


@pytest.fixture(scope="module")
def lasting() -> Iterator[tuple[FakeGitHub, Installed]]:
    with serving(install(FakeGitHub(INSTALLED))) as fake:
        access = AccessByHand(fake.address, key())
        yield fake, as_installation(access, INSTALLATION, REPOSITORY, ISSUES, pause=0.0002)


@pytest.fixture
def github(lasting: tuple[FakeGitHub, Installed]) -> Iterator[Installed]:
    lasting[0].rows["issues"] = []
    lasting[0].exchanges.clear()
    yield lasting[1]
    assert lasting[0].violations == []


@pytest.fixture
def fake(lasting: tuple[FakeGitHub, Installed]) -> FakeGitHub:
    return lasting[0]


def issues(fake: FakeGitHub) -> list[tuple[str, str]]:
    return [(row["body"].partition("\n")[2], row["state"]) for row in fake.rows["issues"]]


def test_it_is_opened_left_and_edited(fake: FakeGitHub, github: Installed) -> None:
    assert tell(github, ONE, Q4).what == "opened"
    assert tell(github, ONE._replace(body="The same, said better.\n"), Q4).what == "left"
    assert tell(github, OTHER, Q4).what == "edited"
    assert issues(fake) == [("Other.\n", "open")]
    assert [row["labels"][0]["name"] for row in fake.rows["issues"]] == ["mldebt"]


def test_what_was_closed_stays_closed_unless_it_is_about_something_else(fake: FakeGitHub, github: Installed) -> None:
    tell(github, ONE, Q4)
    fake.rows["issues"][0]["state"] = "closed"
    assert tell(github, ONE, Q4).what == "left"
    assert issues(fake) == [("One.\n", "closed")]
    assert tell(github, OTHER, Q4).what == "edited"
    assert issues(fake) == [("Other.\n", "open")]


def test_each_quarter_has_its_own(fake: FakeGitHub, github: Installed) -> None:
    first = tell(github, ONE, Q4)
    assert tell(github, ONE, Q1).number != first.number
    assert len(issues(fake)) == 2


def test_a_pasted_marker_is_neither_edited_nor_obeyed(fake: FakeGitHub, github: Installed) -> None:
    tell(github, ONE, Q4)
    pasted: dict[str, Any] = dict(fake.rows["issues"][0], number=400, user={**fake.rows["issues"][0]["user"]})
    pasted["user"]["login"], pasted["user"]["type"], pasted["body"] = "eve", "User", body_of(OTHER, Q4)
    fake.rows["issues"] = [pasted]
    assert tell(github, ONE, Q4).what == "opened"
    assert pasted["body"] == body_of(OTHER, Q4)


def test_of_two_the_oldest_stays_open(fake: FakeGitHub, github: Installed) -> None:
    tell(github, ONE, Q4)
    second = dict(fake.rows["issues"][0], number=900)
    fake.rows["issues"].append(second)
    assert tell(github, OTHER, Q4).number == fake.rows["issues"][0]["number"]
    assert issues(fake) == [("Other.\n", "open"), ("One.\n", "closed")]


def test_where_the_app_may_not_it_is_told(fake: FakeGitHub, github: Installed) -> None:
    fake.faults = [Fault("POST", "/issues", ANSWERS["403"])]
    with pytest.raises(NotAllowed):
        tell(github, ONE, Q4)
    assert issues(fake) == []


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("step", [("GET", "/issues"), ("POST", "/issues"), ("PATCH", "/issues/")])
def test_one_issue_in_the_end(lasting: tuple[FakeGitHub, Installed], step: tuple[str, str], answer: str) -> None:
    fake, github = lasting
    for times, is_done in ((1, False), (1, True), (9, False)):
        fake.rows["issues"], fake.faults = [], []
        if step[0] == "PATCH":
            tell(github, OTHER, Q4)
        fake.faults = [Fault(*step, ANSWERS[answer], is_done=is_done) for _ in range(times)]
        assert "ghs_" not in failure(github)
        fake.faults.clear()
        assert failure(github) == ""
        assert issues(fake) == [("One.\n", "open")]


def failure(github: Installed) -> str:
    """In words; anything else that is raised fails the test."""
    try:
        tell(github, ONE, Q4)
    except GitHubFailed as error:
        return str(error)
    return ""
