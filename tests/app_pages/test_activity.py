"""The page of jobs in every state that they can be in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app_pages._activity import TITLES
from mldebt.jobs.claim import claim
from mldebt.jobs.database import Database
from mldebt.jobs.listing import SHOWN, State
from mldebt.store.engine import Store
from tests.dashboard_by_hand import HOSTILE
from tests.jobs_rows import AT, add_job, jobs_database
from tests.page_text import html, words
from tests.viewers_by_hand import person, seated

Visit = Callable[..., AppTest]


@pytest.fixture
def jobs(tmp_path: Path, dashboard_store: Store) -> Iterator[Database]:
    made = jobs_database(tmp_path)
    yield made
    made.close()


def test_before_any_job_it_says_how_to_ask_for_one(visit: Visit) -> None:
    assert "mldebt jobs scan --all" in html(visit("activity"))


def test_that_weekly_scans_are_switched_off_is_said(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "is scanned once a week" in html(visit("activity"))
    monkeypatch.setenv("MLDEBT_WEEKLY", "off")
    shown = html(visit("activity"))
    assert "Weekly scans are switched off" in shown
    assert "once a week" not in shown


def test_what_failed_stands_first_and_every_state_somewhere(visit: Visit, jobs: Database) -> None:
    assert set(TITLES) == set(State)
    add_job(jobs, "scan:1:a", "SUCCESS")
    add_job(jobs, "scan:3:a", "ERROR", error="/src/gone does not exist")
    shown = words(visit("activity"))
    assert shown.index("Failed: 1") < shown.index("Done: 1")


def test_each_state_has_its_list_with_when_and_why(visit: Visit, jobs: Database) -> None:
    add_job(jobs, "scan:1:a", "PENDING", attempts=2)
    add_job(jobs, "scan:2:a", "ENQUEUED", title="northwind/ads")
    add_job(jobs, "scan:3:a", "ERROR", title="northwind/gone", error="/src/gone does not exist")
    add_job(jobs, "scan:4:a", "SUCCESS")
    with closing(claim(jobs, "serve")):
        shown = words(visit("activity"))
    assert "1 running, 1 waiting, 1 failed, 1 done." in shown
    assert "Running: 1" in shown
    assert "northwind/ranking scan 2026-11-24 06:00 UTC 2 times weekly" in shown
    assert "northwind/gone scan 2026-11-24 06:00 UTC once /src/gone does not exist scan:3:a" in shown
    assert "mldebt jobs retry --all" in shown


def test_what_a_process_left_behind_that_died_waits(visit: Visit, jobs: Database) -> None:
    add_job(jobs, "scan:1:a", "PENDING")
    shown = words(visit("activity"))
    assert "0 running, 1 waiting, 0 failed, 0 done." in shown
    assert "Waiting: 1" in shown


def test_of_many_the_first_are_listed_and_the_others_counted(visit: Visit, jobs: Database) -> None:
    for number in range(SHOWN + 7):
        add_job(jobs, f"scan:{number}:a", "ENQUEUED", at=AT + number)
    shown = words(visit("activity"))
    assert f"Waiting: {SHOWN + 7}" in shown
    assert "And 7 more." in shown


def test_hostile_names_and_reasons_are_text(visit: Visit, jobs: Database) -> None:
    add_job(jobs, "scan:1:a", "ERROR", title=HOSTILE, error=HOSTILE)
    add_job(jobs, "scan:2:a", "ERROR", title="x", error='{"name": "<script>", "message": "token ghp_secret"}')
    shown = html(visit("activity"))
    assert "<script>" not in shown
    assert "ghp_secret" not in shown


def test_jobs_that_cannot_be_read_are_told_without_a_traceback(visit: Visit, tmp_path: Path) -> None:
    (tmp_path / "engine.db").write_text("this is no database, whatever its name says " * 40)
    shown = words(visit("activity"))
    assert "The jobs cannot be listed" in shown
    assert "is not a database" in shown


def test_who_signed_in_is_told_of_no_command(visit: Visit, jobs: Database) -> None:
    add_job(jobs, "scan:1:a", "ERROR", error="/src/gone does not exist")
    with seated(person(7, 2)):
        assert "no job of a repository that you can see" in html(visit("activity"))
    with seated(person(7, 1)):
        shown = html(visit("activity"))
    assert "Failed: 1" in shown
    assert "mldebt jobs" not in shown
