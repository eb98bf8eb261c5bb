"""A store of an older mldebt is brought up to date on opening, whole or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text

from mldebt.store import engine, migrations
from mldebt.store.contents import signals_of
from mldebt.store.engine import open_store, stored_revision
from mldebt.store.errors import StoreError
from mldebt.store.findings import findings_of
from mldebt.store.migrations.__main__ import main
from mldebt.store.reading import latest_snapshots
from tests.signals_by_hand import signal
from tests.snapshots_by_hand import snapshot, stored

NUMBER = f"{int(engine.REVISION) + 1:04}"
NEXT = f"""
from alembic import op
import sqlalchemy as sa

revision, down_revision, branch_labels, depends_on = "{NUMBER}", "{engine.REVISION}", None, None

def upgrade():
    op.create_table("retrospective", sa.Column("id", sa.Integer(), primary_key=True))
    with op.batch_alter_table("repository") as repository:  # SQLite makes the table anew, with rows that refer to it
        repository.alter_column("web", existing_type=sa.String(), new_column_name="address")
        repository.add_column(sa.Column("team", sa.String(), nullable=True))
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of all migrations, which the program then takes for its own."""
    copy = tmp_path / "50% of migrations"
    shutil.copytree(migrations.FOLDER, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(migrations, "FOLDER", copy)
    return copy


@pytest.fixture
def next_migration(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of a migration that comes after the newest one; opening a store then means to run it."""
    file = folder / "versions" / f"r{NUMBER}_reviews.py"
    file.write_text(NEXT)
    monkeypatch.setattr(engine, "REVISION", NUMBER)
    return file


@pytest.fixture
def older_url(empty_url: str) -> str:
    """Of a store with a repository, which the program of today made."""
    made = open_store(empty_url)
    with made.writing() as connection:
        stored(connection, "credit", snapshot())
    made.close()
    return empty_url


def test_an_older_store_is_brought_up_to_date_and_keeps_its_rows(older_url: str, next_migration: Path) -> None:
    opened = open_store(older_url)
    assert stored_revision(opened.engine) == NUMBER
    assert "retrospective" in inspect(opened.engine).get_table_names()
    assert "team" in [column["name"] for column in inspect(opened.engine).get_columns("repository")]
    with opened.reading() as connection:
        assert connection.execute(text("SELECT name FROM repository")).scalars().all() == ["credit"]
    opened.close()


def test_a_migration_that_fails_leaves_the_store_as_it_was(older_url: str, next_migration: Path) -> None:
    next_migration.write_text(NEXT + "    raise ZeroDivisionError\n")
    with pytest.raises(ZeroDivisionError):
        open_store(older_url)
    next_migration.write_text(NEXT)
    opened = open_store(older_url)
    assert stored_revision(opened.engine) == NUMBER
    opened.close()


def test_the_next_migration_is_written_from_what_differs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main("who reviews")
    [written] = folder.glob(f"versions/r{NUMBER}*")
    assert written.name == f"r{NUMBER}_who_reviews.py"
    assert f"down_revision = '{engine.REVISION}'" in written.read_text()
    assert "pass" in written.read_text(), "the tables differ from the newest migration"


def test_a_program_that_migrates_makes_others_wait(empty_url: str) -> None:
    """And they say so, where it takes too long."""
    other = create_engine(empty_url.replace("postgresql://", "postgresql+psycopg://"))
    with other.connect() as connection:
        if other.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({migrations.ADVISORY_LOCK})")
        with pytest.raises(StoreError, match="is locked: another program"):
            open_store(empty_url, wait_seconds=0.1)
    other.dispose()
    open_store(empty_url).close()


@pytest.fixture
def old_store(empty_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Makes a store as the program of a revision made it, with these rows."""

    def made(revision: int, *lines: str) -> None:
        with monkeypatch.context() as then:
            copy = tmp_path / "then"
            shutil.copytree(migrations.FOLDER, copy, ignore=shutil.ignore_patterns("__pycache__"))
            for file in (copy / "versions").glob("r[0-9]*.py"):
                if int(file.name[1:5]) > revision:
                    file.unlink()
            then.setattr(migrations, "FOLDER", copy)
            then.setattr(engine, "REVISION", f"{revision:04}")
            store = open_store(empty_url)
        with store.writing() as connection:
            for line in lines:
                connection.execute(text(f"INSERT INTO {line}"))
        store.close()

    return made


def test_trends_of_another_snapshot_than_the_latest_are_worked_out_again(
    empty_url: str, old_store: Callable[..., None]
) -> None:
    old_store(
        2,
        "repository (id, source, name, is_example) VALUES (101, '/src/credit', 'credit', false)",
        "repository (id, source, name, is_example) VALUES (102, '/src/calm', 'calm', false)",
        "snapshot VALUES (101, 101, 'c0ffee', 900, 'x', '{}', '1', false, '[]', 100, 100)",
        "snapshot VALUES (102, 101, 'c0ffee', 0, 'y', '{}', '1', false, '[]', 200, 200)",
        "snapshot VALUES (103, 102, 'c0ffee', 900, 'x', '{}', '1', true, '[]', 200, 200)",
        "snapshot VALUES (104, 102, 'c0ffee', 900, 'y', '{}', '1', false, '[]', 100, 100)",
        *(f"trend (repository_id, question, spark) VALUES ({number}, 'onboarding', '')" for number in (101, 102)),
    )
    opened = open_store(empty_url)
    with opened.reading() as connection:
        assert {row.repository_id: row.id for row in latest_snapshots(connection).values()} == {101: 102, 102: 104}
        assert connection.execute(text("SELECT repository_id FROM trend")).scalars().all() == [102]
    with opened.writing() as connection:
        _, ids = stored(connection, "fresh", snapshot(value=0.5))
        connection.execute(text("DELETE FROM trend"))
        assert stored(connection, "fresh", snapshot(value=0.5))[1] == ids
        assert connection.execute(text("SELECT question FROM trend")).scalars().all() == ["onboarding"]
    opened.close()


def test_a_store_from_before_findings_keeps_its_numbers_and_has_no_places(
    empty_url: str, old_store: Callable[..., None]
) -> None:
    old_store(
        1,
        "repository (id, source, name, is_example) VALUES (1, '/src/credit', 'credit', false)",
        "snapshot VALUES (1, 1, 'c0ffee', 0, 'x', '{}', '1', false, '[]', 0, 0)",
        "snapshot_signal VALUES (1, 'glue', 0.5, 8, 1, 1, '', '', '[]', 1)",
    )
    opened = open_store(empty_url)
    with opened.reading() as connection:
        [glue] = signals_of(connection, 1, [signal(0.5).definition])
        assert (glue.measurement.value, glue.measurement.tally) == (0.5, None)
        assert findings_of(connection, 1) == ()
    opened.close()


def test_several_threads_open_new_stores_at_once(tmp_path: Path) -> None:
    """Some of them the same."""
    urls = [f"sqlite:///{tmp_path}/{number % 3}.db" for number in range(6)]
    with ThreadPoolExecutor(6) as pool:
        stores = list(pool.map(open_store, urls))
    assert {stored_revision(one.engine) for one in stores} == {engine.REVISION}
    for one in stores:
        one.close()
