"""Commits, and the files each of them changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Self

if TYPE_CHECKING:
    import pandas as pd

DAY = 86_400
SWEEPING = 30
"""Commits touching more files than this are moves and reformatting, not authorship or coupling."""
ENOUGH_PEOPLE = 5
TOO_FEW = "there are too few people to show: a group is shown from five people on"
"""The reason of every signal about people that would speak of fewer than ENOUGH_PEOPLE."""


ENOUGH_EVENTS = 3
"""Of fewer events a median says nothing: they are listed instead."""


class FileChange(NamedTuple):
    """One file in one commit."""

    path: str  # after the change; POSIX, relative to the root; bytes that are not UTF-8 as \\xNN
    status: str = "M"  # git's letter: A, M, D, R, C, T
    added: int | None = None  # lines; None: binary, or not counted
    deleted: int | None = None
    old_path: str | None = None  # before the change, when renamed or copied
    oid: str | None = None  # blob after the change, hex; None: deleted, or not kept


class Change(NamedTuple):
    """One commit. People are numbers that mean nothing outside one repository."""

    commit: str  # hex
    at: int  # committer date, seconds since 1970 UTC
    author: int
    files: tuple[FileChange, ...] = ()
    authored: int = 0
    coauthors: tuple[int, ...] = ()
    parents: tuple[str, ...] = ()
    is_bot: bool = False

    @property
    def is_merge(self) -> bool:
        return len(self.parents) > 1

    @property
    def people(self) -> tuple[int, ...]:
        """The author and, from trailers, the co-authors."""
        return (self.author, *self.coauthors)


class Followed(NamedTuple):
    """Files as numbers that stay the same when a file is renamed."""

    files: tuple[tuple[int, ...], ...]  # for each change, one number for each of its `files`, in their order
    now: Mapping[str, int]  # path -> number, as the last change left it; deleted files keep their path


@dataclass(frozen=True)
class Changes:
    """The history of one commit: everything reachable from it, oldest first (parents before children).

    Line counts are None throughout when `counted` is False (a partial clone).
    """

    rows: tuple[Change, ...] = ()
    as_of: int = 0  # seconds since 1970 UTC; ages are measured from here
    counted: bool = True

    def __iter__(self) -> Iterator[Change]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def only(self, keep: Callable[[Change], bool]) -> Self:
        return type(self)(tuple(row for row in self.rows if keep(row)), self.as_of, self.counted)

    def last(self, days: int) -> Self:
        """Changes committed in the `days` before `as_of`."""
        start = self.as_of - days * DAY
        return self.only(lambda change: start < change.at <= self.as_of)

    def by_people(self) -> Self:
        """Without bots and merges."""
        return self.only(lambda change: not change.is_bot and not change.is_merge)

    def focused(self) -> Self:
        """By people, without commits that touch more than SWEEPING files."""
        return self.by_people().only(lambda change: len(change.files) <= SWEEPING)

    def by_author(self) -> dict[int, list[Change]]:
        """Each person's own commits, oldest first; co-authored commits count for each of them."""
        found: defaultdict[int, list[Change]] = defaultdict(list)
        for change in self.rows:
            for person in change.people:
                found[person].append(change)
        return dict(found)

    @cached_property
    def people(self) -> frozenset[int]:
        """Everybody who wrote a change, bots left out."""
        return frozenset(people_in(self.by_people()))

    def newcomers(self, days: int) -> list[list[int]]:
        """For each person whose first change lies in the `days` before `as_of`: when they made changes, in order.

        Bots and merges are left out. Nobody is told apart: the lists are sorted.
        """
        start = self.as_of - days * DAY
        people = self.by_people().only(lambda change: change.at <= self.as_of).by_author()
        times = (sorted(change.at for change in own) for own in people.values())
        return sorted(own for own in times if own[0] > start)

    @cached_property
    def followed(self) -> Followed:
        """Files through their renames; a path that is added anew after its file moved away is another file.

        On a branch that did not see a rename, the old path still means the renamed file.
        """
        return _follow(self.rows)

    def touches(self, days: int) -> dict[str, int]:
        """How many changes by people touched each file in the `days` before `as_of`: by its path now, through renames.

        Files that none touched are left out.
        """
        start = self.as_of - days * DAY
        counted: defaultdict[int, int] = defaultdict(int)
        for change, numbers in zip(self.rows, self.followed.files, strict=True):
            if start < change.at <= self.as_of and not change.is_bot and not change.is_merge:
                for number in set(numbers):
                    counted[number] += 1
        return {path: counted[number] for path, number in self.followed.now.items() if number in counted}

    @cached_property
    def worked_on(self) -> dict[str, int]:
        """When each file was last changed by people: by its path now, through renames.

        Commits that touch more than SWEEPING files reformat and move: they count only for what they add.
        """
        last: dict[int, int] = {}
        for change, numbers in zip(self.rows, self.followed.files, strict=True):
            if change.is_bot or change.is_merge:
                continue
            for file, number in zip(change.files, numbers, strict=True):
                if len(change.files) <= SWEEPING or file.status in "AC":
                    last[number] = max(change.at, last.get(number, change.at))
        return {path: last[number] for path, number in self.followed.now.items() if number in last}

    @property
    def frame(self) -> pd.DataFrame:
        """One row per file and commit: commit, at, author, path, status, added, deleted."""
        import pandas as pd

        return pd.DataFrame(
            [(c.commit, c.at, c.author, f.path, f.status, f.added, f.deleted) for c in self.rows for f in c.files],
            columns=["commit", "at", "author", "path", "status", "added", "deleted"],
        )


def _follow(changes: Iterable[Change]) -> Followed:
    now: dict[str, int] = {}
    moved: set[str] = set()  # paths whose file was renamed away
    files: list[tuple[int, ...]] = []
    number = 0
    for change in changes:
        # Looked up before any is written, so that two files may swap their names in one change.
        known = [now.get(file.old_path if file.status == "R" and file.old_path else file.path) for file in change.files]
        found = []
        for file, one in zip(change.files, known, strict=True):
            if one is None or (file.status in "AC" and file.path in moved):
                one = number = number + 1  # noqa: PLW2901
            now[file.path] = one
            found.append(one)
        for file in change.files:
            if file.status == "R" and file.old_path:
                moved.add(file.old_path)
        moved.difference_update(file.path for file in change.files if file.status in "ACR")
        files.append(tuple(found))
    return Followed(tuple(files), now)


def people_in(changes: Iterable[Change]) -> set[int]:
    return {person for change in changes for person in change.people}
