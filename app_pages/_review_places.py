"""The heaviest places of a review, and by choice those after them."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import streamlit as st

from app_pages import _review_door, _review_place_html
from app_pages._numbers import whole
from app_pages._repo import Repo
from app_pages._review_form import begin
from app_pages._review_typing import Sheet
from app_pages._text import label, shortened
from scoring.review.goals import About
from scoring.review.record import Place, Record

AT_ONCE = 20
MOST = 200


def further(one: Record, repo: Repo, pair: tuple[int, int]) -> tuple[Place, ...]:
    """As many of those that do not stand in the record as were asked for, the heaviest first."""
    wanted = int(st.session_state.get(_key(pair), 0))
    return _review_door.further(repo, *pair, frozenset(row.id for row in one.places), wanted) if wanted else ()


def places(
    one: Record, sheet: Sheet | None, more: tuple[Place, ...], pair: tuple[int, int], address: Mapping[str, str]
) -> None:
    """Those of a rule together; each can be decided on."""
    st.html(_review_place_html.places_head(one))
    if not one.places:
        return
    with st.container(key="places", border=True, gap="small"):
        _listed(one, sheet, one.places)
        if more:
            _listed(one, sheet, more)
        left = one.places_left - len(more)
        if left > 0 and len(more) < MOST:
            says = f"Show {min(AT_ONCE, left)} more of {whole(left)}"
            st.button(says, key="more_places", on_click=_more, args=(pair,), type="tertiary")
        elif left > 0:
            says = f"{whole(left)} more: all places are on the page Debts, by kind"
            st.page_link("debts.py", label=says, query_params=dict(address))


def _listed(one: Record, sheet: Sheet | None, rows: tuple[Place, ...]) -> None:
    decided = {row.subject for row in one.decisions}
    starts = [True, *(mine.rule != before.rule for before, mine in pairwise(rows))]
    for row, is_first in zip(rows, starts, strict=True):
        if sheet is None:
            st.html(_review_place_html.place(row, is_first=is_first))
            continue
        left, right = st.columns([6, 1], vertical_alignment="bottom")
        with left:
            st.html(_review_place_html.place(row, is_first=is_first))
        with right:
            title = "Decided" if row.id in decided else "Decide"
            given = (sheet, About.FINDING, row.id)
            st.button(title, key=f"decide_on_{row.id}", on_click=begin, args=given, help=_on(row))


def _on(row: Place) -> str:
    return f"Decide on {label(shortened(row.path, 60))}:{row.line}"


def _key(pair: tuple[int, int]) -> str:
    return f"more_places_{pair[0]}_{pair[1]}"


def _more(pair: tuple[int, int]) -> None:
    st.session_state[_key(pair)] = int(st.session_state.get(_key(pair), 0)) + AT_ONCE
