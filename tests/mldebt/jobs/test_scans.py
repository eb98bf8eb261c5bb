"""Which stored repositories are scanned, when, and what is kept of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from mldebt.jobs.database import Database
from mldebt.jobs.listing import State, listing
from mldebt.jobs.scans import WEEK, due, forget_old, scan_the_due
from mldebt.settings import Settings
from mldebt.store.engine import Store, open_store
from mldebt.store.reading import RepositoryRow
from tests.dashboard_by_hand import NOW, add_repository

LATER = NOW + WEEK


def row(number: int, *, is_example: bool = False) -> RepositoryRow:
    return RepositoryRow(number, f"/src/{number}", str(number), is_example, None, "main")


def test_due_is_what_nobody_looked_at_for_a_week_but_for_the_example() -> None:
    rows = [row(1), row(2), row(3), row(4, is_example=True)]
    assert due(rows, {1: NOW - WEEK, 2: NOW - WEEK + 1}, NOW) == [rows[0], rows[2]]
    assert due(rows, {1: NOW - WEEK, 2: NOW - WEEK + 1}, NOW + 1) == rows[:3]


@pytest.fixture
def store(on_sqlite: Settings) -> Iterator[Store]:
    opened = open_store(on_sqlite.database_url)
    add_repository(opened, "northwind/ranking", quarters=1)
    add_repository(opened, "northwind/ads", quarters=1)
    add_repository(opened, "example-shop", quarters=1, is_example=True)
    yield opened
    opened.close()


def test_each_is_asked_for_once_a_week_and_what_is_kept_names_no_address(store: Store, ready: Database) -> None:
    assert scan_the_due(store, ready, LATER - 1) == ()
    week = LATER // WEEK
    assert set(scan_the_due(store, ready, LATER)) == {f"scan:1:weekly-{week}", f"scan:2:weekly-{week}"}
    waiting = listing(ready).of(State.WAITING)
    assert {job.title for job in waiting} == {"northwind/ads", "northwind/ranking"}
    assert {job.reason for job in waiting} == {"weekly"}
    assert {frozenset(job.inputs) for job in waiting} == {frozenset({"repository", "title", "reason"})}
    with ready.engine.begin() as connection:  # as if asked for at that moment
        connection.execute(text("UPDATE workflow_status SET created_at = :at"), {"at": LATER * 1000})
    assert scan_the_due(store, ready, LATER + 3_600) == ()
    assert scan_the_due(store, ready, LATER + WEEK - 1) == ()
    again = scan_the_due(store, ready, LATER + WEEK)
    assert set(again) == {f"scan:1:weekly-{week}", f"scan:2:weekly-{week}"}  # they still wait: none is asked for twice
    assert listing(ready).counts[State.WAITING] == 2


def test_jobs_that_ended_long_ago_are_forgotten(store: Store, ready: Database) -> None:
    ids = scan_the_due(store, ready, LATER)
    day = 86_400
    with ready.engine.begin() as connection:
        for job, status in zip(ids, ("SUCCESS", "ERROR"), strict=True):
            values = {"status": status, "at": LATER * 1000, "id": job}
            connection.execute(
                text("UPDATE workflow_status SET status = :status, updated_at = :at WHERE workflow_uuid = :id"), values
            )
    assert forget_old(ready, LATER + 30 * day) == 0
    assert forget_old(ready, LATER + 31 * day) == 1
    assert [job.id for job in listing(ready).jobs] == [ids[1]]
    assert forget_old(ready, LATER + 91 * day) == 1
    with ready.engine.begin() as connection:
        tables = ("workflow_status", "workflow_input", "workflow_output")
        assert [connection.execute(text(f"SELECT count(*) FROM {name}")).scalar() for name in tables] == [0, 0, 0]
