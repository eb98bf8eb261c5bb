"""Findings of a snapshot: written with it, read by page, by rule, or by id."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, func, select
from sqlmodel import col

from mldebt.store.bulk import storable
from mldebt.store.tables import SnapshotFinding
from scoring.debts import Debt
from scoring.finding import Effort, Finding, Severity
from scoring.finding.acceptance import Acceptance, Reason

PAGE = 50
MOST = 10_000
"""Findings of one snapshot that are kept, the heaviest. What each signal counts is kept in full."""


class Listed(NamedTuple):
    position: int  # in the order of all: the heaviest first
    finding: Finding


def finding_row(snapshot_id: int, position: int, finding: Finding) -> tuple[object, ...]:
    """As `insert_rows` takes it: the table's columns in their order."""
    texts = (finding.symbol, finding.snippet, finding.note)
    said = finding.accepted or finding.lapsed
    return (
        *(snapshot_id, position, finding.id, finding.rule, finding.debt and finding.debt.value),
        *(storable(finding.path), finding.line, finding.end_line, *map(storable, texts)),
        *(int(finding.severity), finding.effort.value, finding.interest, finding.last_changed),
        *(storable(finding.component), finding.accepted is not None, None if said is None else _spelled_out(said)),
    )


def findings_of(  # noqa: PLR0913  one for each way to narrow
    connection: Connection,
    snapshot_id: int,
    *,
    debt: Debt | None = None,
    rule: str | None = None,
    accepted: bool | None = None,
    severity: Severity | None = None,
    after: int = -1,
    limit: int | None = PAGE,
) -> tuple[Listed, ...]:
    """Findings, the heaviest first: all, or a page of `limit` after the position of the last one seen.

    Empty too where the snapshot lists none: a back-filled one, or one of an mldebt that knew no findings.
    """
    page = _narrowed(select(*_COLUMNS), snapshot_id, debt, rule, accepted, severity)
    page = page.where(col(SnapshotFinding.position) > after).order_by(col(SnapshotFinding.position)).limit(limit)
    return tuple(map(_listed, connection.execute(page)))


def finding_count(
    connection: Connection,
    snapshot_id: int,
    *,
    debt: Debt | None = None,
    rule: str | None = None,
    accepted: bool | None = None,
    severity: Severity | None = None,
) -> int:
    """How many `findings_of` lists in all."""
    rows = _narrowed(select(func.count()), snapshot_id, debt, rule, accepted, severity)
    return int(connection.execute(rows).scalar_one())


def finding_by_id(connection: Connection, snapshot_id: int, finding_id: str) -> Finding | None:
    mine = select(*_COLUMNS).where(
        col(SnapshotFinding.snapshot_id) == snapshot_id, col(SnapshotFinding.id) == storable(finding_id)
    )
    row = connection.execute(mine.limit(1)).first()
    return None if row is None else _listed(row).finding


_COLUMNS = tuple(
    col(getattr(SnapshotFinding, name))
    for name in (
        *("position", "id", "rule", "debt", "path", "line", "end_line", "symbol", "snippet", "note"),
        *("severity", "effort", "interest", "last_changed", "component", "accepted", "acceptance"),
    )
)


def _narrowed(
    rows: Select[Any],
    snapshot_id: int,
    debt: Debt | None,
    rule: str | None,
    accepted: bool | None,
    severity: Severity | None,
) -> Select[Any]:
    rows = rows.where(col(SnapshotFinding.snapshot_id) == snapshot_id)
    if debt is not None:
        rows = rows.where(col(SnapshotFinding.debt) == debt.value)
    if rule is not None:
        rows = rows.where(col(SnapshotFinding.rule) == storable(rule))
    if accepted is not None:
        rows = rows.where(col(SnapshotFinding.accepted) == accepted)
    if severity is not None:
        rows = rows.where(col(SnapshotFinding.severity) == int(severity))
    return rows


def _listed(row: Any) -> Listed:
    about: dict[str, Any] = dict(row._mapping)  # noqa: SLF001  SQLAlchemy's own public name for it
    position, said, is_accepted = about.pop("position"), about.pop("acceptance"), about.pop("accepted")
    acceptance = None if said is None else _read(said)
    about["debt"] = None if about["debt"] is None else Debt(about["debt"])
    about["severity"], about["effort"] = Severity(about["severity"]), Effort(about["effort"])
    about["accepted" if is_accepted else "lapsed"] = acceptance
    return Listed(position, Finding(**about))


def _spelled_out(acceptance: Acceptance) -> str:
    return json.dumps([storable(part) if isinstance(part, str) else part for part in acceptance])


def _read(text: str) -> Acceptance:
    rule, path, reason, *rest = json.loads(text)
    return Acceptance(rule, path, Reason(reason), *rest)
