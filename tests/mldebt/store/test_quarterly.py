"""Issues of quarters, by the repository that they are about, on both databases."""

from __future__ import annotations

from sqlalchemy import update
from sqlmodel import col

from mldebt.store.engine import Store
from mldebt.store.hosted import tell_installation, tell_repository
from mldebt.store.quarterly import Quarterly, keep_quarterly, newest_issue
from mldebt.store.tables import HostedRepository
from tests.snapshots_by_hand import snapshot, stored


def test_the_newest_issue_of_a_stored_repository(store: Store) -> None:
    with store.writing() as connection:
        mine, _ = stored(connection, "credit", snapshot())
        assert newest_issue(connection, mine) is None
        tell_installation(connection, 1, 1, account="owner")
        tell_repository(connection, 77, 1, 1, full_name="owner/credit")
        connection.execute(update(HostedRepository).where(col(HostedRepository.id) == 77).values(repository_id=mine))
        for quarter, number in (("2026 Q3", 4), ("2026 Q4", 9), ("2027 Q1", None)):
            keep_quarterly(connection, Quarterly(77, quarter, 1, number))
        assert newest_issue(connection, mine) == ("2026 Q4", 9)
        assert newest_issue(connection, mine + 1) is None
