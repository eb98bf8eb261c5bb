"""Where deliveries go: the inbox, the store and the jobs, empty."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from dbos import DBOS

from github_app.carrying import Places
from mldebt.settings import Settings
from tests.github_app.webhooks_by_hand import places_in


@pytest.fixture(scope="session")
def template_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With all tables, those of the engine too."""
    home = tmp_path_factory.mktemp("template")
    places_in(home).close()
    DBOS.migrate(Settings(home, f"sqlite:///{home / 'mldebt.db'}").engine_url)
    return home


@pytest.fixture
def new_places(template_home: Path, tmp_path: Path) -> Iterator[Callable[[], Places]]:
    """Makes places, new ones each time."""
    numbers = itertools.count(1)
    with ExitStack() as opened:

        def made() -> Places:
            home = tmp_path / f"home-{next(numbers)}"
            shutil.copytree(template_home, home)
            places = places_in(home)
            opened.callback(places.close)
            return places

        yield made


@pytest.fixture
def on_postgresql(empty_postgresql: str, tmp_path: Path) -> Iterator[Places]:
    """With everything in one database."""
    DBOS.migrate(Settings(tmp_path, empty_postgresql).engine_url)
    opened = places_in(tmp_path, empty_postgresql)
    yield opened
    opened.close()


@pytest.fixture
def places(new_places: Callable[[], Places]) -> Places:
    return new_places()
