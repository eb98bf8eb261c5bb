"""A store of an older mldebt is brought up to date on opening, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.config import Config
from sqlalchemy import Connection, inspect, text

from mldebt.store import engine, migrations
from mldebt.store.engine import open_store, stored_revision
from tests.snapshots_by_hand import snapshot, stored

NEXT = """
from alembic import op
import sqlalchemy as sa

revision, down_revision, branch_labels, depends_on = "0002", "0001", None, None

def upgrade():
    op.create_table("review", sa.Column("id", sa.Integer(), primary_key=True))
    with op.batch_alter_table("repository") as repository:  # SQLite makes the table anew, with rows that refer to it
        repository.alter_column("web", existing_type=sa.String(), new_column_name="address")
        repository.add_column(sa.Column("team", sa.String(), nullable=True))
"""


@pytest.fixture
def next_migration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of a migration that comes after the newest one; opening a store then means to run it."""
    folder = tmp_path / "versions"
    folder.mkdir()
    (folder / "r0002_reviews.py").write_text(NEXT)
    configuration = migrations.configuration

    def with_next(connection: Connection) -> Config:
        config = configuration(connection)
        shipped = Path(migrations.__file__).parent / "versions"
        config.set_main_option("path_separator", "newline")
        config.set_main_option("version_locations", f"{shipped}\n{folder}")
        return config

    monkeypatch.setattr(migrations, "configuration", with_next)
    monkeypatch.setattr(engine, "REVISION", "0002")
    return folder / "r0002_reviews.py"


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
    assert stored_revision(opened.engine) == "0002"
    assert "review" in inspect(opened.engine).get_table_names()
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
    assert stored_revision(opened.engine) == "0002"
    opened.close()
