"""What people state, beside what was measured."""

from __future__ import annotations

from collections.abc import Iterable

from scoring.answers import Scorecard
from scoring.attestation import Attestation, Stated, stated
from scoring.report.text import day
from scoring.rubric import RUBRIC


def stated_of(card: Scorecard, attestations: Iterable[Attestation]) -> tuple[Stated, ...]:
    """As of the scorecard's moment. It moves nothing in it."""
    debts = {signal.name: signal.debt for signal in card.signals} | {test.id: test.debt for test in RUBRIC}
    return stated(attestations, debts, day(card.identity.as_of))
