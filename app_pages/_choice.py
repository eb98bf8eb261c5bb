"""Which repository and snapshot a page shows. What an address asks for is never replaced by something else."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn
from urllib.parse import urlencode

import streamlit as st

from app_pages import _address, _door, _html, _seeing, _visitor
from app_pages._labels import spoken
from app_pages._repo import Repo, Snapshot
from app_pages._text import day, safe, shortened
from mldebt.store.names import how_to_scan

AT = re.compile(r"[0-9a-f]{7,64}")
SLUG, FROZEN = "shown_repository", "shown_at"


@dataclass(frozen=True, slots=True)
class Choice:
    repo: Repo
    snapshot: Snapshot
    is_latest: bool

    @property
    def address(self) -> dict[str, str]:
        """What a link to another page of the same choice carries."""
        frozen = {} if self.is_latest else {"at": self.snapshot.commit}
        spoken = {"lang": st.query_params["lang"]} if "lang" in st.query_params else {}
        return {"repo": self.repo.slug, **frozen, **spoken}

    def anew(self, page: str) -> str:
        """For a link that opens a page anew: that knows no more than its address says."""
        language = _visitor.language()
        spoken = {} if language == _visitor.preferred() else {"lang": language}
        return f"/{page}?{urlencode({**self.address, **spoken})}"


def choice() -> Choice:
    """The repository and snapshot that the address names, else those last looked at, else the first's latest.

    Shows a page of its own and stops where there is none, or the address names one that is not stored.
    """
    repos = _door.repositories() or _visited()
    if not repos:
        no_repository()
    slug, at = _wanted(repos)
    found = next((repo for repo in repos if repo.slug == slug), None) or _door.visit(slug)
    if found is None:
        _unknown_repository(slug)
    if found not in repos:
        repos = _door.repositories()
    st.session_state[SLUG], st.session_state[FROZEN] = found.slug, at
    _picker(repos, found)
    latest = _door.latest(found.id)
    if latest is None:
        _no_snapshot(found)
    _door.seen_snapshot(latest.id)
    if not at:
        _keep_address(found.slug, None)
        newest = Choice(found, latest, is_latest=True)
        _sharing(newest)
        return newest
    frozen = _door.snapshot_at(found.id, at) if AT.fullmatch(at) else None
    if frozen is None:
        _unknown_snapshot(found, at, latest)
    _keep_address(found.slug, at)
    shown = Choice(found, frozen, is_latest=frozen.id == latest.id)
    if not shown.is_latest:
        _frozen_bar(shown, latest)
    _sharing(shown)
    return shown


def _visited() -> tuple[Repo, ...]:
    """Of somebody who sees none so far: the one that the address names, if it may be seen."""
    asked = st.query_params.get("repo")
    found = _door.visit(asked) if asked else None
    return () if found is None else (found,)


def _wanted(repos: Sequence[Repo]) -> tuple[str, str | None]:
    """The repository's word and the snapshot's, from the address, else from before."""
    if st.query_params.get("repo"):
        return st.query_params["repo"], st.query_params.get("at")
    slug = st.session_state.get(SLUG)
    if slug in {repo.slug for repo in repos}:
        return str(slug), st.session_state.get(FROZEN)
    return repos[0].slug, st.query_params.get("at")


def _keep_address(slug: str, at: str | None) -> None:
    """What is shown stands in the address, so that the address can be handed on."""
    if st.query_params.get("repo") != slug:
        st.query_params["repo"] = slug
    if at and st.query_params.get("at") != at:
        st.query_params["at"] = at


def _picker(repos: Sequence[Repo], shown: Repo) -> None:
    if len(repos) < 2:
        return
    names = {repo.slug: repo.title for repo in repos}
    if st.session_state.get("repository") != shown.slug:
        st.session_state["repository"] = shown.slug
    st.sidebar.selectbox(
        spoken("Repository"), list(names), key="repository", format_func=names.__getitem__, on_change=_picked
    )


def _picked() -> None:
    st.query_params.clear()
    st.query_params["repo"] = st.session_state["repository"]


def _frozen_bar(shown: Choice, latest: Snapshot) -> None:
    """On every page of a repository: that it is of the past, and the way back."""
    with st.container(horizontal=True, vertical_alignment="center", key="frozen"):
        commit = f"<code>{safe(shown.snapshot.commit[:7])}</code>"
        told = "You look at {commit} of {day}, not the latest."
        looked_at = spoken(told, commit=commit, day=day(shown.snapshot.as_of))
        st.html(
            _html.wrapped(
                f'<p role="status"><strong>{looked_at}</strong> '
                f"{spoken('The latest is of {day}.', day=day(latest.as_of))}</p>"
            )
        )
        st.button(spoken("Show latest"), key="show_latest", on_click=show_latest)


def _sharing(shown: Choice) -> None:
    if st.button(
        spoken("Share"),
        key="share",
        icon=":material/link:",
        type="tertiary",
        help=spoken("A link to what is shown now"),
    ):
        _share_dialog(shown)


@st.dialog("A link to what is shown now")
def _share_dialog(shown: Choice) -> None:
    amiss = _address.told()
    asked = {name: value for name, value in st.query_params.to_dict().items() if amiss.get(name) != value}
    st.code(share_link(st.context.url or "", asked, shown), language=None, wrap_lines=True)
    st.html(
        _html.wrapped(
            f'<p class="muted small">It names the repository and the commit, so it shows the snapshot of '
            f"{day(shown.snapshot.as_of)} also when there is a newer one"
            f"{'' if shown.snapshot.commit else ' (there is no commit yet)'}. Whoever opens it must reach this "
            "server.</p>"
        )
    )


def share_link(page: str, query: Mapping[str, str], shown: Choice) -> str:
    """The page's address with all that the visitor chose; always of one repository at one commit."""
    at = {"at": shown.snapshot.commit} if shown.snapshot.commit else {}
    kept = {name: value for name, value in query.items() if name not in ("repo", "at", "lang") and value}
    return f"{page}?{urlencode({'repo': shown.repo.slug, **at, **kept})}"


def show_latest() -> None:
    """Leave the snapshot that the address names."""
    st.session_state[FROZEN] = None
    for name in ("at", "box"):
        st.query_params.pop(name, None)


def no_repository() -> NoReturn:
    says = (
        "mldebt looks at a git repository and keeps what it saw; this page shows what is kept, and nothing is.",
        "Scan one: <code>mldebt scan path-or-URL</code>, or build the example with <code>mldebt example</code>.",
    )
    if _seeing.viewer().user is not None:
        says = (
            "Here stand the repositories that mldebt’s GitHub App is installed on and that you can read on GitHub.",
            "Whoever owns one installs the App on it. Its first scan then takes a while; it stands under Activity.",
        )
    st.html(_html.empty("No repository yet", *says))
    st.button("Look again", key="look_again", on_click=_door.forget_lists)
    st.stop()


def _unknown_repository(slug: str) -> NoReturn:
    st.html(
        _html.empty(
            "This repository is not stored here",
            f"The address asks for <strong>{_html.name(shortened(slug, 200))}</strong>. It was never scanned into this "
            "store, was forgotten, has another name now, or is not for you to see. Nothing else is shown in its place.",
        )
    )
    st.button("Show what is stored", key="show_stored", on_click=_leave)
    st.stop()


def _leave() -> None:
    st.query_params.clear()
    for name in (SLUG, FROZEN):
        st.session_state.pop(name, None)


def _no_snapshot(repo: Repo) -> NoReturn:
    st.html(
        _html.empty(
            f"{repo.title} has no snapshot yet",
            "Its first scan has not ended, or was interrupted. What a scan had read is kept, and the next one goes on.",
            f"Scan it again: <code>{safe(how_to_scan(repo.source, repo.title))}</code>",
        )
    )
    st.button("Look again", key="look_again", on_click=_door.forget_lists)
    st.stop()


def _unknown_snapshot(repo: Repo, at: str, latest: Snapshot) -> NoReturn:
    st.html(
        _html.empty(
            "This snapshot is not stored",
            f"The address asks for {_html.name(repo.title)} at <code>{_html.name(at[:64])}</code>. No snapshot of this "
            "repository has that commit. A commit is written in hexadecimal digits, 7 at least.",
            f"The latest stored is <code>{safe(latest.commit[:7] or 'no commit')}</code> of {day(latest.as_of)}.",
        )
    )
    st.button("Show the latest", key="show_latest", on_click=show_latest)
    st.stop()
