"""What an address asks for and is not here is told, with what is shown instead."""

from __future__ import annotations

import pytest

from app_pages._address import ALWAYS, NAMES, amiss
from mldebt.store.engine import Store
from tests.dashboard_by_hand import add_repository
from tests.page_text import html
from tests.pages_by_hand import open_page

TITLE = "The address asks for something that is not here"
COLOURS = {"q": ("red", "blue"), "find": None}


def test_what_is_among_the_options_is_not_told() -> None:
    assert amiss({"q": "red", "find": "anything"}, COLOURS) == {}
    assert amiss({"q": ""}, COLOURS) == {}
    assert amiss(dict.fromkeys(ALWAYS, "x"), {}) == {}


def test_another_value_is_told_with_what_is_shown_instead() -> None:
    assert amiss({"q": "banana"}, COLOURS) == {"q": "q=banana: there is no such question; the first one is shown."}
    assert amiss({"node": "x"}, {"node": ()}, {"node": "nothing is drawn"}) == {
        "node": "node=x: there is no such set of data in this snapshot; nothing is drawn."
    }


def test_another_name_is_told_but_for_those_that_others_hang_on() -> None:
    assert amiss({"rule": "x"}, COLOURS) == {"rule": "rule=x: this page has nothing of that name; it changes nothing."}
    assert amiss({"utm_source": "mail", "fbclid": "1", "installation_id": "7", "setup_action": "install"}, {}) == {}


def test_what_is_told_is_short_whatever_is_asked() -> None:
    assert all(len(line) < 250 for line in amiss({"q": "x" * 9_000, "y" * 9_000: "z" * 9_000}, COLOURS).values())


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("scorecard", {"q": "banana", "box": "attic", "line": "nothing"}),
        ("debts", {"debt": "banana", "severity": "HIGH", "acceptance": "maybe"}),
        ("data", {"node": "banana", "only": "2"}),
        ("branches", {"fate": "banana"}),
        ("portfolio", {"moved": "banana", "page": "99"}),
        ("onboarding", {"line": "banana"}),
        ("configuration", {"rule": "banana"}),
        ("review", {"focus": "banana"}),
        ("activity", {"q": "banana"}),
        ("settings", {"lang": "tlh"}),
    ],
)
def test_every_page_tells_each_of_it(dashboard_store: Store, page: str, query: dict[str, str]) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    shown = html(open_page(page, **query))
    assert shown.count(TITLE) == 1
    for name, value in query.items():
        assert f"<li>{name}={value}: " in shown


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("scorecard", {"q": "onboarding", "box": "tests", "utm_source": "mail"}),
        ("debts", {"debt": "glue_code", "severity": "high", "acceptance": "open"}),
        ("portfolio", {"moved": "worse", "page": "1", "find": "x"}),
    ],
)
def test_what_is_here_is_not_told(dashboard_store: Store, page: str, query: dict[str, str]) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    assert TITLE not in html(open_page(page, **query))


def test_what_is_told_goes_with_the_next_choice(dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    page = open_page("scorecard", repo="northwind/ranking", q="banana")
    assert TITLE in html(page)
    page.segmented_control(key="question").set_value("onboarding").run()
    assert page.query_params["q"] == "onboarding"
    assert TITLE not in html(page)


def test_what_is_drawn_over_time_stands_in_the_address(dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    page = open_page("onboarding", repo="northwind/ranking")
    (drawn,) = (one for one in page.selectbox if one.label == "Over time")
    drawn.select_index(len(drawn.options) - 1).run()
    line = page.query_params["line"]
    again = open_page("onboarding", repo="northwind/ranking", line=line if isinstance(line, str) else line[0])
    (drawn,) = (one for one in again.selectbox if one.label == "Over time")
    assert drawn.index == len(drawn.options) - 1


def test_each_name_has_words() -> None:
    assert all(asked.what and asked.instead for asked in NAMES.values())
