"""The quarterly review of a repository: prepared from two snapshots, held by typing and clicking, closed for good."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import NoReturn

import streamlit as st

from app_pages import _html, _refusals, _review_asking, _review_deciding, _review_door, _review_html, _seeing, _visitor
from app_pages._choice import Choice, choice
from app_pages._numbers import numbers
from app_pages._refusals import LOST
from app_pages._repo import Repo, Snapshot
from app_pages._review_typing import MOVED, Sheet, attempt
from app_pages._text import day, plain, safe, shortened
from mldebt import access
from mldebt.store.names import how_to_scan
from mldebt.store.reviews import ReviewClosedError, ReviewRow
from scoring.review.forms import in_form, in_language
from scoring.review.html import review_html
from scoring.review.json import review_json
from scoring.review.markdown import review_markdown
from scoring.review.record import Record

NEW = ""
TOLD = "told_what_was_lost"


def asked_for(repo: Repo, rows: Sequence[ReviewRow]) -> ReviewRow | None:
    """The review that the address names, else the open one. One that there is not is never replaced by another."""
    asked = st.query_params.get("review", NEW)
    opened = next((row for row in rows if row.is_open), None)
    if asked == NEW:
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
    st.button("Show the reviews", key="show_reviews", on_click=_leave)
    st.stop()


def _leave() -> None:
    for name in ("review", "from", "to"):
        st.query_params.pop(name, None)


def picker(rows: Sequence[ReviewRow], shown: ReviewRow | None) -> None:
    """Earlier reviews, and the one that is open or could be."""
    closed = [row for row in rows if not row.is_open]
    if not closed:
        return
    is_open = any(row.is_open for row in rows)
    titles = {NEW: "The open review" if is_open else "The next review"}
    titles |= {str(row.id): f"Review of {row.opened_on}, closed" for row in closed}
    current = str(shown.id) if shown is not None and not shown.is_open else NEW
    key = f"{'open' if is_open else 'next'}_review_picked"  # a browser keeps the words of a list as long as its key
    if st.session_state.get(key) != current:
        st.session_state[key] = current
    st.selectbox("Review", list(titles), key=key, format_func=titles.__getitem__, on_change=_pick, args=(key,))


def _pick(key: str) -> None:
    _leave()
    if chosen := st.session_state[key]:
        st.query_params["review"] = chosen


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
    st.button("I have read it", key="read_lost", on_click=lambda: st.session_state.pop(LOST, None))
    if st.session_state.get(TOLD) is not error:  # once: who types stands further down, as a rule
        st.session_state[TOLD] = error
        st.toast(f"{title}. What you typed stands at the top of the page.")


def chosen_pair(shown: Choice) -> tuple[int, int] | None:
    """From and To, as the address has them, else as the next review would be. None where they cannot be compared."""
    pair = _review_door.pair(shown.repo, shown.snapshot)
    moments = _review_door.moments(shown.repo)
    if pair is None:
        st.html(
            _html.empty(
                "Only one scan. The next review can compare",
                "A review looks at what changed between two moments, and only one moment of this repository is stored.",
                "Scan it again after the next change; or give its history back: "
                f"<code>{safe(how_to_scan(shown.repo.source, shown.repo.title, ' --since 2024-01-01'))}</code>",
            )
        )
        return None
    default = {"from": pair.before, "to": pair.now}
    titles = {row.id: _title(row) for row in moments}
    left, right = st.columns(2)
    chosen = {}
    for name, label, column in (("from", "From", left), ("to", "To", right)):
        wanted = _named(moments, name, default[name])
        if st.session_state.get(f"review_{name}") != wanted.id:
            st.session_state[f"review_{name}"] = wanted.id
        with column:
            st.selectbox(
                label,
                list(titles),
                key=f"review_{name}",
                format_func=titles.__getitem__,
                on_change=_picked,
                args=(name, {row.id: row.commit for row in moments}),
            )
        chosen[name] = wanted
    if chosen["from"].as_of >= chosen["to"].as_of:
        st.error("“From” must be before “To”.")
        return None
    return chosen["from"].id, chosen["to"].id


def _title(row: Snapshot) -> str:
    return f"{day(row.as_of)} · {row.commit[:7]}{', from history' if row.is_backfill else ''}"


def _named(moments: Sequence[Snapshot], name: str, default: Snapshot) -> Snapshot:
    asked = st.query_params.get(name)
    if not asked:
        return default
    found = next((row for row in moments if len(asked) >= 7 and row.commit.startswith(asked)), None)
    if found is None:
        st.html(_html.notice(f"No snapshot of the commit that “{name}” asks for is stored", [shortened(asked, 64)]))
    return found or default


def _picked(name: str, commits: dict[int, str]) -> None:
    st.query_params[name] = commits[st.session_state[f"review_{name}"]]


def exports(one: Record, repo: Repo, language: str) -> None:
    """What is written for people is in the language of whoever asks for it; numbers have one form for all."""
    forms: tuple[tuple[str, str, str, Callable[[Record], str]], ...] = (
        ("HTML, to print", "html", "text/html", partial(review_html, language=language)),
        ("Markdown", "md", "text/markdown", partial(review_markdown, language=language)),
        ("JSON", "json", "application/json", review_json),
    )
    about = re.sub(r"[^A-Za-z0-9]+", "-", plain(one.repository)).strip("-")[:60] or "repository"
    with st.popover("Export", icon=":material/download:"):
        for title, ending, kind, write in forms:
            st.download_button(
                title,
                data=partial(_written, write, one, repo.id),
                file_name=f"debt-review-{about}-{one.closed or one.day}.{ending}",
                mime=kind,
                key=f"export_{ending}",
                on_click="ignore",
            )


def _written(write: Callable[[Record], str], one: Record, repository_id: int) -> bytes:
    return access.handed_out.note(write(one).encode("utf-8", "backslashreplace"), repository_id)


def as_seen(one: Record, language: str) -> Record:
    """For this page alone: what is exported or kept stays as it was written."""
    return in_form(in_language(one, language), numbers())


def body(one: Record, sheet: Sheet | None) -> None:
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
            st.html(_review_html.flows(one))
        with st.container(key="review_moved", border=True):
            st.html(_review_html.moved(one))
    _review_deciding.carried("Actions carried over", one.carried, "No action is open.", sheet)
    if one.goals:
        _review_deciding.carried("Goals", one.goals, "", sheet)
    if told := _review_html.lapses(one):
        st.html(told)
    _review_deciding.places(one, sheet)


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
        exports(one, shown.repo, language)
    one = as_seen(one, language)
    body(one, sheet)
    side = _review_door.side(shown.repo, review.now_id) if sheet else None
    found = _review_deciding.subjects(one, side, language) if side else None
    _review_deciding.decisions(one, sheet, found)
    _review_asking.questions(one, sheet, language)
    if sheet is not None and found is not None:
        _review_deciding.ending(sheet, one, found)


def next_one(shown: Choice, rows: Sequence[ReviewRow], language: str) -> None:
    """What the next review would talk about: nothing is kept before somebody opens it."""
    pair = chosen_pair(shown)
    if pair is None:
        return
    with st.skeleton(height=520):
        one = _review_door.proposed(shown.repo, *pair)
    if any(row.now_id == pair[1] for row in rows):
        says = "A review that ended at this snapshot is closed already: scan again, so that there is something new."
        st.html(_html.notice(says, is_calm=True))
    with st.container(horizontal=True, vertical_alignment="center", key="review_state"):
        if _seeing.may_decide(shown.repo.id):
            st.button("Open the review", key="open_review", type="primary", on_click=_open, args=(shown.repo, *pair))
        else:
            st.html(_html.wrapped('<p class="muted">Who may write to this repository on GitHub may open it.</p>'))
        exports(one, shown.repo, language)
    one = as_seen(one, language)
    body(one, None)
    _review_asking.questions(one, None, language)


def _open(repo: Repo, before_id: int, now_id: int) -> None:
    def opened() -> None:
        number = _review_door.open_review(repo, before_id, now_id)
        _leave()
        st.query_params["review"] = str(number)

    attempt(opened)


def page() -> None:
    shown = choice()
    language = _visitor.language()
    st.html(_review_html.head(shown.repo.title, shown.repo.web, _review_door.issue(shown.repo)))
    st.session_state.pop(MOVED, None)  # the whole page runs already
    rows = _review_door.reviews(shown.repo)
    lost()
    review = asked_for(shown.repo, rows)
    picker(rows, review)
    if review is None:
        next_one(shown, rows, language)
    else:
        held(shown, review, language)


page()
