"""The seeded store that pages are timed with."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select
from sqlmodel import SQLModel

from benchmarks.seed import Size, seeded
from mldebt.store.engine import open_store
from mldebt.store.findings import finding_count
from mldebt.store.reading import portfolio, snapshots

SMALL = Size(repositories=2, weeks=70, large=300, findings=400)


def test_the_seeded_store_holds_what_pages_show(tmp_path: Path) -> None:
    store = open_store(seeded(tmp_path, SMALL))
    with store.reading() as connection:
        rows = portfolio(connection)
        assert len(rows) == 2
        for row in rows:
            assert len(snapshots(connection, row.repository.id)) == 70
            assert row.snapshot is not None
            assert row.answers
            assert finding_count(connection, row.snapshot.id) == (400 if row.repository.name.endswith("-0") else 0)
            assert all(answer.earlier_at is not None and len(answer.spark) == 53 for answer in row.answers)
    store.close()


def test_it_is_the_same_every_time(tmp_path: Path) -> None:
    read = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        store = open_store(seeded(tmp_path / name, SMALL))
        with store.reading() as connection:
            tables = SQLModel.metadata.sorted_tables
            read.append([connection.execute(select(t).order_by(*t.primary_key)).all() for t in tables])
        store.close()
    assert read[0] == read[1]
