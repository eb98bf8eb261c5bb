"""Activity: what runs, waits and failed in the background. Asked again every few seconds while somebody looks."""

from __future__ import annotations

import streamlit as st

from app_pages import _activity, _door, _html, _refusals, _visitor
from app_pages._labels import spoken
from mldebt.jobs.listing import State
from mldebt.store.errors import StoreError

EVERY_SECONDS = 5


@_refusals.part(run_every=EVERY_SECONDS)
def jobs() -> None:
    try:
        with st.skeleton(height=320):
            found = _door.activity()
    except StoreError as error:
        st.html(_html.empty("The jobs cannot be listed", _html.name(_refusals.said(error))))
        return
    if not any(found.counts.values()):
        st.html(_html.empty("Nothing yet", *_activity.NOTHING))
        return
    st.html(_html.wrapped(f'<p role="status">{_activity.headline(found)}</p>'))
    for state in State:
        shown = _activity.section(found, state, _visitor.zone_name())
        if shown:
            with st.container(border=True, key=f"jobs_{state.value}"):
                st.html(shown)


st.html(
    _html.wrapped(
        f"<h1>{spoken('Activity')}</h1>",
        '<p class="muted">What is done in the background: scans that somebody asked for, and those of each week.</p>',
        classes="md-head",
    )
)
jobs()
