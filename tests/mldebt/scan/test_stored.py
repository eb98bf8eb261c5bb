"""A repository has one name: the terminal says what the pages show, and finds it by that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app_pages._repo import named
from mldebt.failure import NothingStored
from mldebt.scan.stored import stored
from mldebt.store.engine import Store, open_store
from mldebt.store.reading import repositories
from mldebt.store.snapshots import ensure_repository, save_snapshot
from tests.snapshots_by_hand import snapshot


@pytest.fixture
def twins(tmp_path: Path) -> Iterator[Store]:
    """Two repositories of one name, and one that nobody else is called."""
    store = open_store(f"sqlite:///{tmp_path / 'a.db'}")
    with store.writing() as connection:
        for source, name in (("/one/fork", "fork"), ("/two/fork", "fork"), ("/src/credit", "northwind/credit")):
            save_snapshot(connection, ensure_repository(connection, source, name), snapshot())
    yield store
    store.close()


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("/one/fork", "one/fork"),
        ("two/fork", "two/fork"),
        ("/src/credit", "northwind/credit"),
        ("northwind/credit", "northwind/credit"),
    ],
)
def test_the_terminal_and_the_pages_call_a_repository_alike(twins: Store, wanted: str, name: str) -> None:
    assert stored(twins, wanted, None).title == name
    with twins.reading() as connection:
        assert name in {repo.title for repo in named(repositories(connection))}


@pytest.mark.parametrize("wanted", ["fork", "three/fork", "credit", "", " "])
def test_a_name_that_means_none_or_two_is_not_guessed(twins: Store, wanted: str) -> None:
    with pytest.raises(NothingStored):
        stored(twins, wanted, None)
