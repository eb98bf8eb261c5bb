"""The engine: DBOS, started and ended, with what keeps it well. With `asking` the only door to DBOS.

A step happens at least once: one that ended and was written down is not repeated, one that was cut short is.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from dbos import DBOS, DBOSPortableJSONSerializer, error
from dbos._serialization import DefaultSerializer
from sqlalchemy.exc import SQLAlchemyError

from mldebt.jobs.claim import Claim
from mldebt.jobs.database import Database
from mldebt.jobs.failed import JobFailed
from mldebt.jobs.listing import running_executors
from mldebt.settings import Settings
from mldebt.store.errors import StoreError

__all__ = [
    "APPLICATION",
    "IN_ONE_LANE",
    "LANES",
    "QUEUE",
    "SERIALIZER",
    "VERSION",
    "Chore",
    "Engine",
    "Stopped",
    "job_here",
    "launch",
    "step",
    "workflow",
]

APPLICATION = "mldebt"
QUEUE = "jobs"
LANES = "lanes"
"""The queue of jobs that are many at once: each lane of it, an installation's, has its own bound, and none holds up
what a person waits for."""
IN_ONE_LANE = 2
VERSION = "1"
"""Never the code's digest: a job that was asked for before an upgrade runs after it. A workflow whose steps change gets
a new name."""

SERIALIZER = DBOSPortableJSONSerializer()
POLL_SECONDS = 0.25
REAP_SECONDS = 1.0
THREADS = 64
CLOSE_SECONDS = 10.0

TROUBLE = (SQLAlchemyError, StoreError, error.DBOSException)
"""With a database, for now."""

log = logging.getLogger("mldebt.jobs")

workflow = DBOS.workflow
step = DBOS.step


def job_here() -> str:
    """The id of the job that this code runs for; empty outside of one."""
    return DBOS.workflow_id or ""


class Stopped(BaseException):
    """A step was cut short because the engine ends. Not an Exception: that would be kept as the job's failure."""


@dataclass(frozen=True, slots=True)
class Chore:
    """What is done now and then while the engine runs, first when it starts."""

    every: float  # seconds
    do: Callable[[], object]
    is_long: bool = False  # so that it is done in a thread of its own


@dataclass
class Engine:
    """Running, until `close`."""

    database: Database
    claim: Claim
    chores: Sequence[Chore]
    cut_short: Callable[[], None]  # ends heavy steps with `Stopped`
    lost: Callable[[], None]  # called where others may believe that this process is dead
    _ending: threading.Event = field(default_factory=threading.Event)
    _beat: threading.Thread | None = None
    _long: dict[int, threading.Thread] = field(default_factory=dict)  # by the number of the chore

    def start(self) -> None:
        self._beat = threading.Thread(target=self._keep_well, name="mldebt-jobs", daemon=True)
        self._beat.start()

    def close(self) -> None:
        """What runs is cut short, stays in the database, and goes on where it is next run."""
        self._ending.set()
        if self._beat is not None:
            self._beat.join(CLOSE_SECONDS)
        for thread in self._long.values():
            thread.join(CLOSE_SECONDS)
        self.cut_short()
        DBOS.destroy()
        self.claim.close()
        self.database.close()

    def _keep_well(self) -> None:
        due = dict.fromkeys(range(len(self.chores)), 0.0)
        while not self._ending.is_set():
            try:
                if not self.claim.is_held:
                    log.error("the database let go of this process's claim: another runs its jobs")
                    self.lost()
                    return
                reap(self.database, self.claim)
                for number, chore in enumerate(self.chores):
                    if time.monotonic() >= due[number]:
                        due[number] = time.monotonic() + chore.every
                        self._begin(number, chore)
            except TROUBLE as failure:  # the next beat may find it well
                log.warning("jobs are not looked after for a moment: %s", failure)
            self._ending.wait(REAP_SECONDS)

    def _begin(self, number: int, chore: Chore) -> None:
        if not chore.is_long:
            chore.do()
        elif number not in self._long or not self._long[number].is_alive():
            self._long[number] = threading.Thread(target=_done, args=(chore,), name="mldebt-chore", daemon=True)
            self._long[number].start()


def _done(chore: Chore) -> None:
    try:
        chore.do()
    except TROUBLE as failure:
        log.warning("something is left for later: %s", failure)


def launch(
    settings: Settings,
    database: Database,
    claim: Claim,
    chores: Sequence[Chore] = (),
    cut_short: Callable[[], None] = lambda: None,
    lost: Callable[[], None] = lambda: None,
) -> Engine:
    """Start to run jobs, those first that this place began before. One engine to a process. Raises StoreError."""
    DefaultSerializer.deserialize = _refuse_pickle  # type: ignore[method-assign, assignment]
    logging.getLogger("dbos").addFilter(_is_news)
    DBOS(
        config={
            "name": APPLICATION,
            "system_database_engine": database.engine,
            "executor_id": claim.executor,
            "application_version": VERSION,
            "serializer": SERIALIZER,
            "max_executor_threads": THREADS,
            "log_level": "WARNING",
            "use_listen_notify": False,
        }
    )
    with database.explained():
        DBOS.launch()
        DBOS.register_queue(
            QUEUE,
            worker_concurrency=settings.jobs,
            global_concurrency=settings.jobs_total,
            polling_interval_sec=POLL_SECONDS,
            on_conflict="always_update",
        )
        DBOS.register_queue(
            LANES,
            worker_concurrency=settings.jobs,
            global_concurrency=settings.jobs_total,
            partition_concurrency=min(IN_ONE_LANE, settings.jobs_total),
            polling_interval_sec=POLL_SECONDS,
            on_conflict="always_update",
        )
    engine = Engine(database, claim, chores, cut_short, lost)
    engine.start()
    return engine


def reap(database: Database, claim: Claim) -> None:
    """Put what a dead process was running back into the queue. Raises StoreError, or SQLAlchemyError."""
    dead = claim.dead(running_executors(database))
    try:
        if dead:
            log.warning("%d process(es) that ran jobs died: their jobs go on here or elsewhere", len(dead))
            # Not `resume_workflows`, which is public: it would forget that the job is the only one of its key, and
            # take it away from whoever began it anew in the meantime.
            DBOS._recover_pending_workflows(dead)  # noqa: SLF001
    finally:
        claim.let_go(dead)


def _refuse_pickle(_self: DefaultSerializer, serialized_data: str) -> Any:  # noqa: ARG001
    """A row says itself how it is to be read, and a pickle could run code: mldebt writes none, and reads none."""
    raise JobFailed("its inputs are not JSON: mldebt did not write them, and does not read them")


def _is_news(record: logging.LogRecord) -> bool:
    """A job that fails is told where jobs are listed, and two workers that meet at the queue are no trouble."""
    told = record.exc_info and isinstance(record.exc_info[1], JobFailed)
    return not told and not record.getMessage().startswith("Contention detected")
