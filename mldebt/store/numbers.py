"""Numbers that stand for long values, looked up and handed out in bulk: a repository's paths and persons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, func, select
from sqlmodel import SQLModel

from mldebt.store.bulk import insert_rows

LOOKUP = 500
REMEMBERED = 200_000
LONGEST = 600
"""Characters. PostgreSQL's unique index refuses rows near 2,700 bytes: longer texts keep a head and a digest."""

Value = TypeVar("Value", str, bytes)


class Numbers:
    """The numbers of one repository's values in one table. Remembers those it has met, up to a bound."""

    def __init__(
        self, connection: Connection, model: type[SQLModel], column: str, repository_id: int, *defaults: object
    ) -> None:
        self.connection = connection
        self._model, self._table = model, table_of(model)
        self._value = self._table.c[column]
        self._mine = self._table.c.repository_id == repository_id
        self._repository_id, self._defaults = repository_id, defaults
        self._met: dict[Any, int] = {}
        self._nothing_stored = connection.execute(select(self._table.c.id).where(self._mine).limit(1)).first() is None

    def of(self, values: Iterable[Value]) -> dict[Value, int]:
        """The number of each of these different values, and maybe of more. Those that the table lacks are added."""
        asked = list(values)
        if len(self._met) > REMEMBERED:
            self._met, self._nothing_stored = {}, False
        new = {_shortened(value): value for value in asked if value not in self._met}
        if not self._nothing_stored:
            for some in chunks(list(new)):
                found = select(self._value, self._table.c.id).where(self._mine, self._value.in_(some))
                self._met.update((new.pop(value), number) for value, number in self.connection.execute(found))
        ids = new_ids(self.connection, self._table, len(new))
        self._met.update(zip(new.values(), ids, strict=True))
        rows = ((self._met[value], self._repository_id, short, *self._defaults) for short, value in new.items())
        insert_rows(self.connection, self._model, rows)
        return self._met


def new_ids(connection: Connection, table: Table, count: int) -> Sequence[int]:
    """Ids for `count` rows that the caller will insert in this transaction."""
    if not count:
        return ()
    if connection.dialect.name == "postgresql":
        sequence = func.pg_get_serial_sequence(f'"{table.name}"', "id")
        return (
            connection.execute(select(func.nextval(sequence)).select_from(func.generate_series(1, count)))
            .scalars()
            .all()
        )
    first = connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one() + 1  # the lock is ours
    return range(first, first + count)


def table_of(model: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(model.__tablename__)]


def chunks(values: Sequence[Any], size: int = LOOKUP) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), size):
        yield values[start : start + size]


def _shortened(value: str | bytes) -> str | bytes:
    if isinstance(value, str) and len(value) > LONGEST:
        return f"{value[:LONGEST]}…{blake2b(value.encode(), digest_size=8).hexdigest()}"
    return value
