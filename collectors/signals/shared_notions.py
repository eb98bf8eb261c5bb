"""Notions that all models share."""

from __future__ import annotations

from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import ASK, Measurement


@signal(debt=Debt.ABSTRACTION_DEBT, unit="answer", better="neither", status=ASK, says="{value}")
def shared_notions() -> Measurement:
    """Whether stream, model and prediction have one agreed shape: a person answers.

    Why it matters: where each part invents its own, a mend in one place never reaches the others.
    Pay it off: name the few notions that the system is made of, give each one interface, and move models over one
    at a time.
    Cannot see: whether an interface that exists in the code is the one people think in.
    Ask: Which interface would a new model implement, and which of today's models does not?
    Source: Sculley et al. 2015, section 5 (abstraction debt).
    """
    return Measurement.asked()
