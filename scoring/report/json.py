"""A scorecard as JSON: `schemas/scorecard-1.json`. The same scorecard gives the same bytes."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from scoring.answers import Answer, Scorecard
from scoring.attestation import Attestation, Stated
from scoring.debts import DEBTS
from scoring.finding import Finding
from scoring.finding.acceptance import Acceptance
from scoring.report.arithmetic import scale_object
from scoring.report.links import permalink
from scoring.report.stated import stated_of
from scoring.signal import Definition, Signal

SCHEMA = "urn:mldebt:scorecard:1"
UNUSUAL = re.compile(r"[^\n -~]")


MOST_FINDINGS = 1_000
"""Findings that are listed, the heaviest; of the others the number is given."""


def scorecard_json(
    card: Scorecard,
    repository: str,
    findings: Sequence[Finding] = (),
    web: str | None = None,
    attestations: Sequence[Attestation] = (),
    advice: Sequence[str] = (),
) -> str:
    """One JSON object, two spaces deep, ending with a newline. What would steer a terminal stands as \\uNNNN.

    `web` is the address that links begin with, `advice` what the team can tidy up in its policy.
    """
    return written(scorecard_object(card, repository, findings, web, attestations, advice))


def written(value: object) -> str:
    """As printed: nothing in it steers a terminal."""
    text = json.dumps(value, indent=2, ensure_ascii=False, sort_keys=False)
    return UNUSUAL.sub(lambda found: _escaped(found[0]), text) + "\n"


def scorecard_object(
    card: Scorecard,
    repository: str,
    findings: Sequence[Finding] = (),
    web: str | None = None,
    attestations: Sequence[Attestation] = (),
    advice: Sequence[str] = (),
) -> dict[str, Any]:
    listed = findings[:MOST_FINDINGS]
    counted = sum(signal.measurement.tally.total for signal in card.signals if signal.measurement.tally)
    return {
        "$schema": SCHEMA,
        "schema_version": 1,
        "repository": repository,
        "commit": card.identity.commit or None,
        "as_of": card.identity.as_of,
        "identity": card.identity.digest,
        "profile": card.identity.profile,
        "scoring_version": card.identity.scoring_version,
        "collectors": dict(card.identity.collectors),
        "missing": list(card.identity.missing),
        "why_no_letters": card.why_not or None,
        "headline": card.headline,
        "answers": [_answer(answer) for answer in card.answers],
        "signals": [signal_object(signal) for signal in card.signals],
        "stated": [_stated(one) for one in stated_of(card, attestations)],
        "advice": list(advice),
        "findings": [finding_object(finding, card.identity.commit, web) for finding in listed],
        "findings_left_out": max(counted, len(findings)) - len(listed),
    }


def _answer(answer: Answer) -> dict[str, Any]:
    interval = answer.interval
    return {
        "question": answer.question.id,
        "text": answer.question.text.en,
        "sentence": answer.sentence,
        "letter": answer.letter,
        "interval": list(interval) if interval else None,
        "graded": answer.graded,
        "rests_on": answer.rests_on or None,
        "why_no_letter": answer.why_no_letter or None,
        "seen": answer.seen,
        "total": answer.total,
        "lead": answer.lead.name if answer.lead else None,
        "parts": [
            {
                "debt": part.debt,
                "state": part.state,
                "letter": part.letter,
                "interval": list(part.span) if part.span else None,
                "signals": [signal.name for signal in part.signals],
                "ask": DEBTS[part.debt].ask.en,
            }
            for part in answer.parts
        ],
        "to_see": list(answer.to_see),
    }


def signal_object(signal: Signal) -> dict[str, Any]:
    measurement = signal.measurement
    return {
        "name": signal.name,
        "title": signal.definition.title,
        "debt": signal.debt,
        "status": signal.definition.status,
        "state": signal.state,
        "value": measurement.value,
        "unit": signal.definition.unit,
        "better": signal.definition.better,
        "letter": signal.letter,
        "interval": list(signal.span) if signal.span else None,
        "scale": scale_object(signal),
        "sentence": signal.sentence,
        "n": measurement.n,
        "seen": measurement.seen,
        "total": measurement.total,
        "note": measurement.note,
        "reason": measurement.reason,
        "details": dict(measurement.details),
        "evidence": [row._asdict() for row in measurement.evidence],
        "places": measurement.tally._asdict() if measurement.tally else None,
    }


def finding_object(finding: Finding, commit: str, web: str | None) -> dict[str, Any]:
    place = finding._asdict() | {
        "severity": finding.severity.word,
        "link": permalink(web, "file", finding.path, commit, finding.line, finding.end_line),
    }
    return place | {name: _acceptance(place[name]) for name in ("accepted", "lapsed")}


def _acceptance(one: Acceptance | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {"reason": one.reason, "owner": one.owner, "until": one.until, "note": one.note, "source": one.source}


def _stated(one: Stated) -> dict[str, Any]:
    return {"debt": one.debt, **one.attestation._asdict(), "expired": one.has_expired}


def definition_object(definition: Definition) -> dict[str, Any]:
    """A signal apart from any repository, for `mldebt signals --format json`."""
    return {
        "id": definition.name,
        "title": definition.title,
        "debt": definition.debt,
        "unit": definition.unit,
        "better": definition.better,
        "status": definition.status,
        "summary": definition.summary,
        "source": definition.source,
        "blind_spot": definition.cannot_see,
        "question": definition.ask,
        "severity": definition.severity.word if definition.severity else None,
        "effort": definition.effort,
        "places": None if definition.rule is None else "on" if definition.is_on else "off",
    }


def _escaped(character: str) -> str:
    """Control, format and bidirectional characters, and lone surrogates, in JSON's own spelling."""
    return json.dumps(character)[1:-1] if unicodedata.category(character)[0] in "CZ" else character
