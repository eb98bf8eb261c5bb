"""What only shows with many jobs: how long asking takes, whether caps hold, what a second worker is worth."""

from __future__ import annotations

import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from mldebt.jobs.asking import Asked, enqueue
from mldebt.jobs.database import open_database
from mldebt.jobs.listing import State, listing
from mldebt.settings import Settings
from tests.jobs_by_hand import most_at_once, read, stop, worker

MANY = 10_000
pytestmark = pytest.mark.soak


def asked(log: Path, count: int, seconds: float) -> list[Asked]:
    inputs: dict[str, str | int | float | bool] = {"file": str(log), "count": 1, "seconds": seconds}
    return [Asked(f"{log.name}:{number}", "1", "steps", {**inputs, "job": str(number)}) for number in range(count)]


def run(settings: Settings, log: Path, workers: int, count: int, seconds: float) -> tuple[float, float]:
    """Seconds that asking for all took, and until all were done."""
    database = open_database(settings)
    with worker(settings) as first:
        stop(first)  # the engine's tables are there
    before = listing(database, shown=1).counts[State.DONE]
    begun = time.monotonic()
    enqueue(database, asked(log, count, seconds))
    asking = time.monotonic() - begun
    with ExitStack() as running:
        for _ in range(workers):
            running.enter_context(worker(settings, settings.jobs))
        begun = time.monotonic()
        while listing(database, shown=1).counts[State.DONE] < before + count:
            assert time.monotonic() - begun < 1_800
            time.sleep(0.5)
        doing = time.monotonic() - begun
    database.close()
    return asking, doing


def test_ten_thousand_jobs_are_asked_for_in_half_a_minute_and_no_cap_is_exceeded(
    settings: Settings, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    one_process = settings.engine == ""
    many = replace(settings, jobs=40, jobs_total=40 if one_process else 60)
    asking, doing = run(many, log, 1 if one_process else 2, MANY, 0.01)
    lines = read(log)
    most = most_at_once(lines)
    kind = "SQLite, one process" if one_process else "PostgreSQL, two processes"
    print(f"{kind}: asked for {MANY:,} in {asking:.1f} s, done in {doing:.0f} s, at most {most} of {many.jobs_total}")  # noqa: T201
    assert asking < 30
    assert most <= many.jobs_total
    assert Counter(line.job for line in lines if line.what == "begun") == {str(n): 1 for n in range(MANY)}


@pytest.mark.postgres
def test_two_workers_do_nearly_twice_as_much_as_one(on_postgresql: Settings, tmp_path: Path) -> None:
    settings = replace(on_postgresql, jobs=2, jobs_total=16)
    _, one = run(settings, tmp_path / "one", 1, 60, 1.0)
    _, two = run(settings, tmp_path / "two", 2, 60, 1.0)
    found = f"one worker {one:.1f} s, two {two:.1f} s, {one / two:.2f} x"
    print(f"60 jobs of a second, 2 at a time in each: {found}")  # noqa: T201
    assert one / two >= 1.8
