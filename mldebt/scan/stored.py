"""A stored snapshot, scored again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from mldebt.failure import NothingStored
from mldebt.profiles import profile_called
from mldebt.store.contents import attestations_of, signals_of
from mldebt.store.engine import Store
from mldebt.store.names import titles
from mldebt.store.reading import (
    RepositoryRow,
    SnapshotRow,
    latest_snapshot,
    repositories,
    repository,
    snapshot_at,
    snapshots,
)
from mldebt.store.trends import NEAR_A_QUARTER, QUARTER
from scoring.answers import Identity, Scorecard, score
from scoring.attestation import Attestation


@dataclass(frozen=True, slots=True)
class Scan:
    """What a scan found, as stored."""

    name: str  # its own, whatever else is stored
    title: str  # as pages show it: with what tells it apart from others of its name
    card: Scorecard
    snapshot_id: int
    repository_id: int
    earlier: Scorecard | None = None  # about a quarter before, of the same profile and scoring
    earlier_id: int | None = None  # of its snapshot
    is_example: bool = False
    web: str | None = None  # https address that permalinks start with
    attestations: tuple[Attestation, ...] = ()  # what the team states
    advice: tuple[str, ...] = ()  # sentences: what it can tidy up in its policy


def stored(store: Store, repo: str, at: str | None) -> Scan:
    """What the last scan of a repository (its path, URL or name) came to, or the snapshot at a commit.

    Raises NothingStored.
    """
    with store.reading() as connection:
        row = stored_repository(connection, repo)
        snapshot = latest_snapshot(connection, row.id) if at is None else snapshot_at(connection, row.id, at)
        if snapshot is None:
            name = titles(repositories(connection))[row.id]
            if at is None:
                raise NothingStored(f"no scan of {name} was finished yet: run `mldebt scan {repo}`")
            raise NothingStored(f"no snapshot of {name} is of commit {at}: run `mldebt scan {repo}`")
        return _scan(connection, row, snapshot)


def stored_snapshot(connection: Connection, repository_id: int, snapshot_id: int) -> Scan:
    """The one with this id, which must be there."""
    row = next(row for row in repositories(connection) if row.id == repository_id)
    snapshot = next(row for row in snapshots(connection, repository_id) if row.id == snapshot_id)
    return _scan(connection, row, snapshot)


def stored_repository(connection: Connection, repo: str) -> RepositoryRow:
    """By URL or name as given or as shown; a path means the repository whose folder holds it. Raises NothingStored."""
    if not repo.strip():
        raise NothingStored("no repository is named: give its folder, URL or name")
    found = _around(connection, repo) or _called(connection, repo)
    if found is None:
        raise NothingStored(f"{repo} was not scanned yet: run `mldebt scan {repo}`")
    return found


def _around(connection: Connection, repo: str) -> RepositoryRow | None:
    try:
        folder = Path(repo).expanduser().resolve()
        folders = (folder, *folder.parents) if folder.exists() else ()
    except (OSError, RuntimeError, ValueError):
        return None
    return next((found for one in folders if (found := repository(connection, str(one)))), None)


def _called(connection: Connection, wanted: str) -> RepositoryRow | None:
    found = repository(connection, wanted)
    if found is None:
        rows = repositories(connection)
        shown = titles(rows)
        found = next((row for row in rows if shown[row.id] == wanted), None)
    return found


def _scan(connection: Connection, row: RepositoryRow, snapshot: SnapshotRow) -> Scan:
    then = _a_quarter_before(snapshot, snapshots(connection, row.id))
    earlier = _card(connection, then) if then else None
    title = titles(repositories(connection))[row.id]
    return Scan(
        row.name,
        title,
        _card(connection, snapshot),
        snapshot.id,
        row.id,
        earlier,
        then.id if then else None,
        is_example=row.is_example,
        web=row.web,
        attestations=attestations_of(connection, snapshot.id),
        advice=snapshot.advice,
    )


def _card(connection: Connection, snapshot: SnapshotRow) -> Scorecard:
    identity = Identity.read(snapshot.identity_parts)
    return score(signals_of(connection, snapshot.id), identity, profile_called(identity.profile))


def _a_quarter_before(snapshot: SnapshotRow, all_of_it: tuple[SnapshotRow, ...]) -> SnapshotRow | None:
    wanted = snapshot.as_of - QUARTER
    near = [s for s in all_of_it if abs(s.as_of - wanted) <= NEAR_A_QUARTER and s.version == snapshot.version]
    return min(near, key=lambda s: abs(s.as_of - wanted), default=None)
