"""The one door to the store: every read of a page, cached by what it can depend on.

A snapshot never changes, so what is in one is kept without an end, by its id. Which snapshots there are, and which is
the latest, is asked again after ten seconds. Each cache is keyed by the database's address too: two stores never mix.
Each function that is not of this module alone asks `_seeing` first whether the person may see what it is about. What
is cached asks no further, so lists are kept by what may be seen, and everything else by what it is of.
"""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass

import streamlit as st

from app_pages import _charts, _graveyard, _seeing
from app_pages._frames import View
from app_pages._graveyard import BranchLine
from app_pages._ledger import EVERY, Wanted
from app_pages._portfolio import Line, as_judged, lines
from app_pages._text import plain
from app_pages._trend import YEAR, Past
from collectors.facts.branches import Fate
from collectors.facts.data_graph import Lineage
from collectors.facts.data_sharing import Sharing
from collectors.facts.files import Place
from collectors.facts.model_pairs import Pairs
from collectors.facts.model_pairs import model_pairs as pairs_of
from collectors.facts.pictures import Pictures
from collectors.registry import discover
from mldebt.access import NotSeen
from mldebt.jobs.database import Database, open_database
from mldebt.jobs.listing import Listing, listing
from mldebt.profiles import is_at_hand, profile_called
from mldebt.settings import SettingsError, make_home, read_settings
from mldebt.store import contents, reading, series
from mldebt.store import findings as store_findings
from mldebt.store.attestations import give, given, together
from mldebt.store.contents import BranchCount, BranchRow, FileRow
from mldebt.store.engine import Store, open_store
from mldebt.store.errors import StoreError
from mldebt.store.findings import Listed
from mldebt.store.lineage import load_lineage
from mldebt.store.names import titles
from mldebt.store.pictures import load_pictures
from mldebt.store.reading import RepositoryRow, SnapshotRow
from mldebt.store.sharing import sharing_of
from mldebt.store.snapshots import Box
from scoring.answers import Identity, Scorecard, score
from scoring.attestation import Attestation
from scoring.signal import Signal

LISTS_LIVE = 10  # seconds
GRAPHS_LIVE = 600
JOBS_LIVE = 2
KEPT = 500  # entries of each cache
LOOKED_THROUGH = 500  # findings
PEOPLE = 50  # of lists, which differ by what a person may see

log = logging.getLogger("mldebt.server")

Snapshot = SnapshotRow
Made = tuple[str, int, str, str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Repo:
    """A repository, and the word that stands for it in addresses."""

    id: int
    slug: str
    title: str  # its name on one line
    source: str
    is_example: bool
    web: str | None


def repositories() -> tuple[Repo, ...]:
    """All that the visitor may see, by name. Without sign-in, whoever reaches the server may see all."""
    return _repositories(_address(), _seeing.visible())


def visit(slug: str) -> Repo | None:
    """The repository that an address means, though it was not known before that the visitor may see it."""
    _seeing.visit(slug)
    return next((repo for repo in repositories() if repo.slug == slug), None)


def latest(repository_id: int) -> Snapshot | None:
    return _latest(_address(), _seeing.seen(repository_id))


def snapshot_at(repository_id: int, at: str) -> Snapshot | None:
    """The snapshot of this repository that a link means; None where it means none of it."""
    return _snapshot_at(_address(), _seeing.seen(repository_id), at)


def portfolio_lines(language: str) -> tuple[Line, ...]:
    """All repositories that the visitor may see, as the portfolio lists them."""
    return _portfolio(_address(), language, _seeing.visible())


def card(snapshot: Snapshot) -> Scorecard:
    return _card(_address(), seen_snapshot(snapshot.id), snapshot.identity_parts)


def view(repo: Repo, snapshot: Snapshot, language: str) -> View:
    names = tuple(signal.name for signal in card(snapshot).signals)
    pasts = _series(_address(), _seeing.seen(repo.id), names, snapshot.as_of - YEAR, _moments(_address(), repo.id))
    return View(pasts, snapshot.as_of, snapshot.commit, repo.web, language)


def whole_past(repo: Repo, name: str) -> tuple[Past, ...]:
    """One signal over all snapshots that there are."""
    return _series(_address(), _seeing.seen(repo.id), (name,), 0, _moments(_address(), repo.id)).get(name, ())


def boxes(snapshot_id: int) -> dict[Place, Box]:
    return _boxes(_address(), seen_snapshot(snapshot_id))


def files(snapshot_id: int, place: Place, after: tuple[int, int] | None, limit: int) -> tuple[FileRow, ...]:
    return _files(_address(), seen_snapshot(snapshot_id), place, after, limit)


def lineage(snapshot_id: int) -> Lineage | None:
    """The graph of data; None where none is kept with the snapshot."""
    return _lineage(_address(), seen_snapshot(snapshot_id))


def pictures(snapshot_id: int) -> Pictures | None:
    """None where none were kept with the snapshot."""
    return _pictures(_address(), seen_snapshot(snapshot_id))


def model_pairs(snapshot_id: int) -> Pairs | None:
    """None where no graph is kept with the snapshot."""
    return _model_pairs(_address(), seen_snapshot(snapshot_id))


def sharing(repo: Repo) -> Sharing | None:
    """How its newest graph meets those of the other repositories that the visitor may see."""
    return _sharing(_address(), _seeing.seen(repo.id), tuple(other.id for other in repositories()))


def branch_counts(snapshot_id: int) -> tuple[BranchCount, ...]:
    return _branch_counts(_address(), seen_snapshot(snapshot_id))


def branches(snapshot_id: int, fate: Fate | None, after: tuple[int, int] | None, limit: int) -> tuple[BranchRow, ...]:
    return _branches(_address(), seen_snapshot(snapshot_id), fate, after, limit)


def finding_count(snapshot_id: int, rules: tuple[str, ...], wanted: Wanted = EVERY) -> int:
    return _finding_count(_address(), seen_snapshot(snapshot_id), rules, wanted)


def findings(
    snapshot_id: int, rules: tuple[str, ...], after: int, limit: int, wanted: Wanted = EVERY
) -> tuple[Listed, ...]:
    """Findings of some signals together, the heaviest first, after the position of the last one seen."""
    return _findings(_address(), seen_snapshot(snapshot_id), rules, after, limit, wanted)


def heaviest(snapshot_id: int) -> tuple[Listed, ...]:
    """Open findings, the heaviest first: as many as one looks through for what to do first."""
    return _heaviest(_address(), seen_snapshot(snapshot_id))


def attestations(repo: Repo, snapshot: Snapshot) -> tuple[Attestation, ...]:
    """What the snapshot holds and, unless it is one of the past, what was answered here since."""
    kept = _attestations(_address(), seen_snapshot(snapshot.id))
    newest = latest(repo.id)
    if newest is None or newest.id != snapshot.id:
        return kept
    return together(kept, _given(_address(), _seeing.seen(repo.id)))


def activity() -> Listing:
    """How jobs stand: of the repositories that the visitor may see. Raises StoreError."""
    viewer = _seeing.viewer()
    return _activity(read_settings(os.environ).engine_url, viewer.visible, tuple(sorted(viewer.hosted)))


def answer(repo: Repo, said: Attestation, at: int) -> None:
    """Keep what somebody answered here. Raises NotDecided."""
    repository_id = _seeing.require_decide(repo.id)
    with _store(_address()).writing() as connection:
        give(connection, repository_id, said, at)
    _given.clear()


def branch_pictures(snapshot: Snapshot) -> BranchPictures:
    return _branch_pictures(_address(), seen_snapshot(snapshot.id), snapshot.as_of)


def branch_silence(snapshot: Snapshot) -> Silence:
    return _branch_silence(_address(), seen_snapshot(snapshot.id), snapshot.as_of)


def made_of(repo: Repo, snapshot: Snapshot, language: str) -> Made:
    """All that the words about a snapshot depend on: a key of what is made of it."""
    moments = _moments(_address(), _seeing.seen(repo.id))
    return _address(), seen_snapshot(snapshot.id), language, repo.web or "", moments


def forget_lists() -> None:
    """Ask the store again which repositories and snapshots there are."""
    for cached in (_repositories, _latest, _snapshot_at, _portfolio, _moments):
        cached.clear()


def store_answers() -> bool:
    try:
        with _store(_address()).reading() as connection:
            reading.latest_snapshots(connection)
    except (StoreError, SettingsError):
        return False
    return True


def warm_up() -> None:
    """What the first visitor would wait for. A store that does not answer is told on the page, not here."""
    import pandas as pd  # noqa: F401 - imported for its cost

    discover()
    try:
        if len(_repositories(_address(), None)) > 1:
            _portfolio(_address(), "en", None)
    except (StoreError, SettingsError) as error:
        log.warning("the store does not answer: %s", error)


def seen_snapshot(snapshot_id: int) -> int:
    """The same id. Raises NotSeen where the snapshot is of a repository that the visitor may not see."""
    if (visible := _seeing.visible()) is not None and _repository_of(_address(), snapshot_id) not in visible:
        raise NotSeen(_seeing.NOT_SEEN)
    return snapshot_id


def _address() -> str:
    return read_settings(os.environ).database_url


@st.cache_resource(show_spinner=False, max_entries=8)
def _store(address: str) -> Store:
    if address.startswith("sqlite"):
        make_home(read_settings(os.environ))
    return open_store(address)


@st.cache_resource(show_spinner=False, max_entries=8)
def _jobs(address: str) -> Database:  # noqa: ARG001 - a key of the cache
    return open_database(read_settings(os.environ))


@st.cache_data(show_spinner=False, ttl=JOBS_LIVE, max_entries=PEOPLE)
def _activity(address: str, visible: tuple[int, ...] | None, hosted: tuple[int, ...]) -> Listing:
    return listing(_jobs(address), visible=visible, hosted=hosted)


@st.cache_data(show_spinner=False, ttl=LISTS_LIVE, max_entries=PEOPLE)
def _repositories(address: str, visible: tuple[int, ...] | None) -> tuple[Repo, ...]:
    """Named among those that are visible: what tells two apart may not tell of a third."""
    with _store(address).reading() as connection:
        return named(tuple(row for row in reading.repositories(connection) if visible is None or row.id in visible))


@st.cache_data(show_spinner=False, max_entries=KEPT)
def _repository_of(address: str, snapshot_id: int) -> int:
    with _store(address).reading() as connection:
        found = reading.repository_of(connection, snapshot_id)
    if found is None:  # raised, so that it is not kept
        raise NotSeen(_seeing.NOT_SEEN)
    return found


def named(rows: tuple[RepositoryRow, ...]) -> tuple[Repo, ...]:
    """Addresses use the name where it means one repository only, else the source, of which no two are alike."""
    shown = titles(rows)
    sources = {row.source for row in rows}
    return tuple(
        Repo(
            id=row.id,
            slug=row.name if shown[row.id] == row.name and row.name not in sources else row.source,
            title=plain(shown[row.id]),
            source=row.source,
            is_example=row.is_example,
            web=row.web,
        )
        for row in rows
    )


@st.cache_data(show_spinner=False, ttl=LISTS_LIVE, max_entries=KEPT)
def _latest(address: str, repository_id: int) -> Snapshot | None:
    with _store(address).reading() as connection:
        return reading.latest_snapshot(connection, repository_id)


@st.cache_data(show_spinner=False, ttl=LISTS_LIVE, max_entries=KEPT)
def _snapshot_at(address: str, repository_id: int, at: str) -> Snapshot | None:
    with _store(address).reading() as connection:
        return reading.snapshot_at(connection, repository_id, at)


@st.cache_resource(show_spinner=False, ttl=LISTS_LIVE, max_entries=PEOPLE)
def _portfolio(address: str, language: str, visible: tuple[int, ...] | None) -> tuple[Line, ...]:
    definitions = {collector.definition.name: collector.definition for collector in discover()}
    with _store(address).reading() as connection:
        rows = as_judged(reading.portfolio(connection, visible), is_at_hand)
    repos = named(tuple(row.repository for row in rows))
    return lines(rows, {repo.id: (repo.slug, repo.title) for repo in repos}, definitions, language)


# Frozen values may be shared between sessions as they are: cache_data would copy them for every look.
@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _card(address: str, snapshot_id: int, identity_parts: str) -> Scorecard:
    with _store(address).reading() as connection:
        signals: tuple[Signal, ...] = contents.signals_of(connection, snapshot_id)
    identity = Identity.read(identity_parts)
    return score(signals, identity, profile_called(identity.profile))


@st.cache_data(show_spinner=False, ttl=LISTS_LIVE, max_entries=KEPT)
def _moments(address: str, repository_id: int) -> tuple[int, int]:
    with _store(address).reading() as connection:
        return series.moments(connection, repository_id)


@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _series(
    address: str,
    repository_id: int,
    names: tuple[str, ...],
    since: int,
    moments: tuple[int, int],  # noqa: ARG001 - a key of the cache
) -> dict[str, tuple[Past, ...]]:
    """`moments`: of which snapshots; what was read is kept while they stay."""
    with _store(address).reading() as connection:
        found = series.signal_series(connection, repository_id, names, since)
    return {
        name: tuple(Past(p.as_of, p.value, f"{p.version} {p.signal_version}") for p in points)
        for name, points in found.items()
    }


# Kept with the newest snapshot alone, so what is there may go; frozen, so it is shared.
@st.cache_resource(show_spinner=False, ttl=GRAPHS_LIVE, max_entries=20)
def _lineage(address: str, snapshot_id: int) -> Lineage | None:
    with _store(address).reading() as connection:
        return load_lineage(connection, snapshot_id)


@st.cache_resource(show_spinner=False, ttl=GRAPHS_LIVE, max_entries=20)
def _model_pairs(address: str, snapshot_id: int) -> Pairs | None:
    found = _lineage(address, snapshot_id)
    return None if found is None else pairs_of(found)


@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _pictures(address: str, snapshot_id: int) -> Pictures | None:
    with _store(address).reading() as connection:
        return load_pictures(connection, snapshot_id)


@st.cache_resource(show_spinner=False, ttl=LISTS_LIVE, max_entries=20)
def _sharing(address: str, repository_id: int, visible: tuple[int, ...]) -> Sharing | None:
    with _store(address).reading() as connection:
        return sharing_of(connection, repository_id, visible)


@st.cache_data(show_spinner=False, max_entries=KEPT)
def _boxes(address: str, snapshot_id: int) -> dict[Place, Box]:
    with _store(address).reading() as connection:
        return contents.boxes(connection, snapshot_id)


@st.cache_data(show_spinner=False, max_entries=KEPT)
def _files(
    address: str, snapshot_id: int, place: Place, after: tuple[int, int] | None, limit: int
) -> tuple[FileRow, ...]:
    with _store(address).reading() as connection:
        return contents.files_in(connection, snapshot_id, place, after=after, limit=limit)


@st.cache_data(show_spinner=False, max_entries=KEPT)
def _branch_counts(address: str, snapshot_id: int) -> tuple[BranchCount, ...]:
    with _store(address).reading() as connection:
        return contents.branch_counts(connection, snapshot_id)


@st.cache_data(show_spinner=False, max_entries=KEPT)
def _branches(
    address: str, snapshot_id: int, fate: Fate | None, after: tuple[int, int] | None, limit: int
) -> tuple[BranchRow, ...]:
    with _store(address).reading() as connection:
        return contents.branches_of(connection, snapshot_id, fate=fate, after=after, limit=limit)


@st.cache_data(show_spinner=False, max_entries=KEPT)
def _attestations(address: str, snapshot_id: int) -> tuple[Attestation, ...]:
    with _store(address).reading() as connection:
        return contents.attestations_of(connection, snapshot_id)


@st.cache_data(show_spinner=False, ttl=LISTS_LIVE, max_entries=KEPT)
def _given(address: str, repository_id: int) -> tuple[Attestation, ...]:
    with _store(address).reading() as connection:
        return given(connection, repository_id)


@st.cache_data(show_spinner=False, max_entries=KEPT)
def _finding_count(address: str, snapshot_id: int, rules: tuple[str, ...], wanted: Wanted) -> int:
    narrowed = wanted._asdict()
    with _store(address).reading() as connection:
        return sum(store_findings.finding_count(connection, snapshot_id, rule=rule, **narrowed) for rule in rules)


@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _findings(
    address: str, snapshot_id: int, rules: tuple[str, ...], after: int, limit: int, wanted: Wanted
) -> tuple[Listed, ...]:
    narrowed = wanted._asdict()
    # Positions count over all signals: the first few of each hold the first few of all.
    with _store(address).reading() as connection:
        each = [
            store_findings.findings_of(connection, snapshot_id, rule=rule, after=after, limit=limit, **narrowed)
            for rule in rules
        ]
    return tuple(sorted((one for some in each for one in some), key=lambda one: one.position)[:limit])


@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _heaviest(address: str, snapshot_id: int) -> tuple[Listed, ...]:
    with _store(address).reading() as connection:
        return store_findings.findings_of(connection, snapshot_id, accepted=False, limit=LOOKED_THROUGH)


@dataclass(frozen=True, slots=True)
class BranchPictures:
    """Specs, ready to be sent: made once for each snapshot."""

    drawn: int  # bars in the graveyard
    topics: int  # branches that could be drawn
    graveyard: _charts.Spec


@dataclass(frozen=True, slots=True)
class Silence:
    chart: _charts.Spec
    now: int  # branches that are silent


@st.cache_resource(show_spinner=False, max_entries=100)
def _branch_pictures(address: str, snapshot_id: int, as_of: int) -> BranchPictures:
    branches = _branch_lines(address, snapshot_id)
    drawn = _graveyard.drawn(branches)
    topics = sum(line.is_topic for line in branches)
    return BranchPictures(len(drawn), topics, _graveyard.graveyard(drawn, as_of))


@st.cache_resource(show_spinner=False, max_entries=100)
def _branch_silence(address: str, snapshot_id: int, as_of: int) -> Silence:
    silent = _graveyard.silent_by_age(_branch_lines(address, snapshot_id), as_of)
    return Silence(_graveyard.silence_chart(silent), sum(row.branches for row in silent if row.at == as_of))


def _branch_lines(address: str, snapshot_id: int) -> list[BranchLine]:
    with _store(address).reading() as connection:
        rows = contents.branches_of(connection, snapshot_id)
    return [
        BranchLine(r.name, r.kind, r.fate, r.tip, r.first_at, r.last_at, r.merged_at, r.ahead, r.behind, r.is_release)
        for r in rows
    ]
