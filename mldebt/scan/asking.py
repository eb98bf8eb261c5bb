"""A tracker asked for what is not known yet. Each page is kept at once, so that whatever ends a scan loses nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from collectors.facts.change_requests import ChangeRequest
from collectors.facts.changes import DAY
from collectors.readers.metrics import is_metrics_file
from collectors.trackers import PAGE_ROWS, ListedRequest, NotNowError, NotVisibleError, Tracker
from mldebt.store.engine import Store
from mldebt.store.tracker import (
    ISSUES,
    REQUESTS,
    Kept,
    Reached,
    kept_requests,
    reached,
    save_issues,
    save_listed,
    save_looked_at,
    save_reached,
)

LOOKED_BACK_DAYS = 365
MOST_PAGES = 400
"""Of one list in one scan."""
MOST_TIMES = 4
"""That a list is read whose pages move."""
MOST_LOOKED_AT = 1_000
"""Requests whose replies and files one scan asks for, the newest first."""
REFUSED = 3
"""Requests whose parts are not shown, until that is believed of all."""

Report = Callable[[str, int, int | None], None]


class Job(NamedTuple):
    """One tracker, asked for one repository."""

    tracker: Tracker
    source: str  # the tracker's
    repository_id: int
    store: Store
    report: Report

    def reached(self, kind: str) -> Reached:
        with self.store.writing() as connection:
            return reached(connection, self.repository_id, kind, self.source)


class NotShown(NamedTuple):
    """Why parts of requests were not seen, where that is known of all."""

    replies: str = ""
    files: str = ""


def list_requests(job: Job) -> None:
    """What was updated since, then what is older, then what was updated meanwhile. Raises TrackerError.

    What is updated while pages are read moves to the first page, and what stood before it moves one row further: no
    row can slip by unread, and the last look finds those that moved.
    """
    now = job.reached(REQUESTS)
    if now.newest is None:
        now = Reached()
    else:
        now = _news(job, now)
        if now.page is not None and now.page > 1:
            now = now._replace(page=now.page - 1)  # a request may have been taken down since
    pages = 0
    while now.page is not None:
        if pages == MOST_PAGES:
            raise NotNowError("there are very many change requests: scan again, which goes on")
        rows = job.tracker.requests(now.page)
        newest = max((row.updated for row in rows), default=None) if now.newest is None else now.newest
        now = Reached(newest, now.page + 1 if len(rows) >= PAGE_ROWS else None)
        _keep(job, rows, now)
        pages += 1
        job.report("reading change requests", pages * PAGE_ROWS, None)
    if pages > 1:
        _news(job, now)


def _news(job: Job, now: Reached) -> Reached:
    """All that was updated since the newest known; it counts as known only once the two meet."""
    known = now.newest or 0
    newest = known
    for page in range(1, MOST_PAGES + 1):
        rows = job.tracker.requests(page)
        newest = max([newest, *(row.updated for row in rows)])
        meets = len(rows) < PAGE_ROWS or rows[-1].updated < known
        _keep(job, rows, Reached(newest, now.page) if meets else now)
        if meets:
            return Reached(newest, now.page)
        job.report("reading change requests", page * PAGE_ROWS, None)
    raise NotNowError("there are very many new change requests: scan again, which goes on")


def _keep(job: Job, rows: Iterable[ListedRequest], now: Reached) -> None:
    with job.store.writing() as connection:
        save_listed(connection, job.repository_id, rows)
        save_reached(connection, job.repository_id, REQUESTS, job.source, now)


def list_issues(job: Job) -> None:
    """Those that were updated first come first, each page from the last one's end on: none can slip by.

    Only where more than a page was updated in one second, pages are counted; then all is read again, until nothing
    new is among it. Raises TrackerError.
    """
    since = job.reached(ISSUES).newest or 0
    seen: set[int] = set()
    for _ in range(MOST_TIMES):
        before = len(seen)
        if _issues_since(job, since, seen) or len(seen) == before:
            return


def _issues_since(job: Job, since: int, seen: set[int]) -> bool:
    """Read to the end, adding numbers to `seen`; whether it was without counting pages."""
    page, is_sure = 1, True
    for pages in range(1, MOST_PAGES + 1):
        rows = job.tracker.issues(since, page)
        last = max([since, *(row.updated for row in rows)])
        is_end = len(rows) < PAGE_ROWS
        issues = [row.issue for row in rows if row.issue is not None]
        seen.update(issue.number for issue in issues)
        with job.store.writing() as connection:
            save_issues(connection, job.repository_id, issues)
            now = Reached(last, None if is_end else 1)
            save_reached(connection, job.repository_id, ISSUES, job.source, now)
        if is_end:
            return is_sure
        since, page = last, page + 1 if last == since else 1
        is_sure = is_sure and page == 1
        job.report("reading issues", pages * PAGE_ROWS, None)
    raise NotNowError("there are very many issues: scan again, which goes on")


def look_at_requests(job: Job, as_of: int, unread: set[str]) -> NotShown:
    """Ask for replies and files of requests by people that were opened or merged in the last year, the newest first.

    What keeps it from going on is added to `unread`.
    """
    with job.store.reading() as connection:
        rows = kept_requests(connection, job.repository_id).values()
    since = as_of - LOOKED_BACK_DAYS * DAY
    wanted = sorted(
        (row for row in rows if row.looked != row.updated and _matters(row.request, since, as_of)), key=_newest
    )
    if len(wanted) > MOST_LOOKED_AT:
        unread.add("there are very many change requests: scan again, which goes on")
        del wanted[MOST_LOOKED_AT:]
    looks = _Looks(job.tracker)
    for done, row in enumerate(wanted):
        job.report("reading change requests", done, len(wanted))
        try:
            seen, in_full = looks.at(row.request)
        except NotNowError as error:
            unread.add(str(error))
            break
        with job.store.writing() as connection:
            save_looked_at(connection, job.repository_id, row._replace(request=seen), in_full=in_full)
    return NotShown(looks.replies.why_none, looks.files.why_none)


def _newest(row: Kept) -> int:
    return -row.request.number


def _matters(row: ChangeRequest, since: int, as_of: int) -> bool:
    return not row.is_bot and row.created <= as_of and max(row.created, row.merged or 0) > since


class _Part:
    """One part of requests, as far as it is shown."""

    def __init__(self) -> None:
        self._shown = self._refused = 0
        self._why = ""

    @property
    def why_none(self) -> str:
        return "" if self._shown else self._why

    @property
    def is_given_up(self) -> bool:
        return not self._shown and self._refused >= REFUSED

    def shown(self) -> None:
        self._shown += 1

    def refused(self, error: NotVisibleError) -> None:
        self._refused += 1
        self._why = str(error)


class _Looks:
    def __init__(self, tracker: Tracker) -> None:
        self._tracker = tracker
        self.replies, self.files = _Part(), _Part()

    def at(self, request: ChangeRequest) -> tuple[ChangeRequest, bool]:
        """The request with what is shown of it, and whether that is all. Raises NotNowError."""
        seen = 0
        if not self.replies.is_given_up:
            try:
                said = self._tracker.replies(request.number)
            except NotVisibleError as error:
                self.replies.refused(error)
            else:
                self.replies.shown()
                seen += 1
                request = request._replace(replies=said.rows, has_replies=True, tells_metrics=said.tells_metrics)
        if not self.files.is_given_up:
            try:
                paths = self._tracker.files(request.number)
            except NotVisibleError as error:
                self.files.refused(error)
            else:
                self.files.shown()
                seen += 1
                request = request._replace(files=paths, has_files=True, writes_metrics=any(map(is_metrics_file, paths)))
        return request, seen == len((self.replies, self.files))
