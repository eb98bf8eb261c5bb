"""The port over real HTTP, against a GitHub that holds both sides to GitHub's description."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from github_app.conversation import GitHubConversation
from github_app.port import GitHubFailed, NotAllowed, Pull
from tests.github.fake import Answer, FakeGitHub, Fault, not_found, serving

HEAD = "c" * 40


@pytest.fixture(params=["", "/api/v3"])
def fake(request: pytest.FixtureRequest) -> Iterator[FakeGitHub]:
    with serving(FakeGitHub(), request.param) as there:
        there.open_pull(7, HEAD, fork="ada/name")
        yield there
        assert there.violations == []


def client(fake: FakeGitHub, token: str = "ghs_ours", name: str = "owner/name") -> GitHubConversation:  # noqa: S107
    return GitHubConversation(fake.address, token, name, pause=0.001)


def test_a_comment_is_written_edited_and_removed(fake: FakeGitHub) -> None:
    github = client(fake)
    posted = github.post(7, "one")
    assert (posted.login, posted.is_bot, posted.body) == ("github-actions[bot]", True, "one")
    github.edit(posted.id, "two")
    assert [one.body for one in github.comments(7)] == ["two"]
    github.delete(posted.id)
    assert list(github.comments(7)) == []


def test_all_pages_are_read(fake: FakeGitHub) -> None:
    for n in range(250):
        fake.write_comment(7, str(n), "ada")
    assert [one.body for one in client(fake).comments(7)] == [str(n) for n in range(250)]


def test_a_comment_of_nobody_is_nobody_s(fake: FakeGitHub) -> None:
    fake.write_comment(7, "", "ghost")["user"] = None
    assert [(one.login, one.is_bot) for one in client(fake).comments(7)] == [("", False)]


def test_a_pull_request_is_found_by_where_it_comes_from(fake: FakeGitHub) -> None:
    assert client(fake).pull(7) == Pull(7, HEAD, 2, is_open=True, author="ada", base="main")
    assert client(fake).pulls_from("ada", "topic") == [Pull(7, HEAD, 2, is_open=True, author="ada", base="main")]
    assert client(fake).pulls_from("ada", "topic&state=all") == []
    assert client(fake).pulls_from("bo", "topic") == []
    fake.pulls[7]["state"] = "closed"
    assert client(fake).pulls_from("ada", "topic") == []
    assert not client(fake).pull(7).is_open


def test_who_may_not_write_is_told(fake: FakeGitHub) -> None:
    fake.may_write = False
    with pytest.raises(NotAllowed, match=r"did not write the comment \(403: Resource not accessible by integration\)"):
        client(fake).post(7, "one")


@pytest.mark.parametrize(("token", "name"), [("ghs_old", "owner/name"), ("ghs_ours", "owner/other")])
def test_what_is_not_there_or_not_ours_is_one_sentence(fake: FakeGitHub, token: str, name: str) -> None:
    with pytest.raises(GitHubFailed) as caught:
        client(fake, token, name).pull(7)
    assert not isinstance(caught.value, NotAllowed)
    assert token not in str(caught.value)


def test_reading_and_editing_are_tried_again(fake: FakeGitHub) -> None:
    row = fake.write_comment(7, "one")
    fake.faults = [
        *[Fault("GET", "/pulls/7", Answer(502)) for _ in range(2)],
        Fault("PATCH", "/comments/", Answer(503)),
        Fault("PATCH", "/comments/", Answer(429, {"message": "slow"}, {"Retry-After": "0"})),
        Fault("DELETE", "/comments/", Answer(500)),
    ]
    assert client(fake).pull(7).number == 7
    client(fake).edit(row["id"], "two")
    assert row["body"] == "two"
    client(fake).delete(row["id"])
    assert (fake.faults, fake.comments[7]) == ([], [])


def test_a_post_is_not(fake: FakeGitHub) -> None:
    fake.faults = [Fault("POST", "/comments", Answer(502), is_done=True)]
    with pytest.raises(GitHubFailed, match="502"):
        client(fake).post(7, "one")
    assert len(fake.comments[7]) == 1


def test_it_does_not_wait_for_an_hour(fake: FakeGitHub) -> None:
    limits = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "4102444800"}
    said = {"message": "API rate limit exceeded for installation ID 1.", "documentation_url": "https://docs.github.com"}
    fake.faults = [Fault("GET", "/pulls/7", Answer(403, said, limits))]
    with pytest.raises(GitHubFailed, match="rate limit") as caught:
        client(fake).pull(7)
    assert not isinstance(caught.value, NotAllowed)


def test_what_somebody_removed_before_us_is_gone_all_the_same(fake: FakeGitHub) -> None:
    fake.write_comment(7, "one")
    fake.faults = [Fault("DELETE", "/comments/", not_found())]
    client(fake).delete(101)


def test_nobody_there() -> None:
    with serving(FakeGitHub()) as fake:
        github = client(fake)
    with pytest.raises(GitHubFailed, match="could not be reached"):
        github.pull(7)
