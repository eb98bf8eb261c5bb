"""Snapshots with all that is stored of them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, UniqueConstraint
from sqlmodel import Field, SQLModel

from mldebt.store.tables.base import CLUSTERED, IDS_ONCE, big


class Snapshot(SQLModel, table=True):
    """The signals of one repository at one commit. Never changed once written, but for `seen_at`.

    The latest of a repository is the one that a scan came to last, whatever moment it is of: refs may come and go
    while the commit stays, a branch may be set back, and `--as-of` may look ahead. A back-filled one never is.
    """

    __tablename__ = "snapshot"
    __table_args__ = (
        UniqueConstraint("repository_id", "identity"),
        Index("ix_snapshot_moment", "repository_id", "as_of"),
        Index("ix_snapshot_latest", "repository_id", "is_backfill", "seen_at"),
        IDS_ONCE,
    )
    id: int | None = Field(default=None, primary_key=True)
    repository_id: int = Field(foreign_key="repository.id")
    commit: str  # hex; empty for a repository without commits
    as_of: int = Field(sa_column=big())  # seconds since 1970 UTC
    identity: str  # digest of all that the bytes depend on
    identity_parts: str  # the same, spelled out as JSON
    version: str  # of profile and scoring: numbers of different versions are not compared
    is_backfill: bool = False  # made from history in a later scan
    partial: str = "[]"  # JSON list of sentences: what could not be read
    advice: str = Field(default="[]", sa_column_kwargs={"server_default": "[]"})  # the same: what is to be tidied up
    scanned_at: int = Field(sa_column=big())  # seconds since 1970 UTC
    seen_at: int = Field(sa_column=big())  # when a scan last came to this same identity


class SnapshotSignal(SQLModel, table=True):
    __tablename__ = "snapshot_signal"
    __table_args__ = CLUSTERED
    snapshot_id: int = Field(primary_key=True, foreign_key="snapshot.id")
    name: str = Field(primary_key=True)
    value: float | None = None
    n: int | None = None
    seen: int = 1
    total: int = 1
    note: str = ""
    reason: str = ""
    details: str = "[]"  # JSON list of [name, number]
    version: int = 1  # of the signal: numbers of different versions are not compared
    findings: int | None = None  # None: the signal knows no places, or was stored before findings were
    accepted: int | None = None  # of them
    lapsed: int | None = None  # of them: accepted once, until a day that is over


class SnapshotEvidence(SQLModel, table=True):
    __tablename__ = "snapshot_evidence"
    __table_args__ = CLUSTERED
    snapshot_id: int = Field(primary_key=True, foreign_key="snapshot.id")
    signal: str = Field(primary_key=True)
    position: int = Field(primary_key=True)
    subject: str
    kind: str
    number: float | None = None
    note: str = ""
    line: int | None = None


class SnapshotFinding(SQLModel, table=True):
    """One place where debt shows. Not kept for back-filled snapshots: what a signal counted there is in its own row.

    No further index: a snapshot keeps so few that SQLite reads them all rather than look one up.
    """

    __tablename__ = "snapshot_finding"
    __table_args__ = CLUSTERED
    snapshot_id: int = Field(primary_key=True, foreign_key="snapshot.id")
    position: int = Field(primary_key=True)  # the heaviest first, over all rules
    id: str  # 12 hex digits, then "-2", "-3" where several places are alike
    rule: str
    debt: str | None = None
    path: str
    line: int
    end_line: int
    symbol: str = ""
    snippet: str = ""  # masked
    note: str = ""
    severity: int  # 1 to 3
    effort: str
    interest: int | None = None
    last_changed: str | None = None  # YYYY-MM-DD
    component: str = ""
    accepted: bool = False
    acceptance: str | None = None  # JSON: what accepts it, or did before it ran out


class Attestation(SQLModel, table=True):
    """An answer that was given in the dashboard. Never changed: a later one about the same takes its place."""

    __tablename__ = "attestation"
    __table_args__ = (Index("ix_attestation_about", "repository_id", "about"),)
    id: int | None = Field(default=None, primary_key=True)
    repository_id: int = Field(foreign_key="repository.id")
    about: str  # a kind of debt, or a signal
    answer: str
    by: str  # as typed
    on: str  # YYYY-MM-DD
    until: str  # YYYY-MM-DD
    given_at: int = Field(sa_column=big())  # seconds since 1970 UTC


class SnapshotAttestation(SQLModel, table=True):
    """What the team states of a debt: kept with the snapshot, and no part of what is measured."""

    __tablename__ = "snapshot_attestation"
    __table_args__ = CLUSTERED
    snapshot_id: int = Field(primary_key=True, foreign_key="snapshot.id")
    position: int = Field(primary_key=True)  # as written
    about: str  # a kind of debt, or a signal
    answer: str
    by: str  # as the team typed it
    on: str  # YYYY-MM-DD
    until: str  # YYYY-MM-DD
    source: str = ""


class SnapshotLineage(SQLModel, table=True):
    """The graph of data. Kept with the newest snapshot of a repository alone."""

    __tablename__ = "snapshot_lineage"
    snapshot_id: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    body: bytes  # as `mldebt.store.lineage` packs it


class SnapshotPictures(SQLModel, table=True):
    """What its pictures are drawn from, where its signals do not hold it."""

    __tablename__ = "snapshot_pictures"
    snapshot_id: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    body: bytes  # as `mldebt.store.pictures` packs it


class SnapshotPlace(SQLModel, table=True):
    """One box of figure 1."""

    __tablename__ = "snapshot_place"
    __table_args__ = CLUSTERED
    snapshot_id: int = Field(primary_key=True, foreign_key="snapshot.id")
    place: str = Field(primary_key=True)
    files: int
    lines: int


class SnapshotFile(SQLModel, table=True):
    """Files behind the boxes. Not kept for back-filled snapshots."""

    __tablename__ = "snapshot_file"
    __table_args__ = (Index("ix_snapshot_file_largest", "snapshot_id", "place", "lines"), CLUSTERED)
    snapshot_id: int = Field(primary_key=True, foreign_key="snapshot.id")
    position: int = Field(primary_key=True)  # by path; a path may be longer than PostgreSQL can index
    path: str
    kind: str
    place: str | None = None
    language: str | None = None
    lines: int = 0  # of code
    unread: str | None = None


class SnapshotBranch(SQLModel, table=True):
    """Branches as they stood. Not kept for back-filled snapshots: git does not remember them."""

    __tablename__ = "snapshot_branch"
    __table_args__ = (Index("ix_snapshot_branch_oldest", "snapshot_id", "fate", "last_at"), CLUSTERED)
    snapshot_id: int = Field(primary_key=True, foreign_key="snapshot.id")
    position: int = Field(primary_key=True)  # by name
    name: str
    kind: str
    tip: str
    fate: str
    merged: str
    is_release: bool
    first_at: int | None = Field(default=None, sa_column=Column(BigInteger))
    last_at: int = Field(sa_column=big())
    merged_at: int | None = Field(default=None, sa_column=Column(BigInteger))
    ahead: int
    behind: int


class SnapshotAnswer(SQLModel, table=True):
    """An answer as scored when the snapshot was written, for lists and lines over many snapshots."""

    __tablename__ = "snapshot_answer"
    __table_args__ = CLUSTERED
    snapshot_id: int = Field(primary_key=True, foreign_key="snapshot.id")
    question: str = Field(primary_key=True)
    scoring_version: str
    letter: str | None = None
    best: str | None = None
    worst: str | None = None
    seen: int  # parts measured
    total: int
    lead: str | None = None  # the signal whose number heads the answer
    value: float | None = None


class Trend(SQLModel, table=True):
    """What lists show beside the latest answer, worked out when a snapshot is written: reading 52 weeks of every
    repository for one page would cost more than the page."""

    __tablename__ = "trend"
    __table_args__ = CLUSTERED
    repository_id: int = Field(primary_key=True, foreign_key="repository.id")
    question: str = Field(primary_key=True)
    earlier_at: int | None = Field(default=None, sa_column=Column(BigInteger))  # a quarter before the latest
    earlier_letter: str | None = None
    earlier_value: float | None = None
    spark: bytes = b""  # the last year, as far as it can be compared, as `mldebt.store.trends` packs it
