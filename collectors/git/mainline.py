"""The first-parent line of HEAD, and which of its changes still matter for the files that are there now.

Where a system was rewritten, most of its history is about files that are gone. Trees tell so at a fraction of the cost
of comparing files: read from the newest change to the oldest, a path that was deleted matters no more, unless a file
that matters was added by the same change and may have been renamed from it.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from collectors.git.errors import GitFailed
from collectors.git.hunks import SUBMODULE, Asked, Row, raw
from collectors.git.patches import Pair
from collectors.git.process import run
from collectors.git.repository import Repository

IDENTICAL_LIMIT = 102
"""git looks at so many deleted files with the same content."""
LAST_SECOND = 253_402_300_799  # of the year 9999


class Side(NamedTuple):
    """A file that a change adds, or deletes."""

    path: bytes
    mode: bytes
    oid: bytes

    @property
    def is_regular(self) -> bool:
        return self.mode.startswith(b"100")


class Turn(NamedTuple):
    """A change on the line that matters for the files at its end."""

    number: int  # of the commit on the line; 0 is the oldest
    asked: Asked  # of the paths that matter
    added: Sequence[Side] = ()  # files that matter and that may have had another name before
    deleted: Sequence[Side] = ()  # in the same change, sorted by path: submodules and links too


@dataclass
class Mainline:
    """Commits by number, oldest first, and their committer dates (seconds since 1970 UTC)."""

    oids: bytearray = field(default_factory=bytearray)  # one after another
    dates: array[int] = field(default_factory=lambda: array("q"))

    def __len__(self) -> int:
        return len(self.dates)

    def commit(self, number: int) -> str:
        width = len(self.oids) // len(self.dates)
        return self.oids[number * width : (number + 1) * width].hex()

    def pair(self, number: int) -> Pair:
        return Pair(self.commit(number), self.commit(number - 1) if number else None)

    def append(self, commit: str, at: int) -> None:
        self.oids += bytes.fromhex(commit)
        self.dates.append(at)


class Stretch(NamedTuple):
    """What came after a commit of the line."""

    turns: Sequence[Turn]  # oldest first
    gone: frozenset[bytes]  # paths that were deleted and are not there now


def commits_after(repository: Repository, head: str, base: str | None) -> list[tuple[str, int]] | None:
    """Commits (hex) of the first-parent line of `head` after `base`, with their dates, newest first.

    None where `base` is not on that line, or gone. Raises GitFailed where commits are missing.
    """
    if head == base:
        return []
    options = ("--first-parent", "--no-patch", "--no-mailmap", "--format=%H %P,%ct,%at")
    try:
        listed = run(repository, "log", *options, head, *([f"^{base}"] if base else [])).decode().splitlines()
    except GitFailed:
        if base:
            return None
        raise
    found, parents = [], ""
    for line in listed:
        commits, committed, authored = line.split(",")
        commit, _, parents = commits.partition(" ")
        found.append((commit, _seconds(committed) or _seconds(authored)))
    return found if parents.partition(" ")[0] == (base or "") else None


def turns_in(repository: Repository, line: Mainline, start: int) -> Stretch:
    """What matters of the changes from number `start` on. Raises GitFailed where trees are missing."""
    matters = _Matters()
    numbers = range(len(line) - 1, start - 1, -1)
    pairs = [line.pair(number) for number in numbers]
    read = zip(numbers, pairs, raw(repository, pairs), strict=True)
    turns = [turn for number, pair, rows in read if (turn := matters.turn(number, pair, rows))]
    return Stretch(turns[::-1], frozenset(matters.gone))


class _Matters:
    """Which paths matter, while changes are looked at from the newest to the oldest."""

    def __init__(self) -> None:
        self.gone: set[bytes] = set()
        self._known: dict[bytes, bool] = {}  # a path that no later change touched is there now
        self._paths: dict[bytes, bytes] = {}  # each kept once

    def turn(self, number: int, pair: Pair, rows: Sequence[Row]) -> Turn | None:
        paths: list[bytes] = []
        added: list[Side] = []
        deleted: list[Side] = []
        for row in rows:
            path = self._paths.setdefault(row.path, row.path)
            if row.status == b"D" or row.mode == SUBMODULE:
                if path not in self._known:
                    self.gone.add(path)
                if row.status == b"D":
                    deleted.append(Side(path, row.old_mode, row.old_oid))
            elif (row.oid != row.old_oid or row.status == b"T") and self._known.get(path, True):
                paths.append(path)
                if row.status == b"A":
                    added.append(Side(path, row.mode, row.oid))
            if row.status != b"M":
                self._known[path] = False
        if not paths:
            return None
        if not (added and deleted):
            return Turn(number, Asked(pair, tuple(paths)))
        deleted.sort()
        self._may_come_from(added, deleted)
        return Turn(number, Asked(pair, tuple(paths)), tuple(added), tuple(deleted))

    def _may_come_from(self, added: Sequence[Side], deleted: Sequence[Side]) -> None:
        for side in added:
            alike = identical(side, deleted)
            for source in [alike] if alike else deleted if side.is_regular else ():
                if source.mode != SUBMODULE:
                    self._known[source.path] = True


def identical(side: Side, deleted: Sequence[Side]) -> Side | None:
    """The deleted file with the same content that git would call the origin of an added one, were it the only one.

    One of the same name, or else the first. Links are only ever moved as they are.
    """
    same = [
        one
        for one in deleted
        if one.oid == side.oid and (one.mode == side.mode or (one.is_regular and side.is_regular))
    ][:IDENTICAL_LIMIT]
    name = name_of(side.path)
    return next((one for one in same if name_of(one.path) == name), same[0] if same else None)


def name_of(path: bytes) -> bytes:
    return path.rpartition(b"/")[2]


def _seconds(written: str) -> int:
    """A date as git prints it: digits, or nothing where the commit has none that git can read."""
    return min(int(written), LAST_SECOND) if written.isdecimal() else 0
