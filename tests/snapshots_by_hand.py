"""Snapshots by hand, and how many statements a piece of reading sends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, event

from mldebt.store.snapshots import AnswerRow, NewSnapshot, ensure_repository, save_snapshot
from scoring.answers import Identity
from scoring.debts import Debt
from scoring.finding import Effort, Finding, Severity
from scoring.finding.acceptance import Acceptance, Reason
from scoring.finding.ids import digest
from tests.builders import at
from tests.signals_by_hand import signal


def identity(day: float = 0, **parts: Any) -> Identity:
    """Of the commit of that day."""
    return Identity(commit=f"{at(day):040x}", as_of=at(day), **parts)


def snapshot(
    day: float = 0, value: float | None = None, *, version: str = "1", refs: str = "", **rest: Any
) -> NewSnapshot:
    """Taken on `day`, `value` being that of the signal `glue`, whose number heads the answer about onboarding."""
    if value is not None:
        rest = {"answers": [answer(value)], "signals": [signal(value)], **rest}
    scanned = rest.pop("scanned_at", at(day))
    return NewSnapshot(identity(day, refs=refs, scoring_version=version), scanned, **rest)


def answer(
    value: float | None = 0.5, question: str = "onboarding", letter: str | None = None, **rest: Any
) -> AnswerRow:
    return AnswerRow(question, "1", letter, letter, letter, seen=3, total=8, lead=rest.get("lead", "glue"), value=value)


def finding(path: str = "train.py", line: int = 3, snippet: str = "split(x)", **rest: Any) -> Finding:
    """A place of the rule `glue`."""
    about = {"rule": "glue", "debt": Debt.GLUE_CODE, "severity": Severity.MEDIUM, "effort": Effort.S, **rest}
    one = about.pop("id", digest(about["rule"], "", f"{path} {snippet}"))
    return Finding(one, path=path, line=line, snippet=snippet, **{"end_line": line, "symbol": "", "note": "", **about})


def accepting(rule: str = "*", until: str = "2099-12-31", **rest: Any) -> Acceptance:
    return Acceptance(rule, "**", Reason.INTENDED, "@ml", until, **rest)


def stored(connection: Connection, name: str, *snapshots: NewSnapshot) -> tuple[int, list[int]]:
    """A repository with these snapshots: its id, and theirs."""
    repository_id = ensure_repository(connection, f"/src/{name}", name)
    return repository_id, [save_snapshot(connection, repository_id, one) for one in snapshots]


@contextmanager
def statements(connection: Connection) -> Iterator[list[str]]:
    """The statements that `connection` sends meanwhile."""
    with _sent(connection) as sent:
        found: list[str] = []
        yield found
        found += [statement for statement, _ in sent]


def plans(connection: Connection, ask: Callable[[], object]) -> list[str]:
    """The steps by which SQLite does what `ask` asks for: "SCAN table", "SEARCH table USING INDEX …"."""
    with _sent(connection) as sent:
        ask()
    explained = [connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values).all() for text, values in sent]
    return [step.detail for steps in explained for step in steps]


@contextmanager
def _sent(connection: Connection) -> Iterator[list[tuple[str, Any]]]:
    sent: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, values: object, *_: object) -> None:
        sent.append((statement, values))

    event.listen(connection, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(connection, "before_cursor_execute", note)
