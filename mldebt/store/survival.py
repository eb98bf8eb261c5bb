"""The replay that line ages rest on, kept on this machine so that the next scan looks at new commits alone.

One file for each repository. Disposable: where it is gone, damaged or of another history, everything is replayed, and
where it can't be written, the next scan pays for that. Nothing but commit ids, paths and numbers is in it.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import sys
from array import array
from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from pathlib import Path
from zlib import crc32

from collectors.facts.ages import LineAges
from collectors.facts.missing import Missing
from collectors.git.hunks import Hunk
from collectors.git.mainline import Mainline
from collectors.git.repository import Repository
from collectors.git.runs import Lines, Step
from collectors.git.survival import REPLAY_VERSION, Kept, Progress, line_ages

WAIT_SECONDS = 5.0
PART = 10_000
"""Commits whose replay is kept together."""
TABLES = (
    "CREATE TABLE line (oids BLOB NOT NULL, dates BLOB NOT NULL)",
    """CREATE TABLE file (path BLOB PRIMARY KEY, runs INTEGER NOT NULL, numbers BLOB NOT NULL, steps BLOB NOT NULL,
    flags INTEGER NOT NULL, sum INTEGER NOT NULL) WITHOUT ROWID""",
)
_BINARY, _UNKNOWN = 1, 2
_SHAPE = crc32(" ".join((*TABLES, REPLAY_VERSION, sys.byteorder, str(array("I").itemsize))).encode()) & 0x7FFF_FFFF
_Row = tuple[bytes, int, bytes, bytes, int, int]


class _DamagedError(Exception):
    """A row holds something that was not written by us."""


def digest_of(source: str) -> str:
    """A file name of its own for each repository."""
    return hashlib.sha256(source.encode("utf-8", "surrogateescape")).hexdigest()[:32]


def ages_of(folder: Path, source: str) -> Path:
    """Where the replay of a repository's history is kept."""
    return folder / f"{digest_of(source)}.db"


def stored_ages(
    repository: Repository,
    path: Path,
    as_of: int | None = None,
    line: Sequence[str] = (),
    progress: Progress = lambda _done, _total: None,
) -> LineAges | Missing:
    """Ages of the lines at HEAD, measured from its date or from `as_of`; `path` is this repository's own file.

    With `line`, the commits (hex) on the first-parent line, oldest first, a long history is kept a part at a time: an
    interruption loses one part.
    """
    kept = _read(path)
    known = len(kept.line) if kept else 0
    for end in range(PART, len(line), PART):
        if end > known:
            kept = _looked(repository, path, None, kept, line[end - 1], progress)[1]
    return _looked(repository, path, as_of, kept, None, progress)[0]


def _looked(
    repository: Repository, path: Path, as_of: int | None, kept: Kept | None, head: str | None, progress: Progress
) -> tuple[LineAges | Missing, Kept | None]:
    before = bytes(kept.line.oids) if kept else b""
    ages, kept = line_ages(repository, as_of, kept, head=head, progress=progress)
    if kept and (kept.is_new or kept.changed or kept.gone or bytes(kept.line.oids) != before):
        _write(path, kept, before)
    return ages, kept


def _read(path: Path) -> Kept | None:
    if not path.exists():
        return None
    try:
        with closing(_connect(path)) as connection:
            if _shape(connection) != _SHAPE:
                return None
            oids, dates = connection.execute("SELECT oids, dates FROM line").fetchone()
            line = Mainline(bytearray(oids), array("q", dates))
            if len(oids) not in (20 * len(line), 32 * len(line)):
                return None
            rows = connection.execute("SELECT path, runs, numbers, steps, flags, sum FROM file")
            return Kept(line, {row[0]: _lines(row) for row in rows})
    except (sqlite3.Error, OSError, TypeError, ValueError, _DamagedError):
        return None


def _write(path: Path, kept: Kept, before: bytes) -> None:
    with suppress(sqlite3.Error, OSError):
        try:
            _save(path, kept, before)
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorname", "") not in ("SQLITE_CORRUPT", "SQLITE_NOTADB"):
                raise
            _remove(path)
            _save(path, kept, before)


def _save(path: Path, kept: Kept, before: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(_connect(path)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        with connection:
            is_whole = kept.is_new or _shape(connection) != _SHAPE or _oids(connection) != before
            if is_whole:
                _start_anew(connection)
            changed: Iterable[bytes] = kept.files if is_whole else kept.changed
            connection.executemany("DELETE FROM file WHERE path = ?", [(gone,) for gone in kept.gone])
            rows = (_row(name, kept.files[name]) for name in changed)
            connection.executemany("INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?)", rows)
            connection.execute("DELETE FROM line")
            oids, dates = bytes(kept.line.oids), kept.line.dates.tobytes()
            connection.execute("INSERT INTO line (oids, dates) VALUES (?, ?)", (oids, dates))


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None)
    try:
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL"):
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def _shape(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _oids(connection: sqlite3.Connection) -> bytes:
    """Of the line that is stored now: another scan may have been here since it was read."""
    row = connection.execute("SELECT oids FROM line").fetchone()
    return bytes(row[0]) if row else b""


def _start_anew(connection: sqlite3.Connection) -> None:
    for table, statement in zip(("line", "file"), TABLES, strict=True):
        connection.execute(f"DROP TABLE IF EXISTS {table}")
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {_SHAPE}")


def _remove(path: Path) -> None:
    for end in ("-wal", "-shm", ""):
        Path(f"{path}{end}").unlink(missing_ok=True)


def _row(path: bytes, lines: Lines) -> _Row:
    numbers = array("I", [*lines.lengths, *lines.owners, *lines.work]).tobytes()
    steps = [(step.number, step.path.hex(), step.old_path.hex(), step.hunks) for step in lines.steps]
    written = json.dumps(steps, separators=(",", ":")).encode()
    flags = _BINARY * lines.is_binary + _UNKNOWN * lines.is_unknown
    runs = len(lines.lengths)
    return path, runs, numbers, written, flags, _sum(path, runs, numbers, written, flags)


def _lines(row: _Row) -> Lines:
    path, runs, packed, steps, flags, total = row
    if _sum(path, runs, packed, steps, flags) != total:
        raise _DamagedError
    numbers = array("I", packed).tolist()
    return Lines(
        numbers[:runs],
        numbers[runs : 2 * runs],
        numbers[2 * runs :],
        [_step(*step) for step in json.loads(steps)] if steps != b"[]" else [],
        bool(flags & _BINARY),
        bool(flags & _UNKNOWN),
    )


def _step(number: int, path: str, old_path: str, hunks: list[list[int]] | None) -> Step:
    found = None if hunks is None else [Hunk(*hunk) for hunk in hunks]
    return Step(number, bytes.fromhex(path), bytes.fromhex(old_path), found)


def _sum(path: bytes, runs: int, numbers: bytes, steps: bytes, flags: int) -> int:
    return crc32(b"%s %d %d " % (path, runs, flags) + numbers + steps)
