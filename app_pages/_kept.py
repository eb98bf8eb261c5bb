"""What was read of the store, kept by what it can depend on.

A snapshot never changes, so what is in one is kept without an end, by its id. Which snapshots there are, and which is
the latest, is asked again after ten seconds. Each cache is keyed by the database's address too: two stores never mix.
Nobody asks here who looks: the doors do, and nothing else imports this. So lists are kept by what may be seen, and
everything else by what it is of.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

from app_pages import _charts, _graveyard
from app_pages._cache import kept
from app_pages._graveyard import BranchLine
from app_pages._ledger import Wanted
from app_pages._portfolio import Line, as_judged, lines
from app_pages._repo import Repo, Snapshot, named
from collectors.facts.branches import Fate
from collectors.facts.data_graph import Lineage
from collectors.facts.data_sharing import Sharing
from collectors.facts.files import Place
from collectors.facts.model_pairs import Pairs
from collectors.facts.model_pairs import model_pairs as pairs_of
from collectors.facts.pictures import Pictures
from collectors.registry import discover
from mldebt.jobs.database import Database, open_database
from mldebt.jobs.listing import Listing, listing
from mldebt.profiles import is_at_hand, profile_called
from mldebt.settings import make_home, read_settings
from mldebt.store import attestations as store_attestations
from mldebt.store import contents, reading
from mldebt.store import findings as store_findings
from mldebt.store import series as store_series
from mldebt.store.contents import BranchCount, BranchRow, FileRow
from mldebt.store.engine import Store, open_store
from mldebt.store.findings import Listed
from mldebt.store.lineage import load_lineage
from mldebt.store.pictures import load_pictures
from mldebt.store.series import Past
from mldebt.store.sharing import sharing_of
from mldebt.store.snapshots import Box
from scoring.answers import Identity, Scorecard, score
from scoring.attestation import Attestation
from scoring.signal import Signal
from scoring.wording import Numbers

LISTS_LIVE = 10  # seconds
THERE_LIVES = 1
"""Seconds: a page asks many times whether a snapshot is there still, and a repository may be forgotten meanwhile."""
GRAPHS_LIVE = 600
JOBS_LIVE = 2
WAITS = 10.0  # seconds for a scan that writes: somebody looks at the page meanwhile
KEPT = 500  # entries of each cache
LOOKED_THROUGH = 500  # findings
PEOPLE = 50  # of lists, which differ by what a person may see


def address() -> str:
    return read_settings(os.environ).database_url


@kept(most=8)
def store(address: str) -> Store:
    if address.startswith("sqlite"):
        make_home(read_settings(os.environ))
    return open_store(address, wait_seconds=WAITS)


@kept(most=8)
def jobs(address: str) -> Database:  # noqa: ARG001 - a key of the cache
    return open_database(read_settings(os.environ))


@kept(most=PEOPLE, seconds=JOBS_LIVE)
def activity(address: str, visible: tuple[int, ...] | None, hosted: tuple[int, ...]) -> Listing:
    return listing(jobs(address), visible=visible, hosted=hosted)


@kept(most=PEOPLE, seconds=LISTS_LIVE)
def repositories(address: str, visible: tuple[int, ...] | None) -> tuple[Repo, ...]:
    """Named among those that are visible: what tells two apart may not tell of a third."""
    with store(address).reading() as connection:
        return named(tuple(row for row in reading.repositories(connection) if visible is None or row.id in visible))


@kept(most=KEPT, seconds=THERE_LIVES)
def repository_of(address: str, snapshot_id: int) -> int | None:
    """None where it is gone."""
    with store(address).reading() as connection:
        return reading.repository_of(connection, snapshot_id)


@kept(most=KEPT, seconds=LISTS_LIVE)
def latest(address: str, repository_id: int) -> Snapshot | None:
    with store(address).reading() as connection:
        return reading.latest_snapshot(connection, repository_id)


@kept(most=KEPT, seconds=LISTS_LIVE)
def snapshot_at(address: str, repository_id: int, at: str) -> Snapshot | None:
    with store(address).reading() as connection:
        return reading.snapshot_at(connection, repository_id, at)


@kept(most=PEOPLE, seconds=LISTS_LIVE)
def portfolio(address: str, language: str, form: Numbers, visible: tuple[int, ...] | None) -> tuple[Line, ...]:
    definitions = {collector.definition.name: collector.definition for collector in discover()}
    with store(address).reading() as connection:
        rows = as_judged(reading.portfolio(connection, visible), is_at_hand)
    repos = named(tuple(row.repository for row in rows))
    return lines(rows, {repo.id: (repo.slug, repo.title) for repo in repos}, definitions, language, form)


@kept(most=KEPT)
def card(address: str, snapshot_id: int, identity_parts: str) -> Scorecard:
    with store(address).reading() as connection:
        signals: tuple[Signal, ...] = contents.signals_of(connection, snapshot_id)
    identity = Identity.read(identity_parts)
    return score(signals, identity, profile_called(identity.profile))


@kept(most=KEPT, seconds=LISTS_LIVE)
def moments(address: str, repository_id: int) -> tuple[int, int]:
    with store(address).reading() as connection:
        return store_series.moments(connection, repository_id)


@kept(most=KEPT)
def series(
    address: str,
    repository_id: int,
    names: tuple[str, ...],
    since: int,
    moments: tuple[int, int],  # noqa: ARG001 - a key of the cache
) -> dict[str, tuple[Past, ...]]:
    """`moments`: of which snapshots; what was read is kept while they stay."""
    with store(address).reading() as connection:
        return store_series.signal_series(connection, repository_id, names, since)


# Kept with the newest snapshot alone, so what is there may go; frozen, so it is shared.
@kept(most=20, seconds=GRAPHS_LIVE)
def lineage(address: str, snapshot_id: int) -> Lineage | None:
    with store(address).reading() as connection:
        return load_lineage(connection, snapshot_id)


@kept(most=20, seconds=GRAPHS_LIVE)
def model_pairs(address: str, snapshot_id: int) -> Pairs | None:
    found = lineage(address, snapshot_id)
    return None if found is None else pairs_of(found)


@kept(most=KEPT)
def pictures(address: str, snapshot_id: int) -> Pictures | None:
    with store(address).reading() as connection:
        return load_pictures(connection, snapshot_id)


@kept(most=20, seconds=LISTS_LIVE)
def sharing(address: str, repository_id: int, visible: tuple[int, ...]) -> Sharing | None:
    with store(address).reading() as connection:
        return sharing_of(connection, repository_id, visible)


@kept(most=KEPT)
def boxes(address: str, snapshot_id: int) -> dict[Place, Box]:
    with store(address).reading() as connection:
        return contents.boxes(connection, snapshot_id)


@kept(most=KEPT)
def files(
    address: str, snapshot_id: int, place: Place, after: tuple[int, int] | None, limit: int
) -> tuple[FileRow, ...]:
    with store(address).reading() as connection:
        return contents.files_in(connection, snapshot_id, place, after=after, limit=limit)


@kept(most=KEPT)
def branch_counts(address: str, snapshot_id: int) -> tuple[BranchCount, ...]:
    with store(address).reading() as connection:
        return contents.branch_counts(connection, snapshot_id)


@kept(most=KEPT)
def branches(
    address: str, snapshot_id: int, fate: Fate | None, after: tuple[int, int] | None, limit: int
) -> tuple[BranchRow, ...]:
    with store(address).reading() as connection:
        return contents.branches_of(connection, snapshot_id, fate=fate, after=after, limit=limit)


@kept(most=KEPT)
def attestations(address: str, snapshot_id: int) -> tuple[Attestation, ...]:
    with store(address).reading() as connection:
        return contents.attestations_of(connection, snapshot_id)


@kept(most=KEPT, seconds=LISTS_LIVE)
def given(address: str, repository_id: int) -> tuple[Attestation, ...]:
    with store(address).reading() as connection:
        return store_attestations.given(connection, repository_id)


@kept(most=KEPT)
def finding_count(address: str, snapshot_id: int, rules: tuple[str, ...], wanted: Wanted) -> int:
    narrowed = wanted._asdict()
    with store(address).reading() as connection:
        return sum(store_findings.finding_count(connection, snapshot_id, rule=rule, **narrowed) for rule in rules)


@kept(most=KEPT)
def findings(
    address: str, snapshot_id: int, rules: tuple[str, ...], after: int, limit: int, wanted: Wanted
) -> tuple[Listed, ...]:
    narrowed = wanted._asdict()
    # Positions count over all signals: the first few of each hold the first few of all.
    with store(address).reading() as connection:
        each = [
            store_findings.findings_of(connection, snapshot_id, rule=rule, after=after, limit=limit, **narrowed)
            for rule in rules
        ]
    return tuple(sorted((one for some in each for one in some), key=lambda one: one.position)[:limit])


@kept(most=KEPT)
def heaviest(address: str, snapshot_id: int) -> tuple[Listed, ...]:
    with store(address).reading() as connection:
        return store_findings.findings_of(connection, snapshot_id, accepted=False, limit=LOOKED_THROUGH)


@dataclass(frozen=True, slots=True)
class BranchPictures:
    """Looked for once in each snapshot."""

    drawn: tuple[BranchLine, ...]  # bars in the graveyard
    topics: int  # branches that could be drawn


@dataclass(frozen=True, slots=True)
class Silence:
    chart: _charts.Spec
    now: int  # branches that are silent


@kept(most=100)
def branch_pictures(address: str, snapshot_id: int) -> BranchPictures:
    branches = _branch_lines(address, snapshot_id)
    return BranchPictures(tuple(_graveyard.drawn(branches)), sum(line.is_topic for line in branches))


@kept(most=100)
def branch_silence(address: str, snapshot_id: int, as_of: int) -> Silence:
    silent = _graveyard.silent_by_age(_branch_lines(address, snapshot_id), as_of)
    return Silence(_graveyard.silence_chart(silent), sum(row.branches for row in silent if row.at == as_of))


def _branch_lines(address: str, snapshot_id: int) -> list[BranchLine]:
    with store(address).reading() as connection:
        rows = contents.branches_of(connection, snapshot_id)
    return [
        BranchLine(r.name, r.kind, r.fate, r.tip, r.first_at, r.last_at, r.merged_at, r.ahead, r.behind, r.is_release)
        for r in rows
    ]
