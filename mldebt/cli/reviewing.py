"""`mldebt review`: what a review of a stored repository shows, in a form that leaves the machine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from mldebt.cli.output import write
from mldebt.failure import Failure, NothingStored
from mldebt.review import Pair, kept, pair, proposed, reader, record
from mldebt.scan.stored import stored_repository
from mldebt.store import reviews
from mldebt.store.engine import Store
from mldebt.store.reading import RepositoryRow, SnapshotRow, latest_snapshot, snapshot_at
from scoring.review.html import review_html
from scoring.review.json import review_json
from scoring.review.markdown import review_markdown
from scoring.review.record import Record

NOTHING_TO_COMPARE = "only one moment of {repo} is stored: the next review can compare, after another `mldebt scan`"


FORMS: Mapping[str, Callable[[Record, str], str]] = {
    "html": review_html,
    "markdown": review_markdown,
    "json": lambda one, _: review_json(one),  # for machines: one form for all languages
}


def shown(store: Store, repo: str, first: str | None, last: str | None) -> Record:
    """The review between two snapshots; without them the open one, else the one that would be opened today.

    Raises NothingStored or Failure.
    """
    today = datetime.now(UTC).date().isoformat()
    with store.reading() as connection:
        repository = stored_repository(connection, repo)
        sides = reader(connection, repository.id)
        opened = next((row for row in reviews.reviews(connection, repository.id) if row.is_open), None)
        if opened is not None and first is None and last is None:
            return record(connection, repository, opened, sides, today)
        chosen = pair(connection, repository.id)
        if chosen is None:
            raise NothingStored(NOTHING_TO_COMPARE.format(repo=repo))
        before, now = _meant(store, repository, chosen, first, last)
        if before.as_of >= now.as_of:
            raise Failure("--from names no moment before --to: choose an earlier one, or a later --to")
        return proposed(connection, repository, sides, before.id, now.id, today)


def closed_review(store: Store, repo: str, number: int) -> Record:
    """A closed review as it was when it was closed. Raises NothingStored or Failure."""
    with store.reading() as connection:
        row = reviews.review(connection, stored_repository(connection, repo).id, number)
    if row is None or row.is_open:
        raise NothingStored(f"no closed review {number} of {repo} is stored")
    try:
        return kept(row)
    except ValueError as error:
        raise Failure(f"review {number} of {repo} cannot be shown: {error}") from error


def _meant(store: Store, repository: RepositoryRow, chosen: Pair, first: str | None, last: str | None) -> Pair:
    with store.reading() as connection:

        def meant(commit: str, option: str) -> SnapshotRow:
            found = snapshot_at(connection, repository.id, commit)
            if found is None:
                raise NothingStored(f"{option}: no snapshot of {repository.name} is of commit {commit}")
            return found

        now = meant(last, "--to") if last else latest_snapshot(connection, repository.id) or chosen.now
        return Pair(meant(first, "--from") if first else chosen.before, now)


def put(one: Record, form: str, file: Path | None, language: str) -> None:
    """Print it, or write it to a file, which is whole or not there. Raises Failure."""
    text = FORMS[form](one, language)
    if file is None:
        write(text)
        return
    beside = file.with_name(f".{file.name}.part")
    try:
        beside.write_bytes(text.encode("utf-8", "backslashreplace"))
        beside.replace(file)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise Failure(f"{file} cannot be written ({error.strerror}): give -o another place") from error
