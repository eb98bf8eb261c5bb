"""Change requests and issues by hand."""

from __future__ import annotations

from collections.abc import Sequence

from collectors.facts.change_requests import ChangeRequest, ChangeRequests, Reply
from collectors.facts.issues import Issue, Issues
from tests.builders import at


def reply(day: float, person: int = 2, *, review: bool = False, approves: bool = False, is_bot: bool = False) -> Reply:
    return Reply(at(day), person, is_bot, review or approves, approves)


def request(
    number: int = 1,
    created: float = -10,
    *replies: Reply,
    author: int = 1,
    merged: float | None = None,
    closed: float | None = None,
    files: Sequence[str] | None = ("train.py",),
    is_bot: bool = False,
    is_member: bool = False,
    is_draft: bool = False,
    looked: bool = True,
    writes_metrics: bool = False,
    tells_metrics: bool = False,
) -> ChangeRequest:
    """A request of day `created`; `files` None and `looked` False: nobody looked at these."""
    return ChangeRequest(
        number,
        at(created),
        author,
        None if merged is None else at(merged),
        at(merged) if merged is not None else None if closed is None else at(closed),
        is_bot,
        is_member,
        is_draft,
        replies,
        has_replies=looked,
        files=tuple(files or ()),
        has_files=files is not None,
        writes_metrics=writes_metrics,
        tells_metrics=tells_metrics,
    )


def requests(*rows: ChangeRequest, day: float = 0, is_whole: bool = True, no_replies: str = "", no_files: str = ""):
    return ChangeRequests(rows, at(day), is_whole, no_replies, no_files)


def issue(number: int = 1, created: float = -10, closed: float | None = None, *labels: str, is_bot: bool = False):
    return Issue(number, at(created), None if closed is None else at(closed), is_bot, labels)


def issues(*rows: Issue, day: float = 0) -> Issues:
    return Issues(rows, at(day))
