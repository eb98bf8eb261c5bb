"""Onboarding: what makes a system quick or slow to learn. Evidence of the fifth question."""

from __future__ import annotations

import streamlit as st

from app_pages import _door, _evidence, _evidence_page, _pictures, _visitor
from app_pages._choice import choice

QUESTION = "onboarding"


def page() -> None:
    shown = choice()
    language = _visitor.language()
    with st.skeleton(height=520):
        card, view = _door.card(shown.snapshot), _door.view(shown.repo, shown.snapshot, language)
    answer = _evidence.answer_to(card, QUESTION)
    _evidence_page.head(shown, "Onboarding", "what makes this system quick or slow to learn.", [answer], view)
    _evidence_page.check(answer.parts, view)
    _pictures.of_question(QUESTION, shown)
    _evidence_page.over_time(shown, answer.parts, view)
    _evidence_page.sections(shown, card, answer.parts, view)


page()
