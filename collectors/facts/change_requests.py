"""Change requests (pull requests, merge requests): what the tracker knows of each, and git does not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from collectors.facts.branches import Branches, BranchKind
from collectors.facts.changes import DAY, ENOUGH_PEOPLE, TOO_FEW
from collectors.facts.missing import Missing

A_MOMENT = 60
"""Seconds. A host writes down a merge shortly after the commit that it made, whose date is often the `as_of`."""
MANY_FILES = 100
"""A request of so many files moves or reformats: what it touches says little, and further ones are not asked for."""
NOBODY = 0
"""Whoever has no account any more. All such people look like one, so none of them is counted as a person."""


class Reply(NamedTuple):
    """A comment on a request, or a review of it."""

    at: int  # seconds since 1970 UTC
    person: int
    is_bot: bool = False
    is_review: bool = False
    approves: bool = False


class ChangeRequest(NamedTuple):
    """One request. People are numbers that mean nothing outside one repository."""

    number: int
    created: int  # seconds since 1970 UTC, as the next two
    author: int
    merged: int | None = None
    closed: int | None = None  # also of a merged one
    is_bot: bool = False  # its author
    is_member: bool = False  # its author may write to the repository, or belongs to its owner, today
    is_draft: bool = False
    replies: tuple[Reply, ...] = ()  # oldest first
    has_replies: bool = False  # they were looked at
    files: tuple[str, ...] = ()  # paths that it touches, at most MANY_FILES
    has_files: bool = False  # they were looked at
    writes_metrics: bool = False  # among its files is one whose name says metrics
    tells_metrics: bool = False  # a program put a table of metrics into its comments

    @property
    def subject(self) -> str:
        """As evidence names it."""
        return f"pull/{self.number}"

    @property
    def days(self) -> float | None:
        """From its opening to the merge; None where it was not merged."""
        return None if self.merged is None else max(0, self.merged - self.created) / DAY

    @property
    def is_open(self) -> bool:
        return self.merged is None and self.closed is None

    @property
    def by_others(self) -> tuple[Reply, ...]:
        """What people other than its author said."""
        return tuple(reply for reply in self.replies if not reply.is_bot and reply.person != self.author)

    @property
    def is_approved(self) -> bool:
        """Somebody else approved it before it was merged."""
        until = self.merged if self.merged is not None else self.closed
        return any(reply.approves and (until is None or reply.at <= until + A_MOMENT) for reply in self.by_others)

    def seen_at(self, as_of: int) -> ChangeRequest:
        """As it stood then. Whether it was a draft, and who its author was to the project, is not remembered."""
        until = as_of + A_MOMENT
        return self._replace(
            merged=self.merged if self.merged is not None and self.merged <= until else None,
            closed=self.closed if self.closed is not None and self.closed <= until else None,
            replies=tuple(reply for reply in self.replies if reply.at <= until),
        )


class Wait(NamedTuple):
    """How long a request waited for something."""

    days: float
    request: ChangeRequest
    is_over: bool  # False: it still waits, and `days` is what it waited so far


class Answered(NamedTuple):
    opened: tuple[ChangeRequest, ...]
    looked_at: tuple[ChangeRequest, ...]  # of those, the ones whose replies are known


@dataclass(frozen=True)
class ChangeRequests:
    """Those that were opened up to `as_of`, by their numbers."""

    rows: tuple[ChangeRequest, ...] = ()
    as_of: int = 0
    is_whole: bool = True  # no older ones were left unread
    no_replies: str = ""  # why replies were not seen, where that is known: ends "unknown, because …"
    no_files: str = ""

    def __iter__(self) -> Iterator[ChangeRequest]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def by_people(self) -> tuple[ChangeRequest, ...]:
        """Without those that bots opened."""
        return tuple(row for row in self.rows if not row.is_bot)

    def opened(self, days: int) -> tuple[ChangeRequest, ...]:
        """By people, in the `days` before `as_of`."""
        return tuple(row for row in self.by_people if row.created > self.as_of - days * DAY)

    def merged(self, days: int) -> tuple[ChangeRequest, ...]:
        """Opened by people, merged in the `days` before `as_of`."""
        start = self.as_of - days * DAY
        return tuple(row for row in self.by_people if row.merged is not None and row.merged > start)

    def merged_with_files(self, days: int) -> tuple[ChangeRequest, ...] | Missing:
        """Opened by people, merged in the `days` before `as_of`; missing where the files of none were looked at."""
        merged = self.merged(days)
        if not merged:
            return Missing(f"no change request of a person was merged in the last {days} days")
        if not any(row.has_files for row in merged):
            return Missing(self.no_files or "no files of change requests were read yet: scan again")
        return merged

    def answered(self, days: int) -> Answered | Missing:
        """Opened by people in the `days` before `as_of`; missing where replies to none were looked at, or where too
        few people stand behind them to be shown.
        """
        opened = self.opened(days)
        looked_at = tuple(row for row in opened if row.has_replies)
        if not opened:
            return Missing(f"nobody opened a change request in the last {days} days")
        if not looked_at:
            return Missing(self.no_replies or "no replies to change requests were read yet: scan again")
        return Answered(opened, looked_at) if len(people_in(looked_at)) >= ENOUGH_PEOPLE else Missing(TOO_FEW)

    def waits(self, days: int, *, review: bool = False) -> tuple[Wait, ...]:
        """Of requests opened in the `days` before `as_of` whose replies were looked at: how long until another person
        replied, or reviewed it.

        Those that were closed or merged without it are left out: nobody knows whether they waited.
        """
        found = []
        for row in self.opened(days):
            said = [reply for reply in row.by_others if reply.is_review or not review]
            if not row.has_replies or not (said or row.is_open):
                continue
            until = said[0].at if said else self.as_of
            found.append(Wait(max(0, until - row.created) / DAY, row, is_over=bool(said)))
        return tuple(sorted(found, key=lambda wait: (wait.days, wait.request.number)))

    def touching(self, paths: Set[str], days: int) -> tuple[ChangeRequest, ...]:
        """Merged in the `days` before `as_of`, newest first, whose files were looked at and are in part among `paths`.

        Without those of MANY_FILES.
        """
        rows = (row for row in self.merged(days) if row.has_files and len(row.files) < MANY_FILES)
        found = [row for row in rows if not paths.isdisjoint(row.files)]
        return tuple(sorted(found, key=lambda row: (-(row.merged or 0), -row.number)))

    def newcomers(self, days: int) -> tuple[tuple[int, ...], ...]:
        """For each person whose first request was opened in the `days` before `as_of`: when it was, then when requests
        of theirs were merged, in order.

        Nobody is told apart: the rows are sorted.
        """
        own: defaultdict[int, list[ChangeRequest]] = defaultdict(list)
        for row in self.by_people:
            own[row.author].append(row)
        own.pop(NOBODY, None)
        start = self.as_of - days * DAY
        return tuple(
            sorted(
                (first, *sorted(row.merged for row in rows if row.merged is not None))
                for rows in own.values()
                if (first := min(row.created for row in rows)) > start
            )
        )


def people_in(requests: tuple[ChangeRequest, ...]) -> frozenset[int]:
    """Who opened these requests, and who replied; bots left out."""
    authors = {row.author for row in requests if not row.is_bot}
    return frozenset(authors | {reply.person for row in requests for reply in row.by_others}) - {NOBODY}


class OpenRequest(NamedTuple):
    subject: str  # "pull/12"
    since: int  # seconds since 1970 UTC
    is_draft: bool = False


@dataclass(frozen=True)
class OpenRequests:
    """Change requests that wait: as the tracker has them, else by the refs that git shows of them."""

    rows: tuple[OpenRequest, ...] = ()
    as_of: int = 0
    by_tracker: bool = False
    bots: int = 0  # further ones, which programs opened; by refs nobody can tell
    is_whole: bool = True  # no older ones were left unread

    def __iter__(self) -> Iterator[OpenRequest]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def open_requests(seen: ChangeRequests | Branches) -> OpenRequests:
    """Those that are open; by refs since their first commit, which may be older than the request."""
    if isinstance(seen, ChangeRequests):
        waiting = [row for row in seen if row.is_open]
        rows = tuple(OpenRequest(row.subject, row.created, row.is_draft) for row in waiting if not row.is_bot)
        return OpenRequests(rows, seen.as_of, by_tracker=True, bots=len(waiting) - len(rows), is_whole=seen.is_whole)
    pulls = ((branch.name, branch.first_at or branch.last_at) for branch in seen if branch.kind is BranchKind.PULL)
    return OpenRequests(tuple(OpenRequest(name, at) for name, at in pulls if at <= seen.as_of), seen.as_of)
