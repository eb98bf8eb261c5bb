"""The issue of a quarter: one for a repository, edited where it is about something else, reopened, not repeated."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from typing import NamedTuple

from github_app.port import GitHubFailed, Installed, Invalid, Issue, NotAllowed
from scoring.report.quarter_issue import Words

ISSUES = {"metadata": "read", "issues": "write"}
"""Permissions of the job, in GitHub's words."""
LABEL = "mldebt"
_MARKER = re.compile(r"<!-- mldebt:quarter (\d{4}) Q([1-4]) about=sha256:([0-9a-f]{64}) -->")


class Told(NamedTuple):
    what: str  # "opened", "edited", "left"
    number: int


def body_of(words: Words, quarter: str) -> str:
    return f"<!-- mldebt:quarter {quarter} about=sha256:{words.digest} -->\n{words.body}"


def ours(issues: Iterable[Issue], login: str, quarter: str) -> list[Issue]:
    """Written by this App about this quarter; the oldest first. A first line alone proves nothing."""
    found = []
    for one in issues:
        told = _MARKER.match(one.body)
        is_mine = one.login == login and one.is_bot is login.endswith("[bot]")
        if told and is_mine and f"{told[1]} Q{told[2]}" == quarter:
            found.append(one)
    return sorted(found)


def tell(github: Installed, words: Words, quarter: str) -> Told:
    """Raises GitHubFailed: NotAllowed where the App may not write issues there."""
    mine = _mine(github, quarter)
    body = body_of(words, quarter)
    if not mine:
        return Told("opened", _opened(github, words.title, body, quarter))
    first = mine[0]
    told = _MARKER.match(first.body)
    if told and told[3] == words.digest:
        return Told("left", first.number)
    github.edit_issue(first.number, title=words.title, body=body, is_open=True)
    return Told("edited", first.number)


def _mine(github: Installed, quarter: str) -> list[Issue]:
    """Of several, which runs at once have opened, the oldest stays; others are closed, since none can be deleted."""
    mine = ours(github.issues(LABEL), github.login, quarter)
    for spare in mine[1:]:
        if spare.is_open:
            github.edit_issue(spare.number, title=spare.title, body=spare.body, is_open=False)
    return mine


def _opened(github: Installed, title: str, body: str, quarter: str) -> int:
    """A post is never repeated blindly: it may have been stored although its answer was lost."""
    number = None
    try:
        number = github.open_issue(title, body, [LABEL]).number
    except (NotAllowed, Invalid):
        raise
    except GitHubFailed:
        mine = _mine(github, quarter)
        if not mine:
            raise  # it was not stored either
        return mine[0].number
    with suppress(GitHubFailed):  # what is there twice is seen to the next time
        return next((one.number for one in _mine(github, quarter)), number)
    return number
