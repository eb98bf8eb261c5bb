"""All repositories: their five answers, and what changed in a quarter."""

from __future__ import annotations

import streamlit as st

from app_pages import _door, _html, _visitor
from app_pages._choice import no_repository
from app_pages._labels import spoken
from app_pages._numbers import count, whole
from app_pages._portfolio import MOVE_WORDS, MOVES, Line, matching
from app_pages._text import day, label, shortened

LINES_A_PAGE = 20
LONGEST_SEARCH = 200


def _find() -> None:
    _filtered("find")


def _moved() -> None:
    _filtered("moved")


def _filtered(name: str) -> None:
    """A filter stands in the address, and starts on its first page."""
    st.query_params.pop("page", None)
    st.session_state.pop("page", None)
    if st.session_state[name]:
        st.query_params[name] = st.session_state[name]
    else:
        st.query_params.pop(name, None)


def _clear() -> None:
    st.query_params.clear()


def filters() -> tuple[str, str | None]:
    """What the address asks for; the address wins over what was typed before."""
    find, moved = st.query_params.get("find", "")[:LONGEST_SEARCH], st.query_params.get("moved")
    moved = moved if moved in MOVES else None
    st.session_state["find"], st.session_state["moved"] = find, moved
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        st.text_input(
            "Find a repository",
            key="find",
            max_chars=LONGEST_SEARCH,
            on_change=_find,
            icon=":material/search:",
            width=280,
        )
        st.pills("Change in a quarter", MOVES, key="moved", on_change=_moved, format_func=MOVE_WORDS.__getitem__)
    return find, moved


def listing(shown: list[Line]) -> None:
    above, below = st.container(key="repositories", gap=None), st.container()
    pages = -(-len(shown) // LINES_A_PAGE)
    page = below.pagination(pages, key="page", bind="query-params") if pages > 1 else 1
    first = (page - 1) * LINES_A_PAGE
    with above:
        for number, line in enumerate(shown[first : first + LINES_A_PAGE]):
            with st.container(key=f"line_{number}", gap=None):
                name = label(shortened(line.title, 80))
                st.page_link("scorecard.py", label=f"**{name}**", query_params={"repo": line.slug})
                st.html(_html.portfolio_line(line))


def page() -> None:
    if not _door.repositories():
        no_repository()
    with st.skeleton(height=640):
        every = _door.portfolio_lines(_visitor.language())
    newest = max((line.as_of for line in every if line.as_of is not None), default=None)
    until = f" Newest as of {day(newest)} (UTC)." if newest is not None else ""
    st.html(
        _html.wrapped(
            f"<h1>{spoken('Portfolio')}</h1>",
            f'<p class="muted">{count(len(every), "repository", "repositories")}, those whose answers got worse in a '
            f"quarter first.{until}</p>",
            '<p class="muted small">Under each question stands the number that heads its answer, with a letter where '
            "there is one. Better and worse count these numbers alone. Two repositories may be headed by different "
            "numbers: read what each is.</p>",
            classes="md-head",
        )
    )
    find, moved = filters()
    shown = matching(every, find, moved)
    if shown:
        listing(shown)
        return
    st.html(_html.empty("No match", f"None of the {whole(len(every))} repositories fits the filter."))
    st.button("Clear the filter", key="clear_filter", on_click=_clear)


page()
