"""Writing: repositories, and the snapshots that scans make of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, cast

from sqlalchemy import ColumnElement, Connection, delete, select, update
from sqlmodel import SQLModel, col

from collectors.facts.branches import Branches
from collectors.facts.files import Files, Place
from collectors.facts.pictures import Pictures
from mldebt.store.bulk import insert_rows, storable
from mldebt.store.findings import finding_row
from mldebt.store.inserting import insert_into
from mldebt.store.meta import badge_key
from mldebt.store.pictures import pictures_row
from mldebt.store.reviews import forget_reviews
from mldebt.store.tables import Attestation as Given
from mldebt.store.tables import (
    Commit,
    FileChange,
    HostedRepository,
    Meta,
    Path,
    Person,
    Repository,
    Review,
    Snapshot,
    SnapshotAnswer,
    SnapshotAttestation,
    SnapshotBranch,
    SnapshotEvidence,
    SnapshotFile,
    SnapshotFinding,
    SnapshotLineage,
    SnapshotPictures,
    SnapshotPlace,
    SnapshotSignal,
    Tip,
    TrackerIssue,
    TrackerRequest,
    TrackerState,
    Trend,
)
from mldebt.store.trends import last_seen_first, latest_of, refresh_trends
from scoring.answers import Identity
from scoring.attestation import Attestation
from scoring.finding import Finding
from scoring.signal import Signal


class Box(NamedTuple):
    """One box of the paper's figure 1."""

    files: int
    lines: int  # of code


class AnswerRow(NamedTuple):
    """An answer as lists and lines over time need it."""

    question: str
    scoring_version: str
    letter: str | None = None
    best: str | None = None
    worst: str | None = None
    seen: int = 0  # parts measured
    total: int = 0
    lead: str | None = None  # the signal whose number heads the answer
    value: float | None = None  # that number


@dataclass(frozen=True, slots=True)
class NewSnapshot:
    """What a scan found at one commit. Without `files`, `branches` or `findings`, as for a back-filled one, none are
    listed."""

    identity: Identity
    scanned_at: int  # seconds since 1970 UTC
    signals: Sequence[Signal] = ()
    answers: Sequence[AnswerRow] = ()
    boxes: Mapping[Place, Box] = field(default_factory=dict)
    files: Files | None = None
    branches: Branches | None = None
    findings: Sequence[Finding] = ()  # in their order
    attestations: Sequence[Attestation] = ()
    partial: Sequence[str] = ()  # sentences: what could not be read
    advice: Sequence[str] = ()  # sentences: what a team can tidy up in its policy
    is_backfill: bool = False
    pictures: Pictures | None = None


def boxes_of(files: Files) -> dict[Place, Box]:
    """Files and lines of code in each box of figure 1; boxes without files are left out."""
    return {place: Box(len(rows), sum(row.lines for row in rows)) for place, rows in files.by_place().items()}


def ensure_repository(
    connection: Connection,
    source: str,
    name: str,
    *,
    is_example: bool = False,
    web: str | None = None,
    default_branch: str | None = None,
) -> int:
    """The id of the repository at `source` (an absolute path, or a URL without credentials), stored if it was not.

    What is shown of it (`name`, `web`, `default_branch`) is brought up to date.
    """
    shown = {
        "name": storable(name),
        "is_example": is_example,
        "web": web and storable(web),
        "default_branch": default_branch and storable(default_branch),
    }
    statement = insert_into(connection, Repository).values(source=storable(source), **shown)
    statement = statement.on_conflict_do_update(index_elements=["source"], set_=shown)
    return cast("int", connection.execute(statement.returning(col(Repository.id))).scalar_one())


def save_snapshot(connection: Connection, repository_id: int, snapshot: NewSnapshot) -> int:
    """Write `snapshot` with everything in it; returns its id. Inside `Store.writing()` it is kept whole or not at all.

    Where the repository has a snapshot of this identity already, nothing is written and the id is that one's; only
    if another one has become the latest since, this one is again. A scan's own takes the place of a back-filled one.
    """
    identity = snapshot.identity
    replaced = None if snapshot.is_backfill else _set_aside_backfill(connection, repository_id, identity.digest)
    before = _last_seen(connection, repository_id)
    row = {
        "repository_id": repository_id,
        "commit": identity.commit,
        "as_of": identity.as_of,
        "identity": identity.digest,
        # A lone surrogate becomes JSON's own escape: the identity reads back as it was.
        "identity_parts": identity.spelled_out.encode("utf-8", "backslashreplace").decode(),
        "version": f"{identity.profile} {identity.scoring_version}",
        "is_backfill": snapshot.is_backfill,
        "partial": json.dumps([storable(sentence) for sentence in snapshot.partial]),
        "advice": json.dumps([storable(sentence) for sentence in snapshot.advice]),
        "scanned_at": snapshot.scanned_at,
        "seen_at": max(snapshot.scanned_at, before.seen_at if before else 0),  # also on a clock that was put back
    }
    statement = insert_into(connection, Snapshot).values(row).on_conflict_do_nothing().returning(col(Snapshot.id))
    new_id = connection.execute(statement).scalar()
    if new_id is None:
        return _confirm(connection, repository_id, snapshot, before)
    for table, rows in _contents(int(new_id), snapshot):
        insert_rows(connection, table, rows)
    if replaced is not None:
        _put_in_its_place(connection, replaced, int(new_id))
    refresh_trends(connection, repository_id)
    return int(new_id)


def snapshot_of(connection: Connection, repository_id: int, identity: str) -> int | None:
    """The id of the stored snapshot with this digest of an identity."""
    mine = col(Snapshot.repository_id) == repository_id, col(Snapshot.identity) == identity
    return connection.execute(select(col(Snapshot.id)).where(*mine)).scalar()


def forget_repository(connection: Connection, repository_id: int) -> None:
    """Delete all that is stored about a repository, its history, snapshots and reviews included."""
    forget_reviews(connection, repository_id)
    _forget_parts(connection, col(Snapshot.repository_id) == repository_id)
    commits = select(col(Commit.id)).where(col(Commit.repository_id) == repository_id)
    connection.execute(delete(FileChange).where(col(FileChange.commit_id).in_(commits)))
    trackers = (TrackerState, TrackerRequest, TrackerIssue)
    for whole in (*trackers, Given, Trend, Snapshot, Tip, Commit, Path, Person):
        connection.execute(delete(whole).where(col(whole.repository_id) == repository_id))
    scanned = col(HostedRepository.repository_id)
    connection.execute(update(HostedRepository).where(scanned == repository_id).values(repository_id=None))
    connection.execute(delete(Meta).where(col(Meta.key) == badge_key(repository_id)))
    connection.execute(delete(Repository).where(col(Repository.id) == repository_id))


_PARTS = (
    *(SnapshotSignal, SnapshotEvidence, SnapshotFinding, SnapshotPlace, SnapshotFile, SnapshotBranch, SnapshotAnswer),
    *(SnapshotAttestation, SnapshotLineage, SnapshotPictures),
)


def _forget_parts(connection: Connection, *which: ColumnElement[bool]) -> None:
    ids = select(col(Snapshot.id)).where(*which)
    for part in _PARTS:
        connection.execute(delete(part).where(col(part.snapshot_id).in_(ids)))


def _set_aside_backfill(connection: Connection, repository_id: int, identity: str) -> int | None:
    """A back-filled snapshot lists no files, branches and findings, and is never the latest: a scan replaces it."""
    mine = col(Snapshot.repository_id) == repository_id, col(Snapshot.identity) == identity
    found = connection.execute(select(col(Snapshot.id)).where(*mine, col(Snapshot.is_backfill).is_(True))).scalar()
    if found is not None:
        aside = update(Snapshot).where(col(Snapshot.id) == found).values(identity=f"replaced {found}")
        connection.execute(aside)
    return found


def _put_in_its_place(connection: Connection, replaced: int, new_id: int) -> None:
    """Reviews that name it name the new one, which is of the same identity."""
    connection.execute(update(Review).where(col(Review.before_id) == replaced).values(before_id=new_id))
    connection.execute(update(Review).where(col(Review.now_id) == replaced).values(now_id=new_id))
    _forget_parts(connection, col(Snapshot.id) == replaced)
    connection.execute(delete(Snapshot).where(col(Snapshot.id) == replaced))


class _LastSeen(NamedTuple):
    id: int
    seen_at: int


def _last_seen(connection: Connection, repository_id: int) -> _LastSeen | None:
    """The latest snapshot of the repository, if a scan came to any."""
    scans = select(col(Snapshot.id), col(Snapshot.seen_at)).where(latest_of(repository_id))
    row = connection.execute(scans.order_by(*last_seen_first()).limit(1)).first()
    return None if row is None else _LastSeen(cast("int", row[0]), row[1])


def _confirm(connection: Connection, repository_id: int, snapshot: NewSnapshot, before: _LastSeen | None) -> int:
    """The id of the stored snapshot of the same identity. Refs may come and go while the commit stays: A, B, A."""
    same = snapshot_of(connection, repository_id, snapshot.identity.digest)
    if snapshot.is_backfill or before is None:
        return cast("int", same)
    if before.id != same:
        now = max(snapshot.scanned_at, before.seen_at + 1)  # also within one second
        connection.execute(update(Snapshot).where(col(Snapshot.id) == same).values(seen_at=now))
    trends = select(col(Trend.question)).where(col(Trend.repository_id) == repository_id).limit(1)
    if before.id != same or not connection.execute(trends).first():
        refresh_trends(connection, repository_id)
    return cast("int", same)


def _contents(snapshot_id: int, snapshot: NewSnapshot) -> Iterator[tuple[type[SQLModel], Iterator[tuple[object, ...]]]]:
    yield SnapshotSignal, _signals(snapshot_id, snapshot.signals)
    yield SnapshotEvidence, _evidence(snapshot_id, snapshot.signals)
    yield SnapshotFinding, (finding_row(snapshot_id, *row) for row in enumerate(snapshot.findings))
    said = enumerate(snapshot.attestations)
    yield SnapshotAttestation, ((snapshot_id, position, *map(storable, one)) for position, one in said)
    yield SnapshotPlace, ((snapshot_id, place.value, *box) for place, box in snapshot.boxes.items())
    yield SnapshotAnswer, ((snapshot_id, *map(_plain, answer)) for answer in snapshot.answers)
    if snapshot.pictures is not None:
        yield SnapshotPictures, iter([pictures_row(snapshot_id, snapshot.pictures)])
    if snapshot.files is not None:
        yield SnapshotFile, _files(snapshot_id, snapshot.files)
    if snapshot.branches is not None:
        yield SnapshotBranch, _branches(snapshot_id, snapshot.branches)


def _plain(value: object) -> object:
    """A driver may take a StrEnum for what it likes."""
    return value.value if isinstance(value, StrEnum) else value


def _signals(snapshot_id: int, signals: Sequence[Signal]) -> Iterator[tuple[object, ...]]:
    for signal in signals:
        m = signal.measurement
        details = json.dumps([(storable(what), number) for what, number in m.details])
        texts = storable(m.note), storable(m.reason), details
        tally = m.tally or (None, None, None)
        yield snapshot_id, signal.name, m.value, m.n, m.seen, m.total, *texts, signal.definition.version, *tally


def _evidence(snapshot_id: int, signals: Sequence[Signal]) -> Iterator[tuple[object, ...]]:
    for signal in signals:
        for position, row in enumerate(signal.measurement.evidence):
            subject, note = storable(row.subject), storable(row.note)
            yield snapshot_id, signal.name, position, subject, row.kind, row.number, note, row.line


def _files(snapshot_id: int, files: Files) -> Iterator[tuple[object, ...]]:
    for position, file in enumerate(files):
        place = file.place and file.place.value
        unread = file.summary.unread and storable(file.summary.unread)
        path = storable(file.path)
        yield snapshot_id, position, path, file.kind.value, place, file.language, file.lines, unread


def _branches(snapshot_id: int, branches: Branches) -> Iterator[tuple[object, ...]]:
    for position, b in enumerate(branches):
        fate = b.fate(branches.as_of).value
        about = storable(b.name), b.kind.value, b.tip, fate, b.merged.value, b.is_release
        yield snapshot_id, position, *about, b.first_at, b.last_at, b.merged_at, b.ahead, b.behind
