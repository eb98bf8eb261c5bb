"""The script that `app.py` runs for every visitor: navigation, the look, and then one page."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from app_pages import _door, _refusals

HERE = Path(__file__).resolve().parent
REPOSITORY, SYSTEM = "Repository", ""


def pages(*, many: bool) -> dict[str, list[st.Page]]:
    """Home stands at "/" and leads on, so that no page's address depends on how many repositories there are."""
    home = st.Page(HERE / "home.py", title="mldebt", default=True, visibility="hidden")
    portfolio = st.Page(
        HERE / "portfolio.py",
        title="Portfolio",
        icon=":material/grid_view:",
        help="All repositories: their five answers, and what changed in a quarter.",
        visibility="visible" if many else "hidden",
    )
    scorecard = st.Page(
        HERE / "scorecard.py",
        title="Scorecard",
        icon=":material/fact_check:",
        help="One repository: the paper's figure, its five questions answered, and the evidence.",
    )
    debts = st.Page(
        HERE / "debts.py",
        title="Debts",
        icon=":material/menu_book:",
        help="The paper’s kinds of debt, one by one: what is measured, what to ask, and each place found.",
    )
    branches = st.Page(
        HERE / "branches.py",
        title="Branches",
        icon=":material/account_tree:",
        help="How long experiments live, and what is left of them: evidence of question 1.",
    )
    configuration = st.Page(
        HERE / "configuration.py",
        title="Configuration",
        icon=":material/tune:",
        help="How settings are written, checked and kept: evidence of each question that consults them.",
    )
    data = st.Page(
        HERE / "data.py",
        title="Data",
        icon=":material/schema:",
        help="What data rests on what, and how sure one can be of it: evidence of question 2.",
    )
    onboarding = st.Page(
        HERE / "onboarding.py",
        title="Onboarding",
        icon=":material/group_add:",
        help="What makes the system quick or slow to learn: evidence of question 5.",
    )
    activity = st.Page(
        HERE / "activity.py",
        title="Activity",
        icon=":material/history:",
        help="What runs, waits and failed in the background: scans, and why one did not come to an end.",
    )
    return {
        SYSTEM: [home, portfolio, activity],
        REPOSITORY: [scorecard, debts, data, branches, configuration, onboarding],
    }


st.set_page_config(page_title="mldebt", page_icon=HERE / "icon.png", layout="wide", initial_sidebar_state=232)
st.html(HERE / "style.css")
try:
    many = len(_door.repositories()) > 1
    st.navigation(pages(many=many)).run()
except _refusals.KNOWN as error:
    _refusals.show(error)
