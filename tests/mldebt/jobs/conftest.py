"""Where jobs are kept: on SQLite, on PostgreSQL, or on each of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from dbos import DBOS

from mldebt.jobs.database import Database, open_database
from mldebt.settings import Settings


def settings_of(home: Path, url: str = "") -> Settings:
    return Settings(home, f"sqlite:///{home / 'mldebt.db'}", engine=url, jobs=4, jobs_total=6)


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Settings:
    return settings_of(tmp_path)


@pytest.fixture
def on_postgresql(tmp_path: Path, request: pytest.FixtureRequest) -> Settings:
    return settings_of(tmp_path, str(request.getfixturevalue("empty_postgresql")))


@pytest.fixture(params=["on_sqlite", pytest.param("on_postgresql", marks=pytest.mark.postgres)])
def settings(request: pytest.FixtureRequest) -> Settings:
    found: Settings = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    opened = open_database(settings)
    yield opened
    opened.close()


@pytest.fixture
def ready(on_sqlite: Settings) -> Iterator[Database]:
    """On SQLite, with the engine's tables, and nobody who runs jobs."""
    DBOS.migrate(on_sqlite.engine_url)
    opened = open_database(on_sqlite)
    yield opened
    opened.close()
