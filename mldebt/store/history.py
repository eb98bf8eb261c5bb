"""A repository's history in the store: what is new is added, what is stored is not read again.

The tips of a repository are the commits whose whole history is stored. They move only after a complete reading, in
the same transaction, so that a reading which was cut short, or found a clone with holes, is begun anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from collectors.git.history import CommitRow, Depth, History
from collectors.git.people import mailmap
from collectors.git.repository import Repository as Source
from mldebt.store.bulk import insert_rows
from mldebt.store.numbers import Numbers, chunks, new_ids
from mldebt.store.numbers import table_of as _table
from mldebt.store.tables import Commit, FileChange, Path, Person, Repository, Tip


@dataclass(frozen=True, slots=True)
class Refreshed:
    commits: int  # new ones
    complete: bool  # False: the next scan reads everything again
    counted: bool  # False: a partial clone, no lines were counted
    sentences: tuple[str, ...]  # what could not be read
    undiffed: int = 0  # commits whose files could not be read


def refresh_history(
    connection: Connection,
    repository_id: int,
    source: Source,
    tips: Iterable[bytes],
    *,
    salt: bytes,
    progress: Callable[[int], None] = lambda _: None,
) -> Refreshed:
    """Store what is reachable from `tips` and new. `progress` is told how many commits so far.

    To be called inside a transaction that writes. Where two do it for one repository at once, the second waits, and
    then finds little to do. Identities are read again where the `.mailmap` at HEAD changed.
    """
    table = _table(Repository)
    row = select(table.c.mailmap).where(table.c.id == repository_id).with_for_update()
    mailmap_before, mailmap_now = connection.execute(row).scalar_one(), mailmap(source)
    wanted = frozenset(tips)
    known = known_tips(connection, repository_id)
    if not known:
        forget_history(connection, repository_id)
    reading = History(source, wanted - known, known, salt=salt)
    commits = add_history(connection, repository_id, reading, progress)
    if mailmap_before != mailmap_now:
        if known:
            replace_people(connection, repository_id, History(source, wanted, salt=salt, depth=Depth.PEOPLE))
        connection.execute(update(table).where(table.c.id == repository_id).values(mailmap=mailmap_now))
    store_tips(connection, repository_id, wanted if reading.complete else ())
    return Refreshed(commits, reading.complete, not source.partial, tuple(reading.sentences), reading.undiffed)


def known_tips(connection: Connection, repository_id: int) -> frozenset[bytes]:
    table = _table(Tip)
    return frozenset(connection.execute(select(table.c.oid).where(table.c.repository_id == repository_id)).scalars())


def store_tips(connection: Connection, repository_id: int, tips: Iterable[bytes]) -> None:
    """Let `tips` be the commits whose whole history is stored. Old ones that no ref names any more go."""
    known, wanted = known_tips(connection, repository_id), frozenset(tips)
    table = _table(Tip)
    for gone in chunks(sorted(known - wanted)):
        connection.execute(delete(table).where(table.c.repository_id == repository_id, table.c.oid.in_(gone)))
    insert_rows(connection, Tip, ((repository_id, oid) for oid in sorted(wanted - known)), "repository_id", "oid")


def forget_history(connection: Connection, repository_id: int) -> None:
    """Delete commits, changes and tips. Persons and paths keep their numbers."""
    commits, changes, tips = _table(Commit), _table(FileChange), _table(Tip)
    mine = commits.c.repository_id == repository_id
    if connection.execute(select(commits.c.id).where(mine).limit(1)).first():
        connection.execute(delete(changes).where(changes.c.commit_id.in_(select(commits.c.id).where(mine))))
        connection.execute(delete(commits).where(mine))
    connection.execute(delete(tips).where(tips.c.repository_id == repository_id))


def add_history(
    connection: Connection,
    repository_id: int,
    batches: Iterable[list[CommitRow]],
    progress: Callable[[int], None] = lambda _: None,
) -> int:
    """Add commits with their changes; returns how many were new. Commits that are stored already stay as they are."""
    table = _table(Commit)
    mine = table.c.repository_id == repository_id
    is_first = connection.execute(select(table.c.id).where(mine).limit(1)).first() is None
    persons, paths = (
        Numbers(connection, Person, "digest", repository_id, False),
        Numbers(connection, Path, "name", repository_id),
    )
    count = 0
    for batch in batches:
        new = batch if is_first else _new(connection, repository_id, batch)
        ids = new_ids(connection, table, len(new))
        people = _people(persons, new)
        names = paths.of(dict.fromkeys(chain.from_iterable(map(_names, new))))
        insert_rows(connection, Commit, map(partial(_commit, repository_id, people), ids, new))
        insert_rows(connection, FileChange, chain.from_iterable(map(partial(_changes, names), ids, new)))
        count += len(new)
        progress(count)
    return count


def replace_people(connection: Connection, repository_id: int, batches: Iterable[list[CommitRow]]) -> None:
    """Say anew who wrote the commits of `batches`. Their changes are not looked at."""
    table = _table(Commit)
    persons = Numbers(connection, Person, "digest", repository_id, False)
    mine = (table.c.repository_id == repository_id, table.c.oid == bindparam("commit"))
    statement = update(table).where(*mine).values(person_id=bindparam("person"), coauthors=bindparam("others"))
    for batch in batches:
        people = _people(persons, batch)
        rows = [
            {"commit": row.oid, "person": people[row.person.digest], "others": _coauthors(people, row)} for row in batch
        ]
        connection.execute(statement, rows)


def _new(connection: Connection, repository_id: int, batch: list[CommitRow]) -> list[CommitRow]:
    table = _table(Commit)
    stored: set[bytes] = set()
    for oids in chunks([row.oid for row in batch]):
        found = select(table.c.oid).where(table.c.repository_id == repository_id, table.c.oid.in_(oids))
        stored.update(connection.execute(found).scalars())
    return [row for row in batch if row.oid not in stored]


def _people(persons: Numbers, batch: Iterable[CommitRow]) -> dict[bytes, int]:
    """Numbers of all persons in the batch, by digest. Who is a program once, is one."""
    seen: dict[bytes, bool] = {}
    for row in batch:
        for digest, is_bot in (row.person, *row.coauthors):
            seen[digest] = seen.get(digest, False) or is_bot
    numbers = persons.of(seen)
    table = _table(Person)
    for some in chunks([numbers[digest] for digest, is_bot in seen.items() if is_bot]):
        persons.connection.execute(
            update(table).where(table.c.id.in_(some), table.c.is_bot.is_(False)).values(is_bot=True)
        )
    return numbers


def _commit(repository_id: int, people: dict[bytes, int], id_: int, row: CommitRow) -> tuple[Any, ...]:
    person, others = people[row.person.digest], _coauthors(people, row)
    return id_, repository_id, row.oid, row.parents, row.at, row.authored, person, others, row.merged_branch


def _coauthors(people: dict[bytes, int], row: CommitRow) -> str:
    return " ".join(str(people[other.digest]) for other in row.coauthors)


def _names(row: CommitRow) -> Iterator[str]:
    for file in row.files:
        yield file.path
        if file.old_path is not None:
            yield file.old_path


def _changes(names: dict[str, int], commit_id: int, row: CommitRow) -> Iterable[tuple[Any, ...]]:
    """One row per path: two names that differ only in bytes that no text can hold are one path here."""
    return {
        names[file.path]: (
            commit_id,
            names[file.path],
            file.status,
            file.added,
            file.deleted,
            None if file.old_path is None else names[file.old_path],
            file.oid,
        )
        for file in row.files
    }.values()
