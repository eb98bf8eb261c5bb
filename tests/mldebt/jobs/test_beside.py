"""The engine beside a server, in the server's own process."""

from __future__ import annotations

import logging
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from mldebt.jobs.beside import Beside
from mldebt.jobs.claim import claim
from mldebt.jobs.database import open_database
from mldebt.jobs.listing import Listing, State, listing
from mldebt.settings import Settings
from mldebt.store.engine import open_store
from mldebt.store.snapshots import ensure_repository


@pytest.fixture
def stored(on_sqlite: Settings) -> Settings:
    """A repository that was never scanned to its end, in a folder that is gone; and the example."""
    with closing(open_store(on_sqlite.database_url)) as store, store.writing() as connection:
        ensure_repository(connection, str(on_sqlite.home / "gone"), "gone")
        ensure_repository(connection, str(on_sqlite.home / "shop"), "example-shop", is_example=True)
    return on_sqlite


def run(settings: Settings, seconds: float) -> Listing:
    """How jobs stand once the weekly scan failed, or after some seconds."""
    beside = Beside.claimed(settings, "serve")
    beside.begin()
    with closing(open_database(settings)) as database:
        end = time.monotonic() + seconds
        while time.monotonic() < end and not listing(database).counts[State.FAILED]:
            time.sleep(0.1)
        beside.end()
        beside.end()  # the server's end, and the command's
        return listing(database)


def test_while_the_server_runs_what_is_due_is_scanned_and_the_example_never(stored: Settings) -> None:
    found = run(stored, 60)
    assert [(job.title, job.reason, job.state) for job in found.jobs] == [("gone", "weekly", State.FAILED)]
    assert "does not exist" in (found.jobs[0].why or "")
    claim(open_database(stored), "worker").close()  # it let go


def test_the_week_can_be_switched_off(stored: Settings) -> None:
    assert run(replace(stored, weekly=False), 3).jobs == ()


def test_a_server_that_may_run_no_jobs_serves_all_the_same(
    on_sqlite: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    environment = {"MLDEBT_HOME": str(on_sqlite.home)}
    with closing(claim(open_database(on_sqlite), "worker")), caplog.at_level(logging.WARNING):
        assert Beside.if_free(environment) is None
    assert "this server runs no jobs: the jobs of" in caplog.text
    assert Beside.if_free({**environment, "ENGINE_URL": "nonsense"}) is None
    free = Beside.if_free(environment)
    assert free is not None
    free.end()
    assert not Path(on_sqlite.home / "engine.db").exists()  # nothing was begun
