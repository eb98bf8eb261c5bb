"""The store itself, repositories, their histories and trackers."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from mldebt.store.tables.base import CLUSTERED, IDS_ONCE, big


class Meta(SQLModel, table=True):
    """What belongs to the store itself: `salt` (hex), under which people's identities are digested."""

    __tablename__ = "meta"
    key: str = Field(primary_key=True)
    value: str


class Repository(SQLModel, table=True):
    __tablename__ = "repository"
    __table_args__ = IDS_ONCE
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
    at: int = Field(sa_column=big())  # committer date, seconds since 1970 UTC
    authored: int = Field(sa_column=big())
    person_id: int
    coauthors: str = ""  # person ids, separated by spaces
    merged_branch: str | None = None  # from a merge commit's subject


class FileChange(SQLModel, table=True):
    __tablename__ = "file_change"
    __table_args__ = CLUSTERED
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
    __table_args__ = CLUSTERED
    repository_id: int = Field(primary_key=True, foreign_key="repository.id")
    kind: str = Field(primary_key=True)  # "requests", "issues"
    source: str  # host and repository, and the version of what is kept of them
    newest: int | None = Field(default=None, sa_column=Column(BigInteger))  # all that was updated before is known
    page: int | None = None  # that is read next, towards the oldest; None: the end was reached


class TrackerRequest(SQLModel, table=True):
    """One change request, without names: packed JSON."""

    __tablename__ = "tracker_request"
    __table_args__ = CLUSTERED
    repository_id: int = Field(primary_key=True, foreign_key="repository.id")
    number: int = Field(sa_column=big(primary_key=True))
    updated_at: int = Field(sa_column=big())
    looked_at: int | None = Field(default=None, sa_column=Column(BigInteger))  # its `updated_at` when its parts were
    body: bytes


class TrackerIssue(SQLModel, table=True):
    """One issue, without names: packed JSON."""

    __tablename__ = "tracker_issue"
    __table_args__ = CLUSTERED
    repository_id: int = Field(primary_key=True, foreign_key="repository.id")
    number: int = Field(sa_column=big(primary_key=True))
    body: bytes
