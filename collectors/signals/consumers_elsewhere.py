"""Readers outside the repository."""

from __future__ import annotations

from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import ASK, Measurement


@signal(debt=Debt.UNDECLARED_CONSUMERS, unit="answer", better="neither", status=ASK, says="{value}")
def consumers_elsewhere() -> Measurement:
    """Who reads predictions without being on a list, outside git: a person answers.

    Why it matters: a reader nobody knows of breaks with the next change, or closes a loop.
    Pay it off: compare the access logs of prediction tables, buckets and services with the list of consumers, and
    shut the rest out.
    Cannot see: anything outside git: reports, spreadsheets, queries by hand, other teams.
    Ask: In the last 30 days of access logs, who read predictions without being on the list of consumers?
    Source: Sculley et al. 2015, section 2 (undeclared consumers; access restrictions).
    """
    return Measurement.asked()
