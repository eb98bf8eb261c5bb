"""Corrections over services and columns."""

from __future__ import annotations

from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import ASK, Measurement


@signal(debt=Debt.CORRECTION_CASCADES, unit="answer", better="neither", status=ASK, says="{value}")
def cascades_through_services() -> Measurement:
    """Models that learn from another model's answer by way of a service or a column: a person answers.

    Why it matters: a score that arrives as a column looks like any other input, and still ties two models
    together.
    Pay it off: list which inputs are another model's output, and teach the first model the new case instead.
    Cannot see: models outside the repository, and outputs that travel through tables and services.
    Ask: Which inputs of each model are the output of another, and who retrains what when the first one gets
    better?
    Source: Sculley et al. 2015, section 2 (correction cascades).
    """
    return Measurement.asked()
