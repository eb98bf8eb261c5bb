"""Of the past or of now, in which language and zone: on every page alike."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from app_pages._choice import Choice, share_link
from app_pages._repo import Repo, Snapshot
from mldebt.store.engine import Store
from scoring.debts import DEBTS, Debt
from tests.dashboard_by_hand import NOW, QUARTER, add_repository
from tests.page_text import html

Visit = Callable[..., AppTest]
PAGES = ("scorecard", "debts", "data", "branches", "configuration", "onboarding")
REPO = Repo(1, "northwind/ranking", "northwind/ranking", "/src/northwind/ranking", is_example=False, web=None)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_the_past_says_so_and_leads_back(visit: Visit, dashboard_store: Store, page: str) -> None:
    add_repository(dashboard_store, "northwind/ranking", quarters=3)
    shown = visit(page, repo="northwind/ranking", at=f"{NOW - QUARTER:040x}")
    assert "not the latest" in html(shown)
    shown.button(key="show_latest").click().run()
    assert "not the latest" not in html(shown)


def test_a_page_of_the_latest_has_no_bar_and_can_be_shared(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking", quarters=1)
    shown = visit("debts", repo="northwind/ranking")
    assert "not the latest" not in html(shown)
    assert shown.button(key="share").label == "Share"


@pytest.mark.parametrize(
    ("locale", "asked", "is_korean"),
    [("ko-KR", None, True), ("ko-KR", "en", False), ("en-US", "ko", True), ("de-DE", None, False), ("en", "xx", False)],
)
def test_texts_are_in_the_language_that_is_asked_for(
    visit: Visit, dashboard_store: Store, locale: str, asked: str | None, is_korean: bool
) -> None:
    add_repository(dashboard_store, "northwind/ranking", quarters=1)
    query = {"repo": "northwind/ranking", **({"lang": asked} if asked else {})}
    words = DEBTS[Debt.CONFIGURATION_DEBT].sentence
    shown = html(visit("configuration", locale=locale, **query))
    assert (words.ko in shown) is is_korean
    assert (words.en in shown) is not is_korean


def test_a_language_chosen_in_settings_holds_on_the_next_page(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking", quarters=1)
    shown = visit("settings", lang="en")
    shown.segmented_control(key="language").set_value("ko").run()
    assert "lang" not in shown.query_params
    shown.switch_page("configuration.py").run()
    assert DEBTS[Debt.CONFIGURATION_DEBT].sentence.ko in html(shown)


def test_a_link_to_share_always_names_repository_and_commit() -> None:
    snapshot = Snapshot(
        *[{"commit": "a" * 40}.get(name, 0) for name in Snapshot._fields]  # type: ignore[arg-type]
    )
    shown = Choice(REPO, snapshot, is_latest=True)
    link = share_link("https://debt.example/debts", {"debt": "glue_code", "lang": "ko", "repo": "x", "find": ""}, shown)
    assert link == f"https://debt.example/debts?repo=northwind%2Franking&at={'a' * 40}&debt=glue_code"
