"""Who is signed in, and what GitHub let each person see. Tokens are not here: they are kept nowhere but in memory.

A grant is of a person, so that what one browser learns holds in the other. Seconds since 1970 UTC throughout.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, delete, insert, or_, select, update
from sqlmodel import col

from mldebt.store.inserting import insert_into
from mldebt.store.tables import Grant, HostedRepository, Installation, Session


class Begun(NamedTuple):
    """A session."""

    id: bytes  # digest of the cookie
    person: int
    login: str
    began_at: int
    seen_at: int
    ends_at: int
    granted_until: int


class Granted(NamedTuple):
    repository: int  # GitHub's id
    repository_id: int | None  # the store's; None: not scanned yet
    role: str


def begin_session(connection: Connection, begun: Begun) -> None:
    connection.execute(insert(Session).values(begun._asdict()))


def session_of(connection: Connection, id_: bytes) -> Begun | None:
    return next(iter(_sessions(connection, col(Session.id) == id_)), None)


def every_session(connection: Connection) -> tuple[Begun, ...]:
    """Also those that are over and not forgotten yet."""
    return _sessions(connection)


def end_session(connection: Connection, id_: bytes) -> None:
    connection.execute(delete(Session).where(col(Session.id) == id_))


def end_sessions_of(connection: Connection, person: int) -> None:
    """Everywhere: the App lost this person's authorisation."""
    connection.execute(delete(Session).where(col(Session.person) == person))
    connection.execute(delete(Grant).where(col(Grant.person) == person))


def forget_sessions(connection: Connection, now: int, idle_since: int) -> None:
    """Those that ended, or that nobody used since a moment; and grants of the past."""
    over = or_(col(Session.ends_at) <= now, col(Session.seen_at) < idle_since)
    connection.execute(delete(Session).where(over))
    connection.execute(delete(Grant).where(col(Grant.until) <= now))


def use_session(connection: Connection, id_: bytes, now: int) -> None:
    """Somebody looks at a page in it."""
    connection.execute(update(Session).where(col(Session.id) == id_, col(Session.seen_at) < now).values(seen_at=now))


def keep_grants(connection: Connection, person: int, roles: Mapping[int, str], until: int) -> None:
    """All that a person may see, in place of what was known. The sessions of this person then hold to it."""
    connection.execute(delete(Grant).where(col(Grant.person) == person))
    rows = [{"person": person, "repository": one, "role": role, "until": until} for one, role in roles.items()]
    if rows:
        connection.execute(insert(Grant), rows)
    mine = col(Session.person) == person
    connection.execute(update(Session).where(mine).values(granted_until=until))


def keep_grant(connection: Connection, person: int, repository: int, role: str, until: int) -> bool:
    """One more; False where the App has no repository of this id."""
    there = select(col(HostedRepository.id)).where(_hosted(), col(HostedRepository.id) == repository)
    if connection.execute(there).first() is None:
        return False
    row = {"person": person, "repository": repository, "role": role, "until": until}
    statement = insert_into(connection, Grant).values(row)
    changed = {"role": statement.excluded.role, "until": statement.excluded.until}
    connection.execute(statement.on_conflict_do_update(index_elements=["person", "repository"], set_=changed))
    return True


def ask_again(connection: Connection, person: int | None = None, repository: int | None = None) -> None:
    """What was granted to a person, or of a repository, or to all, holds no longer: the next look asks GitHub."""
    these: list[ColumnElement[bool]] = []
    people: list[ColumnElement[bool]] = []
    if person is not None:
        these.append(col(Grant.person) == person)
        people.append(col(Session.person) == person)
    if repository is not None:
        these.append(col(Grant.repository) == repository)
        of_it = select(col(Grant.person)).where(col(Grant.repository) == repository)
        people.append(col(Session.person).in_(of_it))
    connection.execute(update(Session).where(*people).values(granted_until=0))
    connection.execute(delete(Grant).where(*these))


def granted(connection: Connection, person: int, now: int) -> tuple[Granted, ...]:
    """Of the repositories that the App has: what was removed there is gone at once."""
    rows = (
        select(col(Grant.repository), col(HostedRepository.repository_id), col(Grant.role))
        .join(HostedRepository, col(HostedRepository.id) == col(Grant.repository))
        .where(col(Grant.person) == person, col(Grant.until) > now, _hosted())
        .order_by(col(Grant.repository))
    )
    return tuple(Granted(*row) for row in connection.execute(rows))


def _sessions(connection: Connection, *which: ColumnElement[bool]) -> tuple[Begun, ...]:
    columns = [col(getattr(Session, name)) for name in Begun._fields]
    return tuple(Begun(*row) for row in connection.execute(select(*columns).where(*which)))


def _hosted() -> ColumnElement[bool]:
    gone = or_(col(Installation.removed_at).is_not(None), col(Installation.suspended_at).is_not(None))
    away = select(col(Installation.id)).where(gone)
    return col(HostedRepository.removed_at).is_(None) & col(HostedRepository.installation).not_in(away)
