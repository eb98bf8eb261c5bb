"""A change for the terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.text import Text

from scoring.finding import Finding
from scoring.report.change import Change
from scoring.report.text import visible

SHOWN = 20
"""Findings of a list."""


def change_text(change: Change) -> RenderableType:
    """One line where nothing is new; else what is, and what is paid."""
    commits = change.commits
    names = f"{visible(commits.base_name)} and {visible(commits.head_name)}"
    line = Text(f"{change.sentence} (Against {commits.merge_base[:10]}, the merge base of {names}.)")
    if not change.added:
        return line
    pay_off = change.definition(change.added[0].rule).pay_off
    return Group(
        line,
        *_listed(f"\nNew in {commits.head[:10]}", change.added),
        Text(f"\nPay it off: {pay_off}"),
        *_listed("\nPaid", change.paid),
        *_listed("\nNew, and accepted", change.accepted),
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
