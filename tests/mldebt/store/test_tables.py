"""The tables as SQLModel has them, and as the migrations make them."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import PrimaryKeyConstraint, UniqueConstraint
from sqlmodel import SQLModel

from mldebt.store.engine import REVISION, VERSION_TABLE, Store
from mldebt.store.migrations import configuration


def test_the_migrations_make_the_tables(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"version_table": VERSION_TABLE, "compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, SQLModel.metadata) == []


def test_the_program_knows_the_newest_migration(store: Store) -> None:
    with store.engine.connect() as connection:
        assert ScriptDirectory.from_config(configuration(connection)).get_heads() == [REVISION]


def test_sqlite_keeps_the_rows_of_a_snapshot_together(store: Store) -> None:
    if store.engine.dialect.name == "sqlite":
        with store.reading() as connection:
            made = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'table'").all()
        clustered = {
            table.name for table in SQLModel.metadata.sorted_tables if table.kwargs.get("sqlite_with_rowid") is False
        }
        assert {name for name, sql in made if "WITHOUT ROWID" in sql} == clustered
        assert "snapshot_file" in clustered


def test_an_index_begins_with_every_foreign_key() -> None:
    """Else forgetting a repository would read the child table once per parent row."""
    for table in SQLModel.metadata.sorted_tables:
        indexed = [tuple(index.columns.keys()) for index in table.indexes]
        uniques = [c for c in table.constraints if isinstance(c, UniqueConstraint | PrimaryKeyConstraint)]
        indexed += [tuple(unique.columns.keys()) for unique in uniques]
        keys = [tuple(key.columns.keys()) for key in table.foreign_key_constraints]
        assert all(any(columns[: len(key)] == key for columns in indexed) for key in keys), table.name


def test_no_table_has_a_column_for_a_name_or_an_address() -> None:
    columns = {column.name for column in SQLModel.metadata.tables["person"].columns}
    assert columns == {"id", "repository_id", "digest", "is_bot"}
