"""At which moments of its history a repository is measured."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from collectors.facts.changes import DAY
from scoring.report.text import day

QUARTERS = 8
"""How far back trends go when nothing else is asked: two years."""
MOST_QUARTERS = 120
"""Thirty years. A commit may claim the year 9999, and each quarter is measured."""

NOTHING_BEFORE = 1 << 40
"""A moment after all commits, later than any day that can be written: to look back to it is to look at no quarter."""


class Moment(NamedTuple):
    commit: str  # hex; the newest on the default branch's first-parent line at that time
    as_of: int  # seconds since 1970 UTC


def why_not(line: Sequence[tuple[str, int]], as_of: int | None, since: int | None = None) -> str:
    """Why HEAD cannot be measured as of that moment, or looked back from to `since`; empty where it can.

    Its tree is newer than a day that has a commit of its own: as a snapshot of that day it would be a past that never
    was, with which all later ones are compared.
    """
    until = line[0][1] if as_of is None else as_of
    if since is not None and until < since < NOTHING_BEFORE:
        what = "the commit at HEAD is of" if as_of is None else "--as-of is"
        return f"{what} {day(until)}, and --since is {day(since)}: give an earlier day to look back to"
    if as_of is None or as_of >= line[0][1] or newest_at(line, as_of) is None:
        return ""
    return (
        f"the commit at HEAD is of {day(line[0][1])}, after --as-of: give that day or a later one; what stood there "
        "before is looked at by --since, at the end of each quarter"
    )


def moments(line: Sequence[tuple[str, int]], as_of: int | None, since: int | None) -> list[Moment]:
    """Now, and then the calendar quarters' ends back to `since` at which there was a commit, newest first.

    `line` is the first-parent line (hex, committer date; newest first), with at least one commit.
    """
    commit, at = line[0]
    now = Moment(commit, at if as_of is None else as_of)
    back_to = two_years_before(now.as_of) if since is None else since
    found = [now]
    for start in reversed(quarter_starts(back_to, now.as_of)):
        then = newest_at(line, start)
        if then is not None:
            found.append(Moment(then, start))
    return found


def quarter_starts(since: int, until: int) -> list[int]:
    """First seconds (UTC) of the calendar quarters that begin after `since` and before `until`, oldest first.

    Of more than MOST_QUARTERS, the last ones.
    """
    found: list[int] = []
    year, month = _quarter(until)
    while (start := int(datetime(year, month, 1, tzinfo=UTC).timestamp())) > since and year > 1970:
        if len(found) == MOST_QUARTERS:
            break
        if start < until:
            found.append(start)
        year, month = (year, month - 3) if month > 3 else (year - 1, 10)
    return found[::-1]


def doubts(line: Sequence[tuple[str, int]], as_of: int | None, since: int | None) -> tuple[str, ...]:
    """Sentences: what of the moments that were asked for cannot be had."""
    at = line[0][1]
    said = []
    if as_of is None and at == 0:
        said.append("the commit at HEAD has no date that can be read, so ages are as of 1970: give a day by --as-of")
    if as_of is not None and as_of < at:
        said.append(
            f"the commit at HEAD is of {day(at)}, after --as-of: it is measured, not what stood there on that day, "
            "so ages are too small"
        )
    starts = quarter_starts(since, at if as_of is None else as_of) if since is not None else []
    if len(starts) == MOST_QUARTERS and newest_at(line, starts[0] - 1) is not None:
        said.append(
            f"trends hold the last {MOST_QUARTERS} quarters, as of HEAD's date: what was before is not looked at"
        )
    return tuple(said)


def two_years_before(as_of: int) -> int:
    return as_of - QUARTERS * 92 * DAY


def newest_at(line: Sequence[tuple[str, int]], as_of: int) -> str | None:
    """The newest commit of a first-parent `line` (hex, committer date; newest first) that is not after `as_of`.

    Dates may lie about the order; the line's own order decides, so the first that fits is taken.
    """
    return next((commit for commit, at in line if at <= as_of), None)


def _quarter(seconds: int) -> tuple[int, int]:
    """Year and first month of the quarter that holds a moment; dates beyond the calendar end in its last quarter."""
    try:
        moment = datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return (9999, 10) if seconds > 0 else (1970, 1)
    return moment.year, (moment.month - 1) // 3 * 3 + 1
