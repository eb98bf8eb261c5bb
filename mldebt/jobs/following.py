"""Jobs that somebody waits for: run here where nobody else runs them, watched where somebody does."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress

from mldebt.failure import Failure
from mldebt.jobs.claim import Taken, claim
from mldebt.jobs.database import Database
from mldebt.jobs.engine import Engine
from mldebt.jobs.listing import Job, State, has_tables, states
from mldebt.jobs.scans import start_engine
from mldebt.settings import Settings

LOOK_SECONDS = 0.5
UNTIL_READY = 30.0
_ENDED = {State.FAILED, State.DONE}

Report = Callable[[str, int, int | None], None]


def until_done(
    settings: Settings,
    database: Database,
    ask: Callable[[], Sequence[str]],
    report: Report,
    *,
    sleep: Callable[[float], None] = time.sleep,
) -> tuple[Job, ...]:
    """Ask for jobs, and return when all of them ended, in their order.

    Whatever ends this, they stay asked for: who runs jobs next goes on with them. Raises Failure or StoreError.
    """
    engine = _engine(settings, database)
    try:
        if engine is None:
            _wait_for_tables(database, sleep)
        ids = list(dict.fromkeys(ask()))
        while True:
            found = states(database, ids)
            ended = sum(job.state in _ENDED for job in found.values())
            report("scanning in this process" if engine else "scanning in another process", ended, len(ids))
            if ended == len(ids):
                return tuple(found[one] for one in ids)
            sleep(LOOK_SECONDS)
            engine = engine or _engine(settings, database)  # whoever ran them may have ended
    finally:
        if engine is not None:
            engine.close()


def _engine(settings: Settings, database: Database) -> Engine | None:
    with suppress(Taken):
        return start_engine(settings, database, claim(database, "jobs"))
    return None


def _wait_for_tables(database: Database, sleep: Callable[[float], None]) -> None:
    """Whoever runs the engine makes them as it starts."""
    end = time.monotonic() + UNTIL_READY
    while time.monotonic() < end:
        with database.reading() as connection:
            if has_tables(database, connection):
                return
        sleep(LOOK_SECONDS)
    raise Failure(f"the engine at {database.place} does not get ready: end the process that runs it, then try again")
