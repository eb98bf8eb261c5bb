"""The end of a review: what becomes of it, and who closes it or gives it up."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from app_pages import _html, _refusals, _review_door
from app_pages._labels import spoken
from app_pages._numbers import count
from app_pages._review_subjects import Subjects
from app_pages._review_typing import MOVED, Sheet, again, attempt, fits
from mldebt.review.typed import CLOSED_BY, given_answers
from scoring.review.record import Record


@_refusals.part()
def ending(sheet: Sheet, one: Record, found: Subjects) -> None:
    sheet = again(sheet)
    with st.container(key="ending", border=True, gap="small"):
        says = "".join(f'<p class="small muted">{text}</p>' for text in _says(sheet, one, found))
        st.html(_html.wrapped(f"<h2>{spoken('Close the review')}</h2>{says}"))
        by = st.text_input("Closed by: a team, a role or a person", key=sheet.key(CLOSED_BY))
        sure = st.checkbox("Nothing in it can be changed afterwards", key="sure")
        lacks = "" if by.strip() and sure else "Say who closes it, and that it is final."
        lacks = lacks if fits(CLOSED_BY, by) else "Who closes it is told in a few words."
        left, right = st.columns([1, 1])
        with left:
            st.button(
                "Close the review",
                key="close_review",
                type="primary",
                on_click=_close,
                args=(sheet,),
                disabled=bool(lacks),
            )
        with right, st.popover("Give it up", type="tertiary"):
            st.html(_html.wrapped("<p>All that was typed into it goes with it.</p>"))
            st.button("Yes, give it up", key="discard_review", on_click=_discard, args=(sheet,))
        if lacks:
            st.html(_html.wrapped(f'<p class="small muted">{lacks}</p>'))


def _says(sheet: Sheet, one: Record, found: Subjects) -> Iterator[str]:
    """What becomes of it."""
    answers = [given for given in given_answers(sheet.fields).values() if given.words.strip()]
    unsigned = sum(not given.owner.strip() for given in answers)
    yield (
        f"It ends with {count(len(one.decisions), 'decision')} and {count(len(answers), 'answer')}. Both snapshots "
        "stay as long as the review does. Its answers are stated by their owners from then on."
    )
    if unsigned:
        without = "Without one an answer stays in the review, and is not stated."
        yield f"{count(unsigned, 'answer has', 'answers have')} no owner. {without}"
    if begun := sum(1 for _ in found.begun(sheet.fields)):
        yield f"{count(begun, 'decision is', 'decisions are')} begun and not taken: no part of the review."


def _close(sheet: Sheet) -> None:
    by = str(st.session_state.get(sheet.key(CLOSED_BY)) or "")
    if attempt(lambda: _review_door.close(sheet.repo, sheet.review, by)):
        st.query_params["review"] = str(sheet.review.id)
        st.session_state[MOVED] = True


def _discard(sheet: Sheet) -> None:
    if attempt(lambda: _review_door.discard(sheet.repo, sheet.review)):
        st.query_params.pop("review", None)
        st.session_state[MOVED] = True
