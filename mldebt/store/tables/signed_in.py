"""Who is signed in, and what each person may see."""

from __future__ import annotations

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from mldebt.store.tables.base import CLUSTERED, big


class Session(SQLModel, table=True):
    """Somebody who is signed in, in one browser. Of its cookie the digest is kept, of GitHub's token nothing."""

    __tablename__ = "session"
    __table_args__ = (Index("ix_session_person", "person"), CLUSTERED)
    id: bytes = Field(primary_key=True)  # SHA-256 of the cookie
    person: int = Field(sa_column=big())  # GitHub's number of the account
    login: str  # shown to that person alone
    began_at: int = Field(sa_column=big())  # seconds since 1970 UTC
    seen_at: int = Field(sa_column=big())
    ends_at: int = Field(sa_column=big())
    granted_until: int = Field(sa_column=big())  # what is granted holds so long; 0: it has to be asked again


class Grant(SQLModel, table=True):
    """What GitHub let somebody see, for ten minutes."""

    __tablename__ = "grant"
    __table_args__ = (Index("ix_grant_repository", "repository"), CLUSTERED)
    person: int = Field(sa_column=big(primary_key=True))
    repository: int = Field(sa_column=big(primary_key=True))  # GitHub's id
    role: str  # see or decide
    until: int = Field(sa_column=big())  # seconds since 1970 UTC
