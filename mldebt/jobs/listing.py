"""How jobs stand, read by SQL from the engine's tables; nothing here starts the engine."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from enum import StrEnum
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, func, inspect, or_, select

from mldebt.jobs.claim import alive
from mldebt.jobs.database import INPUTS, OUTPUT, STATUS, Database
from mldebt.jobs.failed import JobFailed

SHOWN = 50
ASKED_AT_ONCE = 500
IN_LANES = ("hosted_scan", "quarter", "reconcile")
"""Kinds of jobs that are many at once, each in the lane of its installation."""
OF_REPOSITORIES = ("pull", "command", *IN_LANES)
"""What keys of jobs begin with that have a number of GitHub's after it."""
STORED = "scan"
"""Of the keys of jobs, that whose number is the store's; all others have GitHub's."""


class State(StrEnum):
    RUNNING = "running"
    WAITING = "waiting"
    FAILED = "failed"
    DONE = "done"


_STATES = {
    "PENDING": State.RUNNING,
    "ENQUEUED": State.WAITING,
    "DELAYED": State.WAITING,
    "SUCCESS": State.DONE,
    "ERROR": State.FAILED,
    "CANCELLED": State.FAILED,
    "MAX_RECOVERY_ATTEMPTS_EXCEEDED": State.FAILED,
}
_WHY = {
    "CANCELLED": "it was called off",
    "MAX_RECOVERY_ATTEMPTS_EXCEEDED": "the process that ran it died too often: look into its log, then retry",
}


class Job(NamedTuple):
    id: str  # of what and when: `scan:3:weekly-2952`
    kind: str
    state: State
    since: int  # seconds since 1970 UTC: asked for, begun, or ended
    inputs: dict[str, Any]
    attempts: int  # how often it was begun
    why: str | None  # a sentence, where it failed

    @property
    def lane(self) -> str:
        """That it is to be asked for in."""
        return str(self.inputs.get("installation", "")) if self.kind in IN_LANES else ""

    @property
    def key(self) -> str:
        """What it is about: of several jobs of one key only the last counts."""
        return self.id.rpartition(":")[0]

    @property
    def title(self) -> str:
        return str(self.inputs.get("title", self.key))

    @property
    def reason(self) -> str:
        return str(self.inputs.get("reason", ""))


class Listing(NamedTuple):
    jobs: tuple[Job, ...]  # running, waiting, failed, then done; of each at most SHOWN
    counts: dict[State, int]

    def of(self, state: State) -> tuple[Job, ...]:
        return tuple(job for job in self.jobs if job.state is state)


NOTHING = Listing((), dict.fromkeys(State, 0))


def listing(
    database: Database,
    shown: int = SHOWN,
    *,
    visible: Collection[int] | None = None,
    hosted: Collection[int] = (),
) -> Listing:
    """Empty where no engine ever ran. Raises StoreError.

    Jobs about repositories that are `visible`, by the store's id, or `hosted`, by GitHub's, are listed and counted, and
    no others; None means all.
    """
    may = _rule(visible, hosted)
    if database.file is not None and not database.file.exists():
        return NOTHING
    with database.reading() as connection:
        if not has_tables(database, connection):
            return NOTHING
        begun = Counter(row.executor_id for row in _told(connection.execute(_BEGUN), may) if row.executor_id)
    there = alive(database, begun)
    with database.reading() as connection:
        failed = [job for job in _failed(connection) if may is None or may(job.id)]
        counts = {**dict.fromkeys(State, 0), **_counts(connection, may), State.FAILED: len(failed)}
        left = sum(count for name, count in begun.items() if name not in there)
        counts[State.RUNNING] -= left
        counts[State.WAITING] += left
        running, waiting, done = (
            _jobs(connection, state, shown, there, may) for state in (State.RUNNING, State.WAITING, State.DONE)
        )
    return Listing((*running, *waiting, *failed[:shown], *done), counts)


def states(database: Database, ids: Sequence[str]) -> dict[str, Job]:
    """The jobs of these ids, those that there are. Raises StoreError."""
    found: dict[str, Job] = {}
    with database.reading() as connection:
        for start in range(0, len(ids), ASKED_AT_ONCE):
            some = _selected().where(STATUS.c.workflow_uuid.in_(ids[start : start + ASKED_AT_ONCE]))
            found |= {job.id: job for job in map(_job, connection.execute(some))}
    return found


def running_executors(database: Database) -> tuple[str, ...]:
    """Whoever is noted to run something, dead or alive."""
    running = select(STATUS.c.executor_id).where(STATUS.c.status == "PENDING").distinct()
    with database.reading() as connection:
        return tuple(connection.execute(running).scalars())


def last_asked(database: Database, kind: str) -> dict[str, int]:
    """When a job of each key was asked for the last time."""
    every = select(STATUS.c.workflow_uuid, STATUS.c.created_at).where(STATUS.c.name == kind)
    newest: dict[str, int] = {}
    with database.reading() as connection:
        for name, at in connection.execute(every):
            key = name.rpartition(":")[0]
            newest[key] = max(newest.get(key, 0), at // 1000)
    return newest


def ended_before(database: Database, state: State, before: int, limit: int) -> list[str]:
    """Ids of jobs that ended before a moment."""
    old = (STATUS.c.status.in_(_names(state)), STATUS.c.updated_at < before * 1000)
    with database.reading() as connection:
        return list(connection.execute(select(STATUS.c.workflow_uuid).where(*old).limit(limit)).scalars())


def ids_of_repository(database: Database, repository: int) -> list[str]:
    """Ids of jobs about a repository of GitHub's, but for those that run."""
    if database.file is not None and not database.file.exists():
        return []
    with database.reading() as connection:
        if not has_tables(database, connection):
            return []
        keys = [STATUS.c.workflow_uuid.like(f"{kind}:{repository}:%") for kind in OF_REPOSITORIES]
        these = select(STATUS.c.workflow_uuid).where(or_(*keys), STATUS.c.status != "PENDING")
        return list(connection.execute(these).scalars())


def has_tables(database: Database, connection: Connection) -> bool:
    """The newest of the tables that are read here."""
    return inspect(connection).has_table("workflow_output", schema=database.schema)


def _failed(connection: Connection) -> list[Job]:
    """Without those that were tried again, or came to pass, later."""
    ours = STATUS.c.status.in_(_names(State.FAILED))
    rows = connection.execute(_selected().where(ours).order_by(STATUS.c.created_at.desc()))
    failed: dict[str, tuple[int, Job]] = {}
    for row in rows:
        job = _job(row)
        failed.setdefault(job.key, (row.created_at, job))
    if not failed:
        return []
    first = min(at for at, _ in failed.values())
    later = select(STATUS.c.workflow_uuid, STATUS.c.created_at).where(~ours, STATUS.c.created_at >= first)
    newest: dict[str, int] = {}
    for name, at in connection.execute(later):
        key = name.rpartition(":")[0]
        newest[key] = max(newest.get(key, 0), at)
    return [job for key, (at, job) in failed.items() if newest.get(key, 0) < at]


May = Callable[[str], bool]
"""Whether a job may be told of, by its id."""


def _rule(visible: Collection[int] | None, hosted: Collection[int]) -> May | None:
    """None: all. A job that is about no repository is for those who see all."""
    if visible is None:
        return None
    stored, on_github = frozenset(map(str, visible)), frozenset(map(str, hosted))

    def may(job_id: str) -> bool:
        about, _, rest = job_id.partition(":")
        return rest.partition(":")[0] in (stored if about == STORED else on_github)

    return may


def _told(rows: Iterable[Any], may: May | None) -> Iterator[Any]:
    return (row for row in rows if may is None or may(row.workflow_uuid))


def _counts(connection: Connection, may: May | None) -> dict[State, int]:
    found: Counter[State] = Counter()
    if may is not None:
        rows = connection.execute(select(STATUS.c.status, STATUS.c.workflow_uuid))
        return Counter(_STATES[row.status] for row in _told(rows, may) if row.status in _STATES)
    for name, count in connection.execute(select(STATUS.c.status, func.count()).group_by(STATUS.c.status)):
        if name in _STATES:
            found[_STATES[name]] += count
    return found


_BEGUN = select(STATUS.c.executor_id, STATUS.c.workflow_uuid).where(STATUS.c.status == "PENDING")


def _jobs(connection: Connection, state: State, limit: int, alive: frozenset[str], may: May | None) -> tuple[Job, ...]:
    """What was begun by a process that died, or that was ended, waits: who runs jobs next goes on with it."""
    order = (
        (STATUS.c.priority, STATUS.c.created_at, STATUS.c.workflow_uuid)
        if state is State.WAITING
        else (STATUS.c.updated_at.desc(), STATUS.c.workflow_uuid)
    )
    these: ColumnElement[bool] = STATUS.c.status.in_(_names(state))
    if state is State.RUNNING:
        these &= STATUS.c.executor_id.in_(alive)
    elif state is State.WAITING:
        these |= (STATUS.c.status == "PENDING") & STATUS.c.executor_id.not_in(alive)
    wanted = _selected().where(these).order_by(*order)
    rows = _told(connection.execute(wanted.limit(limit) if may is None else wanted), may)
    return tuple(_job(row, state) for row in islice(rows, limit))


def _selected() -> Select[Any]:
    return (
        select(STATUS, INPUTS.c.inputs, OUTPUT.c.error)
        .outerjoin_from(STATUS, INPUTS, INPUTS.c.workflow_uuid == STATUS.c.workflow_uuid)
        .outerjoin(OUTPUT, OUTPUT.c.workflow_uuid == STATUS.c.workflow_uuid)
    )


def _names(state: State) -> Iterable[str]:
    return [name for name, means in _STATES.items() if means is state]


def _job(row: Any, known: State | None = None) -> Job:
    state = known or _STATES.get(row.status, State.FAILED)
    moments = {
        State.WAITING: row.created_at,
        State.RUNNING: row.started_at_epoch_ms,
        State.FAILED: row.completed_at,
        State.DONE: row.completed_at,
    }
    inputs = _object(row.inputs).get("namedArgs")
    why = (_WHY.get(row.status) or _sentence(_object(row.error))) if state is State.FAILED else None
    since = (moments[state] or row.updated_at) // 1000
    told = inputs if isinstance(inputs, dict) else {}
    return Job(row.workflow_uuid, row.name, state, since, told, row.recovery_attempts or 0, why)


def _sentence(error: dict[str, Any]) -> str:
    """What was no failure of ours to tell may hold anything: only its kind is told."""
    if error.get("name") == JobFailed.__name__:
        return str(error.get("message"))
    return f"an error of mldebt's own ({error.get('name', 'of no name')}): the log of its process has more"


def _object(text: str | None) -> dict[str, Any]:
    """A JSON object; empty for what mldebt did not write."""
    with suppress(ValueError):
        found = json.loads(text or "")
        if isinstance(found, dict):
            return found
    return {}
