"""What GitHub writes to GITHUB_EVENT_PATH, as far as it is read."""

from __future__ import annotations

from typing import Any

HEAD = "c" * 40


def pull_request(number: int = 7, head: str = HEAD, *, fork: bool = False, base: str = "b" * 40) -> dict[str, Any]:
    return {
        "action": "synchronize",
        "number": number,
        "pull_request": {
            "number": number,
            "title": "$(id) `id` @everyone",
            "head": {"sha": head, "ref": "topic", "repo": {"id": 2 if fork else 1}},
            "base": {"sha": base, "ref": "main", "repo": {"id": 1}},
        },
        "repository": {"id": 1, "full_name": "owner/name"},
    }


def workflow_run(head: str = HEAD, *, owner: str = "ada", branch: str = "topic", repository: int = 2) -> dict[str, Any]:
    return {
        "action": "completed",
        "workflow_run": {
            "event": "pull_request",
            "head_sha": head,
            "head_branch": branch,
            "head_repository": {"id": repository, "owner": {"login": owner}},
            "pull_requests": [],
        },
        "repository": {"id": 1, "full_name": "owner/name"},
    }
