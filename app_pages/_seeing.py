"""Who looks at this page, and what he or she may see and decide. The door asks here before it reads anything."""

from __future__ import annotations

import streamlit as st

from app_pages import _html
from mldebt import access
from mldebt.access import NotDecided, NotSeen, Viewer

NOT_SEEN = "the address asks for what is not stored here, or not for you"
NOT_DECIDED = "you may look at this repository, and decide nothing: that takes write access to it on GitHub"


def viewer() -> Viewer:
    """Asked in every run of a page, so that what GitHub takes away is gone with the next one. Raises AccessFailed."""
    return access.bound().viewer(st.context.cookies.to_dict())


def visible() -> tuple[int, ...] | None:
    """The repositories that may be shown, as a key of caches; None: all."""
    return viewer().visible


def seen(repository_id: int) -> int:
    """The same id. Raises NotSeen."""
    if not viewer().may_see(repository_id):
        raise NotSeen(NOT_SEEN)
    return repository_id


def may_decide(repository_id: int) -> bool:
    return viewer().may_decide(repository_id)


def require_decide(repository_id: int) -> int:
    """The same id: asked before anything is written, whatever the page showed. Raises NotSeen or NotDecided."""
    if not viewer().may_decide(seen(repository_id)):
        raise NotDecided(NOT_DECIDED)
    return repository_id


def visit(name: str) -> None:
    """The address names a repository that is not among those that are known to be seen."""
    access.bound().visit(st.context.cookies.to_dict(), name)


def say_who() -> None:
    """In the sidebar, where somebody is signed in."""
    who = viewer()
    if who.user is not None:
        leave = '<a href="/auth/logout" target="_self">Sign out</a>'
        st.sidebar.html(_html.wrapped(f'<p class="muted small">Signed in as {_html.name(who.login)} · {leave}</p>'))
