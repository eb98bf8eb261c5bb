"""As an App on one repository, over real HTTP, against a GitHub that holds both sides to GitHub's description."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from github_app.installation import ASSESSING, AppOnRepository, as_installation
from github_app.port import Annotation, GitHubFailed, Gone, Moved, NotAllowed, RateLimited, Verdict
from tests.github.fake import Answer, FakeGitHub, Fault, serving
from tests.github.installed import APP, INSTALLATION, INSTALLED, REPOSITORY, AccessByHand, install, key

HEAD = "c" * 40


@pytest.fixture(params=["", "/api/v3"])
def fake(request: pytest.FixtureRequest) -> Iterator[FakeGitHub]:
    with serving(install(FakeGitHub(INSTALLED)), request.param) as there:
        there.open_pull(7, HEAD, fork="ada/name")
        yield there
        assert there.violations == []


def on(fake: FakeGitHub, permissions: dict[str, str] = ASSESSING, repository: int = REPOSITORY) -> AppOnRepository:
    return as_installation(AccessByHand(fake.address, key()), INSTALLATION, repository, permissions, pause=0.001)


def said(**values: Any) -> Verdict:
    return Verdict("neutral", "One title", "A summary.", "digest")._replace(**values)


def test_a_token_is_for_one_repository_and_least_permissions(fake: FakeGitHub) -> None:
    github = on(fake)
    (minted,) = fake.rows["tokens"].values()
    assert minted == ([REPOSITORY], ASSESSING)
    assert (github.hosted.full_name, github.hosted.default_branch, github.login) == (
        "owner/name",
        "main",
        "mldebt[bot]",
    )
    assert github.pull(7).head == HEAD


def test_the_name_is_asked_for_where_the_token_does_not_tell_it(fake: FakeGitHub) -> None:
    fake.rows["tells no repositories"] = True
    assert on(fake).hosted.id == REPOSITORY


def test_a_token_that_ended_is_had_anew_once(fake: FakeGitHub) -> None:
    github = on(fake)
    fake.rows["tokens"].clear()
    with pytest.raises(GitHubFailed, match="401"):
        github.post(7, "one")  # a post is not repeated, whatever it was refused for
    assert github.post(7, "one").body == "one"
    assert len(fake.rows["minted"]) == 2
    assert github.token == fake.rows["minted"][-1]
    fake.faults = [Fault("GET", "/pulls/7", Answer(401, {"message": "Bad credentials"})) for _ in range(2)]
    with pytest.raises(GitHubFailed, match="401"):
        github.pull(7)
    assert len(fake.rows["minted"]) == 3


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_repository_with_another_name_by_now_is_told(fake: FakeGitHub, method: str) -> None:
    github = on(fake)
    fake.former, fake.repository = {"owner/name"}, "owner/renamed"
    with pytest.raises(Moved):
        github.pull(7) if method == "GET" else github.post(7, "one")
    assert fake.comments[7] == []
    assert on(fake).pull(7).head == HEAD
    fake.repository, fake.former = "owner/name", set()


def test_who_is_not_let_in_is_told_apart(fake: FakeGitHub) -> None:
    with pytest.raises(GitHubFailed, match="422") as caught:
        on(fake, repository=2)
    assert not isinstance(caught.value, Gone | NotAllowed)
    fake.rows["suspended"] = 1
    with pytest.raises(NotAllowed, match="suspended"):
        on(fake)
    with pytest.raises(Gone):
        as_installation(AccessByHand(fake.address, key()), 78, REPOSITORY, ASSESSING, pause=0.001)


def test_more_than_the_permissions_is_refused(fake: FakeGitHub) -> None:
    github = on(fake, {"metadata": "read", "pull_requests": "read"})
    with pytest.raises(NotAllowed):
        github.post(7, "one")
    with pytest.raises(NotAllowed):
        github.add_check(HEAD, "mldebt", said())


@pytest.mark.parametrize(
    "pem", ["", "secret-words", "-----BEGIN RSA PRIVATE KEY-----\nc2VjcmV0\n-----END RSA PRIVATE KEY-----"]
)
def test_a_key_that_is_none_is_one_sentence_without_it(fake: FakeGitHub, pem: str) -> None:
    with pytest.raises(GitHubFailed, match="private key cannot be used") as caught:
        as_installation(AccessByHand(fake.address, pem), INSTALLATION, REPOSITORY, ASSESSING, pause=0.001)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


@pytest.mark.parametrize("number", [0, 1, 50, 51, 125])
def test_annotations_go_in_batches(fake: FakeGitHub, number: int) -> None:
    rows = tuple(Annotation("a.py", n + 1, n + 1, "A title", f"line {n}") for n in range(number))
    found = on(fake).add_check(HEAD, "mldebt", said(annotations=rows))
    assert [one["start_line"] for one in fake.rows["annotations"][found]] == [one.start for one in rows]
    (row,) = fake.rows["checks"]
    assert (row["status"], row["conclusion"], row["output"]["annotations_count"]) == ("completed", "neutral", number)


def test_a_check_is_found_and_edited(fake: FakeGitHub) -> None:
    github = on(fake)
    first = github.add_check(HEAD, "mldebt", said())
    github.add_check(HEAD, "other", said())
    github.edit_check(first, said(conclusion="failure", external_id="new"))
    (found,) = github.checks(HEAD, "mldebt")
    assert (found.id, found.app, found.conclusion, found.external_id) == (first, APP, "failure", "new")
    fake.rows["checks"][0]["app"]["id"] = 12
    assert github.checks(HEAD, "mldebt") == []
    assert github.checks("d" * 40, "mldebt") == []


def test_what_commands_ask_for(fake: FakeGitHub) -> None:
    fake.rows["people"] = {"ada": "write"}
    row = fake.write_comment(7, "/mldebt help", "ada")
    github = on(fake, {"metadata": "read", "pull_requests": "write", "issues": "write"})
    assert (github.permission("ada"), github.permission("bo"), github.permission("a/../b")) == ("write", "none", "none")
    assert (github.comment(row["id"]).login, github.pull_of(row["id"])) == ("ada", 7)
    for _ in range(2):
        github.react(row["id"], "eyes")
    assert fake.rows["reactions"] == [(row["id"], "eyes")]
    issue = github.open_issue("Debt", "body", ["mldebt"])
    github.edit_issue(issue.number, title="Debt", body="new", is_open=False)
    (found,) = github.issues("mldebt")
    assert (found.body, found.is_open, found.login, found.is_bot) == ("new", False, "mldebt[bot]", True)
    assert github.issues("other") == []


def test_limits(fake: FakeGitHub) -> None:
    github = on(fake)
    there = {"documentation_url": "https://docs.github.com"}
    primary = Answer(
        403,
        {"message": "API rate limit exceeded for installation ID 1.", **there},
        {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "4102444800"},
    )
    fake.faults = [Fault("GET", "/pulls/7", primary)]
    with pytest.raises(RateLimited) as caught:
        github.pull(7)
    assert caught.value.seconds > 3_600
    secondary = {"message": "You have exceeded a secondary rate limit.", **there}
    for answer in (Answer(403, secondary, {"Retry-After": "90"}), Answer(429, secondary, {"Retry-After": "90"})):
        fake.faults = [Fault("POST", "/comments", answer)]
        with pytest.raises(RateLimited) as caught:
            github.post(7, "one")
        assert caught.value.seconds == 90
    fake.faults = [Fault("GET", "/pulls/7", Answer(429, {"message": "slow"})) for _ in range(2)]
    assert github.pull(7).number == 7  # 60 ms, then 120, at this pause
    fake.faults = [Fault("POST", "/comments", Answer(429, {"message": "slow"}))]
    with pytest.raises(RateLimited):
        github.post(7, "one")  # never repeated, whatever it was refused for
    assert fake.comments[7] == []
