"""What stands in place of a page that cannot be shown to this person, or not now."""

from __future__ import annotations

from urllib.parse import quote, urlencode, urlsplit

import streamlit as st

from app_pages import _html
from mldebt.access import AccessFailed, NotChecked, NotDecided, NotSeen, NotSignedIn
from mldebt.settings import SettingsError
from mldebt.store.errors import StoreError

KNOWN = (AccessFailed, SettingsError, StoreError)


def show(error: Exception) -> bool:
    """Whether it is one that has a page of its own."""
    if isinstance(error, NotSignedIn):
        st.html(_html.empty("You are not signed in", _said(error), _sign_in()))
        return True
    title = _title(error)
    if title is None:
        return False
    st.html(_html.empty(title, _said(error)))
    st.button("Try again", key="try_again")
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


def _said(error: Exception) -> str:
    return _html.name(f"{str(error)[:1].upper()}{str(error)[1:]}.")
