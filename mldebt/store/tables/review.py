"""Reviews, and what was decided in them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, text
from sqlmodel import Field, SQLModel

from mldebt.store.tables.base import CLUSTERED, IDS_ONCE, big


class Review(SQLModel, table=True):
    """A review that a team holds over two snapshots. Never changed once it is closed; its snapshots stay as long as it.

    The index behind each foreign key also keeps the database from deleting a snapshot that a review names.
    """

    __tablename__ = "review"
    __table_args__ = (
        Index("ix_review_repository", "repository_id"),
        Index("ix_review_before", "before_id"),
        Index("ix_review_now", "now_id"),
        IDS_ONCE,
    )
    id: int | None = Field(default=None, primary_key=True)
    repository_id: int = Field(foreign_key="repository.id")
    before_id: int = Field(foreign_key="snapshot.id")
    now_id: int = Field(foreign_key="snapshot.id")
    open_of: int | None = Field(default=None, unique=True)  # the repository while it is open: of one repository one is
    opened_on: str  # YYYY-MM-DD
    opened_at: int = Field(sa_column=big())  # seconds since 1970 UTC
    closed_at: int | None = Field(default=None, sa_column=Column(BigInteger))
    closed_by: str | None = None  # as typed
    record: str | None = None  # JSON: all that was shown, as it was when it was closed
    digest: str | None = None  # of the record


class Decision(SQLModel, table=True):
    """What a review decided of a place, a file or a kind of debt."""

    __tablename__ = "decision"
    __table_args__ = (Index("ix_decision_review", "review_id"), IDS_ONCE)
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
    reason: str = Field(default="", sa_column_kwargs={"server_default": text("''")})  # of what is accepted


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
    __table_args__ = CLUSTERED
    review_id: int = Field(primary_key=True, foreign_key="review.id")
    name: str = Field(primary_key=True)
    value: str
    saved_at: int = Field(sa_column=big())
