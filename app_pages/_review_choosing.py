"""Which review is shown: an earlier one, the open one, or the next, over two moments that can be chosen."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import PurePath

import streamlit as st

from app_pages import _html, _review_door
from app_pages._choice import Choice
from app_pages._repo import Repo, Snapshot
from app_pages._text import day, safe, shortened
from mldebt.store.names import how_to_scan
from mldebt.store.reviews import ReviewRow
from scoring.review.record import Moment

NEW = ""


def leave() -> None:
    for name in ("review", "from", "to"):
        st.query_params.pop(name, None)


def picker(rows: Sequence[ReviewRow], shown: ReviewRow | None) -> None:
    """Earlier reviews, and the one that is open or could be."""
    closed = [row for row in rows if not row.is_open]
    if not closed:
        return
    is_open = any(row.is_open for row in rows)
    titles = {NEW: "The open review" if is_open else "The next review"}
    titles |= {str(row.id): f"Review {row.id}, of {row.opened_on}, closed" for row in closed}
    current = str(shown.id) if shown is not None and not shown.is_open else NEW
    key = f"{'open' if is_open else 'next'}_review_picked"  # a browser keeps the words of a list as long as its key
    if st.session_state.get(key) != current:
        st.session_state[key] = current
    st.selectbox("Review", list(titles), key=key, format_func=titles.__getitem__, on_change=_pick, args=(key,))


def _pick(key: str) -> None:
    leave()
    if chosen := st.session_state[key]:
        st.query_params["review"] = chosen


def chosen_pair(shown: Choice) -> tuple[int, int] | None:
    """From and To, as the address has them, else as the next review would be. None where they cannot be compared."""
    pair = _review_door.pair(shown.repo, shown.snapshot)
    moments = _review_door.moments(shown.repo)
    if pair is None:
        st.html(
            _html.empty(
                "Only one scan. The next review can compare",
                "A review looks at what changed between two moments, and only one moment of this repository is stored.",
                "Scan it again after the next change; or give its history back: "
                f"<code>{safe(how_to_scan(shown.repo.source, shown.repo.title, ' --since 2024-01-01'))}</code>",
            )
        )
        return None
    default = {"from": pair.before, "to": pair.now}
    chosen = {name: _named(moments, name, _listed(moments, row)) for name, row in default.items()}
    rows = {row.id: row for row in (*moments, *chosen.values())}  # a list that is kept may not know the newest yet
    titles = {number: _title(row) for number, row in rows.items()}
    for name, label, column in zip(default, ("From", "To"), st.columns(2), strict=True):
        if st.session_state.get(f"review_{name}") != chosen[name].id:
            st.session_state[f"review_{name}"] = chosen[name].id
        with column:
            st.selectbox(
                label,
                list(titles),
                key=f"review_{name}",
                format_func=titles.__getitem__,
                on_change=_picked,
                args=(name, {number: row.commit for number, row in rows.items()}),
            )
    if chosen["from"].as_of >= chosen["to"].as_of:
        st.error("“From” must be before “To”.")
        return None
    return chosen["from"].id, chosen["to"].id


def _title(row: Snapshot) -> str:
    return f"{day(row.as_of)} · {row.commit[:7]}{', from history' if row.is_backfill else ''}"


def _listed(moments: Sequence[Snapshot], default: Snapshot) -> Snapshot:
    """In place of a moment of history that a scan looked at too, that scan."""
    same = (row for row in moments if row.commit == default.commit)
    return default if default in moments else next(same, default)


def _named(moments: Sequence[Snapshot], name: str, default: Snapshot) -> Snapshot:
    asked = st.query_params.get(name)
    if not asked:
        return default
    found = next((row for row in moments if len(asked) >= 7 and row.commit.startswith(asked)), None)
    if found is None:
        st.html(_html.notice(f"No snapshot of the commit that “{name}” asks for is stored", [shortened(asked, 64)]))
    return found or default


def how_to_list(repo: Repo, before: Moment) -> str:
    """The command that lists the places of a moment of history: a clone on this machine is taken back to it."""
    if not (before.commit and before.is_from_history and PurePath(repo.source).is_absolute()):
        return ""
    there = shlex.quote(repo.source)
    back, scan = f"git -C {there} checkout", f"mldebt scan {there}"
    return f"{back} {before.commit[:10]} && {scan}\n{back} - && {scan}"


def _picked(name: str, commits: dict[int, str]) -> None:
    st.query_params[name] = commits[st.session_state[f"review_{name}"]]
