"""The store's database: opened, brought up to date, read and written in transactions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import ConnectionPoolEntry

from mldebt.store.errors import StoreError, sentence_of

__all__ = [
    "REVISION",
    "VERSION_TABLE",
    "Store",
    "StoreError",
    "address_of",
    "explained",
    "open_store",
    "stored_revision",
]

REVISION = "0017"
"""The newest migration. Compared before anything else: opening a store that is up to date imports no Alembic."""

VERSION_TABLE = "mldebt_revision"
WAIT_SECONDS = 30.0
_WRITES = "mldebt_writes"


@dataclass(frozen=True)
class Store:
    """An open database. Safe to share between threads; each transaction takes its own connection."""

    engine: Engine
    place: str  # as shown: the file, or the URL without its password

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One transaction that only reads. Raises StoreError where the database fails."""
        with self._explained(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: all of it is kept, or nothing, whatever ends it.

        On SQLite the write lock is taken at the start, so that what was read inside still holds when it commits.
        """
        with (
            self._explained(),
            self.engine.connect() as connection,
            connection.execution_options(**{_WRITES: True}).begin(),
        ):
            yield connection

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Also what a database says that was brought up to date since it was opened."""
        try:
            with explained(self.place):
                yield
        except DBAPIError as error:
            with explained(self.place):
                if stored_revision(self.engine) == REVISION:
                    raise
            raise StoreError(f"{self.place} was changed by another mldebt meanwhile: begin this one anew") from error


def open_store(url: str, *, wait_seconds: float = WAIT_SECONDS, is_durable: bool = False) -> Store:
    """The store at `url`, its tables brought up to date.

    `url` is `sqlite:///` and a path, taken as it stands, or `postgresql://…`. `wait_seconds` is how long a
    transaction waits for another program's lock. A durable store waits for the disk with each transaction: what was
    written stays also where the power fails. Raises StoreError with a sentence for a person.
    """
    address = address_of(url)
    if address.drivername == "sqlite":
        place, engine = address.database or "", _sqlite(address, wait_seconds, "FULL" if is_durable else "NORMAL")
    else:
        place, engine = (
            address.set(drivername="postgresql").render_as_string(),
            _postgresql(address, wait_seconds, is_durable=is_durable),
        )
    try:
        with explained(place):
            if stored_revision(engine) != REVISION:
                from mldebt.store.migrations import upgrade

                upgrade(engine, place)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine, place)


def stored_revision(engine: Engine) -> str | None:
    """The migration that the database stands at; None where it has none of ours."""
    with engine.connect() as connection:
        if not engine.dialect.has_table(connection, VERSION_TABLE):
            return None
        return connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608 - our own name


def address_of(url: str, setting: str = "DATABASE_URL") -> URL:
    """A checked address. Raises StoreError, which names the `setting` and repeats no password."""
    scheme, separator, rest = url.partition("://")
    if scheme == "sqlite" and separator:
        path = rest.removeprefix("/")
        if not path or path == ":memory:":
            raise StoreError(f"{setting} names no file: write sqlite:/// and then the path of the file")
        if not Path(path).absolute().parent.is_dir():
            raise StoreError(f"the folder {Path(path).absolute().parent} does not exist: make it, then run again")
        return URL.create("sqlite", database=path)
    if scheme in {"postgresql", "postgres", "postgresql+psycopg"} and separator:
        try:
            return make_url(f"postgresql+psycopg://{rest}")
        except (ArgumentError, NoSuchModuleError, ValueError):
            pass  # the cause may quote a password: left out
    raise StoreError(f"{setting} is not one mldebt can use: write sqlite:///path or postgresql://user@host/name")


def _sqlite(address: URL, wait_seconds: float, synchronous: str) -> Engine:
    # The driver begins no transaction of its own: it would begin too late, and never IMMEDIATE.
    connect = {"isolation_level": None, "timeout": wait_seconds, "check_same_thread": False}
    engine = create_engine(address, connect_args=connect, pool_use_lifo=True)

    @event.listens_for(engine, "connect")
    def set_up(connection: object, _entry: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined]
        for pragma in ("journal_mode=WAL", f"synchronous={synchronous}", "foreign_keys=ON", "cache_size=-64000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgresql(address: URL, wait_seconds: float, *, is_durable: bool) -> Engine:
    connect = {"connect_timeout": 10, "application_name": "mldebt"}
    engine = create_engine(address, connect_args=connect, pool_use_lifo=True, pool_pre_ping=True)

    @event.listens_for(engine, "connect")
    def set_up(connection: object, _entry: ConnectionPoolEntry) -> None:
        connection.execute(f"SET lock_timeout = {int(wait_seconds * 1000)}")  # type: ignore[attr-defined]
        if is_durable:  # a server may be told otherwise
            connection.execute("SET synchronous_commit = on")  # type: ignore[attr-defined]
        connection.commit()  # type: ignore[attr-defined]

    return engine


@contextmanager
def explained(place: str) -> Iterator[None]:
    """What the database says against it becomes a sentence. Raises StoreError."""
    try:
        yield
    except DBAPIError as error:
        sentence = sentence_of(error.orig, place)
        if sentence is None:
            raise
        raise StoreError(sentence) from error
    except PoolTimeout:
        raise StoreError(f"{place} takes too long: every connection to it is in use; try again later") from None
