"""Commits, and the files each of them changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Self

if TYPE_CHECKING:
    import pandas as pd

DAY = 86_400
SWEEPING = 30
"""Commits touching more files than this are moves and reformatting, not authorship or coupling."""


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

    @property
    def frame(self) -> pd.DataFrame:
        """One row per file and commit: commit, at, author, path, status, added, deleted."""
        import pandas as pd

        return pd.DataFrame(
            [(c.commit, c.at, c.author, f.path, f.status, f.added, f.deleted) for c in self.rows for f in c.files],
            columns=["commit", "at", "author", "path", "status", "added", "deleted"],
        )


def people_in(changes: Iterable[Change]) -> set[int]:
    return {person for change in changes for person in change.people}
