"""Who looks: the language of the texts and the time zone of the moments, each from what is nearest to the visitor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

LANGUAGES: Mapping[str, str] = {"en": "English", "ko": "한국어"}
LANG = "shown_language"
_asked: ContextVar[str] = ContextVar("language", default="")


@contextmanager
def asked_once() -> Iterator[None]:
    """Within this block the language is asked for one time: a page needs it for each of its words."""
    token = _asked.set(_language())
    try:
        yield
    finally:
        _asked.reset(token)


def language() -> str:
    """What the address says, else what was chosen on the page Settings, else what the browser prefers."""
    return _asked.get() or _language()


def _language() -> str:
    asked = st.query_params.get("lang")
    if asked is not None and asked in LANGUAGES:
        st.session_state[LANG] = asked
        return asked
    chosen = st.session_state.get(LANG)
    return str(chosen) if chosen in LANGUAGES else preferred()


def preferred() -> str:
    """The browser's language, where the texts are written in it; else English."""
    first = (st.context.locale or "en").replace("_", "-").partition("-")[0].lower()
    return first if first in LANGUAGES else "en"


def choose(chosen: str) -> None:
    """Until the tab is closed. An address that names a language wins no longer."""
    st.session_state[LANG] = chosen
    st.query_params.pop("lang", None)


def zone_name() -> str:
    """As the browser has it; UTC where it tells none, or one that this machine does not know."""
    name = st.context.timezone or ""
    return name if name and _zone(name) is not UTC else "UTC"


def moment(seconds: int, zone: str = "") -> str:
    """To the minute, with the name of the zone: "2026-11-24 14:02 Asia/Seoul"."""
    name = zone or zone_name()
    try:
        return f"{datetime.fromtimestamp(seconds, _zone(name)):%Y-%m-%d %H:%M} {name}"
    except (OverflowError, OSError, ValueError):
        return "outside the calendar"


@cache
def _zone(name: str) -> tzinfo:
    try:
        return UTC if name == "UTC" else ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC
