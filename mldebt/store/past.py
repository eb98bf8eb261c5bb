"""Stored history read back as facts: the changes, the first-parent line and the merges of one commit."""

from __future__ import annotations

import gc
import heapq
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import compress
from typing import NamedTuple

from sqlalchemy import BindParameter, Connection, bindparam, select

from collectors.facts.branches import Merge, Merges
from collectors.facts.changes import Change, Changes, FileChange
from mldebt.store.numbers import chunks
from mldebt.store.numbers import table_of as _table
from mldebt.store.tables import Commit, Path, Person
from mldebt.store.tables import FileChange as StoredChange

SOME = 5_000


class _Stored(NamedTuple):
    id: int
    oid: bytes
    parents: bytes  # oids, one after another
    at: int
    authored: int
    person: int
    coauthors: str
    merged_branch: str | None


class StoredHistory:
    """Everything that one commit reaches, loaded once. Slices of it, for the commits in it, are cheap.

    Rows stand in an order that depends on these commits alone: parents first, else by committer date, else by id.
    People are numbered as they appear in it.
    """

    def __init__(self, connection: Connection, repository_id: int, head: str, *, counted: bool = True) -> None:
        """Raises LookupError where `head` (hex) is not stored. `counted` is what `refresh_history` said.

        `is_whole` is False where some commit's parent is not stored: it is missing in the repository.
        """
        with _nothing_is_garbage():
            self._load(connection, repository_id, head)
        self._counted = counted

    def _load(self, connection: Connection, repository_id: int, head: str) -> None:
        rows = _reached(_commits(connection, repository_id), bytes.fromhex(head))
        if not rows:
            raise LookupError(f"the history of commit {head} is not stored: scan the repository")
        self._oids = [row.oid.hex() for row in rows]
        self._position = {oid: position for position, oid in enumerate(self._oids)}
        self._at = [row.at for row in rows]
        self._written = [min(row.authored or row.at, row.at) for row in rows]  # a rebase moves the other date
        self._parents = [tuple(self._position[oid] for oid in _hexes(row) if oid in self._position) for row in rows]
        named = sum(len(row.parents) // len(row.oid) for row in rows)
        self.is_whole = named == sum(map(len, self._parents))
        self._branches = {position: row.merged_branch for position, row in enumerate(rows) if row.merged_branch}
        self._changes = _changes(connection, repository_id, rows)

    def __contains__(self, commit: object) -> bool:
        return commit in self._position

    def changes(self, commit: str, as_of: int) -> Changes:
        """Everything that `commit` (hex) reaches, oldest first, parents before children."""
        return Changes(tuple(compress(self._changes, self._past(commit))), as_of, self._counted)

    def mainline(self, commit: str) -> list[str]:
        """`commit` and its first parents, hex, newest first."""
        return [self._oids[position] for position in self._line(commit)]

    def merges(self, commit: str, as_of: int) -> Merges:
        """Merges on the first-parent line of `commit` that brought something in, oldest first."""
        arrived = bytearray(len(self._oids))
        found = []
        for position in reversed(self._line(commit)):
            brought = list(self._arriving(position, arrived))
            if len(self._parents[position]) > 1 and len(brought) > 1:
                dates = [self._written[other] for other in brought if other != position]
                branch = self._branches.get(position)
                found.append(Merge(self._oids[position], self._at[position], min(dates), len(dates), branch))
        return Merges(tuple(found), as_of)

    def _arriving(self, position: int, arrived: bytearray) -> Iterator[int]:
        """The commit and all it reaches that was not there before."""
        waiting = [position]
        while waiting:
            commit = waiting.pop()
            if not arrived[commit]:
                arrived[commit] = 1
                yield commit
                waiting += self._parents[commit]

    def _line(self, commit: str) -> list[int]:
        line = [self._position[commit]]
        while parents := self._parents[line[-1]]:
            line.append(parents[0])
        return line

    def _past(self, commit: str) -> bytearray:
        past = bytearray(len(self._oids))
        start = self._position[commit]
        past[start] = 1
        for position in range(start, -1, -1):
            if past[position]:
                for parent in self._parents[position]:
                    past[parent] = 1
        return past


@contextmanager
def _nothing_is_garbage() -> Iterator[None]:
    """Rows by the hundred thousand are made and kept: looking for garbage among them doubles the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def changes_of(connection: Connection, repository_id: int, commit: str, as_of: int, *, counted: bool = True) -> Changes:
    """The changes of one commit's history. For several commits of one history, slice one StoredHistory."""
    return StoredHistory(connection, repository_id, commit, counted=counted).changes(commit, as_of)


def _commits(connection: Connection, repository_id: int) -> dict[bytes, _Stored]:
    c = _table(Commit).c
    columns = (c.id, c.oid, c.parents, c.at, c.authored, c.person_id, c.coauthors, c.merged_branch)
    rows = connection.execute(select(*columns).where(c.repository_id == repository_id)).all()
    return {row[1]: _Stored._make(row) for row in rows}


def _reached(stored: dict[bytes, _Stored], head: bytes) -> list[_Stored]:
    """What `head` reaches, parents first, else by date and id."""
    width = len(head)
    children: dict[bytes, list[bytes]] = {}
    lacking: dict[bytes, int] = {}
    waiting = [head] if head in stored else []
    while waiting:
        oid = waiting.pop()
        if oid in lacking:
            continue
        whole = stored[oid].parents
        parents = {whole[at : at + width] for at in range(0, len(whole), width)} & stored.keys()
        lacking[oid] = len(parents)
        for parent in parents:
            children.setdefault(parent, []).append(oid)
        waiting += parents
    ready = [(stored[oid].at, oid) for oid, count in lacking.items() if not count]
    heapq.heapify(ready)
    order = []
    while ready:
        _, oid = heapq.heappop(ready)
        order.append(stored[oid])
        for child in children.get(oid, ()):
            lacking[child] -= 1
            if not lacking[child]:
                heapq.heappush(ready, (stored[child].at, child))
    return order


def _changes(connection: Connection, repository_id: int, rows: Sequence[_Stored]) -> list[Change]:
    person, path = _table(Person).c, _table(Path).c
    bots = set(
        connection.execute(select(person.id).where(person.repository_id == repository_id, person.is_bot)).scalars()
    )
    named = connection.execute(select(path.id, path.name).where(path.repository_id == repository_id))
    names = {row[0]: row[1] for row in named}
    files = _files(connection, [row.id for row in rows], names)
    numbers: dict[int, int] = {}
    changes = []
    for row in rows:
        people = [numbers.setdefault(id_, len(numbers)) for id_ in (row.person, *map(int, row.coauthors.split()))]
        changes.append(
            Change(
                commit=row.oid.hex(),
                at=row.at,
                author=people[0],
                files=tuple(sorted(files.get(row.id, ()))),
                authored=row.authored,
                coauthors=tuple(people[1:]),
                parents=tuple(_hexes(row)),
                is_bot=row.person in bots,
            )
        )
    return changes


def _files(connection: Connection, commits: Sequence[int], names: dict[int, str]) -> dict[int, list[FileChange]]:
    c = _table(StoredChange).c
    some: BindParameter[int] = bindparam("some", expanding=True, literal_execute=True)
    query = select(c.commit_id, c.path_id, c.status, c.added, c.deleted, c.old_path_id, c.oid).where(
        c.commit_id.in_(some)
    )
    found: dict[int, list[FileChange]] = {}
    for ids in chunks(commits, SOME):
        for commit, path, status, added, deleted, old, oid in connection.execute(query, {"some": ids}).all():
            change = FileChange(names[path], status, added, deleted, old and names[old], oid and oid.hex())
            found.setdefault(commit, []).append(change)
    return found


def _hexes(row: _Stored) -> Iterator[str]:
    width, whole = 2 * len(row.oid), row.parents.hex()
    for at in range(0, len(whole), width):
        yield whole[at : at + width]
