"""What a tracker says of a repository, as facts; and why it says nothing."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable
from typing import NamedTuple
from urllib.parse import urlsplit

from collectors.facts.branches import Branches
from collectors.facts.change_requests import NOBODY, ChangeRequest, ChangeRequests, OpenRequests, open_requests
from collectors.facts.changes import DAY
from collectors.facts.issues import Issues
from collectors.facts.missing import Missing
from collectors.trackers import NotNowError, NotVisibleError, Tracker, TrackerError
from mldebt.scan.asking import LOOKED_BACK_DAYS, Job, NotShown, Report, list_issues, list_requests, look_at_requests
from mldebt.settings import TrackerAccess
from mldebt.store.engine import Store
from mldebt.store.meta import store_salt
from mldebt.store.tracker import ISSUES, REQUESTS, kept_issues, kept_requests

NOT_ASKED = Missing("no tracker was asked: scan with --tracker, and a token in GITHUB_TOKEN")
NO_TOKEN = Missing("no tracker was asked: give a token with GITHUB_TOKEN or MLDEBT_GITHUB_TOKEN")
NO_HOST = Missing("nobody knows where the repository's tracker is: scan its https address, or a clone with an origin")
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


def look_up(
    web: str | None, access: TrackerAccess | None, repository_id: int, store: Store, as_of: int, report: Report
) -> Tracked:
    """What the tracker of the repository with this web page says, where one is wanted and may be asked."""
    if access is None:
        return UNASKED
    where = _where(web, access)
    if isinstance(where, Missing):
        return Tracked(where, where, (where.reason,))
    from collectors.trackers.github_api import GitHubTracker

    with store.writing() as connection:
        salt = store_salt(connection)

    def wait(seconds: float) -> None:
        report("waiting for the tracker", 0, None)
        time.sleep(seconds)

    report("asking the tracker", 0, None)
    return track(GitHubTracker(access.api, where, access.token, salt, sleep=wait), repository_id, store, as_of, report)


def _where(web: str | None, access: TrackerAccess) -> str | Missing:
    """Owner and name. The token goes to its own host alone: a clone's config may name any."""
    if not access.token:
        return NO_TOKEN
    if web is None:
        return NO_HOST
    page, server = urlsplit(web), urlsplit(access.server)
    name = page.path.strip("/")
    if page.netloc.lower() != server.netloc.lower():
        return Missing(
            f"the token is for {server.netloc}, and the repository is elsewhere: set GITHUB_SERVER_URL and "
            "GITHUB_TOKEN for its own GitHub; other hosts are not asked"
        )
    return name if name.count("/") == 1 else NO_HOST


def track(tracker: Tracker, repository_id: int, store: Store, as_of: int, report: Report) -> Tracked:
    """Ask for what is new, keep it, and say what is known at `as_of`."""
    try:
        job = Job(tracker, tracker.source, repository_id, store, report)
    except TrackerError as error:
        nothing = Missing(str(error))
        return Tracked(nothing, nothing, (f"the tracker told nothing, because {error}",))
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
