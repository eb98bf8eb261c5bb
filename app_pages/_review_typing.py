"""Fields whose text is kept as soon as it is left, so that a session which breaks off loses nothing that it left.

Nor does one person's text take the place of another's: who typed second is shown both, and chooses.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import streamlit as st

from app_pages import _html, _review_door, _review_html
from app_pages._numbers import count, whole
from app_pages._refusals import LOST
from app_pages._repo import Repo
from mldebt.access import AccessFailed
from mldebt.review.typed import room
from mldebt.store.errors import StoreError
from mldebt.store.reviews import FieldChangedError, ReviewClosedError, ReviewRow

MOVED = "more_than_a_part_of_the_review_moved"


@dataclass(frozen=True, slots=True)
class Sheet:
    """An open review, and what is typed into it so far."""

    repo: Repo
    review: ReviewRow
    fields: Mapping[str, str]

    def key(self, field: str) -> str:
        return f"review_{self.review.id}_{field}"

    def known(self, field: str) -> str:
        """Where it stands what this session saw in a field."""
        return f"known_{self.key(field)}"

    def theirs(self, field: str) -> str:
        """Where it stands what somebody else typed meanwhile."""
        return f"meanwhile_{self.key(field)}"

    def text(self, label: str, field: str, *, is_long: bool = False) -> str:
        self._remember(field, self.fields.get(field, ""))
        key, given = self.key(field), (self, field)
        if is_long:
            typed = st.text_area(label, key=key, height="content", on_change=save, args=given) or ""
        else:
            typed = st.text_input(label, key=key, on_change=save, args=given) or ""
        if not fits(field, typed):
            st.html(_html.wrapped(f'<p class="small change worse" role="alert">{_too_long(field, typed)}</p>'))
        _between_two(self, field, can_join=is_long)
        return typed

    def day(self, label: str, field: str, first: date | None = None) -> str:
        """As YYYY-MM-DD; empty where none is chosen."""
        self._remember(field, _day(self.fields.get(field, "")) or first)
        chosen = st.date_input(
            label, value=None, key=self.key(field), format="YYYY-MM-DD", on_change=save, args=(self, field)
        )
        _between_two(self, field)
        return chosen.isoformat() if isinstance(chosen, date) else ""

    def choice(self, label: str, field: str, options: Mapping[str, str], first: str | None = None) -> str:
        """One of some words, beside each other; empty where none is chosen."""
        kept = self.fields.get(field, "")
        self._remember(field, kept if kept in options else first)
        said = st.segmented_control(
            label,
            list(options),
            key=self.key(field),
            format_func=options.__getitem__,
            on_change=save,
            args=(self, field),
        )
        _between_two(self, field)
        return str(said or "")

    def one_of(self, label: str, field: str, options: Mapping[str, str], says: Sequence[str]) -> str:
        """One of some words, below each other, each with what it means; empty where none is chosen."""
        kept = self.fields.get(field, "")
        self._remember(field, kept if kept in options else None)
        said = st.radio(
            label,
            list(options),
            index=None,
            key=self.key(field),
            format_func=options.__getitem__,
            captions=says or None,
            on_change=save,
            args=(self, field),
        )
        _between_two(self, field)
        return str(said or "")

    def _remember(self, field: str, value: Any) -> None:
        """Show what is stored, unless it is what this session knows: what is being typed is not written over."""
        key, known = self.key(field), self.known(field)
        if key not in st.session_state:  # the page was left, and with it what stood beside another's text
            st.session_state.pop(self.theirs(field), None)
        typed = st.session_state.get(key)
        if self.theirs(field) in st.session_state or (isinstance(typed, str) and not fits(field, typed)):
            return
        if key not in st.session_state or st.session_state.get(known) != self.fields.get(field):
            st.session_state[key] = value
            st.session_state[known] = self.fields.get(field)


def again(sheet: Sheet) -> Sheet:
    """With what is stored now: a part of a page runs by itself, and the whole page does not.

    Where what was clicked changes more than this part, the whole page runs.
    """
    if st.session_state.pop(MOVED, False):
        st.rerun()
    return replace(sheet, fields=_review_door.fields(sheet.repo, sheet.review))


def fits(field: str, text: str) -> bool:
    return len(text) <= room(field)


def _too_long(field: str, text: str) -> str:
    more = count(len(text) - room(field), "character")
    return f"Not kept: it is longer than the {whole(room(field))} characters that are kept. Take out {more}."


def save(sheet: Sheet, field: str) -> None:
    """Keep what stands in a field now."""
    value = st.session_state.get(sheet.key(field))
    text = value.isoformat() if isinstance(value, date) else str(value or "")
    if fits(field, text):
        keep(sheet, field, text, known=st.session_state.get(sheet.known(field)) or "")


def keep(sheet: Sheet, field: str, text: str, known: str | None = None) -> None:
    """Store it, unless it is not `known` what stands there: then both are shown."""

    def write() -> None:
        kept = _review_door.save_field(sheet.repo, sheet.review, field, text, known)
        st.session_state[sheet.known(field)] = kept
        if kept != text:  # a secret in it is masked
            st.session_state.pop(sheet.key(field), None)
        st.session_state.pop(sheet.theirs(field), None)

    try:
        attempt(write, text)
    except FieldChangedError as error:
        st.session_state[sheet.theirs(field)] = error.theirs


def _between_two(sheet: Sheet, field: str, *, can_join: bool = False) -> None:
    """Where two typed into one field: what the other typed, and what is to become of the two."""
    theirs = st.session_state.get(sheet.theirs(field))
    if theirs is None:
        return
    said = f"<pre>{_review_html.safe_lines(theirs)}</pre>" if theirs else "<p>It is empty now.</p>"
    says = "Somebody else wrote here meanwhile. What you typed is not kept yet."
    st.html(_html.notice(says, after=said))
    ways = {"both": "Keep both", "mine": "Keep mine", "theirs": "Take theirs"}
    if not (can_join and theirs):
        ways.pop("both")
    with st.container(horizontal=True):
        for way, title in ways.items():
            st.button(title, key=f"{way}_{sheet.key(field)}", on_click=_settle, args=(sheet, field, theirs, way))


def _settle(sheet: Sheet, field: str, theirs: str, way: str) -> None:
    """Against what the other typed, as far as it was shown: who typed again meanwhile is shown again."""
    mine = st.session_state.get(sheet.key(field))
    text = mine.isoformat() if isinstance(mine, date) else str(mine or "")
    if way == "theirs":
        st.session_state.pop(sheet.theirs(field), None)
        forget(sheet, field)
        return
    kept = f"{theirs}\n{text}" if way == "both" else text
    if not fits(field, kept):
        st.session_state[sheet.key(field)] = kept
        st.session_state.pop(sheet.theirs(field), None)
        st.session_state[sheet.known(field)] = theirs
        return
    keep(sheet, field, kept, known=theirs)
    if sheet.theirs(field) not in st.session_state:
        forget(sheet, field)


def attempt(write: Callable[[], None], text: str = "") -> bool:
    """Whether it was written. Where it was not, the page says why, and shows what was typed last."""
    try:
        write()
    except ReviewClosedError as error:
        _lose(error, text)
        st.query_params["review"] = str(error.review.id)
        return False
    except (AccessFailed, StoreError) as error:
        _lose(error, text)
        return False
    return True


def _lose(error: Exception, text: str) -> None:
    st.session_state[LOST] = (error, text)
    st.session_state[MOVED] = True


def forget(sheet: Sheet, *fields: str) -> None:
    """Let fields show what is stored."""
    for field in fields:
        st.session_state.pop(sheet.key(field), None)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
