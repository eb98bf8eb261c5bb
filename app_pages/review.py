"""The quarterly review of a repository: prepared from two snapshots, held by typing and clicking, closed for good."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NoReturn

import streamlit as st

from app_pages import (
    _address,
    _html,
    _refusals,
    _review_asking,
    _review_carried,
    _review_choosing,
    _review_deciding,
    _review_door,
    _review_ending,
    _review_exports,
    _review_html,
    _review_places,
    _seeing,
    _visitor,
)
from app_pages._choice import Choice, choice
from app_pages._numbers import numbers
from app_pages._refusals import LOST
from app_pages._repo import Repo
from app_pages._review_subjects import subjects
from app_pages._review_typing import MOVED, Sheet, attempt
from app_pages._text import safe, shortened
from mldebt.store.names import how_to_scan
from mldebt.store.reviews import ReviewClosedError, ReviewRow
from scoring.review.forms import in_form, in_language
from scoring.review.record import Place, Record

TOLD = "told_what_was_lost"


def asked_for(repo: Repo, rows: Sequence[ReviewRow]) -> ReviewRow | None:
    """The review that the address names, else the open one. One that there is not is never replaced by another."""
    asked = st.query_params.get("review", _review_choosing.NEW)
    opened = next((row for row in rows if row.is_open), None)
    if asked == _review_choosing.NEW:
        return opened
    found = next((row for row in rows if str(row.id) == asked), None)
    if found is None:
        _unknown(repo, asked)
    return found


def _unknown(repo: Repo, asked: str) -> NoReturn:
    st.html(
        _html.empty(
            "This review is not stored",
            f"The address asks for review {_html.name(shortened(asked, 40))} of {_html.name(repo.title)}. "
            "There is none of that number: it was given up, or the address has a slip in it.",
        )
    )
    st.button("Show the reviews", key="show_reviews", on_click=_review_choosing.leave)
    st.stop()


def lost() -> None:
    """What could not be kept, because somebody closed the review meanwhile, or otherwise: it is shown, not dropped."""
    if (kept := st.session_state.get(LOST)) is None:
        return
    error, text = kept
    last = _refusals.typed(text)
    if isinstance(error, ReviewClosedError):
        by = _html.name(error.review.closed_by or "somebody")
        when = _visitor.moment(error.review.closed_at or 0)
        title = "This review was closed meanwhile"
        says = ["All that both of you had typed before is in it. It is not changed any more."]
        last = f"<p>Closed by {by}, {safe(when)}.</p>{last}"
    else:
        title, says = "This could not be kept", [_refusals.said(error)]
    st.html(_html.notice(title, says, after=last))
    _refusals.put_away()
    if st.session_state.get(TOLD) is not error:  # once: who types stands further down, as a rule
        st.session_state[TOLD] = error
        st.toast(f"{title}. What you typed stands at the top of the page.")


def as_seen(one: Record, language: str) -> Record:
    """For this page alone: what is exported or kept stays as it was written."""
    return in_form(in_language(one, language), numbers())


def body(one: Record, sheet: Sheet | None, shown: Choice, pair: tuple[int, int], more: tuple[Place, ...]) -> None:
    """What a review shows, whatever its state; with fields where there is a sheet."""
    st.html(_review_html.between(one))
    left, right = st.columns(2)
    with left:
        with st.container(key="review_answers", border=True):
            st.html(_review_html.answers(one))
        with st.container(key="review_agenda", border=True):
            st.html(_review_html.agenda(one))
    with right:
        with st.container(key="review_flows", border=True):
            st.html(_review_html.flows(one, "" if one.closed else _review_choosing.how_to_list(shown.repo, one.before)))
        with st.container(key="review_moved", border=True):
            st.html(_review_html.moved(one))
    _review_carried.carried("Actions carried over", one.carried, "No action is open.", sheet)
    if one.goals:
        _review_carried.carried("Goals", one.goals, "", sheet)
    if told := _review_html.lapses(one):
        st.html(told)
    _review_places.places(one, sheet, more, pair, shown.address)


def held(shown: Choice, review: ReviewRow, language: str) -> None:
    """A review that is open or closed."""
    try:
        with st.skeleton(height=520):
            one = _review_door.record(shown.repo, review)
    except ValueError as error:
        st.html(_html.empty("This review cannot be shown", _html.name(f"{str(error)[:1].upper()}{str(error)[1:]}.")))
        return
    may_decide = review.is_open and _seeing.may_decide(shown.repo.id)
    sheet = Sheet(shown.repo, review, _review_door.fields(shown.repo, review)) if may_decide else None
    if review.is_open:
        says = "" if may_decide else " You may look, and not decide: that takes write access to it on GitHub."
        state = f"<strong>Open since {safe(review.opened_on)}.</strong> What is typed is kept field by field.{says}"
    else:
        state = (
            f"<strong>Closed on {safe(one.closed)} by {_html.name(one.closed_by)}.</strong> "
            f'<span class="muted">Digest <code>{safe((review.digest or "")[:12])}</code>: it is as it was.</span>'
        )
    with st.container(horizontal=True, vertical_alignment="center", key="review_state"):
        st.html(_html.wrapped(f'<p role="status">{state}</p>'))
        _review_exports.exports(one, shown.repo, language, is_next=not review.is_open)
        if not review.is_open:
            st.button("Prepare the next review", key="prepare_next", on_click=_review_choosing.leave)
    one = as_seen(one, language)
    between = (review.before_id, review.now_id)
    more = _review_places.further(one, shown.repo, between)
    body(one, sheet, shown, between, more)
    side = _review_door.side(shown.repo, review.now_id) if sheet else None
    found = subjects(one, side, language, more) if side else None
    _review_deciding.decisions(one, sheet, found)
    _review_asking.questions(one, sheet, language)
    if sheet is not None and found is not None:
        _review_ending.ending(sheet, one, found)


def next_one(shown: Choice, rows: Sequence[ReviewRow], language: str) -> None:
    """What the next review would talk about: nothing is kept before somebody opens it."""
    pair = _review_choosing.chosen_pair(shown)
    if pair is None:
        return
    with st.skeleton(height=520):
        one = _review_door.proposed(shown.repo, *pair)
    is_held = any(row.now_id == pair[1] for row in rows)
    if is_held:
        says = "A review that ended at this snapshot is closed already: scan again, so that there is something new."
        command = f"<p><code>{safe(how_to_scan(shown.repo.source, shown.repo.title))}</code></p>"
        st.html(_html.notice(says, is_calm=True, after=command))
    with st.container(horizontal=True, vertical_alignment="center", key="review_state"):
        if _seeing.may_decide(shown.repo.id):
            kind: Literal["primary", "secondary"] = "secondary" if is_held else "primary"
            st.button("Open the review", key="open_review", type=kind, on_click=_open, args=(shown.repo, *pair))
        else:
            st.html(_html.wrapped('<p class="muted">Who may write to this repository on GitHub may open it.</p>'))
        _review_exports.exports(one, shown.repo, language)
    one = as_seen(one, language)
    body(one, None, shown, pair, _review_places.further(one, shown.repo, pair))
    _review_asking.questions(one, None, language)


def _open(repo: Repo, before_id: int, now_id: int) -> None:
    def opened() -> None:
        number = _review_door.open_review(repo, before_id, now_id)
        _review_choosing.leave()
        st.query_params["review"] = str(number)

    attempt(opened)


def page() -> None:
    shown = choice()
    language = _visitor.language()
    st.html(_review_html.head(shown.repo.title, shown.repo.web, _review_door.issue(shown.repo)))
    st.session_state.pop(MOVED, None)  # the whole page runs already
    rows = _review_door.reviews(shown.repo)
    lost()
    _address.check(dict.fromkeys(("review", "from", "to")))  # what is not here of them is told below
    review = asked_for(shown.repo, rows)
    _review_choosing.picker(rows, review)
    if review is None:
        next_one(shown, rows, language)
    else:
        held(shown, review, language)


page()
