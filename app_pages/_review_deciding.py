"""Decisions: on a place, a file or a kind of debt; what earlier reviews decided; and the end of a review."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import pairwise

import streamlit as st

from app_pages import _html, _refusals, _review_door, _review_html
from app_pages._labels import spoken
from app_pages._numbers import count
from app_pages._review_typing import MOVED, Sheet, again, attempt, fits, forget, keep
from app_pages._text import label, listed, plain, shortened
from mldebt.review.typed import CLOSED_BY, DRAFT, draft_field, given_answers, is_begun, settled_field
from scoring.debts import DEBTS
from scoring.review.goals import KINDS, About, Kind
from scoring.review.record import Carried, Decision, Place, Record
from scoring.review.sides import Side

MOST_SUBJECTS = 200
QUARTER = timedelta(days=91)
GOES_ON: Mapping[str, str] = {"goes on": "Goes on", "done": "Done", "dropped": "Dropped"}
ABOUTS: Mapping[str, str] = {About.FINDING: "A place", About.FILE: "A file", About.DEBT: "A kind of debt"}
SAYS = "decision_says"
ON = "deciding_on"
"""What the form is open for: the review, about what, and which."""


@dataclass(frozen=True, slots=True)
class Subjects:
    """What can be decided on, by its id: its title, and of a place its rule and path."""

    places: Mapping[str, str]
    files: Mapping[str, str]
    debts: Mapping[str, str]
    rules: Mapping[str, tuple[str, str]]

    def of(self, about: str) -> Mapping[str, str]:
        return {About.FINDING: self.places, About.FILE: self.files}.get(About(about), self.debts)

    def begun(self, fields: Mapping[str, str]) -> Iterator[tuple[About, str]]:
        """On what somebody began to decide."""
        if any(name.startswith("draft.") for name in fields):
            for about in About:
                yield from ((about, one) for one in self.of(about) if is_begun(fields, about, one))


def subjects(one: Record, side: Side, language: str) -> Subjects:
    """The places that the review shows, the heaviest ones that nobody accepted, their files, and all kinds of debt."""
    titles = {signal.name: signal.definition.title for signal in side.signals}
    heaviest = [row for row in side.findings if row.accepted is None and row.rule in titles][:MOST_SUBJECTS]
    rows = {row.id: (titles[row.rule], row) for row in heaviest} | {row.id: (row.title, row) for row in one.places}
    files = list(dict.fromkeys(row.path for _, row in rows.values()))
    return Subjects(
        {key: f"{title}: {shortened(plain(row.path), 100)}:{row.line}" for key, (title, row) in rows.items()},
        {path: shortened(plain(path), 160) for path in files},
        {kind.debt.value: kind.title.in_language(language) for kind in DEBTS.values()},
        {key: (row.rule, row.path) for key, (_, row) in rows.items()},
    )


def places(one: Record, sheet: Sheet | None) -> None:
    """The heaviest places, those of a rule together; each can be decided on."""
    st.html(_review_html.places_head(one))
    if not one.places:
        return
    decided = {row.subject for row in one.decisions}
    starts = [True, *(mine.rule != before.rule for before, mine in pairwise(one.places))]
    with st.container(key="places", border=True, gap="small"):
        for row, is_first in zip(one.places, starts, strict=True):
            if sheet is None:
                st.html(_review_html.place(row, is_first=is_first))
                continue
            left, right = st.columns([6, 1], vertical_alignment="bottom")
            with left:
                st.html(_review_html.place(row, is_first=is_first))
            with right:
                title = "Decided" if row.id in decided else "Decide"
                given = (sheet, About.FINDING, row.id)
                st.button(title, key=f"decide_on_{row.id}", on_click=_begin, args=given, help=_on(row))


def _on(row: Place) -> str:
    return f"Decide on {label(shortened(row.path, 60))}:{row.line}"


def _begin(sheet: Sheet, about: str, subject: str) -> None:
    st.session_state[ON] = (sheet.review.id, str(about), subject)
    st.session_state[SAYS] = ""


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
        review_id, about, subject = st.session_state.get(ON) or (None, "", "")
        if review_id == sheet.review.id and subject in found.of(about):
            form(sheet, found, about, subject)


def _begun(sheet: Sheet, found: Subjects) -> None:
    """What somebody typed and did not take is not lost, nor taken."""
    for number, (about, subject) in enumerate(found.begun(sheet.fields)):
        with st.container(key=f"begun_{number}", border=True, horizontal=True, vertical_alignment="center"):
            title = _html.name(shortened(found.of(about)[subject], 160))
            st.html(_html.wrapped(f'<p>{title} <span class="badge">begun, and not taken</span></p>'))
            st.button("Go on", key=f"go_on_{number}", on_click=_begin, args=(sheet, about, subject))
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
    _begin(sheet, about, subject)
    st.session_state[MOVED] = True


@st.dialog("Decide", width="medium", on_dismiss=lambda: st.session_state.pop(ON, None))
def form(sheet: Sheet, found: Subjects, about: str, subject: str) -> None:
    sheet = again(sheet)
    field = partial(draft_field, about, subject)
    with st.container(key="decide", gap="small"):
        st.html(_html.wrapped(f"<p>{_html.name(shortened(found.of(about)[subject], 200))}</p>"))
        titles, says = ({str(kind): words.partition(": ")[part] for kind, words in KINDS.items()} for part in (0, 2))
        sheet.one_of("Decision", field("kind"), titles, list(says.values()))
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
    st.session_state[SAYS] = _lacks(kind, words, owner, due) or _unsettled(sheet, fields, words, owner)
    if st.session_state[SAYS] or due is None:
        return
    rule, path = found.rules.get(subject, ("", "")) if about == About.FINDING else ("", "")
    title = found.of(about)[subject]
    on = _review_door.today()
    decision = Decision(0, kind, about, subject, title, words, owner, due.isoformat(), on, rule, path)
    if attempt(lambda: _review_door.decide(sheet.repo, sheet.review, decision, tuple(fields)), words):
        forget(sheet, *fields)
    st.session_state.pop(ON, None)
    st.session_state[MOVED] = True


def _lacks(kind: str, words: str, owner: str, due: date | None) -> str:
    parts = {"what kind of decision it is": kind in list(Kind), "its words": words, "an owner": owner, "a day": due}
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


def carried(title: str, rows: tuple[Carried, ...], none: str, sheet: Sheet | None) -> None:
    """What earlier reviews decided, and whether it goes on."""
    anchor = "carried" if none else "goals"
    st.html(
        _html.wrapped(f'<h2 id="{anchor}">{spoken(title)}</h2>', "" if rows else f'<p class="muted">{spoken(none)}</p>')
    )
    for row in rows:
        with st.container(key=f"carried_{row.decision.number}", border=True, gap="small"):
            st.html(_review_html.carried(row))
            if sheet is not None:
                _settle(sheet, row)


@_refusals.part()
def _settle(sheet: Sheet, row: Carried) -> None:
    sheet = again(sheet)
    word = sheet.choice("And now?", settled_field(row.decision.number, "word"), GOES_ON, "goes on")
    if word in ("done", "dropped"):
        sheet.text("Why, in a few words", settled_field(row.decision.number, "note"))


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
