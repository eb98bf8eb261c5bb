"""Answers that were given in the dashboard: appended, never changed; the last one about something counts."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, insert, select
from sqlmodel import col

from mldebt.store.bulk import storable
from mldebt.store.tables import Attestation as Table
from scoring.attestation import Attestation
from scoring.finding.masking import masked

SOURCE = "dashboard"


def give(connection: Connection, repository_id: int, answer: Attestation, at: int) -> None:
    """Keep an answer, secrets masked. `at`: seconds since 1970 UTC."""
    texts = {name: storable(text) for name, text in answer._asdict().items() if name != "source"}
    texts["answer"] = storable(masked(" ".join(answer.answer.split())))
    connection.execute(insert(Table).values(repository_id=repository_id, given_at=at, **texts))


def given(connection: Connection, repository_id: int) -> tuple[Attestation, ...]:
    """The last answer about each debt or signal, by what it is about."""
    columns = [col(getattr(Table, name)) for name in Attestation._fields if name != "source"]
    mine = select(*columns).where(col(Table.repository_id) == repository_id).order_by(col(Table.id))
    rows = connection.execute(mine)
    last = {row.about: Attestation(row.about, row.answer, row.by, row.on, row.until, SOURCE) for row in rows}
    return tuple(last[about] for about in sorted(last))


def together(written: Iterable[Attestation], answered: Iterable[Attestation]) -> tuple[Attestation, ...]:
    """What stands in the repository, then what was answered in the dashboard; each once."""
    once: dict[tuple[str, ...], Attestation] = {}
    for one in (*written, *answered):
        once.setdefault(one[:5], one)
    return tuple(once.values())
