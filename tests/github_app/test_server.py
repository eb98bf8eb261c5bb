"""The server that receives webhooks, as it is run: killed, asked to end, and begun again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest

from github_app.receiving import Delivered
from mldebt.jobs.database import open_database
from mldebt.jobs.listing import listing
from mldebt.settings import Settings
from mldebt.store.deliveries import verdict_of
from mldebt.store.engine import open_store
from tests.command import Command, finished
from tests.github_app.webhooks_by_hand import APP, delivered, headers_of, pull_request


@pytest.fixture
def command(template_home: Path, tmp_path: Path) -> Command:
    import shutil

    shutil.copytree(template_home, tmp_path / "home")
    return Command(tmp_path / "home", APP)


@contextmanager
def server(command: Command, *options: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    process = command.started("serve", *(options or ("--webhooks-only",)), "--port", str(port))
    assert process.stdout is not None
    try:
        lines = iter(process.stdout.readline, b"")
        if not any(line.startswith((b"Webhooks of mldebt: http://127.0.0.1:", b"Dashboard: ")) for line in lines):
            pytest.fail(str(finished(process)))
        yield process, port
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


THROUGH_A_PROXY = {"Host": "debt.example.com", "X-Forwarded-For": "192.0.2.1"}


def sent(port: int, one: Delivered) -> int:
    """The status; 0 where no answer came."""
    try:
        with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
            connection.request("POST", "/github/webhook", one.body, headers_of(one) | THROUGH_A_PROXY)
            return connection.getresponse().status
    except (OSError, HTTPException):
        return 0


def streamed(port: int, one: Delivered, mebibytes: int) -> int:
    """The status of a body that does not say how long it is; 0 where the connection was closed."""
    headers = {name: value for name, value in headers_of(one).items() if name != "Content-Length"}
    try:
        with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
            parts = (b" " * (1 << 20) for _ in range(mebibytes))
            connection.request("POST", "/github/webhook", parts, headers, encode_chunked=True)
            return connection.getresponse().status
    except (OSError, HTTPException):
        return 0


def got(port: int, path: str) -> tuple[int, str]:
    with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request("GET", path, headers=THROUGH_A_PROXY)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


def test_what_was_acknowledged_survives_a_kill_in_the_middle(command: Command) -> None:
    """Some are killed before they are answered: GitHub lists those as failed. Of the others each is a job."""
    some = [delivered("pull_request", pull_request(number=n), f"guid-{n}") for n in range(1, 41)]
    with server(command) as (process, port), ThreadPoolExecutor(8) as pool:
        first = sent(port, some[0])
        answers = [pool.submit(sent, port, one) for one in some[1:]]
        while sum(answer.done() for answer in answers) < 10:
            time.sleep(0.005)
        os.killpg(process.pid, signal.SIGKILL)
        statuses = [first, *(answer.result() for answer in answers)]
    acknowledged = {number for number, status in enumerate(statuses, 1) if status == 202}
    assert len(acknowledged) >= 10
    assert set(statuses) <= {202, 0}
    with server(command) as (_, port):
        for number, status in enumerate(statuses, 1):
            if status != 202:
                assert sent(port, some[number - 1]) == 202, "delivered again"
        missing = set(range(1, 41))
        end = time.monotonic() + 60
        while missing:
            assert time.monotonic() < end, missing
            missing -= jobs_of(command.home)
            time.sleep(0.2)


def jobs_of(home: Path) -> set[int]:
    with closing(open_database(Settings(home, f"sqlite:///{home / 'mldebt.db'}"))) as database:
        return {int(job.inputs["number"]) for job in listing(database, 1_000).jobs if job.kind == "pull_request"}


def test_it_answers_through_a_proxy_for_nothing_but_its_own_routes_and_ends_when_asked(command: Command) -> None:
    with server(command) as (process, port):
        assert got(port, "/healthz") == (200, '{"status":"ok"}')
        assert got(port, "/")[0] == 404
        assert got(port, "/github/webhook")[0] == 405
        assert streamed(port, delivered("push", {}, "large"), 40) in (413, 0), "it does not read on"
        assert sent(port, delivered("push", b"[" * 100_000, "deep")) == 400
        second = command.spawned("serve", "--webhooks-only", "--port", str(port + 1))
        assert second.status == 2
        assert "serve --webhooks-only" in second.err
        process.terminate()
        done = finished(process)
    assert done.err == ""
    with closing(open_store(f"sqlite:///{command.home / 'inbox.db'}")) as store, store.reading() as connection:
        assert verdict_of(connection, "guid-1") is None


def test_beside_the_dashboard_it_answers_github_and_shows_strangers_nothing(command: Command) -> None:
    with server(command, "--ready", "there it is") as (_, port):
        assert sent(port, delivered("pull_request", pull_request(), "guid-1")) == 202
        assert sent(port, delivered("pull_request", pull_request(), "guid-2", secret="another")) == 401  # noqa: S106
        status, page = got(port, "/")
        assert status in (302, 303, 307, 401, 403)
        assert "streamlit" not in page.lower()
        end = time.monotonic() + 60
        while not jobs_of(command.home):
            assert time.monotonic() < end
            time.sleep(0.2)


def test_without_an_app_it_does_not_begin(tmp_path: Path) -> None:
    done = Command(tmp_path)("serve", "--webhooks-only")
    assert done.status == 2
    assert done.err == "mldebt: no GitHub App is configured here, so nothing is delivered: run `mldebt setup` first\n"
