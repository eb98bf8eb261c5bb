"""The database that jobs are kept in: a file of its own, or PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, BigInteger, Column, Connection, Engine, MetaData, Table, Text, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry

from mldebt.settings import Settings
from mldebt.store.engine import address_of, explained

WAIT_MILLISECONDS = 30_000

# What is read of the engine's tables by SQL; it makes and migrates them itself.
_TABLES = MetaData()
STATUS = Table(
    "workflow_status",
    _TABLES,
    *(Column(name, Text) for name in ("workflow_uuid", "status", "name", "queue_name", "deduplication_id")),
    *(Column(name, BigInteger) for name in ("created_at", "updated_at", "started_at_epoch_ms", "completed_at")),
    *(Column(name, BigInteger) for name in ("recovery_attempts", "priority")),
    Column("executor_id", Text),
)
INPUTS = Table("workflow_input", _TABLES, Column("workflow_uuid", Text), Column("inputs", Text))
OUTPUT = Table("workflow_output", _TABLES, Column("workflow_uuid", Text), Column("error", Text))


@dataclass(frozen=True)
class Database:
    """Safe to share between threads."""

    engine: Engine
    place: str  # as shown: the file, or the URL without its password
    file: Path | None  # None on PostgreSQL

    @property
    def schema(self) -> str | None:
        """Where the engine's tables stand."""
        return None if self.file else "dbos"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Raises StoreError where the database fails."""
        with self.explained(), self.engine.connect() as connection:
            yield connection.execution_options(schema_translate_map={None: self.schema})

    def explained(self) -> AbstractContextManager[None]:
        """What the database says against it becomes a StoreError."""
        return explained(self.place)

    def close(self) -> None:
        self.engine.dispose()


def open_database(settings: Settings) -> Database:
    """Connects when it is first used. Raises StoreError."""
    address = address_of(settings.engine_url, "ENGINE_URL")
    if address.drivername == "sqlite":
        return Database(_sqlite(address.database or ""), address.database or "", Path(address.database or ""))
    connect = {"connect_timeout": 10, "application_name": "mldebt jobs"}
    engine = create_engine(address, connect_args=connect, pool_size=10, pool_pre_ping=True)
    return Database(engine, settings.shown_engine_url, None)


def _sqlite(path: str) -> Engine:
    """FULL: what was accepted is on the disk, also where the power fails."""
    engine = create_engine(URL.create("sqlite", database=path), connect_args={"check_same_thread": False}, pool_size=10)

    @event.listens_for(engine, "connect")
    def set_up(connection: object, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = "IMMEDIATE"  # type: ignore[attr-defined]
        pragmas = (f"busy_timeout={WAIT_MILLISECONDS}", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]

    return engine
