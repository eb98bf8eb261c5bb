"""A run of GitHub Actions, from what `mldebt diff` left to the summary and the comment."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from github_app.conversation import GitHubConversation
from github_app.port import Conversation
from github_app.run import Compared, surroundings, tell
from mldebt.failure import Failure
from scoring.report.change import Change, change_json
from scoring.report.comment import comment
from tests.github.fake import Answer, FakeGitHub, Fault, serving
from tests.github_app.events_by_hand import HEAD, pull_request, workflow_run
from tests.scoring.report.changes_by_hand import CUTS, PATHS, change, cut_in, path_in

RULES = {one.name: one for one in (PATHS, CUTS)}
NEW = change([cut_in("src/train.py", 12)])
PAID = change([], [cut_in("src/train.py", 12)])


@dataclass
class Runner:
    """A machine of GitHub Actions."""

    folder: Path
    fake: FakeGitHub

    def run(self, name: str, event: Any, left: Change | bytes | None, **environment: str) -> str:
        (self.folder / "event.json").write_text(json.dumps(event))
        if left is not None:
            raw = left if isinstance(left, bytes) else change_json(left).encode()
            (self.folder / "change.json").write_bytes(raw)
        around = surroundings(
            {
                "GITHUB_EVENT_NAME": name,
                "GITHUB_EVENT_PATH": str(self.folder / "event.json"),
                "GITHUB_REPOSITORY": "owner/name",
                "GITHUB_API_URL": self.fake.address,
                "GITHUB_TOKEN": "ghs_ours",
                "GITHUB_STEP_SUMMARY": str(self.folder / "summary.md"),
                "GITHUB_OUTPUT": str(self.folder / "output"),
                **environment,
            }
        )
        status = int(environment.get("STATUS", 0))
        return tell(around, Compared(self.folder / "change.json", status, self.folder / "told"), RULES, connect)

    @property
    def summary(self) -> str:
        return (self.folder / "summary.md").read_text("utf-8")

    @property
    def bodies(self) -> list[str]:
        return [row["body"] for row in self.fake.comments[7]]


def connect(address: str, token: str, repository: str) -> Conversation:
    return GitHubConversation(address, token, repository, pause=0.001)


@pytest.fixture
def runner(tmp_path: Path) -> Iterator[Runner]:
    with serving(FakeGitHub()) as fake:
        fake.open_pull(7, HEAD)
        yield Runner(tmp_path, fake)
        assert fake.violations == []


@pytest.fixture
def forked(runner: Runner) -> Runner:
    runner.fake.open_pull(7, HEAD, fork="ada/name")
    return runner


def test_new_debt_is_commented_and_summed_up(runner: Runner) -> None:
    assert runner.run("pull_request", pull_request(), NEW) == "A comment was written."
    assert runner.bodies == [comment(NEW, 7)]
    assert runner.summary == comment(NEW).partition("\n")[2]
    assert (runner.folder / "output").read_text() == "comment=posted\n"


def test_nothing_new_is_one_line_and_no_comment(runner: Runner) -> None:
    runner.run("pull_request", pull_request(), change())
    assert runner.bodies == []
    assert runner.summary == (
        "This change adds no finding. 2 changed files compared.\n\n"
        "mldebt compared `cccccccccc` with `aaaaaaaaaa`, where this change begins.\n"
    )


def test_an_earlier_comment_is_corrected_once(runner: Runner) -> None:
    runner.run("pull_request", pull_request(), NEW)
    assert runner.run("pull_request", pull_request(), PAID) == "The comment was brought up to date."
    assert runner.run("pull_request", pull_request(), PAID).startswith("Nothing was written")
    (body,) = runner.bodies
    assert body.splitlines()[1] == (
        "Of what this comment listed nothing is left. This change adds no finding and pays 1 cut of the data."
    )


def test_a_failure_is_one_sentence_with_its_status(runner: Runner) -> None:
    (runner.folder / "told").write_text("reading\nmldebt: the clone is shallow: run git fetch --unshallow\n")
    with pytest.raises(Failure, match="shallow"):
        runner.run("pull_request", pull_request(), None, STATUS="2")
    assert runner.summary == (
        "mldebt could not compare this change: the clone is shallow: run git fetch --unshallow; "
        "in a workflow, give actions/checkout fetch-depth: 0 (exit status 2)\n"
    )
    (runner.folder / "told").write_text("Traceback\n")
    with pytest.raises(Failure, match=r"it ended without saying why; the log has more \(exit status 137\)"):
        runner.run("pull_request", pull_request(), NEW, STATUS="137")
    assert runner.bodies == []


def test_a_gate_that_failed_is_still_told(runner: Runner) -> None:
    runner.run("pull_request", pull_request(), NEW, STATUS="1")
    assert len(runner.bodies) == 1


def test_a_fork_s_run_writes_no_comment_and_says_why(forked: Runner) -> None:
    said = forked.run("pull_request", pull_request(fork=True), NEW)
    assert said == "No comment from this run: the pull request is from a fork, so it may only read."
    assert forked.summary.endswith(f"\n{said}\n")
    assert (forked.folder / "output").read_text() == "comment=refused\n"
    assert forked.fake.exchanges == []


def test_a_token_that_may_not_is_no_failure(runner: Runner) -> None:
    runner.fake.may_write = False
    assert runner.run("pull_request", pull_request(), NEW).startswith(
        "No comment: GitHub did not write the comment (403"
    )
    assert runner.summary.startswith("This change adds 1 cut of the data.")


def test_what_is_turned_off_asks_nothing(runner: Runner) -> None:
    assert runner.run("pull_request", pull_request(), NEW, MLDEBT_COMMENT="off") == "No comment: they are turned off."
    assert runner.fake.exchanges == []
    assert runner.summary.startswith("This change adds 1 cut of the data.")
    with pytest.raises(Failure, match="write new or off"):
        surroundings(
            {"MLDEBT_COMMENT": "of", "GITHUB_EVENT_NAME": "x", "GITHUB_EVENT_PATH": "x", "GITHUB_REPOSITORY": "x"}
        )


def test_github_s_failure_is_said_after_the_summary(runner: Runner) -> None:
    runner.fake.faults = [Fault("POST", "/comments", Answer(500))]
    with pytest.raises(Failure, match="500"):
        runner.run("pull_request", pull_request(), NEW)
    assert runner.summary.startswith("This change adds 1 cut of the data.")
    assert "GitHub did not write the comment (500" in runner.summary


def test_a_push_has_a_summary(runner: Runner) -> None:
    assert runner.run("push", {}, NEW) == "No comment: this run is of push, not of a pull request."
    assert runner.summary.startswith("This change adds 1 cut of the data.")


def test_outside_of_github_actions() -> None:
    with pytest.raises(Failure, match="GITHUB_EVENT_NAME and GITHUB_EVENT_PATH and GITHUB_REPOSITORY not set"):
        surroundings({})


def test_a_fork_is_commented_by_the_run_after_it(forked: Runner) -> None:
    assert forked.run("workflow_run", workflow_run(), NEW) == "A comment was written."
    assert forked.bodies == [comment(NEW, 7, by_fork=True)]
    assert forked.run("workflow_run", workflow_run(), NEW).startswith("Nothing was written")
    assert forked.run("workflow_run", workflow_run(), PAID) == "The comment was brought up to date."
    assert len(forked.bodies) == 1


@pytest.mark.parametrize(
    "event",
    [
        workflow_run(head="d" * 40),  # pushed to since
        workflow_run(owner="bo"),
        workflow_run(branch="other"),
        workflow_run(repository=3),  # another repository of the same owner
    ],
)
def test_the_pull_request_is_found_by_the_event_alone(forked: Runner, event: Any) -> None:
    whole = NEW._replace(commits=NEW.commits._replace(head=event["workflow_run"]["head_sha"]))
    said = forked.run("workflow_run", event, whole)
    assert said.startswith("No comment: no open pull request has ")
    assert forked.fake.written == []


def test_what_a_fork_left_is_about_its_own_head(forked: Runner) -> None:
    whole = NEW._replace(commits=NEW.commits._replace(head="d" * 40))
    with pytest.raises(Failure, match="about another commit than the one it ran for"):
        forked.run("workflow_run", workflow_run(), whole)
    assert forked.fake.exchanges == []


def test_a_branch_of_the_repository_itself_is_not_called_a_fork(runner: Runner) -> None:
    """Dependabot's token may only read, although its branches are the repository's own."""
    runner.fake.pulls[7]["head"]["label"] = "owner:dependabot/pip/x"
    runner.run("workflow_run", workflow_run(owner="owner", branch="dependabot/pip/x", repository=1), NEW)
    assert runner.bodies == [comment(NEW, 7)]


def hostile(**values: Any) -> bytes:
    return json.dumps({**json.loads(change_json(NEW)), **values}).encode()


@pytest.mark.parametrize(
    "left",
    [
        b"",
        b"{}",
        b"[" * 100_000,
        b"\0" * 9_000_000,
        hostile(rules=["x"]),
        hostile(added=[{}]),
        hostile(head={"commit": "x"}),
    ],
)
def test_what_a_fork_left_is_refused_where_it_does_not_fit(forked: Runner, left: bytes) -> None:
    with pytest.raises(Failure, match="the comparison that was handed over cannot be used"):
        forked.run("workflow_run", workflow_run(), left)
    assert forked.fake.exchanges == []


def test_what_a_fork_left_cannot_name_a_pull_request_or_repository(forked: Runner) -> None:
    forked.fake.open_pull(8, "e" * 40)
    forked.run(
        "workflow_run", workflow_run(), hostile(repository="evil/one", sentence="<b>Approved</b>", pull=8, number=8)
    )
    assert forked.fake.comments[8] == []
    (body,) = forked.bodies
    assert "evil" not in body
    assert "Approved" not in body
    assert "](https://github.com/owner/name/blob/" in body


def test_links_and_pipes_in_an_archive_are_not_followed(forked: Runner) -> None:
    left = forked.folder / "change.json"
    (forked.folder / "secret").write_bytes(change_json(NEW).encode())
    left.symlink_to(forked.folder / "secret")
    with pytest.raises(Failure, match=r"change\.json cannot be read"):
        forked.run("workflow_run", workflow_run(), None)
    left.unlink()
    os.mkfifo(left)
    with pytest.raises(Failure, match="not an ordinary file"):
        forked.run("workflow_run", workflow_run(), None)
    left.unlink()
    assert forked.run("workflow_run", workflow_run(), None).startswith("No comment: the earlier run left no change")
    assert forked.fake.exchanges == []


def test_a_forks_words_do_not_reach_the_summary_of_the_run_after_it(forked: Runner) -> None:
    forked.run("workflow_run", workflow_run(), change([path_in("<script>.py")]))
    assert "script" not in forked.summary


def test_an_event_that_is_none_is_refused(runner: Runner) -> None:
    with pytest.raises(Failure, match="GITHUB_EVENT_PATH"):
        runner.run("pull_request", [], NEW)
    assert runner.summary.startswith("mldebt could not compare this change: the event has no pull")
    (runner.folder / "event.json").write_text("{")
    around = surroundings(
        {
            "GITHUB_EVENT_NAME": "pull_request",
            "GITHUB_EVENT_PATH": str(runner.folder / "event.json"),
            "GITHUB_REPOSITORY": "owner/name",
        }
    )
    with pytest.raises(Failure, match="GITHUB_EVENT_PATH is not JSON"):
        tell(around, Compared(runner.folder / "change.json", 0, None), RULES, connect)


def test_what_was_compared_is_what_the_event_means(runner: Runner) -> None:
    with pytest.raises(Failure, match="what was compared is cccccccccc, and the head is dddddddddd: compare that"):
        runner.run("pull_request", pull_request(head="d" * 40), NEW)
    assert runner.fake.exchanges == []


def test_the_run_after_a_fork_s_can_be_turned_off(forked: Runner) -> None:
    assert forked.run("workflow_run", workflow_run(), NEW, MLDEBT_COMMENT="off") == "No comment: they are turned off."
    assert forked.fake.exchanges == []
