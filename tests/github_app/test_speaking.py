"""One comment at the end, whatever fails and whoever else runs."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from github_app.comments import ours
from github_app.conversation import GitHubConversation
from github_app.port import GitHubFailed
from github_app.speaking import Said, Words, speak
from tests.github.fake import Answer, FakeGitHub, Fault, serving
from tests.github_app.test_comments import BOT, NEW, OTHER, PAID

HEAD = "c" * 40


@pytest.fixture
def fake() -> Iterator[FakeGitHub]:
    with serving(FakeGitHub()) as there:
        there.open_pull(7, HEAD)
        yield there
        assert there.violations == []


def say(fake: FakeGitHub, new: str, head: str = HEAD, login: str = BOT) -> Said:
    github = GitHubConversation(fake.address, "ghs_ours", "owner/name", pause=0.001)
    return speak(github, Words(7, head, new, PAID), login)


def bodies(fake: FakeGitHub) -> list[str]:
    return [row["body"] for row in fake.comments[7]]


def test_one_comment_through_a_pull_requests_life(fake: FakeGitHub) -> None:
    fake.write_comment(7, "Nice.", "ada")
    assert say(fake, "").what == "left"
    assert bodies(fake) == ["Nice."]
    assert say(fake, NEW).what == "posted"
    assert say(fake, NEW).what == "left"
    assert say(fake, OTHER).what == "edited"
    assert say(fake, "").what == "edited"
    assert say(fake, "").what == "left"
    assert bodies(fake) == ["Nice.", PAID]
    assert [one.partition(" ")[0] for one in fake.written] == ["POST", "PATCH", "PATCH"]


def test_a_pasted_marker_is_neither_edited_nor_obeyed(fake: FakeGitHub) -> None:
    fake.write_comment(7, NEW, "mallory")
    fake.write_comment(7, NEW, BOT, kind="User")
    assert say(fake, NEW).what == "posted"
    assert say(fake, "").what == "edited"
    assert bodies(fake) == [NEW, NEW, PAID]


def test_nothing_is_said_of_an_older_head(fake: FakeGitHub) -> None:
    assert say(fake, NEW, "d" * 40).sentence == "Nothing was written: the head is cccccccccc by now, not dddddddddd."
    fake.pulls[7]["state"] = "closed"
    assert say(fake, NEW).sentence == "Nothing was written: the pull request is closed."
    assert fake.written == []


@pytest.mark.parametrize("is_done", [True, False])
def test_a_post_whose_answer_is_lost(fake: FakeGitHub, is_done: bool) -> None:
    fake.faults = [Fault("POST", "/comments", Answer(502), is_done=is_done)]
    if is_done:
        assert say(fake, NEW).what == "posted"
    else:
        with pytest.raises(GitHubFailed, match="502"):
            say(fake, NEW)
        assert say(fake, NEW).what == "posted"
    assert bodies(fake) == [NEW]


def test_what_runs_at_once_leaves_one_comment(fake: FakeGitHub) -> None:
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda _: say(fake, NEW), range(6)))
    assert {one.what for one in found} <= {"posted", "left"}
    assert bodies(fake) == [NEW]


def test_second_comments_of_ours_are_removed(fake: FakeGitHub) -> None:
    for body in (NEW, OTHER, NEW):
        fake.write_comment(7, body)
    assert say(fake, OTHER).what == "edited"
    assert bodies(fake) == [OTHER]


def test_a_token_of_somebody_else_makes_no_second_comment(fake: FakeGitHub) -> None:
    fake.login = "house-bot[bot]"
    for new in (NEW, OTHER):
        assert say(fake, new).sentence.endswith(
            "by house-bot[bot] and not by github-actions[bot]: give that login as `author`."
        )
        assert bodies(fake) == [new]
    assert say(fake, NEW, login="house-bot[bot]").what == "edited"
    assert len(bodies(fake)) == 1


def test_a_page_of_other_comments_hides_nothing(fake: FakeGitHub) -> None:
    for n in range(130):
        fake.write_comment(7, f"{n}", "ada")
    say(fake, NEW)
    assert say(fake, OTHER).what == "edited"
    assert len(ours(GitHubConversation(fake.address, "ghs_ours", "owner/name").comments(7), BOT, 7)) == 1
