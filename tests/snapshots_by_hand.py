"""Snapshots by hand, and how many statements a piece of reading sends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, event

from mldebt.store.snapshots import AnswerRow, NewSnapshot, ensure_repository, save_snapshot
from scoring.answers import Identity
from tests.builders import at


def identity(day: float = 0, **parts: Any) -> Identity:
    """Of the commit of that day."""
    return Identity(commit=f"{at(day):040x}", as_of=at(day), **parts)


def snapshot(
    day: float = 0, value: float | None = None, *, version: str = "1", refs: str = "", **rest: Any
) -> NewSnapshot:
    """Taken on `day`, `value` being the number that heads the answer about onboarding."""
    answers = rest.pop("answers", [answer(value)] if value is not None else [])
    scanned = rest.pop("scanned_at", at(day))
    return NewSnapshot(identity(day, refs=refs, scoring_version=version), scanned, answers=answers, **rest)


def answer(
    value: float | None = 0.5, question: str = "onboarding", letter: str | None = None, **rest: Any
) -> AnswerRow:
    return AnswerRow(question, "1", letter, letter, letter, seen=3, total=8, lead=rest.get("lead", "glue"), value=value)


def stored(connection: Connection, name: str, *snapshots: NewSnapshot) -> tuple[int, list[int]]:
    """A repository with these snapshots: its id, and theirs."""
    repository_id = ensure_repository(connection, f"/src/{name}", name)
    return repository_id, [save_snapshot(connection, repository_id, one) for one in snapshots]


@contextmanager
def statements(connection: Connection) -> Iterator[list[str]]:
    """The statements that `connection` sends meanwhile."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, _values: Sequence[object], *_: object) -> None:
        sent.append(statement)

    event.listen(connection, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(connection, "before_cursor_execute", note)
