"""What a badge is made of, and the word that opens the badge of a repository which is not public."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select
from sqlmodel import col

from mldebt.store.bulk import storable
from mldebt.store.inserting import insert_into
from mldebt.store.meta import badge_key
from mldebt.store.reading import repository
from mldebt.store.tables import HostedRepository, Installation, Meta, Snapshot
from mldebt.store.trends import last_seen_first, latest_of

NOBODY = 0
"""The id of no repository."""


class Shown(NamedTuple):
    repository_id: int
    name: str
    is_public: bool  # GitHub says that everybody may read it


class Seen(NamedTuple):
    """The latest snapshot."""

    snapshot_id: int
    identity_parts: str
    seen_at: int  # when a scan last came to it; seconds since 1970 UTC


def shown(connection: Connection, name: str) -> Shown | None:
    """The repository that a badge's address means: as GitHub calls it now, else as it is stored."""
    name = storable(name)
    gone = select(col(Installation.id)).where(col(Installation.removed_at).is_not(None))
    there = (
        select(col(HostedRepository.repository_id), col(HostedRepository.full_name), col(HostedRepository.private))
        .where(func.lower(col(HostedRepository.full_name)) == name.lower(), col(HostedRepository.removed_at).is_(None))
        .where(col(HostedRepository.installation).not_in(gone), col(HostedRepository.repository_id).is_not(None))
    )
    rows: Sequence[Any] = connection.execute(there.limit(2)).all()
    if len(rows) == 1:
        return Shown(rows[0][0], rows[0][1], not rows[0][2])
    found = repository(connection, name)
    if found is None:
        return None
    here = select(col(HostedRepository.id)).where(
        col(HostedRepository.repository_id) == found.id,
        col(HostedRepository.private).is_(False),
        col(HostedRepository.removed_at).is_(None),
        col(HostedRepository.installation).not_in(gone),
    )
    return Shown(found.id, found.name, connection.execute(here.limit(1)).first() is not None)


def seen(connection: Connection, repository_id: int) -> Seen | None:
    """None before the first scan is done."""
    columns = select(col(Snapshot.id), col(Snapshot.identity_parts), col(Snapshot.seen_at))
    ordered = columns.where(latest_of(repository_id)).order_by(*last_seen_first()).limit(1)
    row: Any = connection.execute(ordered).first()
    return None if row is None else Seen(*row)


def badge_token(connection: Connection, repository_id: int) -> str | None:
    """None before it was asked for."""
    found = select(col(Meta.value)).where(col(Meta.key) == badge_key(repository_id))
    return connection.execute(found).scalar()


def make_badge_token(connection: Connection, repository_id: int, *, renew: bool = False) -> str:
    """The one that there is, or a new one, which takes its place where it is to be renewed. Inside a writing one."""
    before = None if renew else badge_token(connection, repository_id)
    if before is not None:
        return before
    token = secrets.token_urlsafe(24)
    statement = insert_into(connection, Meta).values(key=badge_key(repository_id), value=token)
    changed = statement.on_conflict_do_update(index_elements=["key"], set_={"value": token})
    connection.execute(changed)
    return token
