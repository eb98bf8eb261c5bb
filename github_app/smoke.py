"""What a pull request's job does at GitHub, once, on a real one, and taken away again: `mldebt doctor --live`."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import requests

from github_app.client import Door
from github_app.installation import ASSESSING, AppOnRepository, as_installation
from github_app.itself import SECONDS, as_itself, deliveries, installation_on, repository_id
from github_app.port import GitHubFailed, Verdict
from mldebt.app_access import AppAccess

BODY = "mldebt doctor wrote this to see whether it may. It is taken away at once."
CHECK = "mldebt doctor"
PATIENCE = 45.0
"""Seconds until what was written here should have come back as a delivery."""


class Step(NamedTuple):
    name: str
    passed: bool
    says: str


def smoke(
    access: AppAccess, repository: str, number: int, sleep: Callable[[float], None] = time.sleep, *, pause: float = 1.0
) -> Iterator[Step]:
    """Ends at the first step that fails; the comment is deleted whatever happens."""
    try:
        door = as_itself(access, pause=pause)
        installation = installation_on(door, repository)
        github = as_installation(
            access, installation, repository_id(door, installation, repository), ASSESSING, pause=pause
        )
        yield Step("token", True, f"for {github.hosted.full_name} alone, with {', '.join(ASSESSING)}")
        yield _fetchable(access, github)
        head = github.pull(number).head
        yield Step("pull", True, f"request {number} is at {head[:12]}")
        begun = datetime.now(UTC) - timedelta(seconds=1)
        yield from _commented(github, number)
        yield _checked(github, head)
    except GitHubFailed as error:
        yield Step("live", False, str(error))
        return
    yield _told(door, begun, sleep)


def _fetchable(access: AppAccess, github: AppOnRepository) -> Step:
    """What git asks first when it fetches, with the token as git sends it; nothing is fetched."""
    address = f"{access.server}/{github.hosted.full_name}.git/info/refs"
    try:
        told = requests.get(
            address,
            {"service": "git-upload-pack"},
            auth=("x-access-token", github.token),
            headers={"User-Agent": "git/2 (mldebt doctor)"},
            timeout=SECONDS,
            allow_redirects=False,
            stream=True,
        )
    except requests.RequestException:
        return Step("git", False, f"{access.server} cannot be reached: let this machine fetch from it")
    with told:
        if told.status_code == 200:
            return Step("git", True, f"{access.server} lets the token fetch")
        return Step("git", False, f"{access.server} does not let the token fetch ({told.status_code}): contents: read?")


def _commented(github: AppOnRepository, number: int) -> Iterator[Step]:
    try:
        written = github.post(number, BODY)
        github.edit(written.id, f"{BODY} It was edited.")
        is_ours = written.is_bot and written.login == github.login
        if not is_ours:
            github.delete(written.id)
    finally:  # by a list: a post whose answer was lost is there all the same
        mine = [one for one in github.comments(number) if one.login == github.login and one.body.startswith(BODY)]
        for one in mine:
            github.delete(one.id)
    if is_ours and mine:
        yield Step("comment", True, f"written, edited, found as {github.login}'s, and deleted")
    else:
        yield Step("comment", False, f"it was by {written.login}, not by {github.login}: is MLDEBT_APP_SLUG right?")


def _checked(github: AppOnRepository, head: str) -> Step:
    verdict = Verdict("neutral", "Nothing was looked at", "mldebt doctor wrote this to see whether it may.", "doctor")
    check = github.add_check(head, CHECK, verdict)
    github.edit_check(check, verdict._replace(conclusion="skipped"))
    mine = [one.id for one in github.checks(head, CHECK)]
    if check not in mine:
        return Step("check", False, "the check was written and is not found again")
    return Step("check", True, f"{CHECK} written, and ended as skipped: GitHub lets nobody delete one")


def _told(door: Door, begun: datetime, sleep: Callable[[float], None]) -> Step:
    """Whether the comment came back as an event, and was taken."""
    waited = 0.0
    while waited <= PATIENCE:
        try:
            rows = [row for row in deliveries(door) if row.event == "issue_comment" and row.at >= begun]
        except GitHubFailed as error:
            return Step("delivery", False, str(error))
        if rows:
            taken = any(row.arrived for row in rows)
            code = rows[0].code or rows[0].status
            return Step("delivery", taken, f"GitHub told this server of the comment; it answered {code}")
        sleep(3.0)
        waited += 3.0
    return Step(
        "delivery", False, f"GitHub told nobody of the comment within {PATIENCE:.0f} s: is the event issue_comment on?"
    )
