"""Findings that were called wrong in a hosted repository: which, and never by whom."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, func, select
from sqlmodel import col

from mldebt.store.bulk import storable
from mldebt.store.inserting import insert_into
from mldebt.store.tables import DoubtedRule, HostedRepository
from scoring.finding.doubts import muted


def doubt(connection: Connection, repository: int, rule: str, finding: str, comment: int, at: int) -> bool:
    """Count it, once for each finding; whether it was this comment that said so first.

    `repository` and `comment` are GitHub's ids, `at` is seconds since 1970 UTC.
    """
    which = {"repository": repository, "rule": storable(rule), "finding": storable(finding)}
    statement = insert_into(connection, DoubtedRule).values(**which, comment=comment, at=at).on_conflict_do_nothing()
    connection.execute(statement)
    mine = [col(getattr(DoubtedRule, name)) == value for name, value in which.items()]
    return connection.execute(select(col(DoubtedRule.comment)).where(*mine)).scalar_one() == comment


def doubts_of(connection: Connection, repository: int) -> Mapping[str, int]:
    """How many findings of each rule were called wrong. `repository` is GitHub's id."""
    mine = select(col(DoubtedRule.rule), func.count()).where(col(DoubtedRule.repository) == repository)
    return {row[0]: row[1] for row in connection.execute(mine.group_by(col(DoubtedRule.rule)))}


def doubts_in(connection: Connection, repository_id: int) -> Mapping[str, int]:
    """The same of a stored repository; empty where it is not a hosted one."""
    here = select(col(HostedRepository.id)).where(col(HostedRepository.repository_id) == repository_id)
    found: dict[str, int] = {}
    for github_id in connection.execute(here).scalars():
        found |= doubts_of(connection, github_id)
    return found


def muted_in(connection: Connection, repository_id: int) -> tuple[str, ...]:
    """Rules whose places are not listed in a stored repository."""
    return muted(doubts_in(connection, repository_id))
