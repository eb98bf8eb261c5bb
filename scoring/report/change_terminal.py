"""A change for the terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.text import Text

from scoring.finding import Finding
from scoring.report.change import Change
from scoring.report.data_change import DataChange, DataEdge
from scoring.report.text import visible

SHOWN = 20
"""Findings of a list, and reads and writes of data."""


def change_text(change: Change) -> RenderableType:
    """One line where nothing is new; else what is, and what is paid. Then what it reads and writes that it did not."""
    commits = change.commits
    names = f"{visible(commits.base_name)} and {visible(commits.head_name)}"
    line = Text(f"{change.sentence} (Against {commits.merge_base[:10]}, the merge base of {names}.)")
    if not change.added:
        return Group(line, *_data(change.data)) if change.data.counted or change.data.why else line
    pay_off = change.definition(change.added[0].rule).pay_off
    return Group(
        line,
        *_listed(f"\nNew in {commits.head[:10]}", change.added),
        Text(f"\nPay it off: {pay_off}"),
        *_listed("\nPaid", change.paid),
        *_listed("\nNew, and accepted", change.accepted),
        *_data(change.data),
    )


def _listed(heading: str, found: tuple[Finding, ...]) -> Iterable[RenderableType]:
    if not found:
        return
    yield Text(heading, "bold")
    for row in found[:SHOWN]:
        note = f"  {visible(row.note)}" if row.note else ""
        accepted = f"  accepted until {row.accepted.until}" if row.accepted else ""
        yield Text(f"· {visible(row.path)}:{row.line}  {visible(row.snippet, 80)}  ({row.rule}){note}{accepted}")
    if len(found) > SHOWN:
        yield Text(f"· and {len(found) - SHOWN:,} more: --format json lists them", "dim")


def _data(change: DataChange) -> Iterable[RenderableType]:
    """Facts: nothing of it is good or bad by itself."""
    if change.sentence:
        yield Text(f"\n{change.sentence}", "bold")
    rows = [*(("+", row) for row in change.added), *(("-", row) for row in change.lost)]
    yield from (Text(f"{sign} {_edge(row)}") for sign, row in rows[:SHOWN])
    if len(rows) > SHOWN:
        yield Text(f"· and {len(rows) - SHOWN:,} more: --format json lists them", "dim")
    if not change.is_compared:
        yield Text(f"\nReads and writes of data are not compared: {change.why}.", "dim")
    elif change.why:
        yield Text(f"Of reads and writes of data: {change.why}.", "dim")
    if change.is_compared and any(change.unnamed) and (rows or change.unnamed[0] != change.unnamed[1]):
        before, after = change.unnamed
        yield Text(f"Places that do not tell which data: {after:,}; before the change {before:,}.", "dim")


def _edge(row: DataEdge) -> str:
    verb = "read by" if row.access == "read" else "written by"
    seen = " and ".join(word for word, holds in (("observed", row.observed), ("declared", row.declared)) if holds)
    status = "" if row.status in ("resolved", "declared_only") else f", {row.status}"
    by_hand = "" if row.is_started else "; nothing starts it"
    return (
        f"{visible(row.data, 120)}  {verb} {visible(row.job, 80)}  {visible(row.path)}:{row.line}  "
        f"({seen}{status}{by_hand})"
    )
