"""Texts on their way into a database."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mldebt.store.bulk import storable


def test_what_a_database_cannot_hold_becomes_visible() -> None:
    assert storable("a\0b") == "a\\x00b"
    assert storable("caf\udce9") == "caf\\xe9"
    assert storable("\ud800") == "\\ud800"


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_any_other_text_stays_as_it_is(text: str) -> None:
    assert storable(text) == text


@given(st.text(st.characters(exclude_categories=[])))
def test_every_text_can_be_stored(text: str) -> None:
    stored = storable(text)
    assert "\0" not in stored
    assert stored.encode().decode() == stored
