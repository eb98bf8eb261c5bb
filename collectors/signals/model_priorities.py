"""Which model comes first."""

from __future__ import annotations

from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import ASK, Measurement


@signal(debt=Debt.PROCESS_MANAGEMENT_DEBT, unit="answer", better="neither", status=ASK, says="{value}")
def model_priorities() -> Measurement:
    """Which models matter most when machines, data or people are short: a person answers.

    Why it matters: with dozens of models, an hour without a decision is an hour in which the wrong one is mended
    first.
    Pay it off: write down, for each model, its owner, its rank, and what it falls back to.
    Cannot see: what a model is worth to the business, and how machines are shared.
    Ask: If a shared input fails at night, how many models are affected, which is mended first, and who decides?
    Source: Sculley et al. 2015, section 8 (process management debt).
    """
    return Measurement.asked()
