"""Trackers: what change requests and issues a host knows of. Only `github_api` knows whose API that is.

Names of people end in the adapters: what comes out holds keyed digests.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import NamedTuple, Protocol

from collectors.facts.change_requests import NOBODY, ChangeRequest, Reply
from collectors.facts.issues import Issue

PAGE_ROWS = 100


class TrackerError(Exception):
    """A clause that ends a sentence beginning "unknown, because", and says what to do."""


class NotVisibleError(TrackerError):
    """The token may not see it, or there is none such: asking again gives the same answer."""


class NotNowError(TrackerError):
    """The host is out of reach, or wants no more questions now: asking later goes on."""


class ListedRequest(NamedTuple):
    updated: int  # when anything about it changed last, seconds since 1970 UTC
    request: ChangeRequest  # without replies and files


class ListedIssue(NamedTuple):
    updated: int
    issue: Issue | None  # None: it is a change request


class Replies(NamedTuple):
    rows: tuple[Reply, ...]  # oldest first
    tells_metrics: bool  # a program put a table of metrics there


class Tracker(Protocol):
    """A few reads, each of them one page, or one request's part. They raise TrackerError, and nothing else."""

    @property
    def source(self) -> str:
        """Which host's which repository, so that what is kept of one is not taken for another's. May ask the host."""
        ...

    def requests(self, page: int) -> Sequence[ListedRequest]:
        """From 1: all change requests, those that were updated last first; at most PAGE_ROWS."""
        ...

    def issues(self, since: int, page: int) -> Sequence[ListedIssue]:
        """Of issues updated at or after `since`, those that were updated first; at most PAGE_ROWS."""
        ...

    def replies(self, number: int) -> Replies: ...

    def files(self, number: int) -> tuple[str, ...]:
        """Paths that a request touches, at most PAGE_ROWS."""
        ...


def person(login: str | None, salt: bytes) -> int:
    """A number for an account, keyed, so that it cannot be tried against a list of names without the key."""
    if not login or login.lower() == "ghost":
        return NOBODY
    digest = blake2b(f"github:{login.lower()}".encode(errors="surrogatepass"), digest_size=8, key=salt).digest()
    return int.from_bytes(digest) >> 1 or 1
