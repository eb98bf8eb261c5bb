"""What a run was started by."""

from __future__ import annotations

from typing import Any

import pytest

from github_app.event import LaterRun, OtherRun, PullRequestRun, run_of
from mldebt.failure import Failure
from tests.github_app.events_by_hand import HEAD, pull_request, workflow_run


def test_a_pull_request() -> None:
    assert run_of("pull_request", pull_request()) == PullRequestRun(7, HEAD, is_fork=False)
    assert run_of("pull_request", pull_request(fork=True)) == PullRequestRun(7, HEAD, is_fork=True)


def test_a_head_whose_repository_was_deleted_is_a_forks() -> None:
    event = pull_request()
    event["pull_request"]["head"]["repo"] = None
    assert run_of("pull_request", event) == PullRequestRun(7, HEAD, is_fork=True)


def test_a_run_after_it() -> None:
    assert run_of("workflow_run", workflow_run()) == LaterRun(HEAD, 2, "ada", "topic", is_fork=True)
    assert run_of("workflow_run", workflow_run(repository=1)) == LaterRun(HEAD, 1, "ada", "topic", is_fork=False)


def test_any_other() -> None:
    assert run_of("push", {}) == OtherRun("push")
    event = workflow_run()
    event["workflow_run"]["event"] = "push"
    assert run_of("workflow_run", event) == OtherRun("workflow_run after push")


@pytest.mark.parametrize("name", ["pull_request", "workflow_run"])
@pytest.mark.parametrize("event", [None, [], {}, {"pull_request": 1}, {"workflow_run": {"event": "pull_request"}}])
def test_what_is_no_event_is_refused(name: str, event: Any) -> None:
    with pytest.raises(Failure, match="GITHUB_EVENT_PATH"):
        run_of(name, event)


@pytest.mark.parametrize("head", [None, 7, "", "main", "c" * 39, f"{'c' * 40}\n", "$(id)"])
def test_a_head_is_a_commit(head: Any) -> None:
    with pytest.raises(Failure, match="GITHUB_EVENT_PATH"):
        run_of("pull_request", pull_request(head=head))
