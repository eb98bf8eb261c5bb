"""What the App asks for, and why: `mldebt setup`, `mldebt doctor` and the documents read it here.

https://docs.github.com/apps/sharing-github-apps/registering-a-github-app-from-a-manifest
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

WEBHOOK = "/github/webhook"
CALLBACK = "/auth/callback"
LONGEST_NAME = 34
"""Characters that GitHub takes; the name is its own in all of GitHub."""
LEVELS = ("", "read", "write", "admin")
DESCRIPTION = "Says on a pull request which debt of machine-learning systems it adds or pays, where a finding is new."


class Permission(NamedTuple):
    name: str
    level: str  # of LEVELS
    why: str


class Event(NamedTuple):
    name: str
    why: str


PERMISSIONS = (
    Permission("metadata", "read", "GitHub wants it of every App; also who may write, before a command is obeyed"),
    Permission("contents", "read", "to fetch the two commits that a pull request compares, and to scan; never to push"),
    Permission(
        "pull_requests", "write", "to read the head of a request, and to write its one comment; scans count reviews"
    ),
    Permission("checks", "write", "to write its one check, with the lines that are new"),
    Permission(
        "issues",
        "read",
        "GitHub hands over comments (`/mldebt …`) only where issues may be read; scans count issues labelled as debt",
    ),
)
QUARTERLY_ISSUE = Permission("issues", "write", "to open one issue a quarter; only with `--quarterly-issue`")
EVENTS = (
    Event("pull_request", "opened, pushed to, reopened, ready, closed: what to look at, and when to stop"),
    Event("push", "the default branch moved: its scorecard is made anew"),
    Event("issue_comment", "`/mldebt explain`, `accept`, `wrong`, `rescan`, from people who may write"),
    Event("check_run", "somebody asks for the check again"),
    Event("check_suite", "somebody asks for all checks again"),
    Event("repository", "renamed, moved, archived, made private or deleted: what is stored follows"),
)
UNASKED = (
    "installation",
    "installation_repositories",
    "installation_target",
    "github_app_authorization",
    "ping",
    "meta",
)
"""Arrive at every App; a manifest may not name them."""


class Address(NamedTuple):
    """Where the App lives."""

    url: str  # of this mldebt, for GitHub and people
    back: str  # where the browser comes back to with the code


def wanted_permissions(*, quarterly_issue: bool) -> tuple[Permission, ...]:
    """With the quarterly issue that takes the place of reading issues."""
    further = QUARTERLY_ISSUE if quarterly_issue else None
    return tuple(further if further and one.name == further.name else one for one in PERMISSIONS)


def asked(*, quarterly_issue: bool) -> dict[str, str]:
    """Levels by name."""
    return {one.name: one.level for one in wanted_permissions(quarterly_issue=quarterly_issue)}


def manifest(name: str, address: Address, *, quarterly_issue: bool) -> dict[str, Any]:
    return {
        "name": name,
        "description": DESCRIPTION,
        "url": address.url,
        "hook_attributes": {"url": f"{address.url}{WEBHOOK}", "active": True},
        "redirect_url": address.back,
        "callback_urls": [f"{address.url}{CALLBACK}"],
        "public": False,
        "default_permissions": asked(quarterly_issue=quarterly_issue),
        "default_events": [one.name for one in EVENTS],
    }


def beyond(
    permissions: Mapping[str, str], events: Collection[str], *, quarterly_issue: bool
) -> tuple[list[str], list[str]]:
    """What an App has more than is asked for: permissions as "contents: write", and events."""
    known = asked(quarterly_issue=quarterly_issue)
    more = [f"{name}: {level}" for name, level in permissions.items() if _rank(level) > _rank(known.get(name, ""))]
    return sorted(more), sorted(set(events) - {one.name for one in EVENTS} - set(UNASKED))


def lacking(permissions: Mapping[str, str], events: Collection[str]) -> Iterator[str]:
    """What an App has not, and what therefore does not happen: clauses."""
    for permission in PERMISSIONS:
        if _rank(permissions.get(permission.name, "")) < _rank(permission.level):
            yield f"{permission.name}: {permission.level} ({permission.why})"
    for event in EVENTS:
        if event.name not in events:
            yield f"the event {event.name} ({event.why})"


def _rank(level: str) -> int:
    """A level that nobody here knows is more than any."""
    return LEVELS.index(level) if level in LEVELS else len(LEVELS)
