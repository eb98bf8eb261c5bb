"""What readers saw in blobs, kept on this machine so that a second scan reads only new blobs.

Disposable: whatever goes wrong with the file, the scan goes on without it and `Cache.trouble` says so. Plain sqlite3:
a scan that finds all it needs here should not pay for more.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple, TypeVar

from collectors.facts.codec import NotASummaryError, fingerprint, from_json, to_json
from collectors.facts.files import Summary
from collectors.facts.lineage import Traced
from collectors.facts.settings import SettingsSummary

LIMIT_BYTES = 512 << 20
"""Some two million blobs. Beyond it, the older half goes."""

WAIT_SECONDS = 30.0
"""Where several programs write, one may be passed over for a while; to read every file again takes longer."""
_ASKED_AT_ONCE = 500
_SHAPE = fingerprint(Summary, SettingsSummary, Traced)
"""A cache written for other fields is emptied: it would fill the missing ones with defaults, silently."""

_S = TypeVar("_S", Summary, SettingsSummary, Traced)


class Key(NamedTuple):
    oid: str  # of the blob, hex
    reader: str  # name, version, and whatever else decides what it sees: the language class of the path


class Cache:
    """Summaries by blob and reader, in a file that several programs may use at once. For one thread at a time."""

    def __init__(self, path: Path, limit_bytes: int = LIMIT_BYTES) -> None:
        self.path = path
        self.limit_bytes = limit_bytes
        self.trouble: str | None = None  # a sentence, once something went wrong
        self._connection: sqlite3.Connection | None = None
        for _ in range(2):  # a damaged file is removed by the first try
            if self._connection is None:
                with self._forgiving():
                    self._connection = _connect(path)

    def summaries(self, keys: Iterable[Key], kind: type[_S]) -> dict[Key, _S]:
        """Summaries of one kind, those of `keys` that are there."""
        by_reader: defaultdict[str, list[bytes]] = defaultdict(list)
        for key in keys:
            by_reader[key.reader].append(bytes.fromhex(key.oid))
        found: dict[Key, _S] = {}
        with self._forgiving():
            for reader, oids in by_reader.items():
                for start in range(0, len(oids), _ASKED_AT_ONCE):
                    for oid, body in self._rows(reader, oids[start : start + _ASKED_AT_ONCE]):
                        found[Key(oid.hex(), reader)] = from_json(kind, body)
        return found

    def keep(self, found: Mapping[Key, Summary] | Mapping[Key, SettingsSummary] | Mapping[Key, Traced]) -> None:
        """Remember `found`; the older half of the file is forgotten where it grows beyond its limit."""
        rows = [(bytes.fromhex(key.oid), key.reader, to_json(summary).encode()) for key, summary in found.items()]
        with self._forgiving():
            if self._connection is not None and rows:
                with _transaction(self._connection) as connection:
                    connection.executemany("INSERT OR REPLACE INTO summary (oid, reader, body) VALUES (?, ?, ?)", rows)
                    if _used_bytes(connection) > self.limit_bytes:
                        middle = "SELECT (min(rowid) + max(rowid)) / 2 FROM summary"
                        connection.execute(f"DELETE FROM summary WHERE rowid <= ({middle})")  # noqa: S608 - constant

    def empty(self) -> None:
        """Forget all of it, also on the disk: what blobs of one repository told cannot be told from that of others."""
        with self._forgiving():
            if self._connection is not None:
                self._connection.execute("PRAGMA secure_delete = ON")
                with _transaction(self._connection) as connection:
                    connection.execute("DELETE FROM summary")
                self._connection.execute("VACUUM")
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _rows(self, reader: str, oids: list[bytes]) -> Iterator[tuple[bytes, bytes]]:
        if self._connection is None:
            return iter(())
        marks = ",".join("?" * len(oids))
        statement = f"SELECT oid, body FROM summary WHERE reader = ? AND oid IN ({marks})"  # noqa: S608 - marks only
        return self._connection.execute(statement, (reader, *oids))

    @contextmanager
    def _forgiving(self) -> Iterator[None]:
        """From the first failure on, nothing is known and nothing kept."""
        try:
            yield
        except (sqlite3.Error, OSError, NotASummaryError) as error:
            with suppress(sqlite3.Error):
                self.close()
            self.trouble = f"the cache {self.path} {_trouble(error)}"
            if _is_damage(error):
                with suppress(OSError):
                    _remove(self.path)


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "cache_size=-16000", "journal_size_limit=16000000"):
            connection.execute(f"PRAGMA {pragma}")
        if _shape(connection) != _SHAPE:
            with _transaction(connection):
                if _shape(connection) != _SHAPE:
                    _start_anew(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _shape(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _start_anew(connection: sqlite3.Connection) -> None:
    from sqlalchemy.dialects import sqlite
    from sqlalchemy.schema import CreateTable

    from mldebt.store.tables import Summary as Table

    connection.execute("DROP TABLE IF EXISTS summary")
    table = Table.metadata.tables["summary"]
    connection.execute(str(CreateTable(table).compile(dialect=sqlite.dialect())))
    connection.execute(f"PRAGMA user_version = {_SHAPE}")


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    connection.execute("BEGIN IMMEDIATE")
    with connection:
        yield connection


def _used_bytes(connection: sqlite3.Connection) -> int:
    pages, free, size = (
        int(connection.execute(f"PRAGMA {name}").fetchone()[0])
        for name in ("page_count", "freelist_count", "page_size")
    )
    return (pages - free) * size


def _remove(path: Path) -> None:
    for end in ("-wal", "-shm", ""):
        Path(f"{path}{end}").unlink(missing_ok=True)


def _is_damage(error: Exception) -> bool:
    code = getattr(error, "sqlite_errorname", "")
    return isinstance(error, NotASummaryError) or code.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB"))


def _trouble(error: Exception) -> str:
    if _is_damage(error):
        return "was damaged: it is made anew, and files are read again"
    if getattr(error, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return "is locked by another program: this scan reads and keeps nothing there"
    return f"cannot be used ({error}): each scan reads every file again"
