"""Who runs jobs. On SQLite one process alone; on PostgreSQL as many as wanted, each under a name that it holds.

A process that dies lets go of its claim, whatever ended it: the system closes its file, the server its connection.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import socket
import time
from collections.abc import Iterable
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from mldebt.failure import Failure
from mldebt.jobs.database import Database
from mldebt.store.engine import explained

ALONE = "local"
A_LOOK = 0.05  # seconds
_SPACE = 7301
"""Of PostgreSQL's advisory locks: that of executors."""

_NOTICED = ("tcp_keepalives_idle = 2", "tcp_keepalives_interval = 1", "tcp_keepalives_count = 2")
"""So that the server notices within 5 seconds that a machine is gone; a process that dies it notices at once."""


class Taken(Failure):
    """Another process runs the jobs."""


class Claim(Protocol):
    """The right to run jobs."""

    executor: str  # unique among all that are alive

    @property
    def is_held(self) -> bool:
        """False once somebody else may believe that this process is dead."""
        ...

    def dead(self, executors: Iterable[str]) -> list[str]:
        """Those of `executors` whose process is gone. Nobody can take their names until `let_go`."""
        ...

    def let_go(self, executors: Iterable[str]) -> None: ...

    def close(self) -> None: ...


def claim(database: Database, what: str) -> Claim:
    """`what` is the command, as a second one is told. Raises Taken, or StoreError."""
    if database.file is not None:
        return _Alone(database.file, what)
    with explained(database.place):
        return _OneOfMany(database)


def alive(database: Database, executors: Iterable[str]) -> frozenset[str]:
    """Those of `executors` whose process holds its claim; a look, which takes none. Raises StoreError."""
    if database.file is not None:
        return frozenset(executors if _is_held(_lock_of(database.file)) else ())
    held = text(
        "SELECT 1 FROM pg_locks JOIN pg_database ON pg_database.oid = database WHERE datname = current_database() "
        "AND locktype = 'advisory' AND granted AND classid = :space "
        "AND objid = CAST(CAST(hashtext(:name) AS bigint) & 4294967295 AS oid)"
    )
    with database.reading() as connection:
        return frozenset(one for one in executors if connection.execute(held, _named(one)).first())


class _Alone:
    executor = ALONE
    is_held = True

    def __init__(self, database: Path, what: str) -> None:
        self._lock = _locked(_lock_of(database), database, what)

    def dead(self, executors: Iterable[str]) -> list[str]:
        """Nobody else may be alive."""
        return [executor for executor in executors if executor != self.executor]

    def let_go(self, executors: Iterable[str]) -> None:
        """There is nothing to hold."""

    def close(self) -> None:
        self._lock.close()


def _lock_of(database: Path) -> Path:
    return database.with_name(f"{database.name}.lock")


def _is_held(file: Path) -> bool:
    """Whoever lists jobs looks for a moment only."""
    if not file.exists():
        return False
    with file.open() as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _locked(file: Path, database: Path, what: str) -> TextIOWrapper:
    lock = file.open("a+")
    try:
        _lock(lock)
    except BlockingIOError:
        lock.seek(0)
        holder = lock.read(200).strip() or "another process"
        lock.close()
        raise Taken(
            f"the jobs of {database} are run by {holder}: stop it first, or put jobs on PostgreSQL with ENGINE_URL, "
            "where several processes run them"
        ) from None
    lock.truncate(0)
    lock.write(f"mldebt {what} (process {os.getpid()})\n")
    lock.flush()
    return lock


def _lock(file: TextIOWrapper) -> None:
    """Raises BlockingIOError where it is held for longer than a look takes."""
    for last in (False, False, True):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if last:
                raise
            time.sleep(A_LOOK)
        else:
            return


class _OneOfMany:
    def __init__(self, database: Database) -> None:
        self._connection = _direct(database)
        while True:
            self.executor = f"{socket.gethostname()[:60]}-{os.getpid()}-{secrets.token_hex(3)}"
            if self._try(self.executor):
                return

    @property
    def is_held(self) -> bool:
        """The lock lives as long as its connection."""
        try:
            self._connection.execute(text("SELECT 1"))
        except DBAPIError:
            return False
        return True

    def dead(self, executors: Iterable[str]) -> list[str]:
        return [executor for executor in executors if executor != self.executor and self._try(executor)]

    def let_go(self, executors: Iterable[str]) -> None:
        for executor in executors:
            self._connection.execute(text("SELECT pg_advisory_unlock(:space, hashtext(:name))"), _named(executor))

    def close(self) -> None:
        with suppress(DBAPIError):
            self._connection.invalidate()
        self._connection.close()

    def _try(self, executor: str) -> bool:
        wanted = text("SELECT pg_try_advisory_lock(:space, hashtext(:name))")
        return bool(self._connection.execute(wanted, _named(executor)).scalar())


def _named(executor: str) -> dict[str, object]:
    return {"space": _SPACE, "name": executor}


def _direct(database: Database) -> Connection:
    """A connection for life. A pooler that shares connections between transactions would lose the lock."""
    connection = database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    for setting in _NOTICED:
        connection.execute(text(f"SET {setting}"))
    return connection
