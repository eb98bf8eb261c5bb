"""All repositories: their five answers, and what became of them since about a quarter ago."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import streamlit as st

from app_pages import _address, _door, _html, _portfolio_html, _visitor
from app_pages._choice import no_repository
from app_pages._labels import spoken
from app_pages._numbers import counted, whole
from app_pages._portfolio import MOVE_WORDS, MOVES, ORDER_WORDS, Line, matching, usual
from app_pages._text import day, label, shortened
from scoring.questions import QUESTIONS

LINES_A_PAGE = 20
LONGEST_SEARCH = 200
HOW_TO_READ = (
    "A number heads the answer to each question; better and worse count these alone. Each is compared with the "
    "snapshot nearest to a quarter before its own, whose day the row names. Two repositories may be headed by "
    "different numbers: read what each is."
)
LONGEST_NAME = 80
ORDERS = tuple(ORDER_WORDS)
FILTERS = ("find", "moved")


def _asked(name: str) -> None:
    """What is asked for stands in the address, and starts on its first page."""
    st.query_params.pop("page", None)
    st.session_state.pop("page", None)
    if st.session_state[name] and st.session_state[name] != ORDERS[0]:
        st.query_params[name] = st.session_state[name]
    else:
        st.query_params.pop(name, None)


def _clear() -> None:
    for name in (*FILTERS, "page"):
        st.query_params.pop(name, None)


def filters() -> tuple[str, str | None, str]:
    """What the address asks for; the address wins over what was typed before."""
    find, moved = st.query_params.get("find", "")[:LONGEST_SEARCH], st.query_params.get("moved")
    moved = moved if moved in MOVES else None
    order = st.query_params.get("order", "")
    order = order if order in ORDERS else ORDERS[0]
    st.session_state["find"], st.session_state["moved"], st.session_state["order"] = find, moved, order
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        st.text_input(
            spoken("Find a repository"),
            key="find",
            max_chars=LONGEST_SEARCH,
            on_change=partial(_asked, "find"),
            icon=":material/search:",
            width=210,
        )
        st.pills(
            spoken("Change"), MOVES, key="moved", on_change=partial(_asked, "moved"), format_func=in_words(MOVE_WORDS)
        )
        st.selectbox(
            spoken("Order"),
            ORDERS,
            key="order",
            on_change=partial(_asked, "order"),
            format_func=in_words(ORDER_WORDS),
            width=220,
        )
    return find, moved, order


def in_words(words: Mapping[str, str]) -> Callable[[str], str]:
    return {word: spoken(text) for word, text in words.items()}.__getitem__


def listing(shown: Sequence[Line], heading: Sequence[str]) -> None:
    """A page of them. `heading`: the number that heads most of each question's answers."""
    above, below = st.container(key="repositories", gap=None), st.container()
    pages = -(-len(shown) // LINES_A_PAGE)
    page = below.pagination(pages, key="page", bind="query-params") if pages > 1 else 1
    first = (page - 1) * LINES_A_PAGE
    chosen = _visitor.language()
    spoken_too = {"lang": st.query_params["lang"]} if "lang" in st.query_params else {}
    with above:
        st.html(_portfolio_html.heads([question.title.in_language(chosen) for question in QUESTIONS], heading))
        for line in shown[first : first + LINES_A_PAGE]:
            name = label(shortened(line.title, LONGEST_NAME))
            st.page_link("scorecard.py", label=f"**{name}**", query_params={"repo": line.slug, **spoken_too})
            st.html(_portfolio_html.row(line, heading))


def page() -> None:
    if not _door.repositories():
        no_repository()
    with st.skeleton(height=640):
        every = _door.portfolio_lines(_visitor.language())
    newest = max((line.as_of for line in every if line.as_of is not None), default=None)
    until = f" {spoken('Newest as of {day} (UTC).', day=day(newest))}" if newest is not None else ""
    repositories = spoken("{n} {n:repository|repositories}", n=counted(len(every)))
    st.html(
        _html.wrapped(
            f"<h1>{spoken('Portfolio')}</h1>",
            f'<p class="muted">{repositories}: {_portfolio_html.moves(every)}.{until}</p>',
            f'<p class="muted small">{spoken(HOW_TO_READ)}</p>',
            classes="md-head",
        )
    )
    above = st.container(gap=None)
    find, moved, order = filters() if len(every) > 1 else ("", None, ORDERS[0])
    shown = matching(every, find, moved, order)
    pages = [str(number + 1) for number in range(-(-len(shown) // LINES_A_PAGE) or 1)]
    with above:
        _address.check({"find": None, "moved": MOVES, "order": ORDERS, "page": pages})
    if not shown:
        st.html(
            _html.empty(
                spoken("No match"), spoken("None of the {n} repositories fits the filter.", n=whole(len(every)))
            )
        )
    elif len(shown) < len(every):
        fits = spoken("{n} of {total} fit the filter.", n=whole(len(shown)), total=whole(len(every)))
        st.html(_html.wrapped(f'<p class="muted small">{fits}</p>'))
    if shown:
        listing(shown, usual(every))
    if find or moved:
        st.button(spoken("Clear the filter"), key="clear_filter", on_click=_clear)


page()
