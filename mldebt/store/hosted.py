"""Where the App is installed, and what it may see there: by GitHub's ids, since names change.

Events come in any order. What was said at one moment never changes what was said later: each row keeps when.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel, col

from mldebt.store.bulk import storable
from mldebt.store.inserting import insert_into
from mldebt.store.snapshots import ensure_repository, forget_repository
from mldebt.store.tables import DoubtedRule, HostedRepository, Installation, PullHead, QuarterlyIssue, Repository


class Installed(NamedTuple):
    id: int
    account: str
    account_id: int | None = None
    suspended_at: int | None = None
    removed_at: int | None = None


class Hosted(NamedTuple):
    """A repository of an installation."""

    id: int  # GitHub's
    installation: int
    full_name: str  # as it is called now; empty once it was forgotten
    default_branch: str | None = None
    private: bool = True
    archived: bool = False
    removed_at: int | None = None
    forgotten_at: int | None = None
    repository_id: int | None = None  # in the store, once it was scanned


class Head(NamedTuple):
    """The newest commit of a pull request that is known."""

    repository: int
    number: int
    head: str
    updated_at: int  # seconds since 1970 UTC, as GitHub says


def tell_installation(connection: Connection, id_: int, told_us: int, **said: Any) -> bool:
    """Keep what was said of an installation (fields of `Installed`); False where something later is known already.

    One that was removed stays so: GitHub gives its id to no other.
    """
    return _tell(connection, Installation, {"id": id_, "account": "", **said}, told_us, said)


def tell_repository(connection: Connection, id_: int, installation: int, told_us: int, **said: Any) -> bool:
    """Keep what was said of a repository (fields of `Hosted`); False where something later is known already.

    One that was removed stays so until it is said that it is not: an event may come late.
    """
    said = {"installation": installation, **said}
    return _tell(connection, HostedRepository, {"id": id_, "full_name": "", **said}, told_us, said)


def add_repositories(
    connection: Connection, installation: int, rows: Mapping[int, Mapping[str, Any]], told_us: int
) -> None:
    """The installation may see these now, by GitHub's ids; an organization may have thousands."""
    alike: defaultdict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for id_, told in rows.items():
        said = {"installation": installation, "removed_at": None, "forgotten_at": None, **told}
        alike[tuple(said)].append(_storable({"id": id_, "full_name": "", **said, "told_us": told_us}))
    for names, some in alike.items():
        connection.execute(_upsert(connection, HostedRepository, names), some)


def meet_repository(connection: Connection, id_: int, installation: int, **said: Any) -> None:
    """Keep what was said in passing of a repository that is not known; whatever is told of it counts more.

    One that was forgotten while the App was suspended is as good as not known.
    """
    row = _storable(said)
    statement = insert_into(connection, HostedRepository)
    values = {"full_name": "", **row, "id": id_, "installation": installation, "told_us": 0, "forgotten_at": None}
    statement = statement.values(values)
    forgotten = col(HostedRepository.forgotten_at).is_not(None) & col(HostedRepository.removed_at).is_(None)
    changed = {name: statement.excluded[name] for name in (*row, "forgotten_at")}
    connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=changed, where=forgotten))


def remove_repositories(connection: Connection, installation: int, ids: Iterable[int], told_us: int) -> None:
    """The installation may see them no more. One that moved to another installation stays there."""
    _remove(connection, told_us, col(HostedRepository.installation) == installation, col(HostedRepository.id).in_(ids))


def remove_installation(connection: Connection, id_: int, told_us: int) -> None:
    tell_installation(connection, id_, told_us, removed_at=told_us // 1_000_000)
    _remove(connection, told_us, col(HostedRepository.installation) == id_)


def installed(connection: Connection, id_: int) -> Installed | None:
    return next(iter(installations(connection, col(Installation.id) == id_)), None)


def installations(connection: Connection, *which: ColumnElement[bool]) -> tuple[Installed, ...]:
    """All, those that were removed too, by id."""
    columns = [col(getattr(Installation, name)) for name in Installed._fields]
    rows = connection.execute(select(*columns).where(*which).order_by(col(Installation.id)))
    return tuple(Installed(*row) for row in rows)


def hosted(connection: Connection, id_: int) -> Hosted | None:
    """The repository of this id of GitHub's."""
    return next(iter(_hosted(connection, col(HostedRepository.id) == id_)), None)


def hosted_repositories(connection: Connection, installation: int | None = None) -> tuple[Hosted, ...]:
    """Those that may be seen now, of one installation or of all, by GitHub's id."""
    of_it = () if installation is None else (col(HostedRepository.installation) == installation,)
    gone = select(col(Installation.id)).where(col(Installation.removed_at).is_not(None))
    there = col(HostedRepository.removed_at).is_(None), col(HostedRepository.installation).not_in(gone)
    return _hosted(connection, *there, *of_it)


def at_work(connection: Connection, installation: int | None = None) -> tuple[Hosted, ...]:
    """Those for which something may be done, as `why_not` says of one: in two queries, however many there are."""
    resting = {one.id for one in installations(connection, col(Installation.suspended_at).is_not(None))}
    rows = hosted_repositories(connection, installation)
    return tuple(row for row in rows if not row.archived and row.installation not in resting)


def source_of(server: str, id_: int) -> str:
    """What a hosted repository is known by among stored ones: by its id, since names change. Git takes it for none."""
    return f"{server}/?repository={id_}"


def is_hosted(source: str) -> bool:
    return "/?repository=" in source


def register_hosted(connection: Connection, server: str, id_: int, full_name: str, branch: str) -> int:
    """The stored repository of a hosted one; its id. Who may see the one may see the other from now on."""
    web = f"{server}/{full_name}" if server.startswith("https://") else None
    source = source_of(server, id_)
    head = f"refs/heads/{branch}"
    repository_id = ensure_repository(connection, source, full_name, is_example=False, web=web, default_branch=head)
    link_scanned(connection, id_, repository_id)
    return repository_id


def adrift(connection: Connection) -> tuple[int, ...]:
    """Stored repositories of hosted ones that are so no more: a scan was at work while they were forgotten."""
    linked = select(col(HostedRepository.repository_id)).where(col(HostedRepository.repository_id).is_not(None))
    rows = select(col(Repository.id), col(Repository.source)).where(col(Repository.id).not_in(linked))
    return tuple(row.id for row in connection.execute(rows) if is_hosted(row.source))


def link_scanned(connection: Connection, id_: int, repository_id: int) -> None:
    """The hosted repository is the stored one that a scan made."""
    mine = col(HostedRepository.id) == id_
    connection.execute(update(HostedRepository).where(mine).values(repository_id=repository_id, forgotten_at=None))


def why_not(connection: Connection, installation: int, repository: int) -> str | None:
    """A sentence where nothing may be done for a repository of GitHub's; None where it may."""
    of = installed(connection, installation)
    if of is not None and of.removed_at is not None:
        return "the App was removed there"
    if of is not None and of.suspended_at is not None:
        return "the App is suspended there"
    here = hosted(connection, repository)
    if here is not None and here.removed_at is not None:
        return "the App may see this repository no more"
    if here is not None and here.archived:
        return "the repository is archived, and not written to"
    return None


def tell_head(connection: Connection, one: Head, before: str | None = None) -> bool:
    """Keep the head of a pull request unless a newer one is known; says whether it was kept.

    GitHub's moments are whole seconds. Of two within one the later is that which came after (`before`) the other.
    """
    statement = insert_into(connection, PullHead).values(one._asdict())
    newer = col(PullHead.updated_at) < statement.excluded.updated_at
    if before is not None:
        same_moment = col(PullHead.updated_at) == statement.excluded.updated_at
        newer |= same_moment & (col(PullHead.head) == before)
    changed = {"head": statement.excluded.head, "updated_at": statement.excluded.updated_at}
    statement = statement.on_conflict_do_update(index_elements=["repository", "number"], set_=changed, where=newer)
    return connection.execute(statement.returning(col(PullHead.number))).first() is not None


def head_of(connection: Connection, repository: int, number: int) -> Head | None:
    return next(iter(_heads(connection, repository, col(PullHead.number) == number)), None)


def heads_at(connection: Connection, repository: int, head: str) -> tuple[Head, ...]:
    """The pull requests whose newest head is this commit: GitHub does not tell those of forks with a check."""
    return _heads(connection, repository, col(PullHead.head) == head)


def forget_heads_before(connection: Connection, moment: int) -> int:
    """Forget those of pull requests to which nothing happened since; says how many."""
    return connection.execute(delete(PullHead).where(col(PullHead.updated_at) < moment)).rowcount


def to_forget(connection: Connection, suspended_before: int) -> tuple[Hosted, ...]:
    """Repositories whose data is to go: the App was removed there, or is suspended since before a moment."""
    suspended = select(col(Installation.id)).where(col(Installation.suspended_at) < suspended_before)
    gone = col(HostedRepository.removed_at).is_not(None) | col(HostedRepository.installation).in_(suspended)
    return _hosted(connection, gone, col(HostedRepository.forgotten_at).is_(None))


def taken_away(connection: Connection) -> tuple[Hosted, ...]:
    """Repositories that were forgotten in the store: what a machine keeps of them beside it is to go as well."""
    there = col(HostedRepository.removed_at).is_not(None) | (col(HostedRepository.full_name) == "")
    return _hosted(connection, col(HostedRepository.forgotten_at).is_not(None), there)


def forget_hosted(connection: Connection, one: Hosted, now: int) -> None:
    """Delete all that is stored of a repository. What stays are GitHub's ids, so that a late event revives nothing."""
    if one.repository_id is not None:
        forget_repository(connection, one.repository_id)
    for kept in (PullHead, DoubtedRule, QuarterlyIssue):
        connection.execute(delete(kept).where(col(kept.repository) == one.id))
    blank = {"full_name": "", "default_branch": None, "repository_id": None, "forgotten_at": now}
    connection.execute(update(HostedRepository).where(col(HostedRepository.id) == one.id).values(blank))
    gone = col(Installation.id) == one.installation, col(Installation.removed_at).is_not(None)
    connection.execute(update(Installation).where(*gone).values(account="", account_id=None))


def _tell(
    connection: Connection, table: type[SQLModel], row: dict[str, Any], told_us: int, said: dict[str, Any]
) -> bool:
    """Insert, or bring up to date what was said, unless something later was."""
    statement = _upsert(connection, table, said).values(_storable({**row, "told_us": told_us}))
    return connection.execute(statement.returning(table.__table__.c.id)).first() is not None  # type: ignore[attr-defined]


def _upsert(connection: Connection, table: type[SQLModel], said: Iterable[str]) -> sqlite.Insert | postgresql.Insert:
    statement, columns = insert_into(connection, table), table.__table__.c  # type: ignore[attr-defined]
    names = [*said, "told_us"]
    where = columns.told_us <= statement.excluded.told_us
    if table is Installation or "removed_at" not in names:
        where &= columns.removed_at.is_(None)
    changed = {name: statement.excluded[name] for name in names}
    return statement.on_conflict_do_update(index_elements=["id"], set_=changed, where=where)


def _storable(row: dict[str, Any]) -> dict[str, Any]:
    return {name: storable(value) if isinstance(value, str) else value for name, value in row.items()}


def _remove(connection: Connection, told_us: int, *which: ColumnElement[bool]) -> None:
    these = (*which, col(HostedRepository.told_us) <= told_us, col(HostedRepository.removed_at).is_(None))
    values = {"removed_at": told_us // 1_000_000, "told_us": told_us}
    connection.execute(update(HostedRepository).where(*these).values(values))


def _hosted(connection: Connection, *which: ColumnElement[bool]) -> tuple[Hosted, ...]:
    columns = [col(getattr(HostedRepository, name)) for name in Hosted._fields]
    rows = connection.execute(select(*columns).where(*which).order_by(col(HostedRepository.id)))
    return tuple(Hosted(*row) for row in rows)


def _heads(connection: Connection, repository: int, *which: ColumnElement[bool]) -> tuple[Head, ...]:
    columns = [col(getattr(PullHead, name)) for name in Head._fields]
    mine = select(*columns).where(col(PullHead.repository) == repository, *which).order_by(col(PullHead.number))
    return tuple(Head(*row) for row in connection.execute(mine))
