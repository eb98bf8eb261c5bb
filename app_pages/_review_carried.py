"""What earlier reviews decided, checked by what is there now, and whether it goes on."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from app_pages import _html, _refusals, _review_html
from app_pages._labels import spoken
from app_pages._review_typing import Sheet, again
from mldebt.review.typed import settled_field
from scoring.review.record import Carried

GOES_ON: Mapping[str, str] = {"goes on": "Goes on", "done": "Done", "dropped": "Dropped"}


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
