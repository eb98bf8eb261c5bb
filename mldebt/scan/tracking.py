"""What a tracker says of a repository, as facts; and why it says nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import NamedTuple

from collectors.facts.branches import Branches
from collectors.facts.change_requests import NOBODY, ChangeRequest, ChangeRequests, OpenRequests, open_requests
from collectors.facts.changes import DAY
from collectors.facts.issues import Issues
from collectors.facts.missing import Missing
from collectors.trackers import NotNowError, NotVisibleError, Tracker
from mldebt.scan.asking import LOOKED_BACK_DAYS, Job, NotShown, Report, list_issues, list_requests, look_at_requests
from mldebt.store.engine import Store
from mldebt.store.tracker import ISSUES, REQUESTS, kept_issues, kept_requests

NOT_ASKED = Missing("no tracker was asked: scan with --tracker, and a token in GITHUB_TOKEN")
OF_TODAY = Missing("the tracker is looked at for the newest commit alone")
IN_PART = Missing("the tracker was read in part: scan again with --tracker, which goes on")


class Tracked(NamedTuple):
    """What a tracker said."""

    requests: ChangeRequests | Missing
    issues: Issues | Missing
    sentences: tuple[str, ...] = ()  # what it could not say
    digest: str = ""  # of all that it said

    def waiting(self, seen: Branches | Missing) -> OpenRequests | Missing:
        """Open requests: the tracker knows better than refs do."""
        if isinstance(self.requests, ChangeRequests):
            return open_requests(self.requests)
        return seen if isinstance(seen, Missing) else open_requests(seen)


PAST = Tracked(OF_TODAY, OF_TODAY)
UNASKED = Tracked(NOT_ASKED, NOT_ASKED)


def untold(missing: Missing) -> Tracked:
    """What is known where a tracker was wanted, and cannot be asked."""
    return Tracked(missing, missing, (f"the tracker was not asked, because {missing.reason}",))


def track(tracker: Tracker, repository_id: int, store: Store, as_of: int, report: Report) -> Tracked:
    """Ask for what is new, keep it, and say what is known at `as_of`."""
    job = Job(tracker, repository_id, store, report)
    unread: set[str] = set()
    requests: ChangeRequests | Missing
    issues: Issues | Missing
    try:
        _ask(lambda: list_requests(job), unread)
        requests = _requests(job, as_of, look_at_requests(job, as_of, unread))
    except NotVisibleError as error:
        requests = Missing(str(error))
    try:
        _ask(lambda: list_issues(job), unread)
        issues = _issues(job, as_of)
    except NotVisibleError as error:
        issues = Missing(str(error))
    hidden = {fact.reason for fact in (requests, issues) if isinstance(fact, Missing) and fact != IN_PART}
    if isinstance(requests, ChangeRequests):
        hidden |= {requests.no_replies, requests.no_files} - {""}
    sentences = {f"the tracker was read in part, because {reason}" for reason in unread | hidden}
    return Tracked(requests, issues, tuple(sorted(sentences)), _digest(requests, issues))


def _ask(question: Callable[[], None], unread: set[str]) -> None:
    try:
        question()
    except NotNowError as error:
        unread.add(str(error))


def _requests(job: Job, as_of: int, not_shown: NotShown) -> ChangeRequests | Missing:
    is_whole = job.reached(REQUESTS).page is None
    with job.store.reading() as connection:
        kept = kept_requests(connection, job.repository_id).values()
    oldest = min((row.updated for row in kept), default=as_of)
    if not is_whole and oldest > as_of - LOOKED_BACK_DAYS * DAY:
        return IN_PART
    rows = (row.request.seen_at(as_of) for row in kept if row.request.created <= as_of)
    return ChangeRequests(tuple(_numbered(rows)), as_of, is_whole, not_shown.replies, not_shown.files)


def _numbered(rows: Iterable[ChangeRequest]) -> Iterable[ChangeRequest]:
    """People as numbers in the order in which they appear: the same in every store, whatever its key."""
    numbers = {NOBODY: NOBODY}
    for row in rows:
        author = numbers.setdefault(row.author, len(numbers))
        replies = tuple(reply._replace(person=numbers.setdefault(reply.person, len(numbers))) for reply in row.replies)
        yield row._replace(author=author, replies=replies)


def _issues(job: Job, as_of: int) -> Issues | Missing:
    if job.reached(ISSUES).page is not None:
        return IN_PART
    with job.store.reading() as connection:
        kept = kept_issues(connection, job.repository_id)
    return Issues(tuple(row.seen_at(as_of) for row in kept if row.created <= as_of), as_of)


def _digest(requests: ChangeRequests | Missing, issues: Issues | Missing) -> str:
    told = repr((requests, issues)).encode("utf-8", "backslashreplace")
    return hashlib.sha256(told).hexdigest()
