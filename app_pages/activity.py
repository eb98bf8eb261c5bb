"""Activity: what runs, waits and failed in the background. Asked again every few seconds while somebody looks."""

from __future__ import annotations

import os

import streamlit as st

from app_pages import _activity, _address, _door, _html, _refusals, _seeing, _visitor
from app_pages._labels import spoken
from mldebt.settings import read_settings
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
    is_weekly, is_visitor = read_settings(os.environ).weekly, _seeing.viewer().user is not None
    if not any(found.counts.values()):
        st.html(_html.empty("Nothing yet", *_activity.nothing(is_weekly=is_weekly, is_visitor=is_visitor)))
        return
    st.html(
        _html.wrapped(
            f'<p role="status">{_activity.headline(found)}</p>',
            f'<p class="muted small">{_activity.weekly(is_weekly=is_weekly)}</p>',
        )
    )
    for state in _activity.TITLES:
        shown = _activity.section(found, state, _visitor.zone_name(), is_visitor=is_visitor)
        if shown:
            with st.container(border=True, key=f"jobs_{state.value}"):
                st.html(shown)


st.html(
    _html.wrapped(
        f"<h1>{spoken('Activity')}</h1>",
        '<p class="muted">What is done in the background: what runs, waits and failed.</p>',
        classes="md-head",
    )
)
_address.check()
jobs()
