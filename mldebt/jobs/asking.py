"""Asking for jobs, from the process that runs them or from any other."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from dbos import DBOSClient, EnqueueOptions, error
from sqlalchemy import Connection, select, update

from mldebt.jobs.database import STATUS, Database
from mldebt.jobs.engine import APPLICATION, LANES, QUEUE, SERIALIZER, VERSION

AT_ONCE = 500
"""Written in one transaction: the disk is waited for once."""

LONGEST_APART = 60.0
"""Seconds: what is asked for again and again is done less and less often, and never later than that after the last."""
_REMEMBERED = 300.0
"""Seconds for which those that ended count."""

URGENT, ROUTINE = 1, 10
"""Priorities: what a person waits for goes first."""


class Asked(NamedTuple):
    """A job that is wanted. Of one key, one job at most waits or runs: who asks for another is given that one."""

    key: str
    when: str  # what tells it apart from other jobs of its key, so that asking twice is asking once
    workflow: str  # its name
    inputs: Mapping[str, str | int | float | bool]  # no secret: they are kept, and listed
    priority: int = ROUTINE
    delay: float = 0  # seconds before it may begin
    apart: float = 0  # seconds from the end of the last one of its key; twice as long with each other of late
    lane: str = ""  # of many jobs at once: those of one lane do not hold up those of another

    @property
    def id(self) -> str:
        return f"{self.key}:{self.when}"


def enqueue(database: Database, wanted: Sequence[Asked]) -> tuple[str, ...]:
    """Write them down, and return the ids under which they run, in their order. Raises StoreError.

    What was asked for when this returns is not lost, whatever happens to any process.
    """
    found: list[str] = []
    with _client(database) as client:
        for start in range(0, len(wanted), AT_ONCE):
            some = wanted[start : start + AT_ONCE]
            try:
                found += _together(database, client, some)
            except error.DBOSQueueDeduplicatedError:  # somebody asked for one of them in this moment
                found += (client.enqueue(_options(one, attach=True), **one.inputs).workflow_id for one in some)
    return tuple(found)


def forget(database: Database, ids: Sequence[str]) -> None:
    """Delete jobs, with all that is kept of them. Raises StoreError."""
    with _client(database) as client:
        client.delete_workflows(list(ids))


def let_go(database: Database, job: str) -> None:
    """A job that runs gives up its key: who asks from now on is not given that one. Raises StoreError.

    What it looks at after this, nobody who asked before it can have meant to be looked at later.
    """
    freed = update(STATUS).where(STATUS.c.workflow_uuid == job).values(deduplication_id=None)
    with database.explained(), database.engine.begin() as connection:
        connection.execute(freed, execution_options={"schema_translate_map": {None: database.schema}})


def ask_anew(database: Database, job: str, wanted: Asked, seconds: float) -> None:
    """A job that runs asks for its next turn, some seconds later, and gives up its key. Raises StoreError."""
    let_go(database, job)
    enqueue(database, [wanted._replace(when=f"again-{secrets.token_hex(6)}", delay=seconds)])


def _together(database: Database, client: DBOSClient, some: Sequence[Asked]) -> list[str]:
    with database.engine.begin() as connection:
        there = _there(database, connection, [one.key for one in some])
        spaced = _spaced(database, connection, [one for one in some if one.key not in there])
        for one in spaced:
            if one.key not in there:
                client.enqueue_in_transaction(connection, _options(one), **one.inputs)
                there[one.key] = one.id
    return [there[one.key] for one in some]


def _there(database: Database, connection: Connection, keys: Sequence[str]) -> dict[str, str]:
    """Jobs that wait or run, by key."""
    held = select(STATUS.c.deduplication_id, STATUS.c.workflow_uuid)
    rows = connection.execute(
        held.where(STATUS.c.queue_name.in_((QUEUE, LANES)), STATUS.c.deduplication_id.in_(keys)),
        execution_options={"schema_translate_map": {None: database.schema}},
    )
    return {row.deduplication_id: row.workflow_uuid for row in rows}


def _spaced(database: Database, connection: Connection, some: Sequence[Asked]) -> list[Asked]:
    """Each with the delay that keeps it apart from the last one of its key."""
    names = {one.workflow for one in some if one.apart}
    if not names:
        return list(some)
    now = time.time()
    longest = max(_REMEMBERED, *(one.apart for one in some))
    recent = select(STATUS.c.workflow_uuid, STATUS.c.updated_at).where(
        STATUS.c.name.in_(names), STATUS.c.updated_at > (now - longest) * 1_000
    )
    ended: dict[str, list[float]] = {}
    for name, at in connection.execute(recent, execution_options={"schema_translate_map": {None: database.schema}}):
        ended.setdefault(name.rpartition(":")[0], []).append(at / 1_000)
    rests = [rest(one.apart, [now - at for at in ended.get(one.key, ())]) for one in some]
    return [one._replace(delay=max(one.delay, seconds)) for one, seconds in zip(some, rests, strict=True)]


def rest(apart: float, ago: Sequence[float]) -> float:
    """Seconds to wait, where others of the key ended so many seconds ago: a burst costs few, however long it is."""
    if not ago or not apart:
        return 0
    pause = max(apart, min(LONGEST_APART, apart * 2.0 ** min(len(ago) - 1, 30)))
    return max(0.0, pause - max(0.0, min(ago)))


def _options(one: Asked, *, attach: bool = False) -> EnqueueOptions:
    options = EnqueueOptions(
        workflow_name=one.workflow,
        queue_name=LANES if one.lane else QUEUE,
        workflow_id=one.id,
        app_version=VERSION,
        deduplication_id=one.key,
        priority=one.priority,
    )
    if one.delay > 0:
        options["delay_seconds"] = one.delay
    if one.lane:
        options["queue_partition_key"] = one.lane
    if attach:
        options["duplication_policy"] = "return-existing"
    return options


@contextmanager
def _client(database: Database) -> Iterator[DBOSClient]:
    with database.explained():
        client: Any = DBOSClient(
            system_database_engine=database.engine,
            serializer=SERIALIZER,
            application_name=APPLICATION,
            retry_connection_errors=False,
        )
        try:
            yield client
        finally:
            client.destroy()
