"""Which issue of a quarter is whose, and of which snapshot it tells."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, select
from sqlmodel import col

from mldebt.store.inserting import insert_into
from mldebt.store.tables import HostedRepository, QuarterlyIssue


class Quarterly(NamedTuple):
    repository: int  # GitHub's id
    quarter: str  # "2026 Q4"
    snapshot_id: int
    number: int | None = None  # of the issue, once it is open
    refused: bool = False  # the App may not write issues there


def quarterly(connection: Connection, repository: int, quarter: str) -> Quarterly | None:
    columns = [col(getattr(QuarterlyIssue, name)) for name in Quarterly._fields]
    which = (col(QuarterlyIssue.repository) == repository, col(QuarterlyIssue.quarter) == quarter)
    row = connection.execute(select(*columns).where(*which)).first()
    return None if row is None else Quarterly(*row)


def newest_issue(connection: Connection, repository_id: int) -> tuple[str, int] | None:
    """The quarter and the number of the newest issue about a stored repository; None where none was opened."""
    numbered = (
        select(col(QuarterlyIssue.quarter), col(QuarterlyIssue.number))
        .join(HostedRepository, col(HostedRepository.id) == col(QuarterlyIssue.repository))
        .where(col(HostedRepository.repository_id) == repository_id, col(QuarterlyIssue.number).is_not(None))
    )
    row = connection.execute(numbered.order_by(col(QuarterlyIssue.quarter).desc()).limit(1)).first()
    return None if row is None or row[1] is None else (row[0], row[1])


def keep_quarterly(connection: Connection, one: Quarterly) -> None:
    statement = insert_into(connection, QuarterlyIssue).values(one._asdict())
    changed = {name: statement.excluded[name] for name in ("snapshot_id", "number", "refused")}
    connection.execute(statement.on_conflict_do_update(index_elements=["repository", "quarter"], set_=changed))
