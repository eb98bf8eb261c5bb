"""The form in which one decision is written: on what, what kind of decision, why, who, and by when."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial

import streamlit as st

from app_pages import _review_door, _review_place_html, _visitor
from app_pages._review_subjects import Subjects
from app_pages._review_typing import MOVED, Sheet, again, attempt, fits, forget
from app_pages._text import listed
from mldebt.review.typed import DRAFT, draft_field
from scoring.debts import DEBTS, Debt
from scoring.finding.acceptance import Reason
from scoring.review.goals import KINDS, About, Kind
from scoring.review.labels import Speech
from scoring.review.record import Decision

QUARTER = timedelta(days=91)
SAYS = "decision_says"
ON = "deciding_on"
"""What the form is open for: the review, about what, and which."""


def begin(sheet: Sheet, about: str, subject: str) -> None:
    st.session_state[ON] = (sheet.review.id, str(about), subject)
    st.session_state[SAYS] = ""


def is_open_on(sheet: Sheet, found: Subjects) -> tuple[str, str] | None:
    """About what, and which; None where the form is not open."""
    review_id, about, subject = st.session_state.get(ON) or (None, "", "")
    return (about, subject) if review_id == sheet.review.id and subject in found.of(about) else None


def needs_reason(kind: str, about: str) -> bool:
    """What the repository can accept: a kind of debt as a whole, it cannot."""
    return kind == Kind.ACCEPT and about != About.DEBT


@st.dialog("Decide", width="medium", on_dismiss=lambda: st.session_state.pop(ON, None))
def form(sheet: Sheet, found: Subjects, about: str, subject: str) -> None:
    sheet = again(sheet)
    field = partial(draft_field, about, subject)
    with st.container(key="decide", gap="small"):
        st.html(_about(found, about, subject))
        titles, says = ({str(kind): words.partition(": ")[part] for kind, words in KINDS.items()} for part in (0, 2))
        chosen = sheet.one_of("Decision", field("kind"), titles, list(says.values()))
        if needs_reason(chosen, about):
            sheet.one_of("Why it stays", field("reason"), _reasons(), ())
        sheet.text("What is done, or why nothing is", field("words"), is_long=True)
        left, right = st.columns(2)
        with left:
            sheet.text("Owner: a team, a role or a person", field("owner"))
        with right:
            sheet.day("Due", field("due"), datetime.now(UTC).date() + QUARTER)
        given = (sheet, found, about, subject)
        st.button("Take this decision", key="take_decision", type="primary", on_click=_take, args=given)
        if says_now := st.session_state.get(SAYS):
            st.error(says_now)


def _take(sheet: Sheet, found: Subjects, about: str, subject: str) -> None:
    fields = [draft_field(about, subject, part) for part in DRAFT]
    typed = [st.session_state.get(sheet.key(name)) for name in fields]
    kind, words, owner = (str(one or "").strip() for one in typed[:3])
    due = typed[3] if isinstance(typed[3], date) else None
    needs = needs_reason(kind, about)
    reason = str(typed[4] or "") if needs else ""
    lacks = _lacks(kind, words, owner, due, reason if needs else None)
    st.session_state[SAYS] = lacks or _unsettled(sheet, fields, words, owner)
    if st.session_state[SAYS] or due is None:
        return
    told = found.told.get(subject) if about == About.FINDING else None
    decision = Decision(
        0,
        kind,
        about,
        subject,
        found.title(about, subject),
        words,
        owner,
        due.isoformat(),
        _review_door.today(),
        told.rule if told else "",
        told.path if told else "",
        reason,
    )
    if attempt(lambda: _review_door.decide(sheet.repo, sheet.review, decision, tuple(fields)), words):
        forget(sheet, *fields)
    st.session_state.pop(ON, None)
    st.session_state[MOVED] = True


def _reasons() -> dict[str, str]:
    """Those that a team may commit; none is chosen beforehand."""
    say = Speech(_visitor.language())
    told = {str(one): say(one) for one in Reason}
    return {one: f"{text[:1].upper()}{text[1:]}" for one, text in told.items()}


def _lacks(kind: str, words: str, owner: str, due: date | None, reason: str | None) -> str:
    """`reason` is None where none is asked for."""
    parts = {
        "what kind of decision it is": kind in list(Kind),
        "the reason why it stays": reason is None or reason in list(Reason),
        "its words": words,
        "an owner": owner,
        "a day": due,
    }
    lacks = [part for part, is_there in parts.items() if not is_there]
    if lacks:
        return f"A decision needs {listed(lacks)}."
    is_over = due is not None and due.isoformat() < _review_door.today()
    return "Its day is over already: choose one that is to come." if is_over else ""


def _unsettled(sheet: Sheet, fields: list[str], words: str, owner: str) -> str:
    if not (fits(fields[1], words) and fits(fields[2], owner)):
        return "A field is too long to be kept."
    if any(sheet.theirs(name) in st.session_state for name in fields):
        return "Somebody else wrote here too: say first which of the two is meant."
    return ""


def _about(found: Subjects, about: str, subject: str) -> str:
    """What is known of it, so that nobody has to leave the form to decide."""
    if about == About.FINDING:
        return _review_place_html.one_place(found.told[subject], _visitor.language())
    if about == About.FILE:
        return _review_place_html.one_file(found.of(about)[subject], found.in_file(subject), _visitor.language())
    return _review_place_html.one_debt(DEBTS[Debt(subject)], _visitor.language())
