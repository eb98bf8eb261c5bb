"""Many rows at once: SQLModel owns the schema, the driver gets plain tuples.

A statement is compiled once per table and database, then handed rows by `exec_driver_sql`: about a twentieth of the
CPU of adding objects to a session (`benchmarks/store.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Dialect, Table
from sqlmodel import SQLModel

BATCH = 20_000  # rows; more gains nothing, and holds memory
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def insert_rows(connection: Connection, table: type[SQLModel], rows: Iterable[tuple[Any, ...]], *columns: str) -> int:
    """Insert `rows`, streamed; returns how many there were.

    A row has one value per column of `table`, in its order, or per `columns` where some are named. Values go to the
    driver as they are: plain str, int, float, bytes, bool and None, texts already `storable`.
    """
    statement = _insert(connection.dialect, SQLModel.metadata.tables[str(table.__tablename__)], columns)
    iterator, count = iter(rows), 0
    while batch := list(islice(iterator, BATCH)):
        connection.exec_driver_sql(statement, batch)
        count += len(batch)
    return count


@cache
def _insert(dialect: Dialect, table: Table, columns: Sequence[str]) -> str:
    make: Any = type(dialect)  # SQLAlchemy types the base class alone, which takes no paramstyle
    positional = make(paramstyle="qmark" if dialect.name == "sqlite" else "format")
    return str(table.insert().compile(dialect=positional, column_keys=list(columns) or None))


def storable(text: str) -> str:
    """`text` with what a database cannot hold made visible.

    NUL, which PostgreSQL refuses, as \\x00; bytes that were not UTF-8 (Python's surrogate escapes) as \\xNN; any other
    lone surrogate as \\uNNNN.
    """
    return _UNSTORABLE.sub(_visible, text)


def _visible(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code == 0 or 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code & 0xFF:02x}"
    return f"\\u{code:04x}"
