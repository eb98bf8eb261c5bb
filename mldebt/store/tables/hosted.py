"""What a host says of repositories where the App is installed, by the host's ids."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, text
from sqlmodel import Field, SQLModel

from mldebt.store.tables.base import CLUSTERED, big


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
    received_us: int = Field(sa_column=big())  # microseconds since 1970 UTC
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
    told_us: int = Field(sa_column=big())  # when what is said here was said: what was said before changes nothing


class HostedRepository(SQLModel, table=True):
    """A repository that an installation may see, by GitHub's id: names change."""

    __tablename__ = "hosted_repository"
    __table_args__ = (
        Index("ix_hosted_repository_installation", "installation"),
        Index("ix_hosted_repository_repository", "repository_id"),
    )
    id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))  # GitHub's
    installation: int = Field(sa_column=big())
    full_name: str  # owner/name, as it is called now; forgotten once it is removed
    default_branch: str | None = None
    private: bool = True  # until it is known
    archived: bool = False
    removed_at: int | None = Field(default=None, sa_column=Column(BigInteger))
    forgotten_at: int | None = Field(default=None, sa_column=Column(BigInteger))  # when all that was stored of it went
    told_us: int = Field(sa_column=big())
    repository_id: int | None = Field(default=None, foreign_key="repository.id")  # once scanned


class PullHead(SQLModel, table=True):
    """The newest head that is known of a pull request: an older event never overwrites it."""

    __tablename__ = "pull_head"
    __table_args__ = CLUSTERED
    repository: int = Field(sa_column=big(primary_key=True))  # GitHub's id
    number: int = Field(sa_column=big(primary_key=True))
    head: str  # hex
    updated_at: int = Field(sa_column=big())  # of the pull request, as GitHub says


class DoubtedRule(SQLModel, table=True):
    """A finding that somebody with write access called wrong, once, whoever it was: enough of one rule mute it."""

    __tablename__ = "doubted_rule"
    __table_args__ = CLUSTERED
    repository: int = Field(sa_column=big(primary_key=True))  # GitHub's id
    rule: str = Field(primary_key=True)
    finding: str = Field(primary_key=True)
    comment: int = Field(sa_column=big())  # GitHub's id of the one that said so first
    at: int = Field(sa_column=big())  # seconds since 1970 UTC


class QuarterlyIssue(SQLModel, table=True):
    """Of which snapshot the issue of a quarter tells, so that it stays the same while the quarter lasts."""

    __tablename__ = "quarterly_issue"
    __table_args__ = CLUSTERED
    repository: int = Field(sa_column=big(primary_key=True))  # GitHub's id
    quarter: str = Field(primary_key=True)
    snapshot_id: int  # it may be forgotten meanwhile
    number: int | None = Field(default=None, sa_column=Column(BigInteger))  # of the issue, once it is open
    refused: bool = False  # the App may not write issues there: tried again in the next quarter
