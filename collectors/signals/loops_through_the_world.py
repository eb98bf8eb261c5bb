"""Loops through the world."""

from __future__ import annotations

from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import ASK, Measurement


@signal(debt=Debt.HIDDEN_FEEDBACK_LOOPS, unit="answer", better="neither", status=ASK, says="{value}")
def loops_through_the_world() -> Measurement:
    """Systems that change what another system learns from, without a line of code between them: a person answers.

    Why it matters: two systems that pull at the same users or shelves can drift together, and each looks well by
    itself.
    Pay it off: for each place where users meet a prediction, list the other systems that act there; try both held
    still.
    Cannot see: anything of it: the link is in the world, and the other system may be another company's.
    Ask: For each place where users meet a prediction, which other model changes it too, and was it tried with
    both frozen?
    Source: Sculley et al. 2015, section 4 (hidden feedback loops).
    """
    return Measurement.asked()
