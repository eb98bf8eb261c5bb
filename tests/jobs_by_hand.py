"""A worker in a process of its own, whose jobs are made for the tests: each step leaves lines in a file."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from mldebt.jobs.claim import claim
from mldebt.jobs.database import open_database
from mldebt.jobs.engine import launch, step, workflow
from mldebt.jobs.failed import JobFailed
from mldebt.settings import Settings, read_settings

ROOT = Path(__file__).parent.parent


class Line(NamedTuple):
    """What a step did, when, in which process."""

    job: str
    step: int
    what: str  # begun or ended
    process: int
    at: float


@workflow(name="steps")
def steps(file: str, job: str, count: int, seconds: float) -> int:
    for number in range(count):
        mark(file, job, number, seconds)
    return count


@step(name="mark")
def mark(file: str, job: str, number: int, seconds: float) -> int:
    write(file, job, number, "begun")
    time.sleep(seconds)
    write(file, job, number, "ended")
    return number


@workflow(name="needs")
def needs(file: str) -> str:
    return need(file)


@step(name="need")
def need(file: str) -> str:
    if not Path(file).exists():
        raise JobFailed(f"{Path(file).name} is missing: make it, then retry")
    return "there"


def write(file: str, job: str, number: int, what: str) -> None:
    line = f"{job} {number} {what} {os.getpid()} {time.time()}\n"
    handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(handle, line.encode())
    os.close(handle)


def read(file: Path) -> list[Line]:
    if not file.exists():
        return []
    rows = (line.split() for line in file.read_text().splitlines())
    return [Line(job, int(number), what, int(process), float(at)) for job, number, what, process, at in rows]


def most_at_once(lines: list[Line]) -> int:
    """How many steps were between begun and ended at the same time."""
    running = most = 0
    for line in sorted(lines, key=lambda line: (line.at, line.what == "begun")):
        running += 1 if line.what == "begun" else -1
        most = max(most, running)
    return most


def environment(settings: Settings) -> dict[str, str]:
    named = {
        "MLDEBT_HOME": str(settings.home),
        "DATABASE_URL": settings.database_url,
        "ENGINE_URL": settings.engine,
        "MLDEBT_JOBS": str(settings.jobs),
        "MLDEBT_JOBS_TOTAL": str(settings.jobs_total),
    }
    return {**os.environ, "PYTHONPATH": str(ROOT), **named}


@contextmanager
def worker(settings: Settings, jobs: int = 4) -> Iterator[subprocess.Popen[bytes]]:
    """One that is ready to run jobs; ended at the latest when this ends."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.jobs_by_hand"],
        cwd=ROOT,
        env=environment(replace(settings, jobs=jobs)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == b"ready\n"
        yield process
    finally:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()


def stop(process: subprocess.Popen[bytes]) -> None:
    """Let it end in its own way."""
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(30) == 0


def main() -> None:
    settings = read_settings(os.environ)
    database = open_database(settings)
    engine = launch(settings, database, claim(database, "worker"))
    print("ready", flush=True)  # noqa: T201
    sys.stdin.read()
    engine.close()
    os._exit(0)  # a step that sleeps here stands for one in a process, which would have been ended


if __name__ == "__main__":
    main()
