"""Decisions: on a place, a file or a kind of debt; what earlier reviews decided; and the end of a review."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import streamlit as st

from app_pages import _html, _review_door, _review_html
from app_pages._review_typing import MOVED, Sheet, again, attempt, forget, put
from app_pages._text import listed, plain, shortened
from mldebt.review.typed import CLOSED_BY, DRAFT, settled_field
from scoring.debts import DEBTS
from scoring.review.goals import KINDS, About, Kind
from scoring.review.record import Carried, Decision, Place, Record
from scoring.review.sides import Side

MOST_SUBJECTS = 200
QUARTER = timedelta(days=91)
GOES_ON: Mapping[str, str] = {"goes on": "Goes on", "done": "Done", "dropped": "Dropped"}
ABOUTS: Mapping[str, str] = {About.FINDING: "A place", About.FILE: "A file", About.DEBT: "A kind of debt"}
SAYS = "decision_says"


@dataclass(frozen=True, slots=True)
class Subjects:
    """What can be decided on, by its id: its title, and of a place its rule and path."""

    places: Mapping[str, str]
    files: Mapping[str, str]
    debts: Mapping[str, str]
    rules: Mapping[str, tuple[str, str]]

    def of(self, about: str) -> Mapping[str, str]:
        return {About.FINDING: self.places, About.FILE: self.files}.get(About(about), self.debts)


def subjects(side: Side, language: str) -> Subjects:
    """The heaviest places that nobody accepted, their files, and all kinds of debt."""
    titles = {signal.name: signal.definition.title for signal in side.signals}
    rows = [row for row in side.findings if row.accepted is None and row.rule in titles][:MOST_SUBJECTS]
    files = list(dict.fromkeys(row.path for row in rows))
    return Subjects(
        {row.id: f"{titles[row.rule]}: {shortened(plain(row.path), 100)}:{row.line}" for row in rows},
        {path: shortened(plain(path), 160) for path in files},
        {kind.debt.value: kind.title.in_language(language) for kind in DEBTS.values()},
        {row.id: (row.rule, row.path) for row in rows},
    )


def places(one: Record, sheet: Sheet | None) -> None:
    """The heaviest places; each can be decided on."""
    st.html(_review_html.places_head(one))
    if not one.places:
        return
    with st.container(key="places", border=True, gap="small"):
        for row in one.places:
            if sheet is None:
                st.html(_review_html.place(row))
                continue
            left, right = st.columns([6, 1], vertical_alignment="center")
            with left:
                st.html(_review_html.place(row))
            with right:
                st.button("Decide", key=f"decide_on_{row.id}", on_click=_choose, args=(sheet, row))


def _choose(sheet: Sheet, row: Place) -> None:
    put(sheet, "decision.about", About.FINDING)
    put(sheet, "decision.subject", row.id)
    st.session_state[SAYS] = ""
    st.toast("Chosen: say below what is decided on it.")


def decisions(one: Record, sheet: Sheet | None, found: Subjects | None) -> None:
    st.html(_html.wrapped('<h2 id="decisions">Decisions</h2>'))
    for row in one.decisions:
        with st.container(key=f"decision_{row.number}", border=True, gap="small"):
            st.html(_html.wrapped(f'<div data-testid="decision-{row.number}">{_review_html.decided(row)}</div>'))
            if sheet is not None:
                st.button(
                    "Take it back",
                    key=f"take_back_{row.number}",
                    on_click=_take_back,
                    args=(sheet, row),
                    type="tertiary",
                )
    if not one.decisions:
        st.html(
            _html.wrapped('<p class="muted">None was taken.</p>' if one.closed else '<p class="muted">None yet.</p>')
        )
    if told := _review_html.commit_this(one.decisions):
        st.html(told)
    if sheet is not None and found is not None:
        form(sheet, found)


@st.fragment
def form(sheet: Sheet, found: Subjects) -> None:
    sheet = again(sheet)
    with st.container(key="decide", border=True, gap="small"):
        st.html(_html.wrapped("<h3>Decide</h3>"))
        first = About.FINDING if found.places else About.DEBT
        about = sheet.choice("On", "decision.about", ABOUTS, first) or first
        options = found.of(about)
        if not options:
            st.html(_html.wrapped('<p class="muted">No open place is listed in this snapshot.</p>'))
        sheet.one_of("Which one", "decision.subject", list(options), options)
        sheet.choice("Decision", "decision.kind", {kind: words.partition(":")[0] for kind, words in KINDS.items()})
        kind = st.session_state.get(sheet.key("decision.kind"))
        if kind in list(Kind):
            st.html(_html.wrapped(f'<p class="small muted">{KINDS[Kind(kind)]}.</p>'))
        sheet.text("What is done, or why nothing is", "decision.words", is_long=True)
        left, right = st.columns(2)
        with left:
            sheet.text("Owner: a team, a role or a person", "decision.owner")
        with right:
            sheet.day("Due", "decision.due", datetime.now(UTC).date() + QUARTER)
        st.button("Take this decision", key="take_decision", type="primary", on_click=_take, args=(sheet, found))
        if says := st.session_state.get(SAYS):
            st.error(says)


def _take(sheet: Sheet, found: Subjects) -> None:
    typed = {field: st.session_state.get(sheet.key(field)) for field in DRAFT}
    kind, words, owner = (str(typed[f"decision.{name}"] or "").strip() for name in ("kind", "words", "owner"))
    subject, due = str(typed["decision.subject"] or ""), typed["decision.due"]
    about = str(typed["decision.about"] or "")
    lacks = [
        what
        for what, is_there in (
            ("on what", about in list(About) and subject in found.of(about)),
            ("what kind of decision it is", kind in list(Kind)),
            ("its words", words),
            ("an owner", owner),
            ("a day", due is not None),
        )
        if not is_there
    ]
    st.session_state[SAYS] = f"A decision needs {listed(lacks)}." if lacks else ""
    if lacks or due is None:
        return
    rule, path = found.rules.get(subject, ("", "")) if about == About.FINDING else ("", "")
    day = _review_door.today()
    title = found.of(about)[subject]
    decision = Decision(0, kind, about, subject, title, words, owner, due.isoformat(), day, rule, path)
    if attempt(lambda: _review_door.decide(sheet.repo, sheet.review, decision, DRAFT), words):
        forget(sheet, *DRAFT)
        st.session_state[MOVED] = True


def _take_back(sheet: Sheet, row: Decision) -> None:
    attempt(lambda: _review_door.take_back(sheet.repo, sheet.review, row.number))


def carried(title: str, rows: tuple[Carried, ...], none: str, sheet: Sheet | None) -> None:
    """What earlier reviews decided, and whether it goes on."""
    st.html(_html.wrapped(f"<h2>{title}</h2>", "" if rows else f'<p class="muted">{none}</p>'))
    for row in rows:
        with st.container(key=f"carried_{row.decision.number}", border=True, gap="small"):
            st.html(_review_html.carried(row))
            if sheet is not None:
                _settle(sheet, row)


@st.fragment
def _settle(sheet: Sheet, row: Carried) -> None:
    sheet = again(sheet)
    word = sheet.choice("And now?", settled_field(row.decision.number, "word"), GOES_ON, "goes on")
    if word in ("done", "dropped"):
        sheet.text("Why, in a few words", settled_field(row.decision.number, "note"))


@st.fragment
def ending(sheet: Sheet, one: Record) -> None:
    sheet = again(sheet)
    with st.container(key="ending", border=True, gap="small"):
        st.html(_html.wrapped("<h2>Close the review</h2>", f'<p class="small muted">{_says(one)}</p>'))
        by = sheet.text("Closed by: a team, a role or a person", CLOSED_BY)
        sure = st.checkbox("Nothing in it can be changed afterwards", key="sure")
        lacks = "" if by.strip() and sure else "Say who closes it, and that it is final."
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


def _says(one: Record) -> str:
    """What becomes of it."""
    unsigned = sum(bool(row.answer.strip()) and not row.owner.strip() for row in one.asked)
    left = f" {unsigned} of the answers have no owner: they stay in the review, and are not stated." if unsigned else ""
    return f"Both snapshots stay as long as the review does. Its answers are stated by their owners from then on.{left}"


def _close(sheet: Sheet) -> None:
    by = str(st.session_state.get(sheet.key(CLOSED_BY)) or "")
    if attempt(lambda: _review_door.close(sheet.repo, sheet.review, by)):
        st.query_params["review"] = str(sheet.review.id)
        st.session_state[MOVED] = True


def _discard(sheet: Sheet) -> None:
    if attempt(lambda: _review_door.discard(sheet.repo, sheet.review)):
        st.query_params.pop("review", None)
        st.session_state[MOVED] = True
