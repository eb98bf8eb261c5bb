"""The lines of one file as runs of lines that the same change wrote last."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from collectors.git.hunks import Hunk


class Step(NamedTuple):
    """A change of a file whose lines are not known yet."""

    number: int  # of the commit on the line
    path: bytes
    old_path: bytes
    hunks: Sequence[Hunk] | None  # None: git called the file binary, and did not compare it


class Damaged(Exception):  # noqa: N818  an error is named for what happened
    """A change does not fit the lines that it is said to change: what was kept is damaged."""


@dataclass(slots=True)
class Lines:
    """A file's lines, and what changed them lately."""

    lengths: list[int] = field(default_factory=list)  # of each run, in lines
    owners: list[int] = field(default_factory=list)  # of each run, the number of the commit that wrote it
    work: list[int] = field(default_factory=list)  # commit number and hunk, five numbers for each hunk, oldest first
    steps: list[Step] = field(default_factory=list)  # that come after these lines
    is_binary: bool = False  # as it is now; found out at the end, once
    is_unknown: bool = False  # a version that it went through is missing

    def copy(self) -> Lines:
        return Lines(self.lengths[:], self.owners[:], self.work[:], self.steps[:], self.is_binary, self.is_unknown)

    def change(self, step: Step) -> None:
        """Take in a change."""
        self.is_binary = False
        if self.is_unknown:
            return
        if self.steps or step.hunks is None:
            self.steps.append(step)
        else:
            self.lengths, self.owners = spliced(self.lengths, self.owners, step.hunks, step.number)

    def worked_on(self, number: int, hunks: Iterable[Hunk]) -> None:
        """Remember where a change was made; nowhere in particular where there are no hunks."""
        for hunk in hunks or (Hunk(0, 0, 0, 0),):
            self.work.extend((number, *hunk))

    def found_out(self, number: int, hunks: Iterable[Hunk]) -> None:
        """Where a change was made that was only known to have been made."""
        for at in range(0, len(self.work), 5):
            if self.work[at] == number:
                self.work[at : at + 5] = [one for hunk in hunks for one in (number, *hunk)] or self.work[at : at + 5]
                return

    def lose(self) -> None:
        """From here on, nothing is known of the lines."""
        self.lengths, self.owners, self.steps = [], [], []
        self.is_binary, self.is_unknown = False, True


def spliced(
    lengths: Sequence[int], owners: Sequence[int], hunks: Iterable[Hunk], owner: int
) -> tuple[list[int], list[int]]:
    """Runs after a change: what it wrote is the owner's, what it left stays."""
    ends = [0, *accumulate(lengths)]
    new_lengths: list[int] = []
    new_owners: list[int] = []

    def keep(start: int, end: int) -> None:
        first = bisect_right(ends, start) - 1
        last = bisect_left(ends, end, first)
        kept = list(lengths[first:last])
        kept[-1] -= ends[last] - end
        kept[0] -= start - ends[first]
        if new_owners and new_owners[-1] == owners[first]:
            new_lengths[-1] += kept.pop(0)
            first += 1
        new_lengths.extend(kept)
        new_owners.extend(owners[first:last])

    at = 0  # lines of the old file that are dealt with
    for hunk in hunks:
        start = hunk.old_start - 1 if hunk.old_count else hunk.old_start
        if start > at:
            if start > ends[-1]:
                raise Damaged
            keep(at, start)
        at = start + hunk.old_count
        if hunk.new_count:
            new_lengths.append(hunk.new_count)
            new_owners.append(owner)
    if at < ends[-1]:
        keep(at, ends[-1])
    elif at > ends[-1]:
        raise Damaged
    return new_lengths, new_owners
