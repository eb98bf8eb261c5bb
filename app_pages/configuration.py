"""Configuration: how settings are written, checked and kept. Evidence of every question that consults it."""

from __future__ import annotations

import streamlit as st

from app_pages import _door, _evidence, _evidence_page, _visitor
from app_pages._choice import choice
from scoring.debts import Debt

DEBT = Debt.CONFIGURATION_DEBT


def page() -> None:
    shown = choice()
    language = _visitor.language()
    with st.skeleton(height=520):
        card, view = _door.card(shown.snapshot), _door.view(shown.repo, shown.snapshot, language)
    answers, part = _evidence.answers_consulting(card, DEBT), _evidence.part_of(card, DEBT)
    about = "how settings are written, checked and kept: evidence of the questions below."
    _evidence_page.head(shown, "Configuration", about, answers, view)
    _evidence_page.check([part], view)
    _evidence_page.over_time(shown, [part], view)
    _evidence_page.sections(shown, card, [part], view)


page()
