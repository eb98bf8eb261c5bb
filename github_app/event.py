"""What started a run of GitHub Actions, as far as it decides where to speak.

https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from mldebt.failure import Failure

_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


class PullRequestRun(NamedTuple):
    """The run of a pull request itself."""

    number: int
    head: str
    is_fork: bool  # its token may only read, then


class LaterRun(NamedTuple):
    """A run after one of a pull request has ended, with a token of the repository. Who made the branch named it."""

    head: str
    head_repository: int
    owner: str  # of the head's repository
    branch: str
    is_fork: bool


class OtherRun(NamedTuple):
    name: str


def run_of(name: str, event: Any) -> PullRequestRun | LaterRun | OtherRun:
    """Raises Failure where the event lacks what its kind always has."""
    if name == "pull_request":
        pull, repository = _part(event, "pull_request"), _part(event, "repository")
        head = _part(pull, "head")
        source = head.get("repo")  # null where the fork was deleted
        is_fork = not isinstance(source, Mapping) or source.get("id") != _number(repository, "id")
        return PullRequestRun(_number(pull, "number"), _commit(head, "sha"), is_fork)
    if name == "workflow_run":
        run = _part(event, "workflow_run")
        if run.get("event") != "pull_request":
            return OtherRun(f"{name} after {run.get('event')}")
        source = _part(run, "head_repository")
        return LaterRun(
            head=_commit(run, "head_sha"),
            head_repository=_number(source, "id"),
            owner=_text(_part(source, "owner"), "login"),
            branch=_text(run, "head_branch"),
            is_fork=source.get("id") != _number(_part(event, "repository"), "id"),
        )
    return OtherRun(name)


def _part(value: Any, key: str) -> Mapping[str, Any]:
    found = value.get(key) if isinstance(value, Mapping) else None
    if not isinstance(found, Mapping):
        raise Failure(f"the event has no {key}: is GITHUB_EVENT_PATH the file that GitHub wrote?")
    return found


def _number(value: Mapping[str, Any], key: str) -> int:
    found = value.get(key)
    if not isinstance(found, int) or isinstance(found, bool):
        raise Failure(f"the event has no number as its {key}: is GITHUB_EVENT_PATH the file that GitHub wrote?")
    return found


def _text(value: Mapping[str, Any], key: str) -> str:
    found = value.get(key)
    if not isinstance(found, str) or not found:
        raise Failure(f"the event has no {key}: is GITHUB_EVENT_PATH the file that GitHub wrote?")
    return found


def _commit(value: Mapping[str, Any], key: str) -> str:
    found = _text(value, key)
    if not _COMMIT.fullmatch(found):
        raise Failure(f"the event's {key} is not a commit: is GITHUB_EVENT_PATH the file that GitHub wrote?")
    return found
