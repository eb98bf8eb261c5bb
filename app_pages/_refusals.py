"""What stands in place of a page that cannot be shown to this person, or not now."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec
from urllib.parse import quote, urlencode, urlsplit

import streamlit as st

from app_pages import _address, _html, _visitor
from app_pages._text import safe
from mldebt import access
from mldebt.access import AccessFailed, NotChecked, NotDecided, NotSeen, NotSignedIn
from mldebt.settings import SettingsError
from mldebt.store.errors import StoreError

P = ParamSpec("P")
log = logging.getLogger("mldebt.server")

LOST = "typed_and_not_kept"
"""In a tab's state: why what was typed last could not be kept, and what it was."""
KNOWN = (AccessFailed, SettingsError, StoreError)


WHOLE = "whole_page_runs"
"""In a tab's state: that all of a page runs, not a part of it."""


@contextmanager
def whole() -> Iterator[None]:
    """The run of all of a page."""
    st.session_state[WHOLE] = True
    try:
        yield
    except KNOWN as error:
        show(error)
    finally:
        st.session_state[WHOLE] = False


def part(run_every: float | None = None) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """A part of a page that runs by itself (`st.fragment`).

    Where it may not be shown any more, all of the page is refused, in its place: not this part alone, beside what was
    drawn before. The library would also write a traceback into the log, each time.
    """

    def decorated(function: Callable[P, None]) -> Callable[P, None]:
        @wraps(function)
        def told(*args: P.args, **kwargs: P.kwargs) -> None:
            if not st.session_state.get(WHOLE) and _address.is_mended():
                st.rerun()
            try:
                with _visitor.asked_once():
                    function(*args, **kwargs)
            except KNOWN as error:
                if not st.session_state.get(WHOLE):
                    st.rerun()
                show(error)
                st.stop()

        return st.fragment(told, run_every=run_every)

    return decorated


def show(error: Exception) -> bool:
    """Whether it is one that has a page of its own."""
    if isinstance(error, NotSignedIn):
        st.html(_html.empty("You are not signed in", _said(error), _sign_in()))
        _lost()
        return True
    title = _title(error)
    if title is None:
        return False
    st.html(_html.empty(title, _said(error)))
    st.button("Try again", key="try_again")
    _lost()
    return True


def _sign_in() -> str:
    """A link that leads back to where one is."""
    query = urlencode(st.query_params.to_dict())
    here = f"{urlsplit(st.context.url or '').path or '/'}{f'?{query}' if query else ''}"
    return f'<a href="/auth/login?next={quote(here, safe="")}" target="_self">Sign in with GitHub</a>'


def _title(error: Exception) -> str | None:
    match error:
        case NotSeen():
            return "This is not stored here"
        case NotDecided():
            return "You may look, and not decide"
        case NotChecked():
            return "What you may see cannot be asked for now"
        case StoreError() | SettingsError():
            return "The store does not answer"
        case _:
            return None


def typed(text: str) -> str:
    """What somebody typed that could not be kept, as HTML: it is shown, not dropped."""
    shown = "\n".join(safe(line) for line in text.splitlines())
    return f"<p>You had just typed:</p><pre>{shown}</pre>" if text.strip() else ""


def _lost() -> None:
    """It stays until whoever typed it puts it away: it stands nowhere else."""
    _, text = st.session_state.get(LOST, (None, ""))
    if text.strip():
        st.html(
            _html.wrapped(typed(text), '<p class="muted small">It was not kept: copy it before you put it away.</p>')
        )
        put_away()


def put_away() -> None:
    st.button("I have read it", key="read_lost", on_click=lambda: st.session_state.pop(LOST, None))


def said(error: Exception) -> str:
    """A sentence. What is wrong with the server names its files and hosts: others than its owner are not told that."""
    told = str(error)
    if isinstance(error, StoreError | SettingsError) and not access.is_local():
        log.error("a page could not be shown: %s", error)
        told = access.OUT_OF_REACH
    return f"{told[:1].upper()}{told[1:]}."


def _said(error: Exception) -> str:
    return _html.name(said(error))
