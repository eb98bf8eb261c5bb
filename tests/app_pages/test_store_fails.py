"""A store that is locked, changed, damaged, full or read-only while people look at the pages and type."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
import streamlit as st

from app_pages import _kept
from app_pages._cache import Kept
from mldebt.access import EVERYONE, OUT_OF_REACH
from mldebt.store import reviews
from mldebt.store.engine import open_store
from tests.dashboard_by_hand import NOW, add_repository, empty_store
from tests.pages_by_hand import PAGES, open_page, sent
from tests.viewers_by_hand import seated

MINE = "northwind/ranking"
SOME = ("activity", "portfolio", "review", "scorecard")
OF_NO_STORE = ("activity", "settings")


class Place(NamedTuple):
    folder: Path
    file: Path
    address: str
    review: int


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    store, address = empty_store(tmp_path)
    mine, ids = add_repository(store, MINE, quarters=2)
    with store.writing() as connection:
        number = reviews.open_review(connection, mine, ids[0], ids[-1], "2026-11-24", NOW)
    store.close()
    monkeypatch.setenv("MLDEBT_HOME", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", address)
    monkeypatch.setattr(_kept, "WAITS", 0.1)
    yield Place(tmp_path, tmp_path / "mldebt.db", address, number)
    _kept.store(address).close()


@contextmanager
def locked(place: Place) -> Iterator[None]:
    """Another program has it for itself alone."""
    _kept.store(place.address).close()
    with closing(sqlite3.connect(place.file, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        other.execute("CREATE TABLE other (x)")
        yield
        other.execute("ROLLBACK")


@contextmanager
def changed(place: Place) -> Iterator[None]:
    """Another mldebt, newer than this one, brought it up to date."""
    with closing(sqlite3.connect(place.file)) as other:
        other.executescript(
            "ALTER TABLE repository RENAME COLUMN name TO title; ALTER TABLE snapshot RENAME COLUMN as_of TO moment;"
            "UPDATE mldebt_revision SET version_num = '9999';"
        )
    yield


@contextmanager
def damaged(place: Place) -> Iterator[None]:
    _kept.store(place.address).close()
    for path in place.folder.glob("mldebt.db*"):
        path.write_bytes(b"this is no database any more" * 300)
    yield


def opened_anew(name: str) -> str:
    """With nothing that the server still had in mind, but the store that is open."""
    st.cache_data.clear()
    for kept in vars(_kept).values():
        if isinstance(kept, Kept) and kept is not _kept.store:
            kept.clear()
    return sent(open_page(name, repo=MINE))


@pytest.mark.parametrize(("fails", "says"), [(locked, "is locked"), (changed, "another mldebt"), (damaged, "database")])
def test_every_page_says_so_in_a_sentence(
    place: Place, fails: Callable[[Place], AbstractContextManager[None]], says: str, caplog: pytest.LogCaptureFixture
) -> None:
    open_page("scorecard", repo=MINE)  # the server had it open
    with fails(place):
        for name in PAGES if fails is changed else SOME:
            shown = opened_anew(name)
            if name in OF_NO_STORE and "does not answer" not in shown:
                continue
            assert "The store does not answer" in shown, name
            assert says in shown, name
        with seated(EVERYONE):  # others than this machine's owner are told of no file
            for name in ("scorecard", "review"):
                shown = opened_anew(name)
                assert "The store does not answer" in shown
                assert OUT_OF_REACH[1:] in shown
                assert str(place.folder) not in shown
    assert str(place.file) in caplog.text


@contextmanager
def with_pragma(place: Place, pragma: str) -> Iterator[None]:
    engine = _kept.store(place.address).engine
    with engine.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA {pragma}")
    yield
    engine.dispose()


@pytest.mark.parametrize(
    ("pragma", "says"), [("max_page_count=1", "disk is full"), ("query_only=ON", "may not be written")]
)
def test_what_cannot_be_kept_is_shown_to_who_typed_it_and_what_was_kept_stays(
    place: Place, pragma: str, says: str
) -> None:
    page = open_page("review", repo=MINE)
    page.text_area(key=f"review_{place.review}_answer.entangled_inputs.words").input("kept before").run()
    with with_pragma(place, pragma):
        typed = "한국어 " * 470 if "page" in pragma else "too late"
        page.text_area(key=f"review_{place.review}_answer.entangled_inputs.words").input(typed).run()
        shown = sent(page)
    assert not page.exception
    assert "This could not be kept" in shown
    assert says in shown
    assert typed[:100] in shown
    again = open_store(place.address)
    with again.reading() as connection:
        assert reviews.fields(connection, place.review)["answer.entangled_inputs.words"] == "kept before"
    again.close()
    page.button(key="read_lost").click().run()
    page.text_area(key=f"review_{place.review}_answer.entangled_inputs.words").input("and after").run()
    assert "could not be kept" not in sent(page)
