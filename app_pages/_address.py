"""What an address asks a page for: where that is not here, a sentence says so, and what is shown instead."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import NamedTuple

import streamlit as st

from app_pages import _html, _visitor
from app_pages._text import shortened

TOLD = "address_told"
"""In a tab's state: what the page said is not here, by name."""
ALWAYS = frozenset({"repo", "at", "lang"})
"""Names that every page may bear: of what repository and commit, in which language."""
OF_OTHERS = re.compile(r"utm_\w+|\w*clid|installation_id|setup_action|code|state|ref|source|embed\w*")
"""Names that others hang on to an address."""
MOST = 5


class Asked(NamedTuple):
    what: str
    instead: str


NAMES: Mapping[str, Asked] = {
    "lang": Asked("language here", "the page speaks the one that your browser prefers"),
    "q": Asked("question", "the first one is shown"),
    "box": Asked("part of the figure", "none is opened"),
    "line": Asked("number to draw over time here", "the first one is drawn"),
    "debt": Asked("kind of debt", "all kinds are shown"),
    "acceptance": Asked("choice between open and accepted", "both are shown"),
    "severity": Asked("severity", "findings of each are shown"),
    "node": Asked("set of data in this snapshot", "the whole graph is shown"),
    "only": Asked("choice for it but 1", "everything is shown"),
    "fate": Asked("fate that a branch here has", "another one is shown"),
    "moved": Asked("change in a quarter to choose", "all repositories are shown"),
    "order": Asked("order of the list", "the list stands in its own order"),
    "page": Asked("page of this list", "its first page is shown"),
}


def amiss(
    query: Mapping[str, str], options: Mapping[str, Collection[str] | None], instead: Mapping[str, str] | None = None
) -> dict[str, str]:
    """A sentence for each name of an address that asks for what is not among its options; None: any. Pure."""
    found: dict[str, str] = {}
    for name, value in query.items():
        shown = f"{shortened(name, 40)}={shortened(value, 60)}"
        if name in options:
            values = options[name]
            if value and values is not None and value not in values:
                asked = NAMES[name]
                found[name] = f"{shown}: there is no such {asked.what}; {(instead or {}).get(name, asked.instead)}."
        elif name not in ALWAYS and not OF_OTHERS.fullmatch(name):
            found[name] = f"{shown}: this page has nothing of that name; it changes nothing."
    return found


def check(options: Mapping[str, Collection[str] | None] | None = None, **instead: str) -> None:
    """Above a page: what its address asks for that is not here. `options`: names that the page knows, and values."""
    known = {"lang": _visitor.LANGUAGES, **(options or {})}
    query = st.query_params.to_dict()
    found = amiss(query, known, instead)
    st.session_state[TOLD] = {name: query[name] for name in found}
    if found:
        rest = len(found) - MOST
        lines = [*list(found.values())[:MOST], *([f"{rest} more that this page does not know."] if rest > 0 else [])]
        st.html(_html.notice("The address asks for something that is not here", lines))


def told() -> Mapping[str, str]:
    """Names and values of the address that the page said are not here."""
    found: Mapping[str, str] = st.session_state.get(TOLD) or {}
    return found


def is_mended() -> bool:
    """Whether something was chosen in place of what was told, so that the sentence is out of date."""
    return any(st.query_params.get(name) != value for name, value in told().items())
