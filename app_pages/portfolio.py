"""All repositories: their five answers, and what changed in a quarter."""

from __future__ import annotations

import streamlit as st

from app_pages import _door, _html
from app_pages._choice import no_repository
from app_pages._portfolio import MOVE_WORDS, MOVES, Line, matching
from app_pages._text import count, day
from scoring.questions import QUESTIONS


def _find() -> None:
    st.query_params["find"] = st.session_state["find"]


def _moved() -> None:
    moved = st.session_state["moved"]
    if moved:
        st.query_params["moved"] = moved
    else:
        st.query_params.pop("moved", None)


def _clear() -> None:
    st.query_params.clear()


def _open(lines: list[Line]) -> None:
    clicked = st.session_state["open_repository"]
    st.session_state["opened"] = lines[clicked["row"]].slug


def _filters() -> tuple[str, str | None]:
    """Both stand in the address, so that a filtered list can be handed on."""
    find, moved = st.query_params.get("find", ""), st.query_params.get("moved")
    moved = moved if moved in MOVES else None
    st.session_state["find"], st.session_state["moved"] = find, moved
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        st.text_input("Find a repository", key="find", on_change=_find, icon=":material/search:", width=280)
        st.pills("Change in a quarter", MOVES, key="moved", on_change=_moved, format_func=MOVE_WORDS.__getitem__)
    return find, moved


def table(lines: list[Line], language: str) -> None:
    import pandas as pd

    titles = [question.title.in_language(language) for question in QUESTIONS]
    frame = pd.DataFrame(
        {
            "open": ["Open"] * len(lines),
            "repository": [line.title for line in lines],
            "change": [line.change for line in lines],
            "year": [list(line.spark) for line in lines],
            "most": [line.most for line in lines],
            **{title: [line.answers[number] for line in lines] for number, title in enumerate(titles)},
            "as of": ["" if line.as_of is None else day(line.as_of) for line in lines],
            "notes": [line.notes for line in lines],
        }
    )
    text = st.column_config.TextColumn
    st.dataframe(
        frame,
        key="portfolio",
        hide_index=True,
        height=min(640, 37 * (len(lines) + 1)),
        column_config={
            "open": st.column_config.ButtonColumn(
                "", type="tertiary", key="open_repository", on_click=_open, args=(lines,), width=60
            ),
            "repository": text("Repository", width="medium"),
            "change": text("Quarter", help="How many of the five answers got worse or better since a quarter ago."),
            "year": st.column_config.LineChartColumn("One year", width=110, help="Of the answer that moved most."),
            "most": text("Moved most", width="medium"),
            "as of": text("As of (UTC)"),
            "notes": text("Notes"),
        },
        alt=f"{count(len(lines), 'repository', 'repositories')} with five answers each; first: {lines[0].title}.",
    )


def page() -> None:
    opened = st.session_state.pop("opened", None)
    if opened is not None:
        st.switch_page("scorecard.py", query_params={"repo": opened})
    if not _door.repositories():
        no_repository()
    language = st.context.locale or "en"
    every = _door.portfolio_lines(language)
    newest = max((line.as_of for line in every if line.as_of is not None), default=None)
    until = f" Newest as of {day(newest)} (UTC)." if newest is not None else ""
    st.html(
        _html.wrapped(
            "<h1>Portfolio</h1>",
            f'<p class="muted">{count(len(every), "repository", "repositories")}, what got worse in a quarter first.'
            f"{until} An answer is shown by the number that heads it, with a letter where there is one.</p>",
            classes="md-head",
        )
    )
    find, moved = _filters()
    shown = matching(every, find, moved)
    if shown:
        table(shown, language)
        return
    st.html(_html.empty("No match", f"None of the {len(every):,} repositories fits the filter."))
    st.button("Clear the filter", key="clear_filter", on_click=_clear)


page()
