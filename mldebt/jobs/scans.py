"""Scans as jobs: of all stored repositories when somebody asks, and of each once a week while the server runs."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from typing import Any

from mldebt.jobs import duties
from mldebt.jobs.asking import ROUTINE, URGENT, Asked, enqueue, forget
from mldebt.jobs.claim import Claim
from mldebt.jobs.database import Database
from mldebt.jobs.engine import Chore, Engine, launch, step, workflow
from mldebt.jobs.forgetting import forget_what_is_over
from mldebt.jobs.here import HERE
from mldebt.jobs.listing import Job, State, ended_before, last_asked
from mldebt.settings import Settings
from mldebt.store.engine import Store, open_store
from mldebt.store.hosted import is_hosted
from mldebt.store.names import titles
from mldebt.store.reading import RepositoryRow, latest_snapshots, repositories
from scoring.report.text import visible

SCAN = "scan"
WEEK = 7 * 86_400
HOUR = 3_600.0
MOST_SECONDS = 6 * HOUR
MOST_BEGINNINGS = 20
"""Of one scan, whose process died each time."""

KEPT_DAYS = {State.DONE: 30, State.FAILED: 90}
FORGOTTEN_AT_ONCE = 1_000


@workflow(name=SCAN, max_recovery_attempts=MOST_BEGINNINGS)
def scan_stored(repository: int, title: str, reason: str) -> dict[str, Any]:  # noqa: ARG001  title and reason are listed
    """Scan a stored repository. Its address is not kept with the job: it is looked up when it is scanned."""
    return measure(repository)


@step(name="measure")
def measure(repository: int) -> dict[str, Any]:
    """A scan that is cut short goes on from what it stored."""
    return HERE.heavy.run("mldebt.jobs.child", str(repository), environment=HERE.stores, seconds=MOST_SECONDS)


def start_engine(
    settings: Settings,
    database: Database,
    claim: Claim,
    *,
    weekly: bool = False,
    is_server: bool = False,
    lost: Callable[[], None] = lambda: None,
    clock: Callable[[], float] = time.time,
) -> Engine:
    """The engine with everything that mldebt knows to do. A server sees to what is due too. Raises StoreError."""
    HERE.begin(settings, database)
    chores = [
        Chore(HOUR, lambda: forget_old(database, clock())),
        Chore(HOUR, lambda: forget_what_is_over(settings, database, clock()), is_long=True),
    ]
    if weekly:
        chores.append(Chore(HOUR, lambda: _weekly(settings, database, clock())))
    if is_server:
        chores += duties.chores(settings, database, clock)
    return launch(settings, database, claim, chores, HERE.heavy.end, lost)


def ask_for(
    database: Database, rows: Sequence[RepositoryRow], names: Mapping[int, str], reason: str, when: str, priority: int
) -> tuple[str, ...]:
    """Ask for a scan of each; the ids under which they run. Raises StoreError."""
    wanted = [
        Asked(
            f"{SCAN}:{row.id}",
            when,
            SCAN,
            {"repository": row.id, "title": visible(names[row.id], 200), "reason": reason},
            priority,
        )
        for row in rows
    ]
    return enqueue(database, wanted)


def ask_now(database: Database, rows: Sequence[RepositoryRow], every: Iterable[RepositoryRow]) -> tuple[str, ...]:
    """For somebody who waits. `every` is all that is stored, which decides how one is called. Raises StoreError."""
    return ask_for(database, rows, titles(tuple(every)), "by hand", f"asked-{secrets.token_hex(6)}", URGENT)


def retry(database: Database, failed: Sequence[Job]) -> tuple[str, ...]:
    """Ask anew for what failed; the ids under which it runs. Raises StoreError."""
    when = f"retry-{secrets.token_hex(6)}"
    again = [Asked(job.key, when, job.kind, job.inputs, URGENT, lane=job.lane) for job in failed]
    return enqueue(database, again)


def scan_the_due(store: Store, database: Database, now: float) -> tuple[str, ...]:
    """Ask for a scan of what was not looked at for a week. Raises StoreError."""
    with store.reading() as connection:
        every = repositories(connection)
        scanned = {id_: row.scanned_at for id_, row in latest_snapshots(connection).items()}
    asked = last_asked(database, SCAN)
    rows = due(every, {row.id: max(scanned.get(row.id, 0), asked.get(f"{SCAN}:{row.id}", 0)) for row in every}, now)
    return ask_for(database, rows, titles(every), "weekly", f"weekly-{int(now // WEEK)}", ROUTINE)


def due(rows: Iterable[RepositoryRow], looked_at: Mapping[int, int], now: float) -> list[RepositoryRow]:
    """Those that nobody looked at for a week. The example never changes; hosted ones have a schedule of their own."""
    own = [row for row in rows if not row.is_example and not is_hosted(row.source)]
    return [row for row in own if looked_at.get(row.id, 0) <= now - WEEK]


def forget_old(database: Database, now: float) -> int:
    """Delete jobs that ended long ago, and say how many. Raises StoreError."""
    ids: list[str] = []
    for state, days in KEPT_DAYS.items():
        ids += ended_before(database, state, int(now) - days * 86_400, FORGOTTEN_AT_ONCE)
    if ids:
        forget(database, ids)
    return len(ids)


def _weekly(settings: Settings, database: Database, now: float) -> None:
    with closing(open_store(settings.database_url)) as store:
        scan_the_due(store, database, now)
