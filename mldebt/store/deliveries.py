"""Events that GitHub delivered: each is kept once, before GitHub is told that it came, until it is forgotten.

What one asks for stands beside it (`todo`) until it is on its way, so that nothing is lost whatever ends a process.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, func, select, update
from sqlmodel import col

from mldebt.store.bulk import storable
from mldebt.store.inserting import insert_into
from mldebt.store.tables import Delivery

LONGEST_VERDICT = 300


class Arrived(NamedTuple):
    """A delivery, as it is kept."""

    guid: str
    event: str
    received_us: int  # microseconds since 1970 UTC
    verdict: str  # a sentence: what is asked for, or why nothing is
    action: str | None = None
    installation: int | None = None
    repository: int | None = None  # GitHub's id
    todo: str | None = None  # JSON


class Waiting(NamedTuple):
    """A delivery that asks for something, and was not seen to yet."""

    id: int
    guid: str
    received_us: int
    todo: str


class Tally(NamedTuple):
    kept: int
    waiting: int
    last_us: int | None  # when the last one came, microseconds since 1970 UTC


def keep(connection: Connection, one: Arrived) -> bool:
    """False where it is kept already: GitHub sent it again, or somebody did who saw it."""
    row = {name: storable(value) if isinstance(value, str) else value for name, value in one._asdict().items()}
    row["verdict"] = row["verdict"][:LONGEST_VERDICT]
    statement = insert_into(connection, Delivery).values(row).on_conflict_do_nothing(index_elements=["guid"])
    return connection.execute(statement.returning(col(Delivery.id))).scalar() is not None


def verdict_of(connection: Connection, guid: str) -> str | None:
    """None where no such delivery is kept."""
    mine = select(col(Delivery.verdict)).where(col(Delivery.guid) == storable(guid))
    return connection.execute(mine).scalar()


def waits(connection: Connection, guid: str) -> bool:
    mine = select(col(Delivery.id)).where(col(Delivery.guid) == storable(guid), col(Delivery.todo).is_not(None))
    return connection.execute(mine).first() is not None


def waiting(connection: Connection, limit: int = 1_000) -> tuple[Waiting, ...]:
    """Those that were not seen to yet, in the order in which they came."""
    columns = [col(getattr(Delivery, name)) for name in Waiting._fields]
    some = select(*columns).where(col(Delivery.todo).is_not(None)).order_by(col(Delivery.id)).limit(limit)
    return tuple(Waiting(*row) for row in connection.execute(some))


def seen_to(connection: Connection, ids: Sequence[int], verdict: str | None = None) -> None:
    """What they ask for is on its way; or is not asked for, and `verdict` says why."""
    values: dict[str, Any] = {"todo": None}
    if verdict is not None:
        values["verdict"] = storable(verdict)[:LONGEST_VERDICT]
    connection.execute(update(Delivery).where(col(Delivery.id).in_(list(ids))).values(values))


def tally(connection: Connection) -> Tally:
    counted = select(func.count(), func.count(col(Delivery.todo)), func.max(col(Delivery.received_us)))
    return Tally(*connection.execute(counted).one())


def forget_received_before(connection: Connection, moment_us: int) -> int:
    """Forget those that came before, unless they wait; says how many."""
    old = col(Delivery.received_us) < moment_us, col(Delivery.todo).is_(None)
    return connection.execute(delete(Delivery).where(*old)).rowcount
