"""What belongs to the store itself."""

from __future__ import annotations

import secrets

from sqlalchemy import Connection, select
from sqlmodel import col

from mldebt.store.bulk import insert_rows
from mldebt.store.tables import Meta


def store_salt(connection: Connection) -> bytes:
    """The key under which people's identities are digested in this store, made at its first use.

    To be called inside a transaction that writes.
    """
    found = connection.execute(select(col(Meta.value)).where(col(Meta.key) == "salt")).scalar()
    if found is None:
        found = secrets.token_hex(16)
        insert_rows(connection, Meta, [("salt", found)])
    return bytes.fromhex(found)
