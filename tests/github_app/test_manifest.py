"""What the App asks for: no more than it uses, each with its reason, and what GitHub takes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from github_app import door, oauth, routing
from github_app.installation import ASSESSING
from github_app.manifest import (
    CALLBACK,
    EVENTS,
    PERMISSIONS,
    QUARTERLY_ISSUE,
    UNASKED,
    WEBHOOK,
    Address,
    asked,
    beyond,
    lacking,
    manifest,
)
from github_app.obeying import OBEYING
from github_app.quarter import ISSUES
from github_app.scan_job import SCANNING
from github_app.sweeping import RECONCILING
from tests.github.registering import SUPPORTS

SECURITY = (Path(__file__).parents[2] / "docs" / "security.md").read_text("utf-8")
NAMES = [one.name for one in EVENTS]


def test_the_manifest_is_private_and_knows_its_addresses() -> None:
    told = manifest(
        "mldebt acme", Address("https://debt.example.com", "http://127.0.0.1:1/made"), quarterly_issue=False
    )
    assert told["public"] is False
    assert told["hook_attributes"] == {"url": "https://debt.example.com/github/webhook", "active": True}
    assert told["callback_urls"] == ["https://debt.example.com/auth/callback"]
    assert told["redirect_url"] == "http://127.0.0.1:1/made"
    assert told["default_events"] == NAMES
    assert told["default_permissions"] == {
        "metadata": "read",
        "contents": "read",
        "pull_requests": "write",
        "checks": "write",
        "issues": "read",
    }


def test_the_addresses_are_those_that_the_server_answers() -> None:
    assert (WEBHOOK, CALLBACK) == (door.PATH, oauth.CALLBACK)


def test_every_event_that_is_asked_for_is_acted_on() -> None:
    assert set(NAMES) <= set(routing._HANDLERS)
    assert set(routing._HANDLERS) - set(NAMES) - set(UNASKED) <= {"public"}  # which `repository` tells too


def test_issues_are_written_only_where_it_was_asked_for() -> None:
    assert asked(quarterly_issue=False)["issues"] == "read"
    assert asked(quarterly_issue=True)["issues"] == "write"


def test_jobs_get_no_more_than_the_app_has() -> None:
    for some in (ASSESSING, OBEYING, RECONCILING, *SCANNING):
        assert beyond(some, [], quarterly_issue=False) == ([], [])
    assert beyond(ISSUES, [], quarterly_issue=True) == ([], [])


def test_every_event_has_the_permission_that_github_wants_for_it() -> None:
    assert {SUPPORTS[name] for name in NAMES} <= set(asked(quarterly_issue=False))
    assert not set(NAMES) & set(UNASKED)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"contents": "write"}, ["contents: write"]),
        ({"administration": "read"}, ["administration: read"]),
        ({"issues": "write"}, ["issues: write"]),
        ({"metadata": "whole"}, ["metadata: whole"]),
        ({"checks": "read"}, []),
    ],
)
def test_more_than_was_asked_for_is_told(more: dict[str, str], said: list[str]) -> None:
    assert beyond({**asked(quarterly_issue=False), **more}, NAMES, quarterly_issue=False) == (said, [])


def test_the_quarterly_issue_and_events_that_come_unasked_are_no_more() -> None:
    assert beyond(asked(quarterly_issue=True), [*NAMES, *UNASKED], quarterly_issue=True) == ([], [])
    assert beyond({}, [*NAMES, "secret_scanning_alert"], quarterly_issue=True) == ([], ["secret_scanning_alert"])


def test_what_is_lacking_is_told_with_what_it_was_for() -> None:
    assert list(lacking(asked(quarterly_issue=True), NAMES)) == []
    found = list(lacking({**asked(quarterly_issue=False), "checks": "read"}, [n for n in NAMES if n != "push"]))
    assert [one.partition(" (")[0] for one in found] == ["checks: write", "the event push"]


def test_the_document_has_the_same_permissions_and_events() -> None:
    rows = re.findall(r"^\| `(\w+): (\w+)` \| (.+) \|$", SECURITY, re.MULTILINE)
    assert rows == [tuple(one) for one in (*PERMISSIONS, QUARTERLY_ISSUE)]
    events = re.findall(r"^\| `(\w+)` \| (.+) \|$", SECURITY.partition("| event |")[2], re.MULTILINE)
    assert events == [tuple(one) for one in EVENTS]
