"""Inputs whose change moves other weights."""

from __future__ import annotations

from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import ASK, Measurement


@signal(debt=Debt.ENTANGLEMENT, unit="answer", better="neither", status=ASK, says="{value}")
def entangled_inputs() -> Measurement:
    """What became of the other inputs' weights when one input last changed: a person answers.

    Why it matters: inside a model everything hangs together, and no file says which weights moved with which.
    Pay it off: after each change of an input, compare importances and predictions by slice with those before, and
    keep the table.
    Cannot see: anything of it: weights and importances are seldom kept beside the code.
    Ask: Which input's distribution changed last, which other features moved in importance, and how did you find
    out?
    Source: Sculley et al. 2015, section 2 (entanglement).
    """
    return Measurement.asked()
