"""Findings as SARIF 2.1.0, for code scanning. Findings only: no score becomes an alert.

Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0", 2020-03-27; GitHub's limits:
https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scoring.answers import Scorecard
from scoring.finding import Finding, Severity
from scoring.finding.acceptance import Acceptance
from scoring.report.json import written
from scoring.report.links import quoted_path, web_base
from scoring.report.text import visible
from scoring.signal import Definition

MOST = 5_000
"""Results of a run. GitHub takes 25,000 and keeps 5,000."""
MOST_TAGS = 20
FINGERPRINT = "mldebtFinding/v1"
CATEGORY = "mldebt/"
# "error" would fail pull requests that nobody asked to be judged.
LEVELS = {Severity.LOW: "note", Severity.MEDIUM: "warning", Severity.HIGH: "warning"}


def sarif_json(card: Scorecard, findings: Sequence[Finding], web: str | None = None) -> str:
    """One log of one run, two spaces deep, ending with a newline. The same findings give the same bytes."""
    return written(sarif_object(card, findings, web))


def sarif_object(card: Scorecard, findings: Sequence[Finding], web: str | None = None) -> dict[str, Any]:
    definitions = [signal.definition for signal in card.signals if signal.definition.rule]
    numbers = {definition.name: number for number, definition in enumerate(definitions)}
    titles = {definition.name: definition.title for definition in definitions}
    ordered = sorted(findings, key=lambda row: row.accepted is not None)
    known = [row for row in ordered if row.rule in numbers]
    counted = sum(signal.measurement.tally.total for signal in card.signals if signal.measurement.tally)
    run: dict[str, Any] = {
        "tool": {"driver": {"name": "mldebt", "rules": [_rule(definition) for definition in definitions]}},
        "automationDetails": {"id": CATEGORY},
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": _notices(card, known, counted)}],
        "results": [_result(row, numbers[row.rule], titles[row.rule]) for row in known[:MOST]],
    }
    base = web_base(web)
    if base and card.identity.commit:
        run["versionControlProvenance"] = [{"repositoryUri": base, "revisionId": card.identity.commit}]
    return {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}


def _rule(definition: Definition) -> dict[str, Any]:
    severity = definition.severity or Severity.LOW
    tags = ["technical-debt", "machine-learning", *([definition.debt.value] if definition.debt else [])]
    return {
        "id": definition.name,
        "shortDescription": {"text": _text(definition.title)},
        "fullDescription": {"text": _text(definition.summary)},
        "help": {"text": _text(f"Why it matters: {definition.why} Pay it off: {definition.pay_off}")},
        "defaultConfiguration": {"level": LEVELS[severity]},
        "properties": {"tags": tags[:MOST_TAGS], "effort": definition.effort},
    }


def _result(row: Finding, rule: int, title: str) -> dict[str, Any]:
    location: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {"uri": quoted_path(row.path), "uriBaseId": "%SRCROOT%"},
            "region": {
                "startLine": row.line,
                "endLine": row.end_line,
                "snippet": {"text": visible(row.snippet)},
            },
        }
    }
    if row.symbol:
        location["logicalLocations"] = [{"fullyQualifiedName": visible(row.symbol)}]
    result: dict[str, Any] = {
        "ruleId": row.rule,
        "ruleIndex": rule,
        "level": LEVELS[row.severity],
        "message": {"text": _text(f"{title}: {row.note}" if row.note else title)},
        "locations": [location],
        "partialFingerprints": {FINGERPRINT: row.id},
        "properties": _properties(row),
    }
    if row.accepted:
        result["suppressions"] = [_suppression(row.accepted)]
    return result


def _properties(row: Finding) -> dict[str, Any]:
    found: dict[str, Any] = {"severity": row.severity.word, "effort": row.effort.value, "debt": row.debt}
    found |= {"interest": row.interest, "component": row.component or None}
    return {name: value for name, value in found.items() if value is not None}


def _suppression(accepted: Acceptance) -> dict[str, Any]:
    """Without the owner: a log is read by more people than the repository."""
    note = f": {visible(accepted.note)}" if accepted.note else ""
    return {
        "kind": "external" if accepted.line is None else "inSource",
        "status": "accepted",
        "justification": f"{accepted.reason} until {accepted.until}{note}",
    }


def _notices(card: Scorecard, known: Sequence[Finding], counted: int) -> list[dict[str, Any]]:
    told = [f"partial: {sentence}" for sentence in card.identity.missing]
    left_out = max(counted, len(known)) - min(len(known), MOST)
    if left_out:
        told.append(f"{left_out:,} findings are left out: the heaviest {min(len(known), MOST):,} are here")
    return [{"level": "note", "message": {"text": _text(sentence)}} for sentence in told]


def _text(text: str) -> str:
    """A message's text: brackets would be links, braces places for arguments (SARIF 2.1.0, 3.11.5 and 3.11.6)."""
    shown = visible(text, 2_000)
    for sign in "\\[]":
        shown = shown.replace(sign, f"\\{sign}")
    return shown.replace("{", "{{").replace("}", "}}")
