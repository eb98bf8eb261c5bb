"""Migrations: how a store made by an older mldebt becomes one of this mldebt.

A new one: change `tables.py`, run `python -m mldebt.store.migrations "what changes"`, read what it wrote, and raise
`REVISION` in `engine.py`. Revisions are numbered: 0001, 0002, …
"""

from __future__ import annotations

import threading
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection, Engine, inspect, text

from mldebt.store.engine import VERSION_TABLE
from mldebt.store.errors import StoreError

FOLDER = Path(__file__).parent
ADVISORY_LOCK = 7_302
"""Held on PostgreSQL while migrating: of two programs that start at once, one waits. The number is arbitrary."""

_TURN = threading.Lock()
"""Alembic keeps what it is at in its module, where two threads would meet."""


def configuration(connection: Connection) -> Config:
    """Alembic's settings for the database behind `connection`; `env.py` reads them."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("file_template", "r%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config


def upgrade(engine: Engine, place: str) -> None:
    """Run what lacks, in one transaction under a lock: a killed program leaves the store as it was."""
    with _TURN, engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            # Rebuilding a table drops it for a moment. The pragma does nothing inside a transaction.
            connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.execution_options(mldebt_writes=True).begin():
                _upgrade(connection, place)
        finally:
            connection.invalidate()  # the pragma must not outlive this


def _upgrade(connection: Connection, place: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": ADVISORY_LOCK})
    config = configuration(connection)
    found = _revision(connection)
    if found is None:
        _refuse_strangers(connection, place)
    else:
        try:
            ScriptDirectory.from_config(config).get_revision(found)
        except CommandError:
            raise StoreError(f"{place} was written by a newer mldebt: update mldebt, then run again") from None
    command.upgrade(config, "head")


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    return connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608 - our own name


def _refuse_strangers(connection: Connection, place: str) -> None:
    """Another program's tables are not ours to add to; on PostgreSQL a schema may be shared where no name meets."""
    from sqlmodel import SQLModel

    import mldebt.store.tables  # noqa: F401 - fills the metadata

    found = set(inspect(connection).get_table_names())
    if connection.dialect.name == "postgresql":
        found &= set(SQLModel.metadata.tables)
    if found:
        raise StoreError(f"{place} holds tables of another program: give mldebt a database of its own")
