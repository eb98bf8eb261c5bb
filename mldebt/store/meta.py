"""What belongs to the store itself."""

from __future__ import annotations

import secrets

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col

from mldebt.store.tables import Meta


def store_salt(connection: Connection) -> bytes:
    """The key under which people's identities are digested in this store, made at its first use.

    To be called inside a transaction that writes.
    """
    salt = select(col(Meta.value)).where(col(Meta.key) == "salt")
    found = connection.execute(salt).scalar()
    if found is None:
        insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
        mine = insert(Meta).values(key="salt", value=secrets.token_hex(16))
        connection.execute(mine.on_conflict_do_nothing())  # two programs may come first
        found = connection.execute(salt).scalar_one()
    return bytes.fromhex(found)


def badge_key(repository_id: int) -> str:
    """Under which the word is kept that opens a repository's badge; goes with the repository."""
    return f"badge:{repository_id}"
