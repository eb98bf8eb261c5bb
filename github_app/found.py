"""A finding of a change, as one process tells another of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from github_app.replies import Known
from scoring.debts import Debt
from scoring.finding import Effort, Finding, Severity
from scoring.finding.acceptance import Acceptance, Reason
from scoring.report.change import Change
from scoring.signal import Definition


def found_in(change: Change, wanted: str) -> dict[str, Any] | None:
    """Among what the change adds, or pays. Who accepted it is not told."""
    for commit, rows in ((change.commits.head, change.difference.added), (change.commits.merge_base, change.paid)):
        for row in rows:
            if row.id == wanted:
                return _told(row, change.web, commit)
    return None


def known_of(told: Mapping[str, Any], rules: Mapping[str, Definition]) -> Known:
    about: dict[str, Any] = dict(told["finding"])
    about |= {
        "debt": None if about["debt"] is None else Debt(about["debt"]),
        "severity": Severity(about["severity"]),
        "effort": Effort(about["effort"]),
    }
    if accepted := about.pop("accepted"):
        reason, until = accepted
        about["accepted"] = Acceptance(about["rule"], about["path"], Reason(reason), "", until)
    row = Finding(**about)
    return Known(row, rules.get(row.rule), told["web"], told["commit"])


def _told(row: Finding, web: str | None, commit: str) -> dict[str, Any]:
    names = ("id", "rule", "debt", "path", "line", "end_line", "symbol", "snippet", "note", "severity", "effort")
    about = {name: getattr(row, name) for name in names}
    accepted = row.accepted and [row.accepted.reason, row.accepted.until]
    return {"finding": {**about, "accepted": accepted}, "web": web, "commit": commit}
