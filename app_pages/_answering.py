"""The form in which somebody answers for a debt. What is typed is kept as typed, and shown as stated."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import streamlit as st

from app_pages import _door, _seeing
from app_pages._labels import spoken
from app_pages._repo import Repo
from app_pages._text import label
from scoring.attestation import DAYS, LONGEST, Attestation

LONGEST_NAME = 100
NO_QUESTION = "What should people know about this debt that cannot be measured?"


def form(repo: Repo, about: str, asks: Sequence[str]) -> None:
    """About one kind of debt. A later answer takes the place of an earlier one that was given here."""
    if not _seeing.may_decide(repo.id):
        return
    today = datetime.now(UTC).date()
    with st.expander(spoken("Answer for the team")), st.form(f"answer_{about}", clear_on_submit=True, border=False):
        said = st.text_area(label(" ".join(asks) or spoken(NO_QUESTION)), key="answer_text", max_chars=LONGEST)
        by = st.text_input(spoken("Who says so: a team or a role"), key="answer_by", max_chars=LONGEST_NAME)
        until = st.date_input(
            spoken("Holds until"), today + timedelta(DAYS), min_value=today, format="YYYY-MM-DD", key="answer_until"
        )
        if not st.form_submit_button(spoken("Keep this answer"), key="answer_keep"):
            return
        if not said.strip() or not by.strip():
            st.error(spoken("An answer needs its words, and who says so."))
            return
        now = datetime.now(UTC)
        answer = Attestation(about, said, by.strip(), now.date().isoformat(), until.isoformat())
        _door.answer(repo, answer, int(now.timestamp()))
    st.rerun()
