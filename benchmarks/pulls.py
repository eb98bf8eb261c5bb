"""From a signed event to the comment: twenty changed files, on a warm mirror. `python -m benchmarks.pulls`

The server is the one that `mldebt serve --webhooks-only` runs, with its jobs and the processes that they begin; GitHub
and its git host stand in this process, whose seconds are not ours and not counted.
"""

from __future__ import annotations

import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path

from benchmarks.harness import ROUNDS, Figure, report
from github_app.signature import signed
from tests.github.hosted import PATH, SECRETS, THRESHOLD, Hosted, hosted
from tests.github.installed import INSTALLATION, REPOSITORY

ROOT = Path(__file__).resolve().parents[1]
FILES, KEPT, STEPS = 20, 200, 12
LONGEST = 120.0


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        files: dict[str | bytes, bytes] = {f"shop/part{n}.py": code(n, 0) for n in range(KEPT)}
        with hosted(Path(folder), files) as there, server(there) as (process, port):
            return 0 if report(figures(there, process, port)) else 1


def figures(there: Hosted, process: int, port: int) -> Iterator[Figure]:
    number = there.open({"new.py": PATH % b"new"})
    told(there, process, port, number, 0)  # the first fetch
    ours, waited = zip(*(told(there, process, port, number, n + 1) for n in range(ROUNDS)), strict=True)
    clock = f"{statistics.median(waited):.1f} s by the clock, with a second between two writes"
    note = f"{FILES} changed files of {KEPT}, {KEPT * STEPS:,} functions; {clock}"
    yield Figure("a signed event to the comment and the check, warm mirror", statistics.median(ours), "s", "≤ 2", note)


def code(number: int, turn: int) -> bytes:
    return THRESHOLD % (number + 1) + b"".join(
        b"\n\ndef step%d(x):\n    return x + %d\n" % (n, turn) for n in range(40)
    )


def told(there: Hosted, process: int, port: int, number: int, turn: int) -> tuple[float, float]:
    """CPU seconds of the server with all that it begins, and seconds by the clock, until a push has its check."""
    files: dict[str | bytes, bytes] = {f"shop/part{n}.py": code(n, turn) for n in range(FILES)}
    there.push(number, {**files, f"new{turn}.py": PATH % b"%d" % turn})
    before, begun = spent(process), time.perf_counter()
    deliver(there, port, number, turn)
    while not there.checks(number):
        assert time.perf_counter() - begun < LONGEST
        time.sleep(0.02)
    waited = time.perf_counter() - begun
    time.sleep(1)  # until what ended is counted
    assert len(there.bodies(number)) == 1
    return spent(process) - before, waited


def deliver(there: Hosted, port: int, number: int, turn: int) -> None:
    moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(1_800_000_000 + turn))
    repository = {"id": REPOSITORY, "full_name": "owner/name", "default_branch": "main", "private": True}
    pull = {**there.fake.pulls[number], "updated_at": moment}
    event = {"action": "synchronize", "number": number, "pull_request": pull, "repository": repository}
    body = json.dumps(
        {**event, "installation": {"id": INSTALLATION}, "sender": {"login": "ada", "type": "User"}}
    ).encode()
    headers = {
        "Content-Type": "application/json",
        "X-GitHub-Event": "pull_request",
        "X-GitHub-Delivery": f"00000000-0000-0000-0000-{turn:012d}",
        "X-Hub-Signature-256": signed(body, SECRETS[0]),
    }
    with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("POST", "/github/webhook", body, headers)
        answer = connection.getresponse()
        assert (answer.status, b"asked for" in answer.read()) == (202, True)


def spent(process: int) -> float:
    """CPU seconds of a process and of all that it began and waited for."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return sum(int(one) for one in fields[11:15]) / os.sysconf("SC_CLK_TCK")


@contextmanager
def server(there: Hosted) -> Iterator[tuple[int, int]]:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mldebt", "serve", "--webhooks-only", "--port", str(port)]
    environment = {**os.environ, **there.environment, "PYTHONPYCACHEPREFIX": str(there.settings.home / "compiled")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # as it is installed: compiled once
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout is not None
            assert b"Webhooks of" in process.stdout.readline()
            yield process.pid, port
        finally:
            process.terminate()


if __name__ == "__main__":
    sys.exit(main())
