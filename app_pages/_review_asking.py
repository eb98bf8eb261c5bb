"""Questions that only people can answer: a card for each that this review takes up, and the others by choice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import streamlit as st

from app_pages import _html, _refusals, _review_html
from app_pages._labels import spoken
from app_pages._numbers import count
from app_pages._review_typing import Sheet, again, fits
from app_pages._text import shortened
from mldebt.review.typed import answer_field
from scoring.attestation import DAYS
from scoring.review.record import Asked, Record

HEAD = "Questions that only people can answer"
WHERE = "An answer holds until its day, then it is asked again. It is stated, never measured, and makes no letter."


def questions(one: Record, sheet: Sheet | None, language: str) -> None:
    if sheet is None:
        _read(one, language)
        return
    st.html(_html.wrapped(f'<h2 id="questions">{spoken(HEAD)}</h2>', f'<p class="muted small">{WHERE}</p>'))
    shown = [row for row in one.asked if row.is_next or row.answer]
    for row in shown:
        card(sheet, row, language)
    others = [row for row in one.asked if not row.is_next and not row.answer]
    if others:
        _another(sheet, others, language)


def _read(one: Record, language: str) -> None:
    rows = [row for row in one.asked if row.answer or row.is_next]
    if rows:
        st.html(_html.wrapped(f'<h2 id="questions">{spoken(HEAD)}</h2>'))
    for row in rows:
        with st.container(key=f"given_{row.about}", border=True, gap=None):
            st.html(_review_html.given(row, language))


@_refusals.part()
def card(sheet: Sheet, row: Asked, language: str) -> None:
    sheet = again(sheet)
    with st.container(key=f"question_{row.about}", border=True, gap="small"):
        st.html(_review_html.question(row, language))
        words = sheet.text("Answer", answer_field(row.about, "words"), is_long=True)
        owner_column, due_column, until_column = st.columns([2, 1, 1])
        with owner_column:
            owner = sheet.text("Owner: who says so", answer_field(row.about, "owner"))
        with due_column:
            sheet.day("Due, if it promises something", answer_field(row.about, "due"))
        with until_column:
            field = answer_field(row.about, "until")
            until = sheet.day("Holds until", field, datetime.now(UTC).date() + timedelta(DAYS))
        st.html(_html.wrapped(f'<p class="small muted" role="status">{_state(sheet, row, words, owner, until)}</p>'))


def _state(sheet: Sheet, row: Asked, words: str, owner: str, until: str) -> str:
    if not words.strip():
        return "Not answered yet. What is typed is kept when its field is left."
    if sheet.theirs(answer_field(row.about, "words")) in st.session_state or not fits(
        answer_field(row.about, "words"), words
    ):
        return "Not kept yet."
    if until and until < datetime.now(UTC).date().isoformat():
        return "Kept, but the day until which it holds is over: it would be asked again at once."
    return "Kept." if owner.strip() else "Kept. Without an owner it stays in the review, and is not stated."


@_refusals.part()
def _another(sheet: Sheet, others: Sequence[Asked], language: str) -> None:
    """The ML Test Score has 28 questions: they are there, and not all at once."""
    rows = {row.about: row for row in others}
    titles = {about: shortened(row.text, 140) for about, row in rows.items()}
    chosen = st.selectbox(
        f"Another of {count(len(rows), 'question')}",
        list(rows),
        index=None,
        key="another_question",
        format_func=titles.__getitem__,
        placeholder="Choose a question",
    )
    if chosen is not None:
        card(sheet, rows[chosen], language)
