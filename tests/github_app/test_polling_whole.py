"""`mldebt poll` as it is run: what GitHub could not deliver becomes a comment, a check, an answer, and a scan."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.command import Command, finished
from tests.github.hosted import PATH, SECRETS, Hosted, hosted
from tests.github.installed import INSTALLATION, REPOSITORY
from tests.github.sending import NOW, SENDING, sent


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    with hosted(tmp_path_factory.mktemp("hosted"), routes=SENDING) as made:
        made.fake.rows["people"] = {"ada": "write"}
        yield made
        assert made.fake.violations == []


def deliver(there: Hosted, guid: str, event: str, **more: Any) -> None:
    about = {
        "installation": {"id": INSTALLATION},
        "repository": {"id": REPOSITORY, "full_name": "owner/name", "default_branch": "main", "private": True},
        "sender": {"id": 7, "login": "ada", "type": "User"},
    }
    with there.fake.lock:
        sent(there.fake, guid, event, {**about, **more}, secret=SECRETS[0], ago=NOW - time.time())


def until(holds: Callable[[], Any], process: Any) -> None:
    end = time.monotonic() + 60
    while not holds():
        assert process.poll() is None, "it ended"
        assert time.monotonic() < end, "it does not come about"
        time.sleep(0.1)


def standing(command: Command) -> set[str]:
    """Of what was done, once nothing runs or waits any more; what belongs to the schedule is left out."""
    listed = json.loads(command("jobs", "--format", "json").out)
    counts = listed["counts"]
    assert counts["failed"] == 0
    done = {job["kind"] for job in listed["jobs"]} - {"census", "redeliver", "reconcile", "hosted_scan"}
    return done if counts["running"] == counts["waiting"] == 0 else set()


def test_from_what_github_keeps_to_what_is_said(there: Hosted) -> None:
    number = there.open({"new.py": PATH % b"new"})
    pull = {"number": number, "state": "open", "updated_at": "2026-11-29T10:00:00Z"}
    pull["head"] = {"sha": there.fake.pulls[number]["head"]["sha"], "repo": {"id": REPOSITORY}}
    deliver(there, "guid-1", "pull_request", action="opened", number=number, pull_request=pull)
    command = Command(there.settings.home, there.environment)
    process = command.started("poll", "--every", "5")
    try:
        until(lambda: there.checks(number), process)
        (body,) = there.bodies(number)
        assert body.startswith("This change adds 1 local path.")
        finding = body.partition("/mldebt explain ")[2].partition("`")[0]
        with there.fake.lock:
            row = there.fake.write_comment(number, f"/mldebt explain {finding}", "ada")
        comment = {"id": row["id"], "body": row["body"], "user": {"login": "ada", "type": "User"}}
        issue = {"number": number, "pull_request": {}}
        deliver(there, "guid-2", "issue_comment", action="created", issue=issue, comment=comment)
        until(lambda: len(there.bodies(number)) == 2, process)
        assert there.bodies(number)[1].startswith("**Paths of somebody's own machine** at [`new.py:5`]")
        until(lambda: standing(command) == {"command", "pull_request"}, process)
    finally:
        os.killpg(process.pid, signal.SIGINT)
        done = finished(process)
    assert done.status == 130
    said = done.out.splitlines()
    assert said[0].startswith("Asking https://localhost:")
    assert said.count("1 delivery taken") == 2
    assert not any(secret in done.out + done.err for secret in (*SECRETS, "ghs_", "BEGIN RSA"))
    assert "Traceback" not in done.err
