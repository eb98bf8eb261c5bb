"""Reading: what is in one snapshot. A snapshot never changes, so whatever is here may be cached by its id."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select
from sqlmodel import col

from collectors.facts.branches import Fate
from collectors.facts.files import Place
from collectors.registry import discover
from mldebt.store.bulk import storable
from mldebt.store.snapshots import Box
from mldebt.store.tables import (
    SnapshotAttestation,
    SnapshotBranch,
    SnapshotEvidence,
    SnapshotFile,
    SnapshotPlace,
    SnapshotSignal,
)
from scoring.attestation import Attestation
from scoring.finding import Tally
from scoring.signal import Definition, Evidence, Measurement, Signal

PAGE = 50
NOT_YET = "this snapshot was taken before the signal existed"


class FileRow(NamedTuple):
    position: int  # by path
    path: str
    kind: str  # of collectors.facts.files.FileKind
    place: str | None  # of collectors.facts.files.Place
    language: str | None
    lines: int  # of code
    unread: str | None  # why it could not be read


class BranchRow(NamedTuple):
    position: int  # by name
    name: str
    kind: str  # of collectors.facts.branches.BranchKind
    tip: str
    fate: str  # of collectors.facts.branches.Fate
    merged: str  # of collectors.facts.branches.Merged
    is_release: bool
    first_at: int | None
    last_at: int
    merged_at: int | None
    ahead: int
    behind: int


class BranchCount(NamedTuple):
    kind: str
    fate: str
    is_release: bool
    branches: int


def signals_of(
    connection: Connection, snapshot_id: int, definitions: Iterable[Definition] | None = None
) -> tuple[Signal, ...]:
    """The signals of a snapshot as this program defines them, by name, with their evidence. Two queries.

    A signal that the program no longer knows is left out; one that the snapshot lacks is unknown.
    """
    known = definitions if definitions is not None else (collector.definition for collector in discover())
    stored = _measurements(connection, snapshot_id)
    unknown = Measurement.unknown(NOT_YET)
    return tuple(Signal(d, stored.get(d.name, unknown)) for d in sorted(known, key=lambda d: d.name))


def evidence_of(connection: Connection, snapshot_id: int, signal: str) -> tuple[Evidence, ...]:
    """The rows behind one number, the most important first."""
    return _evidence(connection, snapshot_id, storable(signal)).get(signal, ())


def attestations_of(connection: Connection, snapshot_id: int) -> tuple[Attestation, ...]:
    """What the team states, as written."""
    columns = (col(getattr(SnapshotAttestation, name)) for name in Attestation._fields)
    mine = select(*columns).where(col(SnapshotAttestation.snapshot_id) == snapshot_id)
    return tuple(Attestation(*row) for row in connection.execute(mine.order_by(col(SnapshotAttestation.position))))


def boxes(connection: Connection, snapshot_id: int) -> dict[Place, Box]:
    """Files and lines in each box of figure 1 that has any, in the figure's order."""
    mine = col(SnapshotPlace.snapshot_id) == snapshot_id
    rows = connection.execute(
        select(col(SnapshotPlace.place), col(SnapshotPlace.files), col(SnapshotPlace.lines)).where(mine)
    )
    found = {place: Box(files, lines) for place, files, lines in rows}
    return {place: found[place.value] for place in Place if place.value in found}


def files_in(
    connection: Connection, snapshot_id: int, place: Place, *, after: tuple[int, int] | None = None, limit: int = PAGE
) -> tuple[FileRow, ...]:
    """Files of one box, largest first, a page at a time: `after` is (lines, position) of the last file seen.

    Empty too where the snapshot lists no files: a back-filled one.
    """
    page = select(*_columns(SnapshotFile, FileRow)).where(
        col(SnapshotFile.snapshot_id) == snapshot_id, col(SnapshotFile.place) == place.value
    )
    if after is not None:
        lines, position = after
        page = page.where(
            col(SnapshotFile.lines) <= lines,
            (col(SnapshotFile.lines) < lines) | (col(SnapshotFile.position) > position),
        )
    page = page.order_by(col(SnapshotFile.lines).desc(), col(SnapshotFile.position)).limit(limit)
    return tuple(FileRow(*row) for row in connection.execute(page))


def branches_of(
    connection: Connection,
    snapshot_id: int,
    *,
    fate: Fate | None = None,
    after: tuple[int, int] | None = None,
    limit: int | None = None,
) -> tuple[BranchRow, ...]:
    """Branches, longest untouched first; all, or a page of `limit` after (last_at, position) of the last one seen.

    Empty too where the snapshot lists no branches: a back-filled one.
    """
    page = select(*_columns(SnapshotBranch, BranchRow)).where(col(SnapshotBranch.snapshot_id) == snapshot_id)
    if fate is not None:
        page = page.where(col(SnapshotBranch.fate) == fate.value)
    if after is not None:
        last_at, position = after
        page = page.where(
            col(SnapshotBranch.last_at) >= last_at,
            (col(SnapshotBranch.last_at) > last_at) | (col(SnapshotBranch.position) > position),
        )
    page = page.order_by(col(SnapshotBranch.last_at), col(SnapshotBranch.position)).limit(limit)
    return tuple(BranchRow(*row) for row in connection.execute(page))


def branch_counts(connection: Connection, snapshot_id: int) -> tuple[BranchCount, ...]:
    """How many branches of each kind came to which fate."""
    groups = col(SnapshotBranch.kind), col(SnapshotBranch.fate), col(SnapshotBranch.is_release)
    mine = select(*groups, func.count()).where(col(SnapshotBranch.snapshot_id) == snapshot_id)
    return tuple(BranchCount(*row) for row in connection.execute(mine.group_by(*groups).order_by(*groups)))


def _columns(table: type[Any], row: type[Any]) -> list[Any]:
    return [col(getattr(table, name)) for name in row._fields]


def _measurements(connection: Connection, snapshot_id: int) -> dict[str, Measurement]:
    evidence = _evidence(connection, snapshot_id)
    names = ("name", "value", "n", "seen", "total", "note", "reason", "details", "findings", "accepted", "lapsed")
    rows = select(*(col(getattr(SnapshotSignal, name)) for name in names))
    found = {}
    for row in connection.execute(rows.where(col(SnapshotSignal.snapshot_id) == snapshot_id)):
        name, value, n, seen, total, note, reason, details, *counted = row
        numbers = tuple((what, number) for what, number in json.loads(details))
        tally = Tally(*counted) if counted[0] is not None else None
        found[name] = Measurement(value, n, evidence.get(name, ()), seen, total, note, reason, numbers, tally=tally)
    return found


def _evidence(connection: Connection, snapshot_id: int, signal: str | None = None) -> dict[str, tuple[Evidence, ...]]:
    rows = select(col(SnapshotEvidence.signal), *_columns(SnapshotEvidence, Evidence))
    rows = rows.where(col(SnapshotEvidence.snapshot_id) == snapshot_id)
    if signal is not None:
        rows = rows.where(col(SnapshotEvidence.signal) == signal)
    found: defaultdict[str, list[Evidence]] = defaultdict(list)
    ordered = rows.order_by(col(SnapshotEvidence.signal), col(SnapshotEvidence.position))
    for row in connection.execute(ordered).all():
        found[row[0]].append(Evidence._make(row[1:]))
    return {name: tuple(some) for name, some in found.items()}
