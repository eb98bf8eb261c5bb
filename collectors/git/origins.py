"""Which deleted file an added one was before: for each added file by itself, as `git blame` sees it.

`git log` gives each deleted file away once: of two files that one was split into, only one is its heir. `git blame`
looks at one file at a time, so both are. Where one answer follows from the other it is taken over; else git is asked
again, about the doubtful files alone. The rules are those of git's rename detection (diffcore-rename.c, since 2.31).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, product
from typing import NamedTuple

from collectors.git.errors import GitFailed
from collectors.git.hunks import Asked, Hunk, Patch, Row, diffs
from collectors.git.mainline import Side, Turn, identical, name_of
from collectors.git.repository import Repository

SLASH = ord("/")
SURE_BY_NAME = 75
"""Per cent alike from which on git takes the only deleted file of the same name, without a look at others."""
MATRIX_LIMIT = 1_000 * 1_000
"""Where more pairs of added and deleted files would have to be compared, `git log` compares only those of one name."""
COMPARED_LIMIT = 250_000
"""More pairs than this in one change are not compared again for `git blame`'s sake: what `git log` says is taken."""
FEW = 6
"""So many files are better asked for one by one."""
NAMES_LIMIT = 200_000
"""Bytes of paths that a command can be given on every system."""


class Origin(NamedTuple):
    """What an added file was before, and what was changed when it moved."""

    path: bytes | None  # None: it is new
    hunks: Sequence[Hunk] | None = None  # None: binary, where it has a path
    is_unknown: bool = False  # blobs are missing


UNKNOWN = Origin(None, is_unknown=True)


def origins(
    repository: Repository,
    turn: Turn,
    patch: Patch,
    sizes: Mapping[str, int | None],
    lost: Collection[bytes] = (),
) -> dict[bytes, Origin]:
    """The origins of the files that a change adds.

    `sizes` are bytes by blob (hex), None where it is missing; `lost` are paths of which nothing can be told.
    """
    return _Change(repository, turn, patch, sizes, lost).origins()


def doubtful_blobs(turns: Iterable[Turn]) -> set[str]:
    """The blobs (hex) whose sizes `origins` asks for."""
    found: set[str] = set()
    for turn in turns:
        doubtful = [side for side in turn.added if side.is_regular and not identical(side, turn.deleted)]
        if doubtful:
            found.update(side.oid.decode() for side in (*doubtful, *turn.deleted) if side.is_regular)
    return found


@dataclass
class _Change:
    repository: Repository
    turn: Turn
    patch: Patch
    sizes: Mapping[str, int | None]
    lost: Collection[bytes]

    def __post_init__(self) -> None:
        self.rows = {row.path: row for row in self.patch.rows}
        self.taken = {row.old_path for row in self.patch.rows if row.status == b"R"}
        self.deleted_by_name = defaultdict(list)
        for side in self.turn.deleted:
            self.deleted_by_name[name_of(side.path)].append(side)
        added = sum(row.status in b"AR" for row in self.patch.rows)
        self.is_crowded = added * len(self.turn.deleted) > MATRIX_LIMIT

    def origins(self) -> dict[bytes, Origin]:
        found: dict[bytes, Origin] = {}
        doubtful: dict[Side, list[Side]] = {}
        for side in self.turn.added:
            alike = identical(side, self.turn.deleted)
            if alike:
                found[side.path] = Origin(alike.path, ())
                continue
            if side.path in self.lost:
                found[side.path] = UNKNOWN
            elif self._is_sure_by_name(side):
                found[side.path] = self._log_s(side)
            elif (candidates := self._candidates(side)) is None:
                found[side.path] = UNKNOWN
            elif self._is_told(side, candidates):
                found[side.path] = self._log_s(side)
            else:
                doubtful[side] = candidates
        return found | self._asked(doubtful)

    def _candidates(self, side: Side) -> list[Side] | None:
        """Deleted files of half to double the size: others cannot be half alike. None where it can't be told."""
        size = self.sizes.get(side.oid.decode()) if side.is_regular else 0
        if not size:
            return [] if size == 0 else None
        regular = [one for one in self.turn.deleted if one.is_regular]
        found = []
        for one in regular:
            other = self.sizes.get(one.oid.decode())
            if other is None:
                return None
            if 2 * min(size, other) >= max(size, other):
                found.append(one)
        return found

    def _is_sure_by_name(self, side: Side) -> bool:
        row, only = self.rows[side.path], self._only_of_name(side)
        return only is not None and only.path == row.old_path and row.score >= SURE_BY_NAME

    def _is_told(self, side: Side, candidates: Sequence[Side]) -> bool:
        """Whether the log's choice would be the same without the other files that the change adds."""
        row = self.rows[side.path]
        if row.status == b"R":
            return self._is_clear(side, row, candidates)
        return not candidates or not (self.is_crowded or {one.path for one in candidates} & self.taken)

    def _is_clear(self, side: Side, row: Row, candidates: Iterable[Side]) -> bool:
        """Whether no other deleted file can be as much alike by its size, or be taken for its name."""
        only = self._only_of_name(side)
        return not self._contenders(side, row, candidates) and (
            only is None or only.path == row.old_path or min(row.score, self._most_alike(side, only)) < SURE_BY_NAME
        )

    def _contenders(self, side: Side, row: Row, candidates: Iterable[Side]) -> list[Side]:
        others = (one for one in candidates if one.path != row.old_path)
        return [one for one in others if self._most_alike(side, one) >= row.score]

    def _most_alike(self, side: Side, one: Side) -> int:
        """Per cent: the longer file cannot have more in common with the shorter one than all of that."""
        sizes = [self.sizes.get(oid.decode()) or 0 for oid in (side.oid, one.oid)]
        return 100 * min(sizes) // max(sizes) if all(sizes) else 0

    def _log_s(self, side: Side) -> Origin:
        row = self.rows[side.path]
        return Origin(row.old_path, self.patch.hunks.get(side.path)) if row.status == b"R" else Origin(None)

    def _only_of_name(self, side: Side) -> Side | None:
        same = self.deleted_by_name[name_of(side.path)]
        return same[0] if len(same) == 1 else None

    def _asked(self, doubtful: Mapping[Side, Sequence[Side]]) -> dict[bytes, Origin]:
        if not doubtful:
            return {}
        sources = _all(doubtful)
        names = sum(len(one.path) + 20 for one in (*doubtful, *sources))
        if len(doubtful) * len(sources) > COMPARED_LIMIT or names > NAMES_LIMIT:
            return {side.path: self._log_s(side) for side in doubtful}
        try:
            return {side.path: choice.origin for side, choice in self._settled(doubtful).items()}
        except GitFailed:  # a blob is corrupt
            return {side.path: UNKNOWN for side in doubtful}

    def _settled(self, doubtful: Mapping[Side, Collection[Side]]) -> dict[Side, _Choice]:
        """Git's choice for each of these added files by itself; many are compared at once where that shows it."""
        if len(doubtful) == 1:
            return {side: self._alone(side) for side in doubtful}
        first = self._compared(doubtful, _all(doubtful))
        renamed = {side: choice for side, choice in first.items() if choice.row.status != b"A"}
        unclear = {side for side, choice in renamed.items() if not self._is_clear(side, choice.row, doubtful[side])}
        if len(unclear) > FEW:
            unclear = self._unclear({side: renamed[side] for side in unclear}, doubtful)
        return first | {side: self._alone(side) for side in unclear}

    def _unclear(self, renamed: Mapping[Side, _Choice], candidates: Mapping[Side, Collection[Side]]) -> set[Side]:
        """Those for which another deleted file than the one chosen is as much alike, or may be taken for its name.

        A deleted file goes first to the one that is most like it, and may have been as good for another. So each file
        is compared with what the others got: those whose choice has a 0 at some place of its number with the choices
        that have a 1 there, and the other way round, until every two have met.
        """
        contenders = {side: self._contenders(side, choice.row, candidates[side]) for side, choice in renamed.items()}
        unclear = {side for side, choice in renamed.items() if not self._is_clear(side, choice.row, ())}
        numbers = {path: n for n, path in enumerate(sorted({choice.row.old_path for choice in renamed.values()}))}
        meetings = [{side: [one for one in some if one.path not in numbers] for side, some in contenders.items()}]
        for place, bit in product(range((len(numbers) - 1).bit_length()), (0, 1)):
            theirs = {path for path, number in numbers.items() if number >> place & 1 != bit}
            mine = [side for side, choice in renamed.items() if choice.row.old_path not in theirs]
            meetings.append({side: [one for one in contenders[side] if one.path in theirs] for side in mine})
        for meeting in meetings:
            met = {side: others for side, others in meeting.items() if others and side not in unclear}
            second = self._compared(met, _all(met)) if met else {}
            for side, others in met.items():
                choice = renamed[side]
                if second[side].row.score >= choice.row.score or _rivals(side, choice, second, others):
                    unclear.add(side)
        return unclear

    def _alone(self, side: Side) -> _Choice:
        """The very question that `git blame` asks."""
        return self._compared([side], self.turn.deleted, "--find-renames")[side]

    def _compared(
        self, added: Iterable[Side], deleted: Iterable[Side], how: str = "--find-copies"
    ) -> dict[Side, _Choice]:
        """These files alone. As copies: a source may have several heirs, and names do not cut the search short."""
        paths = {side.path: side for side in added}
        only = {*paths, *(side.path for side in deleted)}
        inside = {row.path for row in self.patch.rows if row.status in b"AR" and _is_inside(row.path, only)}
        asked = [Asked(self.turn.asked.pair, paths)]
        answer = next(diffs(self.repository, asked, how, "-l32767", only=sorted(only), but=sorted(inside - only)))
        rows = (row for row in answer.rows if row.path in paths and row.status != b"D")
        return {paths[row.path]: _Choice(row, answer.hunks[row.path]) for row in rows}


class _Choice(NamedTuple):
    row: Row  # added, or renamed or copied from a deleted file
    hunks: Sequence[Hunk] | None

    @property
    def origin(self) -> Origin:
        return Origin(None) if self.row.status == b"A" else Origin(self.row.old_path, self.hunks)


def _all(candidates: Mapping[Side, Collection[Side]]) -> set[Side]:
    return set(chain.from_iterable(candidates.values()))


def _rivals(side: Side, choice: _Choice, found: Mapping[Side, _Choice], candidates: Iterable[Side]) -> bool:
    """Whether a candidate went to another file that is at least as much like it as this one is like its choice."""
    mine = {one.path for one in candidates}
    return any(
        other != side and rival.row.old_path in mine and rival.row.score >= choice.row.score
        for other, rival in found.items()
    )


def _is_inside(path: bytes, folders: Collection[bytes]) -> bool:
    """Whether a path lies in one of these, which were files before the change."""
    return any(path[:at] in folders for at, byte in enumerate(path) if byte == SLASH)
