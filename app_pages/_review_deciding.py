"""Decisions: those that were taken, those that were begun, and on what else to decide."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import streamlit as st

from app_pages import _html, _refusals, _review_door, _review_html
from app_pages._labels import spoken
from app_pages._review_form import begin, form, is_open_on
from app_pages._review_subjects import Subjects
from app_pages._review_typing import MOVED, Sheet, attempt, forget, keep
from app_pages._text import shortened
from mldebt.review.typed import DRAFT, draft_field
from scoring.review.goals import About
from scoring.review.record import Decision, Record

ABOUTS: Mapping[str, str] = {About.FINDING: "A place", About.FILE: "A file", About.DEBT: "A kind of debt"}


def decisions(one: Record, sheet: Sheet | None, found: Subjects | None) -> None:
    st.html(_html.wrapped(f'<h2 id="decide">{spoken("Decisions")}</h2>'))
    for row in one.decisions:
        with st.container(key=f"decision_{row.number}", border=True, gap="small"):
            told = _html.wrapped(f'<div data-testid="decision-{row.number}">{_review_html.decided(row)}</div>')
            if sheet is None:
                st.html(told)
                continue
            left, right = st.columns([6, 1], vertical_alignment="center")
            left.html(told)
            given = (sheet, row)
            right.button(
                "Take it back", key=f"take_back_{row.number}", on_click=_take_back, args=given, type="tertiary"
            )
    if not one.decisions:
        st.html(
            _html.wrapped('<p class="muted">None was taken.</p>' if one.closed else '<p class="muted">None yet.</p>')
        )
    if told := _review_html.commit_this(one.decisions):
        st.html(told)
    if sheet is not None and found is not None:
        _begun(sheet, found)
        _choose(sheet, found)
        if (chosen := is_open_on(sheet, found)) is not None:
            form(sheet, found, *chosen)


def _begun(sheet: Sheet, found: Subjects) -> None:
    """What somebody typed and did not take is not lost, nor taken."""
    for number, (about, subject) in enumerate(found.begun(sheet.fields)):
        with st.container(key=f"begun_{number}", border=True, horizontal=True, vertical_alignment="center"):
            title = _html.name(shortened(found.of(about)[subject], 160))
            st.html(_html.wrapped(f'<p>{title} <span class="badge">begun, and not taken</span></p>'))
            st.button("Go on", key=f"go_on_{number}", on_click=begin, args=(sheet, about, subject))
            st.button("Drop it", key=f"drop_{number}", on_click=_drop, args=(sheet, about, subject), type="tertiary")


@_refusals.part()
def _choose(sheet: Sheet, found: Subjects) -> None:
    """On what else to decide: nothing of it is kept before something is typed."""
    if st.session_state.pop(MOVED, False):
        st.rerun()
    with st.container(key="decide_else", border=True, gap="small"):
        st.html(_html.wrapped("<h3>Decide on something else</h3>"))
        chosen = st.segmented_control(
            "On", list(ABOUTS), key="decide_about", format_func=ABOUTS.__getitem__, default=About.DEBT
        )
        about = chosen or About.DEBT
        options = found.of(about)
        if not options:
            st.html(_html.wrapped('<p class="muted">No open place is listed in this snapshot.</p>'))
            return
        subject = st.selectbox("Which one", list(options), key=f"decide_which_{about}", format_func=options.__getitem__)
        st.button("Decide", key="decide_else_go", on_click=_from_list, args=(sheet, about, subject))


def _from_list(sheet: Sheet, about: str, subject: str) -> None:
    begin(sheet, about, subject)
    st.session_state[MOVED] = True


def _drop(sheet: Sheet, about: str, subject: str) -> None:
    fields = [draft_field(about, subject, part) for part in DRAFT]

    def write() -> None:
        for name in fields:
            _review_door.save_field(sheet.repo, sheet.review, name, "")

    attempt(write)
    forget(sheet, *fields)


def _take_back(sheet: Sheet, row: Decision) -> None:
    """Its words go back into the form, beside what somebody began there meanwhile: who took it wants to change it, as a
    rule."""
    if not attempt(lambda: _review_door.take_back(sheet.repo, sheet.review, row.number)):
        return
    for part in DRAFT:
        name, text = draft_field(row.about, row.subject, part), getattr(row, part)
        forget(sheet, name)
        keep(sheet, name, text, known="")
        if sheet.theirs(name) in st.session_state:
            st.session_state[sheet.key(name)] = date.fromisoformat(text) if part == "due" else text
