"""What the store costs: rows written, and what pages read. `python -m benchmarks.store [FOLDER]`.

FOLDER keeps the seeded store between runs.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import Connection
from sqlmodel import Session

from benchmarks.harness import ROUNDS, Figure, cpu_seconds, report, side_by_side
from benchmarks.seed import seeded
from collectors.facts.branches import Fate
from collectors.facts.files import Place
from collectors.registry import discover
from mldebt.store.bulk import insert_rows
from mldebt.store.contents import boxes, branch_counts, branches_of, files_in, signals_of
from mldebt.store.engine import Store, open_store
from mldebt.store.reading import latest_snapshot, latest_snapshots, portfolio, repositories, snapshot_at, snapshots
from mldebt.store.series import signal_series
from mldebt.store.snapshots import ensure_repository
from mldebt.store.tables import Snapshot, SnapshotBranch

ROWS = 200_000
FEWER = 20_000
"""For the way that adds objects to a session: it is that slow."""


def writing() -> Iterator[Figure]:
    """Rows of the widest table, twelve columns, against the driver alone and against objects in a session."""
    rows = [_branch(number) for number in range(ROWS)]
    with tempfile.TemporaryDirectory() as name, closing(_emptied(Path(name))) as store:
        ways: dict[str, Callable[[], object]] = {
            "ours": partial(_ours, store, rows),
            "sqlite3": partial(_driver, Path(name) / "store.db", rows),
            "objects": partial(_objects, store, rows[:FEWER]),
        }
        seconds: dict[str, list[float]] = {what: [] for what in ways}
        for _ in range(ROUNDS):
            for what, way in ways.items():
                _empty(store)
                seconds[what].append(cpu_seconds(way))
    ours, driver, objects = (median(seconds[what]) for what in ways)
    objects *= ROWS / FEWER
    note = f"{ROWS:,} rows: {ours:.2f} s, sqlite3 {driver:.2f} s, objects {objects:.1f} s (from {FEWER:,})"
    yield Figure("bulk insert / sqlite3 executemany", ours / driver, "x", "≤ 1.7", note)
    yield Figure("objects added to a session / bulk insert", objects / ours, "x", "≥ 5", note)


def reading(url: str) -> Iterator[Figure]:
    """Every question that pages ask, on the seeded store. The first repository has 20,000 files and branches."""
    with closing(open_store(url)) as store, store.reading() as connection:
        row = latest_snapshot(connection, 1)
        assert row is not None
        for what, goal, ask in _questions(connection, row.id, row.commit):
            seconds = side_by_side({what: ask})[what]
            yield Figure(what, seconds * 1000, "ms", f"≤ {goal}")


def opening(url: str) -> Iterator[Figure]:
    seconds = side_by_side({"open": lambda: open_store(url).close()})["open"]
    yield Figure("open a store that is up to date, in-process", seconds * 1000, "ms", "≤ 20")


def _questions(connection: Connection, large: int, commit: str) -> Iterator[tuple[str, int, Callable[[], object]]]:
    names = [collector.definition.name for collector in discover()]
    yield "repositories", 20, lambda: repositories(connection)
    yield "latest snapshot of each repository", 20, lambda: latest_snapshots(connection)
    yield "portfolio: 200 repositories, answers, change, line", 60, lambda: portfolio(connection)
    yield "latest snapshot of one", 5, lambda: latest_snapshot(connection, 7)
    yield "snapshot by commit", 5, lambda: snapshot_at(connection, 1, commit)
    yield "list of 260 snapshots", 20, lambda: snapshots(connection, 7)
    yield "signals with evidence", 20, lambda: signals_of(connection, large)
    yield "one signal over 260 weeks", 10, lambda: signal_series(connection, 7, names[:1])
    yield "five signals over 260 weeks", 30, lambda: signal_series(connection, 7, names[:5])
    yield "boxes", 5, lambda: boxes(connection, large)
    yield "50 of 20,000 files", 5, lambda: files_in(connection, large, Place.ML_CODE, after=(100, 0))
    yield (
        "50 of 20,000 branches",
        5,
        lambda: branches_of(connection, large, fate=Fate.ABANDONED, after=(0, 0), limit=50),
    )
    yield "counts of 20,000 branches", 20, lambda: branch_counts(connection, large)
    yield "all of 20,000 branches", 300, lambda: branches_of(connection, large)


def _emptied(folder: Path) -> Store:
    store = open_store(f"sqlite:///{folder / 'store.db'}")
    with store.writing() as connection:
        ensure_repository(connection, "x", "x")
        insert_rows(connection, Snapshot, [(1, 1, "", 0, "", "", "", False, "[]", 0, 0)])
    return store


def _branch(number: int) -> tuple[Any, ...]:
    return 1, number, f"exp/idea-{number}", "branch", f"{number:040x}", "active", "no", False, 1, number, None, 3, 4


def _empty(store: Store) -> None:
    with store.writing() as connection:
        connection.exec_driver_sql("DELETE FROM snapshot_branch")


def _ours(store: Store, rows: list[tuple[Any, ...]]) -> None:
    with store.writing() as connection:
        insert_rows(connection, SnapshotBranch, rows)


def _driver(path: Path, rows: list[tuple[Any, ...]]) -> None:
    insert = f"INSERT INTO snapshot_branch VALUES ({','.join('?' * len(rows[0]))})"  # noqa: S608 - marks only
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in ("synchronous=NORMAL", "foreign_keys=ON", "cache_size=-64000"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(insert, rows)
        connection.execute("COMMIT")


def _objects(store: Store, rows: list[tuple[Any, ...]]) -> None:
    names = list(SnapshotBranch.model_fields)
    with store.writing() as connection, Session(connection) as session:
        session.add_all([SnapshotBranch(**dict(zip(names, row, strict=True))) for row in rows])
        session.flush()


def figures(folder: Path) -> Iterator[Figure]:
    yield from writing()
    url = seeded(folder)
    yield from opening(url)
    yield from reading(url)


def main(arguments: list[str]) -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(arguments[0]) if arguments else Path(name)
        return 0 if report(figures(folder)) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
