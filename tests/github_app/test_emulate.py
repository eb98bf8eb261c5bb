"""From a signed event to one comment and one check, at a GitHub that others wrote: `emulate`, from npm.

In `make soak`; the shortest two in a full run too (`FULL=1`), which fails where it cannot be installed.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import IO, Any, NamedTuple
from urllib.error import HTTPError

import pytest

from github_app.manifest import EVENTS, asked
from github_app.smoke import smoke
from mldebt.app_access import AppAccess, read_app_access
from tests.command import Command
from tests.github.emulating import NAME, OWNER, PERSON, SECRET, Emulate, NotAvailable, emulating, installed
from tests.github.git_host import hosting
from tests.github.installed import APP, key
from tests.repos.histories import commit, empty_repository, git
from tests.servers_by_hand import listening

SOAK = pytest.mark.soak
IN_FULL: Any = (lambda test: test) if os.environ.get("FULL") else SOAK
PATIENCE = 60.0
BOT = "mldebt[bot]"
ACCEPTED = b"""accept:
  - {rule: local_paths, reason: intended, owner: "@ml", until: 2024-03-31}
"""
PATH = b"import os\n\n\ndef load():\n    return open('/home/ada/%s.csv')\n"


class Delivery(NamedTuple):
    event: str
    headers: dict[str, str]
    body: bytes
    status: int  # that mldebt answered

    @property
    def payload(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found


@dataclass
class World:
    github: Emulate
    bare: Path
    log: Path
    port: int  # of mldebt
    settings: dict[str, str] = field(default_factory=dict)
    deliveries: list[Delivery] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: iter(range(1, 100)))

    def push(self, branch: str, name: str, *, at: str = "") -> str:
        """A commit with one more finding, on a branch that is new where `at` names where it begins."""
        ref = f"refs/heads/{branch}"
        parents = [at] if at else None
        head = commit(self.bare, {f"{name}.py": PATH % name.encode()}, f"{name}\n", ref=ref, parents=parents)
        self.github.copy(self.bare, head)
        return head

    def open(self, branch: str) -> tuple[int, str]:
        """A pull request with one finding; its number and head."""
        base = git(self.bare, "rev-parse", "refs/heads/main").decode().strip()
        head = self.push(branch, branch, at=base)
        self.github.at("POST", "/git/refs", {"ref": f"refs/heads/{branch}", "sha": head})
        number = next(self.numbers)
        git(self.bare, "update-ref", f"refs/pull/{number}/head", head)
        sent = {"title": "A change", "head": branch, "base": "main"}
        assert self.github.at("POST", "/pulls", sent, PERSON)["number"] == number
        return number, head

    def ours(self, number: int) -> list[dict[str, Any]]:
        return [row for row in self.github.comments(number) if row["user"]["login"] == BOT]

    @property
    def access(self) -> AppAccess:
        found = read_app_access(self.settings, self.log.parent)
        assert found is not None
        return found

    def reopen(self, number: int) -> None:
        for state in ("closed", "open"):
            self.github.at("PATCH", f"/pulls/{number}", {"state": state})

    def send(self, headers: dict[str, str], body: bytes) -> int:
        """As GitHub does; the status."""
        own = ("host", "connection", "content-length")
        kept = {name: value for name, value in headers.items() if name not in own}
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            connection.request("POST", "/github/webhook", body, kept)
            return connection.getresponse().status

    def commented(self) -> Delivery:
        return next(one for one in self.deliveries if one.event == "issue_comment")

    def told(self, event: str, number: int) -> Delivery:
        """The first of its kind about a pull request."""

        def found() -> list[Delivery]:
            return [d for d in self.deliveries if d.event == event and d.payload[event].get("number") == number]

        self.settled(lambda: bool(found()))
        return found()[0]

    def settled(self, until: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not until():
            if time.monotonic() > end:
                pytest.fail(
                    f"{[(d.event, d.status) for d in self.deliveries]}\n{self.log.read_bytes()[-3_000:].decode()}"
                )
            time.sleep(0.2)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("emulate")
    try:
        programs = installed(folder)
    except NotAvailable as error:
        why = f"emulate, a GitHub that others wrote, cannot be installed ({error})"
        if os.environ.get("FULL"):
            pytest.fail(f"a full run tries it: {why}")
        pytest.skip(why)
    bare = empty_repository(folder / "git" / OWNER / f"{NAME}.git", "--bare")
    first = commit(bare, {"README.md": b"# Shop\n", "old.py": PATH % b"old"}, "first\n")
    ports = [free_port() for _ in range(2)]
    with ExitStack() as stack:
        host = stack.enter_context(hosting(folder / "git", lambda token: token.startswith("ghs_")))
        made = World(Emulate(""), bare, folder / "mldebt.log", ports[1])
        webhook = stack.enter_context(recording(made.deliveries, ports[1]))
        rights, events = asked(quarterly_issue=False), [one.name for one in EVENTS]
        made.github = stack.enter_context(emulating(programs, folder, ports[0], webhook, rights, events))
        made.github.copy(bare, first)
        made.github.at("POST", "/git/refs", {"ref": "refs/heads/main", "sha": first})
        environment = {
            "MLDEBT_APP_ID": str(APP),
            "MLDEBT_APP_KEY": key(),
            "MLDEBT_WEBHOOK_SECRET": SECRET,
            "MLDEBT_CLIENT_ID": "Iv1.test",
            "MLDEBT_CLIENT_SECRET": "client-secret",
            "MLDEBT_APP_SLUG": "mldebt",
            "MLDEBT_URL": "https://debt.example.com",
            "MLDEBT_WEEKLY": "off",
            "GITHUB_SERVER_URL": host.address,
            "GITHUB_API_URL": made.github.address,
            "GIT_SSL_CAINFO": str(host.certificate),
        }
        made.settings = environment
        stack.enter_context(serving(Command(folder / "home", environment), ports[1], made.log))
        yield made


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def serving(command: Command, port: int, log: Path) -> Iterator[None]:
    process = command.started("serve", "--webhooks-only", "--port", str(port))
    out, err = process.stdout, process.stderr
    assert out is not None
    assert err is not None
    kept = threading.Thread(target=lambda: copied(err, log), daemon=True)
    kept.start()
    try:
        assert out.readline().startswith(b"Webhooks of mldebt"), log.read_text()
        yield
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        kept.join(5)
        out.close()
        err.close()


def copied(stream: IO[bytes], log: Path) -> None:
    with log.open("wb", buffering=0) as out:
        for line in stream:
            out.write(line)


@contextmanager
def recording(deliveries: list[Delivery], port: int) -> Iterator[str]:
    """The address that GitHub calls: what comes is handed on to mldebt, and kept."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            kept = {name: value for name, value in headers.items() if name not in ("host", "connection")}
            status = 502
            try:
                with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
                    connection.request("POST", self.path, body, kept)
                    status = connection.getresponse().status
            except (OSError, HTTPException):
                pass
            deliveries.append(Delivery(headers.get("x-github-event", ""), headers, body, status))
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

    with listening(Handler) as own:
        yield f"http://127.0.0.1:{own}/github/webhook"


@IN_FULL
def test_a_signed_event_becomes_one_comment_and_one_check_by_the_bot(world: World) -> None:
    number, head = world.open("one")
    world.settled(lambda: bool(world.ours(number)) and bool(world.github.checks(head)))
    opened = next(one for one in world.deliveries if one.event == "pull_request")
    assert opened.status == 202
    assert opened.headers["x-hub-signature-256"] == signature(opened.body)
    time.sleep(3)  # whoever spoke twice would have by now
    (comment,) = world.github.comments(number)
    assert (comment["user"]["login"], comment["user"]["type"]) == (BOT, "Bot")
    assert comment["body"].startswith(f"<!-- mldebt:v1 pr={number} head={head} ")
    assert "This change adds 1 local path." in comment["body"]
    (check,) = world.github.checks(head)
    assert (check["name"], check["status"], check["conclusion"]) == ("mldebt", "completed", "neutral")
    assert check["output"]["title"] == "This change adds 1 local path."


@SOAK
def test_the_same_words_are_not_written_again(world: World) -> None:
    number, _ = world.open("three")
    world.settled(lambda: bool(world.ours(number)))
    before = world.github.comments(number)
    world.reopen(number)
    opened = world.told("pull_request", number)
    again = {**opened.headers, "x-github-delivery": "7c2d5e10-0000-4000-8000-000000000001"}
    assert [world.send(again, opened.body) for _ in range(2)] == [202, 202]
    time.sleep(8)
    assert world.github.comments(number) == before


@SOAK
def test_a_command_is_answered_once_and_only_for_who_may_write(world: World) -> None:
    """Told as GitHub tells it: `emulate` does not say that the comment stands on a pull request."""
    number, _ = world.open("four")
    world.settled(lambda: bool(world.ours(number)))
    for by in (PERSON, OWNER):  # the first may read alone
        told = len(world.deliveries)
        row = world.github.at("POST", f"/issues/{number}/comments", {"body": "/mldebt explain local_paths"}, by)
        world.settled(lambda told=told: any(d.event == "issue_comment" for d in world.deliveries[told:]))  # type: ignore[misc]
        payload = next(d for d in world.deliveries[told:] if d.event == "issue_comment").payload
        payload["issue"]["pull_request"] = {"url": ""}
        body = json.dumps(payload).encode()
        headers = {"x-github-event": "issue_comment", "x-github-delivery": f"0000000{row['id']}-a"}
        headers |= {"content-type": "application/json", "x-hub-signature-256": signature(body)}
        assert world.send(headers, body) == 202
    world.settled(lambda: any("mldebt:reply" in row["body"] for row in world.ours(number)))
    time.sleep(5)
    (answer,) = [row for row in world.ours(number) if "mldebt:reply" in row["body"]]
    (asked_by_owner,) = [row for row in world.github.comments(number) if row["user"]["login"] == OWNER]
    assert f"reply to={asked_by_owner['id']} " in answer["body"]


def signature(body: bytes) -> str:
    return f"sha256={hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()}"


@IN_FULL
def test_what_is_forged_is_refused(world: World) -> None:
    number, _ = world.open("five")
    opened = world.told("pull_request", number)
    forged = {**opened.headers, "x-hub-signature-256": "sha256=" + "0" * 64, "x-github-delivery": "forged"}
    unsigned = {name: value for name, value in opened.headers.items() if not name.startswith("x-hub")}
    assert [world.send(headers, opened.body) for headers in (forged, unsigned)] == [401, 401]
    assert world.send(opened.headers, opened.body + b" ") == 401


@SOAK
def test_what_the_base_accepts_later_corrects_the_same_comment(world: World) -> None:
    number, head = world.open("two")
    world.settled(lambda: bool(world.ours(number)) and bool(world.github.checks(head)))
    (first,), (check,) = world.ours(number), world.github.checks(head)
    accepted = commit(world.bare, {"mldebt.yml": ACCEPTED}, "accepted\n")
    world.github.copy(world.bare, accepted)
    world.github.at("PATCH", "/git/refs/heads/main", {"sha": accepted})
    world.reopen(number)
    world.settled(lambda: world.ours(number)[0]["body"] != first["body"])
    (comment,) = world.ours(number)
    assert comment["id"] == first["id"]
    assert "This change adds no finding. 1 new finding is accepted." in comment["body"]
    world.settled(lambda: world.github.checks(head)[0]["output"]["title"] != check["output"]["title"])


@SOAK
def test_what_the_doctor_tries_is_taken_away_again(world: World) -> None:
    """As far as `emulate` goes: it names no App in a check, and lists no deliveries."""
    number, head = world.open("eight")
    world.settled(lambda: bool(world.github.checks(head)))
    before = world.github.comments(number)
    steps = {step.name: step for step in smoke(world.access, f"{OWNER}/{NAME}", number, lambda _: None, pause=0.1)}
    assert {name for name, step in steps.items() if step.passed} >= {"token", "pull", "comment"}
    assert steps["token"].says.startswith(f"for {OWNER}/{NAME} alone")
    assert world.github.comments(number) == before


@SOAK
def test_what_is_known_to_differ_from_github_does(world: World) -> None:
    """Each is why something is tried elsewhere. One that holds no more can be struck out."""
    number, head = world.open("six")
    world.settled(lambda: bool(world.github.checks(head)))
    opened = world.told("pull_request", number)
    differs = {
        "an event has no number of its own": "number" not in opened.payload,
        "a delivery is known by a time and not by a GUID": opened.headers["x-github-delivery"].isdecimal(),
        "a pull request lists no files": world.github.at("GET", f"/pulls/{number}/files") == [],
        "a comment does not say that it is on a pull request": "pull_request" not in world.commented().payload["issue"],
        "a check does not name its App": world.github.checks(head)[0]["app"] is None,
        "more than 50 annotations are taken": _takes_51(world, head),
        "a push to the branch does not move the pull request": _stays(world, number, head),
        "deliveries are not listed": _is_missing(world, "/app/hook/deliveries"),
    }
    assert [what for what, holds in differs.items() if not holds] == []


def _takes_51(world: World, head: str) -> bool:
    one = {"path": "six.py", "start_line": 1, "end_line": 1, "annotation_level": "notice", "message": "x"}
    sent = {"name": "other", "head_sha": head, "output": {"title": "x", "summary": "x", "annotations": [one] * 51}}
    return "id" in world.github.at("POST", "/check-runs", sent)


def _stays(world: World, number: int, head: str) -> bool:
    world.github.at("PATCH", "/git/refs/heads/six", {"sha": world.push("six", "seven")})
    return bool(world.github.at("GET", f"/pulls/{number}")["head"]["sha"] == head)


def _is_missing(world: World, path: str) -> bool:
    try:
        world.github.ask("GET", path)
    except HTTPError as error:
        with error:
            return error.code == 404
    return False
