"""Jobs in processes of their own that are killed, stopped and started: nothing is lost, nothing is done twice."""

from __future__ import annotations

import base64
import signal
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from mldebt.jobs.asking import ROUTINE, URGENT, Asked, enqueue
from mldebt.jobs.database import Database, open_database
from mldebt.jobs.engine import IN_ONE_LANE
from mldebt.jobs.listing import Job, State, listing, states
from mldebt.jobs.scans import retry
from mldebt.settings import Settings
from tests.command import Command, finished
from tests.jobs_by_hand import most_at_once, read, stop, worker

SOON = 5.0  # seconds, in which the jobs of a process that was killed run elsewhere


def asked(file: Path, name: str, *, count: int = 1, seconds: float = 0.0, priority: int = ROUTINE) -> Asked:
    inputs: dict[str, str | int | float | bool] = {"file": str(file), "job": name, "count": count, "seconds": seconds}
    return Asked(f"steps:{name}", "1", "steps", inputs, priority)


def until(holds: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it does not come about"
        time.sleep(0.05)


def done(database: Database, ids: Sequence[str]) -> dict[str, Job]:
    """The jobs, once all have ended."""
    until(lambda: all(job.state in (State.DONE, State.FAILED) for job in states(database, ids).values()), 120)
    found = states(database, ids)
    assert len(found) == len(set(ids))
    return found


def test_each_step_runs_once_and_what_was_done_is_told(settings: Settings, database: Database, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with worker(settings):
        ids = enqueue(database, [asked(log, str(n), count=3) for n in range(5)])
        assert {job.state for job in done(database, ids).values()} == {State.DONE}
    ended = Counter((line.job, line.step) for line in read(log) if line.what == "ended")
    assert ended == {(str(job), number): 1 for job in range(5) for number in range(3)}
    found = listing(database)
    assert (found.counts[State.DONE], found.counts[State.WAITING], found.of(State.FAILED)) == (5, 0, ())


def test_a_lane_has_its_own_bound_and_holds_up_nobody(settings: Settings, database: Database, tmp_path: Path) -> None:
    logs = {lane: tmp_path / lane for lane in ("1", "2")}
    many = [
        asked(log, f"{lane}-{number}", seconds=0.4)._replace(lane=lane)
        for lane, log in logs.items()
        for number in range(5)
    ]
    urgent = asked(tmp_path / "urgent", "urgent", priority=URGENT)
    with worker(settings):
        ids = enqueue(database, many)
        again = enqueue(database, [one._replace(when="2") for one in many[:2]])
        done(database, enqueue(database, [urgent]))
        assert listing(database).counts[State.WAITING] > 0  # it did not wait for them
        done(database, ids)
    assert again == ids[:2]
    for log in logs.values():
        lines = read(log)
        assert len([line for line in lines if line.what == "ended"]) == 5
        assert most_at_once(lines) == IN_ONE_LANE


def test_nothing_was_ever_asked_for(database: Database) -> None:
    assert not any(listing(database).counts.values())


def test_of_one_key_one_job_waits_or_runs(settings: Settings, database: Database, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with worker(settings):
        first = enqueue(database, [asked(log, "a", seconds=4)])
        until(lambda: bool(read(log)))
        again = asked(log, "a")._replace(when="2")
        assert enqueue(database, [again, again]) == first * 2
        done(database, first)
        assert enqueue(database, [again]) == ("steps:a:2",)
        done(database, ["steps:a:2"])
        assert enqueue(database, [again]) == ("steps:a:2",)  # asking twice is asking once
        time.sleep(0.6)
    assert len(read(log)) == 4


def test_what_fails_is_told_in_one_sentence_and_can_be_retried(
    settings: Settings, database: Database, tmp_path: Path
) -> None:
    with worker(settings):
        ids = enqueue(database, [Asked("needs:x", "1", "needs", {"file": str(tmp_path / "x")})])
        done(database, ids)
        (failed,) = listing(database).of(State.FAILED)
        assert failed.why == "x is missing: make it, then retry"
        (tmp_path / "x").touch()
        again = retry(database, [failed])
        assert done(database, again)[again[0]].state is State.DONE
        assert listing(database).of(State.FAILED) == ()
        assert listing(database).counts[State.FAILED] == 0


def test_what_a_person_waits_for_goes_first(on_sqlite: Settings, ready: Database, tmp_path: Path) -> None:
    log, database = tmp_path / "log", ready
    enqueue(database, [asked(log, f"routine{n}") for n in range(3)])
    urgent = enqueue(database, [asked(log, "urgent", priority=URGENT)])
    with worker(on_sqlite, jobs=1):
        done(database, urgent)
        until(lambda: listing(database).counts[State.DONE] == 4)
    assert read(log)[0].job == "urgent"


def test_on_sqlite_a_killed_process_is_followed_by_the_next_which_repeats_no_finished_step(
    on_sqlite: Settings, tmp_path: Path
) -> None:
    log, database = tmp_path / "log", open_database(on_sqlite)
    with worker(on_sqlite) as first:
        ids = enqueue(database, [asked(log, str(n), count=4, seconds=0.4) for n in range(6)])
        until(lambda: any(line.step == 1 for line in read(log)))
        assert listing(database).counts[State.RUNNING] == 4
        first.send_signal(signal.SIGKILL)
        first.wait()
    assert (listing(database).counts[State.RUNNING], len(listing(database).of(State.WAITING))) == (0, 6)
    with worker(on_sqlite):
        assert {job.state for job in done(database, ids).values()} == {State.DONE}
    _no_finished_step_was_repeated(log, 6, 4)
    database.close()


@pytest.mark.postgres
def test_on_postgresql_the_jobs_of_a_killed_process_run_elsewhere_soon(on_postgresql: Settings, tmp_path: Path) -> None:
    log, database = tmp_path / "log", open_database(on_postgresql)
    with worker(on_postgresql, jobs=6) as one, worker(on_postgresql, jobs=6) as other:
        ids = enqueue(database, [asked(log, str(n), count=4, seconds=0.5) for n in range(3)])
        until(lambda: {line.job for line in read(log) if line.step == 1} == {"0", "1", "2"})
        first = next(process for process in (one, other) if process.pid == read(log)[0].process)
        killed = time.time()
        first.send_signal(signal.SIGKILL)
        first.wait()
        left = {line.job for line in read(log) if line.process == first.pid}
        done(database, ids)
    for job in left:
        assert min(line.at for line in read(log) if line.job == job and line.process != first.pid) - killed < SOON
    _no_finished_step_was_repeated(log, 3, 4)
    database.close()


def _no_finished_step_was_repeated(log: Path, jobs: int, steps: int) -> None:
    """A step that ended in the moment of the kill may not have been written down: at most one of a job."""
    ended = Counter((line.job, line.step) for line in read(log) if line.what == "ended")
    assert set(ended) == {(str(job), number) for job in range(jobs) for number in range(steps)}
    last = {line.job: line.step for line in read(log)[: _until_killed(log)]}
    assert all(times == 1 or last[job] == step for (job, step), times in ended.items())


def _until_killed(log: Path) -> int:
    """How many lines the first process wrote."""
    lines = read(log)
    return sum(line.process == lines[0].process for line in lines)


def test_a_process_that_is_asked_to_end_loses_nothing(settings: Settings, database: Database, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with worker(settings, jobs=2) as first:
        ids = enqueue(database, [asked(log, str(n), seconds=0.7) for n in range(4)])
        until(lambda: len(read(log)) >= 2)
        stop(first)
    until(lambda: listing(database).counts[State.RUNNING] == 0)
    counts = listing(database).counts
    assert counts[State.WAITING] + counts[State.DONE] == 4  # a step may have come to its end before
    assert counts[State.WAITING] >= 2
    with worker(settings, jobs=6):
        assert {job.state for job in done(database, ids).values()} == {State.DONE}


@pytest.mark.postgres
def test_caps_hold_over_two_processes_and_each_job_runs_once(on_postgresql: Settings, tmp_path: Path) -> None:
    log, database, capped = tmp_path / "log", open_database(on_postgresql), replace(on_postgresql, jobs_total=20)
    with worker(capped, jobs=15), worker(capped, jobs=15):
        ids = enqueue(database, [asked(log, str(n), seconds=0.2) for n in range(200)])
        done(database, ids)
    lines = read(log)
    assert len({line.process for line in lines}) == 2
    assert Counter(line.job for line in lines if line.what == "begun") == {str(n): 1 for n in range(200)}
    assert 15 < most_at_once(lines) <= 20
    database.close()


def test_caps_hold_in_one_process(on_sqlite: Settings, tmp_path: Path) -> None:
    log, database = tmp_path / "log", open_database(on_sqlite)
    with worker(replace(on_sqlite, jobs_total=20), jobs=20):
        ids = enqueue(database, [asked(log, str(n), seconds=0.2) for n in range(200)])
        done(database, ids)
    assert Counter(line.job for line in read(log) if line.what == "begun") == {str(n): 1 for n in range(200)}
    assert 15 < most_at_once(read(log)) <= 20
    database.close()


def test_a_pickle_is_never_read(on_sqlite: Settings, ready: Database, tmp_path: Path) -> None:
    """Whoever can write to the database would otherwise run code here: a row says itself how it is to be read."""
    canary, database = tmp_path / "canary", ready
    program = f"cposix\nsystem\n(S'touch {canary}'\ntR."
    ids = enqueue(database, [asked(tmp_path / "log", "a")])
    with database.engine.begin() as connection:
        evil = {"inputs": base64.b64encode(program.encode()).decode()}
        connection.execute(text("UPDATE workflow_input SET inputs = :inputs"), evil)
        connection.execute(text("UPDATE workflow_status SET serialization = 'py_pickle'"))
    with worker(on_sqlite):
        until(lambda: states(database, ids)[ids[0]].attempts == 1)
        time.sleep(1)
        assert not canary.exists()
        assert listing(database).of(State.DONE) == ()
        assert states(database, ids)[ids[0]].inputs == {}


@pytest.mark.postgres
def test_a_worker_that_the_database_let_go_of_ends_so_that_no_job_runs_twice(on_postgresql: Settings) -> None:
    """Its name is free then: others take its jobs."""
    settings = {"ENGINE_URL": on_postgresql.engine}
    process = Command(on_postgresql.home, settings).started("worker")
    assert process.stdout is not None
    assert b"Running jobs of postgresql://" in process.stdout.readline()
    database = open_database(on_postgresql)
    with database.reading() as connection:
        ended = "SELECT count(pg_terminate_backend(pid)) FROM pg_locks WHERE locktype = 'advisory' AND classid = 7301"
        assert connection.execute(text(ended)).scalar() == 1
    done = finished(process)
    assert done.status == 2
    assert "mldebt: the database broke off the connection: others go on with the jobs" in done.err
    assert "Traceback" not in done.err
    database.close()
