"""Decisions to accept as what a team commits: only its own repository accepts a finding."""

from __future__ import annotations

import json
from collections.abc import Iterable

from scoring.finding.acceptance import Reason
from scoring.report.text import visible
from scoring.review.goals import About, Kind
from scoring.review.record import Decision

LONGEST = 500
ASKS = f"# nobody said why: write one of {', '.join(Reason)}"
"""In place of a reason. A line without one is refused where it is read: none is made up."""


def to_commit(decisions: Iterable[Decision]) -> str:
    """YAML for `.github/mldebt.yml`; empty where nothing was accepted that has a rule or a path."""
    rows = [row for one in decisions if one.kind == Kind.ACCEPT and (row := _row(one))]
    return "accept:\n" + "".join(rows) if rows else ""


def _row(one: Decision) -> str:
    """Texts as JSON strings, which YAML reads the same: nothing that somebody typed ends one."""
    if one.about == About.FINDING:
        rule, path = one.rule, one.path
    elif one.about == About.FILE:
        rule, path = "*", one.subject
    else:
        return ""
    reason = one.reason if one.reason in list(Reason) else ASKS
    lines = {"rule": rule, "path": path, "reason": reason, "owner": one.owner, "until": one.due, "note": one.words}
    told = [f"{name}: {value if name in ('reason', 'until') else _quoted(value)}" for name, value in lines.items()]
    return "".join(f"  {'- ' if number == 0 else '  '}{line}\n" for number, line in enumerate(told))


def _quoted(text: str) -> str:
    return json.dumps(visible(" ".join(text.split()), LONGEST), ensure_ascii=False)
