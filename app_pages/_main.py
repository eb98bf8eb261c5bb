"""The script that `app.py` runs for every visitor: navigation, the look, and then one page."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import streamlit as st

from app_pages import _door, _refusals, _seeing, _visitor
from app_pages._labels import spoken

HERE = Path(__file__).resolve().parent
OPEN, REPOSITORY, SERVER = "", "Repository", ":material/settings: This mldebt"
"""Sections of the navigation."""


def pages(*, many: bool) -> dict[str, list[st.Page]]:
    """Home stands at "/" and leads on, so that no page's address depends on how many repositories there are.

    Pages of evidence are opened from the questions that they are evidence of.
    """
    all_of_them = "All repositories: what got worse comes first."
    return {
        OPEN: [
            st.Page(HERE / "home.py", title="mldebt", default=True, visibility="hidden"),
            _page("portfolio", "Portfolio", "grid_view", all_of_them, is_listed=many),
            _page("branches", "Branches", "account_tree", "Evidence of question 1.", is_listed=False),
            _page(
                "configuration",
                "Configuration",
                "tune",
                "Evidence of every question that settings are part of.",
                is_listed=False,
            ),
            _page("onboarding", "Onboarding", "group_add", "Evidence of question 5.", is_listed=False),
        ],
        spoken(REPOSITORY): [
            _page("scorecard", "Scorecard", "fact_check", "The five questions answered, and what to do first."),
            _page("debts", "Debts", "menu_book", "The paper’s kinds of debt, and each place found."),
            _page("data", "Data", "schema", "What data rests on what, and how sure one can be of it."),
            _page("review", "Review", "event_note", "The debt review of a quarter: prepared, held and closed here."),
        ],
        spoken(SERVER): [
            _page("activity", "Activity", "history", "What runs, waits and failed in the background."),
            _page("settings", "Settings", "tune", "What is set here, and where; language and time zone."),
        ],
    }


def _page(name: str, title: str, icon: str, says: str, *, is_listed: bool = True) -> st.Page:
    shown: Literal["visible", "hidden"] = "visible" if is_listed else "hidden"
    return st.Page(
        HERE / f"{name}.py", title=spoken(title), icon=f":material/{icon}:", help=spoken(says), visibility=shown
    )


st.set_page_config(page_title="mldebt", page_icon=HERE / "icon.png", layout="wide", initial_sidebar_state=232)
st.html(HERE / "style.css")
with _visitor.asked_once(), _refusals.whole():
    _seeing.say_who()
    many = len(_door.repositories()) > 1
    st.navigation(pages(many=many)).run()
