"""The way to reviews: what is cached is what never changes; what people type is read in every run.

As at the other door, each function asks who looks before it reads, and who decides before it writes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import streamlit as st
from sqlalchemy import Connection

from app_pages import _door, _kept, _seeing
from app_pages._kept import KEPT, LISTS_LIVE, address
from app_pages._repo import Repo, Snapshot
from mldebt import review as reviewing
from mldebt.access import NotSeen
from mldebt.review import Sides
from mldebt.store import reading
from mldebt.store import reviews as store_reviews
from mldebt.store.engine import Store
from mldebt.store.errors import GoneError
from mldebt.store.quarterly import newest_issue
from mldebt.store.reading import RepositoryRow
from mldebt.store.reviews import ReviewRow
from scoring.review.comparison import Comparison
from scoring.review.heaviest import further_places
from scoring.review.record import Decision, Place, Record
from scoring.review.sides import Places, Side, places

FEW = 40
"""Sides and comparisons that are kept: each holds all places of a snapshot."""


def moments(repo: Repo) -> tuple[Snapshot, ...]:
    """All snapshots of a repository that have a commit, that of the newest moment first.

    Of a commit that was scanned, not those that were made from history: they know less of the same.
    """
    return _moments(address(), _seeing.seen(repo.id))


def pair(repo: Repo, snapshot: Snapshot) -> reviewing.Pair | None:
    """What a review is over that ends at a snapshot; None where there is nothing before it to compare."""
    with _store().reading() as connection:
        return reviewing.pair(connection, _seeing.seen(repo.id), snapshot)


def issue(repo: Repo) -> tuple[str, int] | None:
    """The quarter and the number of the newest issue that the App wrote about it."""
    with _store().reading() as connection:
        return newest_issue(connection, _seeing.seen(repo.id))


def reviews(repo: Repo) -> tuple[ReviewRow, ...]:
    """All of the repository, the newest first."""
    with _store().reading() as connection:
        return store_reviews.reviews(connection, _seeing.seen(repo.id))


def proposed(repo: Repo, before_id: int, now_id: int) -> Record:
    """What a review would show that nobody opened yet. Raises ValueError where the snapshots are not in their order."""
    before_id, now_id = _door.seen_snapshot(before_id), _door.seen_snapshot(now_id)
    with _store().reading() as connection:
        row = _row(connection, repo)
        return reviewing.proposed(connection, row, _sides(), before_id, now_id, today(), repo.title)


def record(repo: Repo, review: ReviewRow) -> Record:
    """All that a review shows: as it was, once it is closed. Raises ValueError where that was changed since."""
    _mine(repo, review)
    if not review.is_open:
        return reviewing.kept(review)
    with _store().reading() as connection:
        return reviewing.record(connection, _row(connection, repo), review, _sides(), today(), repo.title)


def fields(repo: Repo, review: ReviewRow) -> dict[str, str]:
    with _store().reading() as connection:
        return store_reviews.fields(connection, _mine(repo, review))


def side(repo: Repo, snapshot_id: int) -> Side:
    _seeing.seen(repo.id)
    return _side(address(), _door.seen_snapshot(snapshot_id))


def further(repo: Repo, before_id: int, now_id: int, shown: frozenset[str], most: int) -> tuple[Place, ...]:
    """Of the places that a review lists, the heaviest that it does not show. Raises ValueError as `proposed` does."""
    before_id, now_id = _door.seen_snapshot(before_id), _door.seen_snapshot(now_id)
    with _store().reading() as connection:
        web = _row(connection, repo).web
    return further_places(_compared(address(), before_id, now_id), web, shown, most)


def open_review(repo: Repo, before_id: int, now_id: int) -> int:
    """Raises NotDecided, or ValueError where the snapshots are not in their order."""
    opened = _written(
        repo, lambda connection: store_reviews.open_review(connection, repo.id, before_id, now_id, today(), now())
    )
    return int(opened)


def save_field(repo: Repo, review: ReviewRow, name: str, value: str, known: str | None = None) -> str:
    """What is kept of it. Raises NotDecided, ReviewClosedError, or FieldChangedError where it is not `known` before."""
    kept = _written(
        repo, lambda connection: store_reviews.save_field(connection, _mine(repo, review), name, value, now(), known)
    )
    return str(kept)


def decide(repo: Repo, review: ReviewRow, decision: Decision, clear: tuple[str, ...]) -> None:
    """Raises NotDecided or ReviewClosedError."""
    _written(repo, lambda connection: store_reviews.decide(connection, _mine(repo, review), decision, clear))


def take_back(repo: Repo, review: ReviewRow, number: int) -> None:
    """Raises NotDecided or ReviewClosedError."""
    _written(repo, lambda connection: store_reviews.take_back(connection, _mine(repo, review), number))


def discard(repo: Repo, review: ReviewRow) -> None:
    """Raises NotDecided or ReviewClosedError."""
    _written(repo, lambda connection: store_reviews.discard(connection, _mine(repo, review)))


def close(repo: Repo, review: ReviewRow, by: str) -> None:
    """Raises NotDecided or ReviewClosedError."""
    _seeing.require_decide(repo.id)
    store = _store()
    with store.reading() as connection:
        row = _row(connection, repo)
    with _gone_is_not_seen():
        reviewing.close(store, row, _mine(repo, review), by, now(), today(), repo.title)


def today() -> str:
    """YYYY-MM-DD in UTC."""
    return datetime.now(UTC).date().isoformat()


def now() -> int:
    return int(datetime.now(UTC).timestamp())


def _mine(repo: Repo, review: ReviewRow) -> int:
    """The review's id. Raises NotSeen where it is of another repository."""
    if review.repository_id != _seeing.seen(repo.id):
        raise NotSeen(_seeing.NOT_SEEN)
    return review.id


def _written(repo: Repo, write: Callable[[Connection], Any]) -> Any:
    _seeing.require_decide(repo.id)
    with _gone_is_not_seen(), _store().writing() as connection:
        return write(connection)


@contextmanager
def _gone_is_not_seen() -> Iterator[None]:
    """Given up, or forgotten, while somebody looks or types. A bug is neither."""
    try:
        yield
    except GoneError as error:
        raise NotSeen(_seeing.NOT_SEEN) from error


def _row(connection: Connection, repo: Repo) -> RepositoryRow:
    rows = (row for row in reading.repositories(connection) if row.id == _seeing.seen(repo.id))
    if (found := next(rows, None)) is None:  # forgotten while somebody looks
        raise NotSeen(_seeing.NOT_SEEN)
    return found


def _store() -> Store:
    return _kept.store(address())


def _sides() -> Sides:
    here = address()
    return Sides(
        lambda snapshot_id: _side(here, snapshot_id),
        lambda then_id, now_id: _places(here, then_id, now_id),
        lambda before_id, now_id: _compared(here, before_id, now_id),
    )


@st.cache_data(show_spinner=False, ttl=LISTS_LIVE, max_entries=KEPT)
def _moments(address: str, repository_id: int) -> tuple[Snapshot, ...]:
    with _kept.store(address).reading() as connection:
        rows = [row for row in reading.snapshots(connection, repository_id) if row.commit]
    scanned = {row.commit for row in rows if not row.is_backfill}
    from_history: dict[str, int] = {}  # the newest of a commit, of those that were made anew
    for row in rows:
        if row.is_backfill:
            from_history.setdefault(row.commit, row.id)
    return tuple(
        row for row in rows if not row.is_backfill or (row.commit not in scanned and from_history[row.commit] == row.id)
    )


@st.cache_resource(show_spinner=False, max_entries=FEW)
def _side(address: str, snapshot_id: int) -> Side:
    with _gone_is_not_seen(), _kept.store(address).reading() as connection:
        row = reading.snapshot_by_id(connection, snapshot_id)
        return reviewing.side_of(connection, row)


@st.cache_resource(show_spinner=False, max_entries=FEW)
def _places(address: str, then_id: int, now_id: int) -> Places:
    return places(_side(address, then_id), _side(address, now_id))


@st.cache_resource(show_spinner=False, max_entries=FEW)
def _compared(address: str, before_id: int, now_id: int) -> Comparison:
    return reviewing.compared(_side(address, before_id), _side(address, now_id))
