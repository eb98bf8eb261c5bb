"""What all tables share."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column
from sqlmodel import SQLModel

# Names for every constraint, so that a later migration can drop one on SQLite.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

CLUSTERED = {"sqlite_with_rowid": False}
"""SQLite keeps these rows sorted by their key: a snapshot's rows lie together, and are stored once."""

IDS_ONCE = {"sqlite_autoincrement": True}
"""What is kept in memory by an id must never be taken for what has that id after something was forgotten."""


def big(*, primary_key: bool = False) -> Column[int]:
    """Seconds since 1970 pass 2**31 in 2038, and hostile dates pass it today."""
    return Column(BigInteger, primary_key=primary_key, nullable=False)
