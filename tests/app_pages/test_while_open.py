"""What happens to a page that is open: a right is taken away, a session ends, a repository is forgotten.

Pages are those of the folder, and controls those that a page shows: none can be forgotten.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

import pytest
from sqlalchemy import text
from sqlmodel import SQLModel
from streamlit.testing.v1 import AppTest

from app_pages import _kept
from mldebt.access import EVERYONE, NotChecked, NotSignedIn
from mldebt.store import reviews
from mldebt.store.engine import Store
from mldebt.store.snapshots import forget_repository
from tests.dashboard_by_hand import NOW, add_repository, empty_store
from tests.pages_by_hand import PAGES, open_page, sent, without
from tests.viewers_by_hand import Seat, person, seated

MINE, BOTH = "northwind/zqada", "common/shared"
OF_NO_REPOSITORY = {"settings", "activity", "portfolio"}
KINDS = ("button", "selectbox", "text_input", "text_area", "date_input", "checkbox", "button_group")


class Place(NamedTuple):
    seat: Seat
    store: Store
    mine: int
    both: int


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("while-open")
    store, address = empty_store(folder)
    mine, ids = add_repository(store, MINE, quarters=3)
    both, _ = add_repository(store, BOTH, quarters=2, seed=2)
    with store.writing() as connection:
        reviews.open_review(connection, mine, ids[0], ids[-1], "2026-11-24", NOW)
    with pytest.MonkeyPatch.context() as patch, seated(EVERYONE) as seat:
        patch.setenv("MLDEBT_HOME", str(folder))
        patch.setenv("DATABASE_URL", address)
        yield Place(seat, store, mine, both)
    store.close()


@pytest.mark.parametrize("name", PAGES)
def test_what_is_taken_away_is_gone_with_the_next_click(place: Place, name: str) -> None:
    seat = place.seat
    sees_both = person(1, place.mine, place.both, decides=(place.mine,))
    seat.now = sees_both
    page = open_page(name, **({} if name in OF_NO_REPOSITORY else {"repo": MINE, "debt": "fixed_thresholds"}))
    assert name in ("settings", "activity") or "zqada" in sent(page)
    for now, says in (
        (person(1, place.both), "" if name in OF_NO_REPOSITORY else "This repository is not stored here"),
        (sees_both, ""),
        (NotSignedIn("your session ended: sign in again"), "You are not signed in"),
        (sees_both, ""),
        (NotChecked("for ten minutes GitHub could not be asked"), "cannot be asked for now"),
    ):
        seat.now = now
        page.run()
        assert not page.exception
        assert says in sent(page)
        if now is not sees_both:
            assert "zqada" not in without(sent(page), MINE)


def deciding(name: str, place: Place, **query: str) -> list[tuple[str, str]]:
    """Controls that who may decide is shown and who may look is not; one of each kind."""
    found = []
    for may in ((place.mine,), ()):
        place.seat.now = person(1, place.mine, decides=may)
        found.append(
            {kind_of(control): key for control in controls(open_page(name, repo=MINE, **query)) for key in [control]}
        )
    return [control for kind, control in found[0].items() if kind not in found[1]]


def controls(page: AppTest) -> list[tuple[str, str]]:
    return [(kind, str(one.key)) for kind in KINDS for one in page.get(kind) if one.key and not one.proto.disabled]


def kind_of(control: tuple[str, str]) -> str:
    """Of the many questions that are asked alike, one is enough."""
    return re.sub(r"answer\.[a-z_]+\.", "answer.", re.sub(r"(decide_on)_.*", r"\1", control[1]))


def touch(page: AppTest, control: tuple[str, str]) -> None:
    kind, key = control
    one: Any = next(one for one in page.get(kind) if one.key == key)
    if kind == "button":
        one.click()
    elif kind in ("text_input", "text_area"):
        one.input("typed by who may not")
    elif kind == "selectbox":
        one.select_index(1)
    elif kind == "date_input":
        one.set_value(date(2027, 1, 2))
    elif kind == "checkbox":
        one.check()
    else:
        first = one.options[-1]
        one.set_value(getattr(first, "content", first))
    page.run()


def stored(store: Store) -> dict[str, list[Any]]:
    """All that people may write."""
    tables = [name for name in SQLModel.metadata.tables if re.match("review|decision|settlement|attestation", name)]
    assert len(tables) >= 4
    with store.reading() as connection:
        return {name: list(connection.execute(text(f'SELECT * FROM "{name}"'))) for name in sorted(tables)}


@pytest.mark.parametrize(("name", "query"), [("review", {}), ("debts", {"debt": "fixed_thresholds"})])
def test_no_control_of_a_page_that_is_open_decides_for_who_may_not_any_more(
    place: Place, name: str, query: dict[str, str]
) -> None:
    """The callbacks are those that were drawn while the person might decide."""
    found = deciding(name, place, **query)
    assert len(found) > 3
    before = stored(place.store)
    for control in found:
        place.seat.now = person(1, place.mine, decides=(place.mine,))
        page = open_page(name, repo=MINE, **query)
        place.seat.now = person(1, place.mine)
        touch(page, control)
        assert not page.exception, control
        assert stored(place.store) == before, control


@pytest.mark.parametrize("name", [name for name in PAGES if name not in OF_NO_REPOSITORY])
def test_a_repository_that_is_forgotten_while_its_page_is_open_leaves_no_trace(
    place: Place, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.seat.now = EVERYONE
    gone, _ = add_repository(place.store, "southwind/zqgone", quarters=2, seed=3)
    _kept.repositories.clear()
    page = open_page(name, repo="southwind/zqgone", debt="fixed_thresholds", q="onboarding", box="tests")
    assert "zqgone" in sent(page)
    with place.store.writing() as connection:
        forget_repository(connection, gone)
    time.sleep(_kept.THERE_LIVES)
    page.run()
    assert not page.exception
    assert "not stored here" in sent(page)
    page.query_params.clear()
    assert "zqgone" not in sent(page.run())
    assert "not stored here" in sent(open_page(name, repo="southwind/zqgone"))
