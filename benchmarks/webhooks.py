"""How long GitHub waits for the answer to a delivery: 20 at once, to the server as it is run.

`python -m benchmarks.webhooks [--database postgresql://…]`

Real events (`tests/github/payloads.json.gz`) are signed and sent by 20 threads, each over a connection of its own per
delivery. Wall clock, since it is GitHub that waits: on a busy machine it is longer. Once more while another program
holds the store's lock, as a scan does that reads a long history.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path

from benchmarks.harness import Figure, report
from github_app.signature import signed
from mldebt.settings import Settings
from mldebt.store.deliveries import tally
from mldebt.store.engine import open_store

ROOT = Path(__file__).resolve().parents[1]
PAYLOADS = ROOT / "tests" / "github" / "payloads.json.gz"
AT_ONCE, MANY = 20, 2_000
GOAL = "≤ 1000"
SECRET = "a-secret-of-a-benchmark"  # noqa: S105
APP = {
    "MLDEBT_APP_ID": "1",
    "MLDEBT_APP_KEY": "-----BEGIN RSA PRIVATE KEY-----\nbm90IG9uZQ==\n-----END RSA PRIVATE KEY-----",
    "MLDEBT_WEBHOOK_SECRET": SECRET,
    "MLDEBT_CLIENT_ID": "a",
    "MLDEBT_CLIENT_SECRET": "b",
    "MLDEBT_APP_SLUG": "mldebt",
    "MLDEBT_URL": "http://127.0.0.1",
    "GITHUB_SERVER_URL": "http://127.0.0.1:9",
    "GITHUB_API_URL": "http://127.0.0.1:9",
}
_numbers = itertools.count(1)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.webhooks", description=__doc__)
    parser.add_argument("--database", default="", help="an empty PostgreSQL database; else SQLite")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        url = parser.parse_args().database or f"sqlite:///{home / 'mldebt.db'}"
        return 0 if report(figures(Settings(home, url))) else 1


def figures(settings: Settings) -> Iterator[Figure]:
    events = [(event, json.dumps(body).encode()) for event, body in json.loads(gzip.decompress(PAYLOADS.read_bytes()))]
    kind = "SQLite" if settings.database_url.startswith("sqlite") else "PostgreSQL"
    with server(settings) as port:
        deliver(port, events, 200)  # warm
        yield from told(f"20 at once, {kind}", deliver(port, events, MANY))
        with closing(open_store(settings.database_url)) as store, store.writing():
            yield from told(f"20 at once, {kind}, the store held", deliver(port, events, MANY))
        with closing(open_store(settings.deliveries_url)) as store, store.reading() as connection:
            kept = tally(connection).kept
    yield Figure(f"acknowledged and not kept, {kind}", 2 * MANY + 200 - kept, "", "≤ 0")


def told(what: str, seconds: Sequence[float]) -> Iterator[Figure]:
    cuts = statistics.quantiles(seconds, n=1_000, method="inclusive")
    note = f"median {cuts[499] * 1_000:.0f} ms, longest {max(seconds) * 1_000:.0f} ms, {len(seconds):,} deliveries"
    yield Figure(f"{what}, p99", cuts[989] * 1_000, "ms", GOAL, note)


def deliver(port: int, events: Sequence[tuple[str, bytes]], count: int) -> list[float]:
    """Seconds until each was answered."""

    def one(number: int) -> float:
        event, body = events[number % len(events)]
        headers = {
            "Content-Type": "application/json",
            "X-GitHub-Event": event,
            "X-GitHub-Delivery": f"benchmark-{next(_numbers)}",
            "X-Hub-Signature-256": signed(body, SECRET),
        }
        begun = time.perf_counter()
        with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
            connection.request("POST", "/github/webhook", body, headers)
            answer = connection.getresponse()
            answer.read()
        assert answer.status == 202, answer.status
        return time.perf_counter() - begun

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(count)))


@contextmanager
def server(settings: Settings) -> Iterator[int]:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, **APP, "MLDEBT_HOME": str(settings.home), "DATABASE_URL": settings.database_url}
    command = [sys.executable, "-m", "mldebt", "serve", "--webhooks-only", "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout is not None
            assert b"Webhooks of" in process.stdout.readline()
            yield port
        finally:
            process.terminate()


if __name__ == "__main__":
    sys.exit(main())
