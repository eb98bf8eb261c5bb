"""When each line was last changed, and how much is going on around it."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from collectors.facts.changes import DAY

INTEREST_DAYS = 365
KEPT_DAYS = 2 * INTEREST_DAYS
"""How long before the newest commit it is remembered where changes were made: ages may be measured a year back."""


class FileAges(NamedTuple):
    """The lines of one file. Commits are numbers on the first-parent line."""

    ends: array[int] = array("I")  # of each run of lines with one owner, the number of its last line
    owners: array[int] = array("I")  # of each run, the commit that last changed it
    work: array[int] = array("I")  # oldest first, five numbers each: commit, and lines before and after (see below)
    is_unknown: bool = False  # a version that the file went through is missing

    def owner(self, line: int) -> int | None:
        """The commit that last changed a line, from 1; None where there is no such line."""
        if not self.ends or not 1 <= line <= self.ends[-1]:
            return None
        return self.owners[bisect_right(self.ends, line - 1)]

    def workers(self, first: int, last: int | None) -> list[int]:
        """Commits that changed lines `first` to `last`, which are followed back through earlier changes; or any lines.

        Each hunk of `work` is first line and count before, first line and count after, as `git diff -U0` prints them.
        """
        found: list[int] = []
        end = len(self.work)
        while end:
            number, start = self.work[end - 5], end
            while start and self.work[start - 5] == number:
                start -= 5
            if last is None:
                found.append(number)
            elif first <= last:
                before = [self._before(start, end, first, at_end=False), self._before(start, end, last, at_end=True)]
                if self._is_in(start, end, first, last):
                    found.append(number)
                first, last = before
            end = start
        return found

    def _is_in(self, start: int, end: int, first: int, last: int) -> bool:
        """Whether any hunk wrote one of the lines, or took out some between two of them."""
        for at in range(start, end, 5):
            _, _, _, new_start, new_count = self.work[at : at + 5]
            if (new_start <= last and new_start + new_count > first) if new_count else first <= new_start < last:
                return True
        return False

    def _before(self, start: int, end: int, line: int, *, at_end: bool) -> int:
        """The line's number before a commit; for a new line the edge of what stood in its place."""
        shift = 0
        for at in range(start, end, 5):
            _, old_start, old_count, new_start, new_count = self.work[at : at + 5]
            if line < new_start + (new_count == 0):
                break
            if new_count and line < new_start + new_count:
                if at_end:
                    return old_start + old_count - 1 if old_count else old_start
                return old_start if old_count else old_start + 1
            shift += old_count - new_count
        return line + shift


@dataclass(frozen=True)
class LineAges:
    """Of every line of every file at one commit, the change on the first-parent line that last touched it.

    What `git blame --first-parent` says: a line that moved to another file or changed its indentation is new, a file
    that was renamed keeps its lines' ages. Binary files have no lines. Paths are as in `Files`.
    """

    head: str = ""  # hex
    as_of: int = 0  # seconds since 1970 UTC; interest is measured back from here
    files: Mapping[str, FileAges] = field(default_factory=dict)
    oids: bytes = b""  # of the commits on the first-parent line, oldest first, one after another
    dates: array[int] = field(default_factory=lambda: array("q"))  # their committer dates

    def __len__(self) -> int:
        return len(self.files)

    def at(self, path: str, line: int) -> int | None:
        """When a line (from 1) was last changed on the default branch; None where that is not known."""
        number = self._owner(path, line)
        return None if number is None else self.dates[number]

    def commit(self, path: str, line: int) -> str | None:
        """The commit on the first-parent line (hex) that last changed a line; None where that is not known."""
        number = self._owner(path, line)
        if number is None:
            return None
        width = len(self.oids) // len(self.dates)
        return self.oids[number * width : (number + 1) * width].hex()

    def interest(self, path: str, first: int = 1, last: int | None = None, days: int = INTEREST_DAYS) -> int | None:
        """How many changes on the first-parent line touched a file, or its lines `first` to `last`, in `days`.

        A rename without a change is not counted; lines that were taken out count where lines of the place stood on
        both sides of them. None where that is not known: no such file, missing versions, or longer ago than kept.
        """
        file = self.files.get(path)
        start = self.as_of - days * DAY
        if file is None or start < self._kept_since or (last is not None and (file.is_unknown or not file.ends)):
            return None
        return sum(start < self.dates[number] <= self.as_of for number in file.workers(first, last))

    @property
    def unknown(self) -> list[str]:
        """Files whose lines have no known age, because versions of them are missing; sorted."""
        return sorted(path for path, file in self.files.items() if file.is_unknown)

    def _owner(self, path: str, line: int) -> int | None:
        file = self.files.get(path)
        return None if file is None or file.is_unknown else file.owner(line)

    @property
    def _kept_since(self) -> int:
        return kept_since(self.dates)


def kept_since(dates: array[int]) -> int:
    """From when on it is remembered where changes were made, on a line with these dates."""
    return max(dates, default=0) - KEPT_DAYS * DAY
