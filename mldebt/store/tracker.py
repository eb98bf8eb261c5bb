"""What a tracker said, kept so that the next scan asks for what is new alone. Written page by page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, delete, select
from sqlmodel import col

from collectors.facts.change_requests import ChangeRequest
from collectors.facts.codec import NotASummaryError, fingerprint, from_json, to_json
from collectors.facts.issues import Issue
from collectors.trackers import ListedRequest
from mldebt.store.bulk import insert_rows
from mldebt.store.tables import Repository, TrackerIssue, TrackerRequest, TrackerState

REQUESTS, ISSUES = "requests", "issues"
TABLES: Mapping[str, type[TrackerRequest] | type[TrackerIssue]] = {REQUESTS: TrackerRequest, ISSUES: TrackerIssue}


class Reached(NamedTuple):
    """How far one list was read."""

    newest: int | None = None  # all that was updated before is known; None: nothing was read
    page: int | None = 1  # that is read next, towards the oldest; None: the end was reached


class Kept(NamedTuple):
    """A request as it is kept."""

    updated: int
    looked: int | None  # `updated` when its replies and files were looked at last
    request: ChangeRequest


def reached(connection: Connection, repository_id: int, kind: str, source: str) -> Reached:
    """How far the list was read. What is kept of another source, or was written by another version, is forgotten."""
    _hold(connection, repository_id)
    table = col(TrackerState.repository_id) == repository_id, col(TrackerState.kind) == kind
    row = connection.execute(
        select(col(TrackerState.source), col(TrackerState.newest), col(TrackerState.page)).where(*table)
    ).one_or_none()
    if row is not None and row.source == _marked(source):
        return Reached(row.newest, row.page)
    kept = TABLES[kind]
    connection.execute(delete(kept).where(col(kept.repository_id) == repository_id))
    connection.execute(delete(TrackerState).where(*table))
    return Reached()


def save_reached(connection: Connection, repository_id: int, kind: str, source: str, now: Reached) -> None:
    _hold(connection, repository_id)
    row = col(TrackerState.repository_id) == repository_id, col(TrackerState.kind) == kind
    connection.execute(delete(TrackerState).where(*row))
    insert_rows(connection, TrackerState, [(repository_id, kind, _marked(source), now.newest, now.page)])


def save_listed(connection: Connection, repository_id: int, rows: Iterable[ListedRequest]) -> None:
    """Keep what a list said; replies and files that were looked at before stay, until they are looked at again."""
    _hold(connection, repository_id)
    listed = {row.request.number: row for row in rows}
    before = kept_requests(connection, repository_id, listed)
    _replace(
        connection,
        repository_id,
        [
            Kept(row.updated, old.looked, _with_parts_of(row.request, old.request))
            if (old := before.get(number))
            else Kept(row.updated, None, row.request)
            for number, row in listed.items()
        ],
    )


def save_looked_at(connection: Connection, repository_id: int, row: Kept, *, in_full: bool) -> None:
    """Keep a request with the replies and files that were seen of it; where not all were, it is asked for again."""
    _hold(connection, repository_id)
    _replace(connection, repository_id, [row._replace(looked=row.updated if in_full else None)])


def kept_requests(connection: Connection, repository_id: int, numbers: Iterable[int] | None = None) -> dict[int, Kept]:
    """By number, in that order; all, or those of `numbers`."""
    wanted = select(
        col(TrackerRequest.number),
        col(TrackerRequest.updated_at),
        col(TrackerRequest.looked_at),
        col(TrackerRequest.body),
    ).where(col(TrackerRequest.repository_id) == repository_id)
    if numbers is not None:
        wanted = wanted.where(col(TrackerRequest.number).in_(list(numbers)))
    found = {}
    for number, updated, looked, body in connection.execute(wanted.order_by(col(TrackerRequest.number))):
        try:
            found[number] = Kept(updated, looked, from_json(ChangeRequest, bytes(body)))
        except NotASummaryError:
            continue  # its state was of another version, and is read again
    return found


def save_issues(connection: Connection, repository_id: int, rows: Iterable[Issue]) -> None:
    _hold(connection, repository_id)
    by_number = {row.number: row for row in rows}
    of_these = col(TrackerIssue.repository_id) == repository_id, col(TrackerIssue.number).in_(list(by_number))
    connection.execute(delete(TrackerIssue).where(*of_these))
    bodies = ((repository_id, number, to_json(row).encode("ascii")) for number, row in by_number.items())
    insert_rows(connection, TrackerIssue, bodies)


def kept_issues(connection: Connection, repository_id: int) -> list[Issue]:
    """By number."""
    mine = select(col(TrackerIssue.body)).where(col(TrackerIssue.repository_id) == repository_id)
    found = connection.execute(mine.order_by(col(TrackerIssue.number))).scalars()
    return [from_json(Issue, bytes(body)) for body in found]


def _hold(connection: Connection, repository_id: int) -> None:
    """Until the transaction ends another machine that asks the same tracker waits (SQLite has one writer anyhow)."""
    connection.execute(select(col(Repository.id)).where(col(Repository.id) == repository_id).with_for_update())


def _with_parts_of(now: ChangeRequest, before: ChangeRequest) -> ChangeRequest:
    parts = ("replies", "has_replies", "files", "has_files", "writes_metrics", "tells_metrics")
    return now._replace(**{part: getattr(before, part) for part in parts})


def _replace(connection: Connection, repository_id: int, rows: Sequence[Kept]) -> None:
    numbers = [row.request.number for row in rows]
    of_these = col(TrackerRequest.repository_id) == repository_id, col(TrackerRequest.number).in_(numbers)
    connection.execute(delete(TrackerRequest).where(*of_these))
    bodies = (
        (repository_id, row.request.number, row.updated, row.looked, to_json(row.request).encode("ascii"))
        for row in rows
    )
    insert_rows(connection, TrackerRequest, bodies)


VERSION = 1
"""Raised when the adapters see other things in the same answers."""


def _marked(source: str) -> str:
    return f"{VERSION}.{fingerprint(ChangeRequest, Issue)} {source}"
