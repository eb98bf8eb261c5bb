"""Fields whose text is kept as soon as it is left, so that a session which breaks off loses nothing that it left."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import streamlit as st

from app_pages import _review_door
from app_pages._repo import Repo
from mldebt.access import AccessFailed
from mldebt.store.errors import StoreError
from mldebt.store.reviews import LONGEST_FIELD, ReviewClosedError, ReviewRow

LOST = "typed_into_a_closed_review"
MOVED = "more_than_a_part_of_the_review_moved"
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Sheet:
    """An open review, and what is typed into it so far."""

    repo: Repo
    review: ReviewRow
    fields: Mapping[str, str]

    def key(self, field: str) -> str:
        return f"review_{self.review.id}_{field}"

    def text(self, label: str, field: str, *, is_long: bool = False) -> str:
        self._remember(field, self.fields.get(field, ""))
        key, given = self.key(field), (self, field)
        if is_long:
            return st.text_area(label, key=key, max_chars=LONGEST_FIELD, height=96, on_change=save, args=given) or ""
        return st.text_input(label, key=key, max_chars=LONGEST_NAME, on_change=save, args=given) or ""

    def day(self, label: str, field: str, first: date | None = None) -> str:
        """As YYYY-MM-DD; empty where none is chosen."""
        self._remember(field, _day(self.fields.get(field, "")) or first)
        chosen = st.date_input(
            label, value=None, key=self.key(field), format="YYYY-MM-DD", on_change=save, args=(self, field)
        )
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
        return str(said or "")

    def one_of(self, label: str, field: str, options: Sequence[str], titles: Mapping[str, str]) -> str:
        """One of many, from a list; empty where there is none."""
        kept = self.fields.get(field, "")
        if not options:
            return ""
        self._remember(field, kept if kept in options else options[0])
        chosen = st.selectbox(
            label,
            options,
            key=self.key(field),
            format_func=lambda one: titles.get(one, one),
            on_change=save,
            args=(self, field),
        )
        return str(chosen or "")

    def _remember(self, field: str, value: Any) -> None:
        """Show what is stored, unless it is what this session knows: what is being typed is not written over."""
        key, known = self.key(field), f"known_{self.key(field)}"
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


def save(sheet: Sheet, field: str) -> None:
    """Keep what stands in a field now."""
    value = st.session_state.get(sheet.key(field))
    keep(sheet, field, value.isoformat() if isinstance(value, date) else str(value or ""))


def keep(sheet: Sheet, field: str, text: str) -> None:
    if attempt(lambda: _review_door.save_field(sheet.repo, sheet.review, field, text), text):
        st.session_state[f"known_{sheet.key(field)}"] = text


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


def put(sheet: Sheet, field: str, text: str) -> None:
    """Type into a field for somebody: for callbacks, before the field is drawn."""
    keep(sheet, field, text)
    forget(sheet, field)


def forget(sheet: Sheet, *fields: str) -> None:
    """Let fields show what is stored."""
    for field in fields:
        st.session_state.pop(sheet.key(field), None)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
