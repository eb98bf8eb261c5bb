"""Every table. Names of people are never kept: a person is a number and a keyed digest.

A foreign key stands only where an index begins with it: without one, forgetting a repository reads the whole
child table once per parent row, and each inserted row pays for the look-up.
A change here needs a migration beside it in `migrations/versions`; a test compares the two.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, UniqueConstraint, text
from sqlmodel import Field, SQLModel

# Names for every constraint, so that a later migration can drop one on SQLite.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

# SQLite keeps these rows sorted by their key: a snapshot's rows lie together, and are stored once.
_CLUSTERED = {"sqlite_with_rowid": False}


# What is kept in memory by an id must never be taken for what has that id after something was forgotten.
_IDS_ONCE = {"sqlite_autoincrement": True}


# Seconds since 1970 pass 2**31 in 2038, and hostile dates pass it today.
def _big(*, primary_key: bool = False) -> Column[int]:
    return Column(BigInteger, primary_key=primary_key, nullable=False)


class Meta(SQLModel, table=True):
    """What belongs to the store itself: `salt` (hex), under which people's identities are digested."""

    __tablename__ = "meta"
    key: str = Field(primary_key=True)
    value: str


class Repository(SQLModel, table=True):
    __tablename__ = "repository"
    __table_args__ = _IDS_ONCE
    id: int | None = Field(default=None, primary_key=True)
    source: str = Field(unique=True)  # absolute path or URL without credentials, as scanned
    name: str  # shown: "owner/name" or the folder's name
    is_example: bool = False
    web: str | None = None  # https address that permalinks start with, where the source has one
    default_branch: str | None = None
    mailmap: str | None = None  # oid of the .mailmap the history was read with


class Person(SQLModel, table=True):
    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("repository_id", "digest"),)
    id: int | None = Field(default=None, primary_key=True)
    repository_id: int = Field(foreign_key="repository.id")
    digest: bytes
    is_bot: bool = False


class Path(SQLModel, table=True):
    __tablename__ = "path"
    __table_args__ = (UniqueConstraint("repository_id", "name"),)
    id: int | None = Field(default=None, primary_key=True)
    repository_id: int = Field(foreign_key="repository.id")
    name: str  # POSIX; bytes that are not UTF-8 as \\xNN


class Commit(SQLModel, table=True):
    __tablename__ = "commit"
    __table_args__ = (UniqueConstraint("repository_id", "oid"),)
    id: int | None = Field(default=None, primary_key=True)
    repository_id: int = Field(foreign_key="repository.id")
    oid: bytes
    parents: bytes  # oids, one after another
    at: int = Field(sa_column=_big())  # committer date, seconds since 1970 UTC
    authored: int = Field(sa_column=_big())
    person_id: int
    coauthors: str = ""  # person ids, separated by spaces
    merged_branch: str | None = None  # from a merge commit's subject


class FileChange(SQLModel, table=True):
    __tablename__ = "file_change"
    __table_args__ = _CLUSTERED
    commit_id: int = Field(primary_key=True, foreign_key="commit.id")
    path_id: int = Field(primary_key=True)
    status: str
    added: int | None = None  # None: binary, or not counted
    deleted: int | None = None
    old_path_id: int | None = None
    oid: bytes | None = Field(default=None, sa_column=Column(LargeBinary))  # blob after the change


class Tip(SQLModel, table=True):
    """Commits whose whole history is stored."""

    __tablename__ = "tip"
    repository_id: int = Field(primary_key=True, foreign_key="repository.id")
    oid: bytes = Field(primary_key=True)


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
        _IDS_ONCE,
    )
    id: int | None = Field(default=None, primary_key=True)
    repository_id: int = Field(foreign_key="repository.id")
    commit: str  # hex; empty for a repository without commits
    as_of: int = Field(sa_column=_big())  # seconds since 1970 UTC
    identity: str  # digest of all that the bytes depend on
    identity_parts: str  # the same, spelled out as JSON
    version: str  # of profile and scoring: numbers of different versions are not compared
    is_backfill: bool = False  # made from history in a later scan
    partial: str = "[]"  # JSON list of sentences: what could not be read
    advice: str = Field(default="[]", sa_column_kwargs={"server_default": "[]"})  # the same: what is to be tidied up
    scanned_at: int = Field(sa_column=_big())  # seconds since 1970 UTC
    seen_at: int = Field(sa_column=_big())  # when a scan last came to this same identity


class SnapshotSignal(SQLModel, table=True):
    __tablename__ = "snapshot_signal"
    __table_args__ = _CLUSTERED
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
    __table_args__ = _CLUSTERED
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
    __table_args__ = _CLUSTERED
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
    given_at: int = Field(sa_column=_big())  # seconds since 1970 UTC


class SnapshotAttestation(SQLModel, table=True):
    """What the team states of a debt: kept with the snapshot, and no part of what is measured."""

    __tablename__ = "snapshot_attestation"
    __table_args__ = _CLUSTERED
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
    __table_args__ = _CLUSTERED
    snapshot_id: int = Field(primary_key=True, foreign_key="snapshot.id")
    place: str = Field(primary_key=True)
    files: int
    lines: int


class SnapshotFile(SQLModel, table=True):
    """Files behind the boxes. Not kept for back-filled snapshots."""

    __tablename__ = "snapshot_file"
    __table_args__ = (Index("ix_snapshot_file_largest", "snapshot_id", "place", "lines"), _CLUSTERED)
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
    __table_args__ = (Index("ix_snapshot_branch_oldest", "snapshot_id", "fate", "last_at"), _CLUSTERED)
    snapshot_id: int = Field(primary_key=True, foreign_key="snapshot.id")
    position: int = Field(primary_key=True)  # by name
    name: str
    kind: str
    tip: str
    fate: str
    merged: str
    is_release: bool
    first_at: int | None = Field(default=None, sa_column=Column(BigInteger))
    last_at: int = Field(sa_column=_big())
    merged_at: int | None = Field(default=None, sa_column=Column(BigInteger))
    ahead: int
    behind: int


class SnapshotAnswer(SQLModel, table=True):
    """An answer as scored when the snapshot was written, for lists and lines over many snapshots."""

    __tablename__ = "snapshot_answer"
    __table_args__ = _CLUSTERED
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
    __table_args__ = _CLUSTERED
    repository_id: int = Field(primary_key=True, foreign_key="repository.id")
    question: str = Field(primary_key=True)
    earlier_at: int | None = Field(default=None, sa_column=Column(BigInteger))  # a quarter before the latest
    earlier_letter: str | None = None
    earlier_value: float | None = None
    spark: bytes = b""  # the last year, as far as it can be compared, as `mldebt.store.trends` packs it


class Summary(SQLModel, table=True):
    """What a reader saw in a blob. Lives in the disposable cache, not in the store's database."""

    __tablename__ = "summary"
    metadata = SQLModel.metadata.__class__()
    oid: bytes = Field(primary_key=True)
    reader: str = Field(primary_key=True)  # name, version and language class
    body: bytes  # JSON


class TrackerState(SQLModel, table=True):
    """How far the lists of a repository's tracker were read."""

    __tablename__ = "tracker_state"
    __table_args__ = _CLUSTERED
    repository_id: int = Field(primary_key=True, foreign_key="repository.id")
    kind: str = Field(primary_key=True)  # "requests", "issues"
    source: str  # host and repository, and the version of what is kept of them
    newest: int | None = Field(default=None, sa_column=Column(BigInteger))  # all that was updated before is known
    page: int | None = None  # that is read next, towards the oldest; None: the end was reached


class TrackerRequest(SQLModel, table=True):
    """One change request, without names: packed JSON."""

    __tablename__ = "tracker_request"
    __table_args__ = _CLUSTERED
    repository_id: int = Field(primary_key=True, foreign_key="repository.id")
    number: int = Field(sa_column=_big(primary_key=True))
    updated_at: int = Field(sa_column=_big())
    looked_at: int | None = Field(default=None, sa_column=Column(BigInteger))  # its `updated_at` when its parts were
    body: bytes


class TrackerIssue(SQLModel, table=True):
    """One issue, without names: packed JSON."""

    __tablename__ = "tracker_issue"
    __table_args__ = _CLUSTERED
    repository_id: int = Field(primary_key=True, foreign_key="repository.id")
    number: int = Field(sa_column=_big(primary_key=True))
    body: bytes


class Delivery(SQLModel, table=True):
    """An event that GitHub delivered: that it came, and what became of it. Its text is not kept.

    On SQLite in a file of its own, which no scan holds locked (`mldebt.store.deliveries`).
    """

    __tablename__ = "delivery"
    __table_args__ = (
        Index("ix_delivery_received", "received_us"),
        # Of a few at most, however many are kept.
        Index(
            "ix_delivery_waiting",
            "id",
            sqlite_where=text("todo IS NOT NULL"),
            postgresql_where=text("todo IS NOT NULL"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    guid: str = Field(unique=True)  # GitHub's: a delivery that is sent again has the same
    event: str
    action: str | None = None
    received_us: int = Field(sa_column=_big())  # microseconds since 1970 UTC
    installation: int | None = Field(default=None, sa_column=Column(BigInteger))
    repository: int | None = Field(default=None, sa_column=Column(BigInteger))  # GitHub's id
    verdict: str  # a sentence: what was asked for, or why nothing was
    todo: str | None = None  # JSON; None: all that was asked for is on its way


class Installation(SQLModel, table=True):
    """Where the App is, or was, installed."""

    __tablename__ = "installation"
    id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))  # GitHub's
    account: str = ""  # login of the organisation or user; forgotten once it is removed
    account_id: int | None = Field(default=None, sa_column=Column(BigInteger))
    suspended_at: int | None = Field(default=None, sa_column=Column(BigInteger))
    removed_at: int | None = Field(default=None, sa_column=Column(BigInteger))
    told_us: int = Field(sa_column=_big())  # when what is said here was said: what was said before changes nothing


class HostedRepository(SQLModel, table=True):
    """A repository that an installation may see, by GitHub's id: names change."""

    __tablename__ = "hosted_repository"
    __table_args__ = (
        Index("ix_hosted_repository_installation", "installation"),
        Index("ix_hosted_repository_repository", "repository_id"),
    )
    id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))  # GitHub's
    installation: int = Field(sa_column=_big())
    full_name: str  # owner/name, as it is called now; forgotten once it is removed
    default_branch: str | None = None
    private: bool = True  # until it is known
    archived: bool = False
    removed_at: int | None = Field(default=None, sa_column=Column(BigInteger))
    forgotten_at: int | None = Field(default=None, sa_column=Column(BigInteger))  # when all that was stored of it went
    told_us: int = Field(sa_column=_big())
    repository_id: int | None = Field(default=None, foreign_key="repository.id")  # once scanned


class PullHead(SQLModel, table=True):
    """The newest head that is known of a pull request: an older event never overwrites it."""

    __tablename__ = "pull_head"
    __table_args__ = _CLUSTERED
    repository: int = Field(sa_column=_big(primary_key=True))  # GitHub's id
    number: int = Field(sa_column=_big(primary_key=True))
    head: str  # hex
    updated_at: int = Field(sa_column=_big())  # of the pull request, as GitHub says


class Session(SQLModel, table=True):
    """Somebody who is signed in, in one browser. Of its cookie the digest is kept, of GitHub's token nothing."""

    __tablename__ = "session"
    __table_args__ = (Index("ix_session_person", "person"), _CLUSTERED)
    id: bytes = Field(primary_key=True)  # SHA-256 of the cookie
    person: int = Field(sa_column=_big())  # GitHub's number of the account
    login: str  # shown to that person alone
    began_at: int = Field(sa_column=_big())  # seconds since 1970 UTC
    seen_at: int = Field(sa_column=_big())
    ends_at: int = Field(sa_column=_big())
    granted_until: int = Field(sa_column=_big())  # what is granted holds so long; 0: it has to be asked again


class Grant(SQLModel, table=True):
    """What GitHub let somebody see, for ten minutes."""

    __tablename__ = "grant"
    __table_args__ = (Index("ix_grant_repository", "repository"), _CLUSTERED)
    person: int = Field(sa_column=_big(primary_key=True))
    repository: int = Field(sa_column=_big(primary_key=True))  # GitHub's id
    role: str  # see or decide
    until: int = Field(sa_column=_big())  # seconds since 1970 UTC


class Review(SQLModel, table=True):
    """A review that a team holds over two snapshots. Never changed once it is closed; its snapshots stay as long as it.

    The index behind each foreign key also keeps the database from deleting a snapshot that a review names.
    """

    __tablename__ = "review"
    __table_args__ = (
        Index("ix_review_repository", "repository_id"),
        Index("ix_review_before", "before_id"),
        Index("ix_review_now", "now_id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    repository_id: int = Field(foreign_key="repository.id")
    before_id: int = Field(foreign_key="snapshot.id")
    now_id: int = Field(foreign_key="snapshot.id")
    open_of: int | None = Field(default=None, unique=True)  # the repository while it is open: of one repository one is
    opened_on: str  # YYYY-MM-DD
    opened_at: int = Field(sa_column=_big())  # seconds since 1970 UTC
    closed_at: int | None = Field(default=None, sa_column=Column(BigInteger))
    closed_by: str | None = None  # as typed
    record: str | None = None  # JSON: all that was shown, as it was when it was closed
    digest: str | None = None  # of the record


class Decision(SQLModel, table=True):
    """What a review decided of a place, a file or a kind of debt."""

    __tablename__ = "decision"
    __table_args__ = (Index("ix_decision_review", "review_id"),)
    id: int | None = Field(default=None, primary_key=True)
    review_id: int = Field(foreign_key="review.id")
    kind: str  # of scoring.review.goals.Kind
    about: str  # of scoring.review.goals.About
    subject: str  # id of a finding, a path, or a kind of debt
    title: str  # of the subject, in words
    words: str  # as typed
    owner: str  # as typed
    due: str  # YYYY-MM-DD
    made_on: str  # YYYY-MM-DD
    rule: str = ""  # of a finding
    path: str = ""  # of a finding


class Settlement(SQLModel, table=True):
    """A decision that a later review, once closed, put an end to."""

    __tablename__ = "settlement"
    __table_args__ = (Index("ix_settlement_review", "review_id"),)
    decision_id: int = Field(sa_column=Column(ForeignKey("decision.id"), primary_key=True, autoincrement=False))
    review_id: int = Field(foreign_key="review.id")
    word: str  # "done", "dropped"
    note: str = ""  # as typed


class ReviewField(SQLModel, table=True):
    """One field as it was typed last: kept at once, so that a session which breaks off loses nothing that it left."""

    __tablename__ = "review_field"
    __table_args__ = _CLUSTERED
    review_id: int = Field(primary_key=True, foreign_key="review.id")
    name: str = Field(primary_key=True)
    value: str
    saved_at: int = Field(sa_column=_big())


class DoubtedRule(SQLModel, table=True):
    """A finding that somebody with write access called wrong, once, whoever it was: enough of one rule mute it."""

    __tablename__ = "doubted_rule"
    __table_args__ = _CLUSTERED
    repository: int = Field(sa_column=_big(primary_key=True))  # GitHub's id
    rule: str = Field(primary_key=True)
    finding: str = Field(primary_key=True)
    comment: int = Field(sa_column=_big())  # GitHub's id of the one that said so first
    at: int = Field(sa_column=_big())  # seconds since 1970 UTC


class QuarterlyIssue(SQLModel, table=True):
    """Of which snapshot the issue of a quarter tells, so that it stays the same while the quarter lasts."""

    __tablename__ = "quarterly_issue"
    __table_args__ = _CLUSTERED
    repository: int = Field(sa_column=_big(primary_key=True))  # GitHub's id
    quarter: str = Field(primary_key=True)
    snapshot_id: int  # it may be forgotten meanwhile
    number: int | None = Field(default=None, sa_column=Column(BigInteger))  # of the issue, once it is open
    refused: bool = False  # the App may not write issues there: tried again in the next quarter
