"""Settings: what is set here, and where. What can be changed on the page is the visitor's own: the language."""

from __future__ import annotations

import os

import streamlit as st

from app_pages import _address, _html, _refusals, _settings, _visitor
from app_pages._labels import spoken
from app_pages._numbers import numbers
from app_pages._text import safe
from mldebt.app_access import read_app_access
from mldebt.settings import SettingsError, read_settings, read_tracker_access
from scoring.answers import SCORING_VERSION

COLUMNS = ("Name", False), ("Value", False), ("From", False), ("What it is", False)


def _chosen() -> None:
    if chosen := st.session_state["language"]:
        _visitor.choose(chosen)


def yours() -> None:
    st.html(
        _html.wrapped(
            f"<h2>{spoken('Yours')}</h2>",
            '<p class="muted small">The language of questions, kinds of debt, headings and states. An '
            "address with <code>lang=en</code> or <code>lang=ko</code> wins over what is chosen here.</p>",
        )
    )
    now = _visitor.language()
    if st.session_state.get("language") != now:
        st.session_state["language"] = now
    st.segmented_control(
        "Language",
        list(_visitor.LANGUAGES),
        key="language",
        format_func=_visitor.LANGUAGES.__getitem__,
        required=True,
        on_change=_chosen,
    )
    zone, locale, form = _visitor.zone_name(), st.context.locale or "not told", numbers()
    st.html(
        _html.wrapped(
            f'<p data-testid="zone">Moments are shown in <strong>{safe(zone)}</strong>, as your browser has it; days '
            f"of commits and snapshots are UTC. Numbers are written as in <strong>{safe(locale)}</strong>, which your "
            f"browser prefers: {safe(form.written('1,234,567.8'))}, {safe(form.share('12'))}. Light or dark: in the "
            "menu at the top right.</p>"
        )
    )


def here() -> None:
    environment = os.environ
    try:
        settings = read_settings(environment)
        told = _settings.rows(
            environment, settings, read_tracker_access(environment), read_app_access(environment, settings.home)
        )
    except SettingsError as error:
        st.html(_html.empty("The settings cannot be used", _html.name(_refusals.said(error))))
        return
    cells = [
        (f"<code>{safe(one.name)}</code>", _html.name(one.value), safe(one.where), _html.marked(one.says))
        for one in told
    ]
    versions = ", ".join(f"{name} {number}" for name, number in _settings.programs())
    st.html(
        _html.wrapped(
            f"<h2>{spoken('This server’s')}</h2>",
            '<p class="muted small">Read from the environment when the server began; change them there and begin it '
            "anew. Of secrets this page tells only whether they are set.</p>",
            _html.table(COLUMNS, cells, "settings", is_wide=True),
            f'<p class="muted small">{safe(versions)}, scoring {safe(SCORING_VERSION)}.</p>',
        )
    )
    st.html(
        _html.wrapped(
            f"<h2>{spoken('A repository’s')}</h2>",
            "<p>What a team says of its own repository stands in its <code>mldebt.yml</code>: what to leave out, what "
            "is accepted until when, what only people know. It is read at each scan, with the commit.</p>",
        )
    )


st.html(
    _html.wrapped(
        f"<h1>{spoken('Settings')}</h1>",
        '<p class="muted">What is set, and where. Nothing of the server’s is changed on this page.</p>',
        classes="md-head",
    )
)
_address.check()
yours()
here()
