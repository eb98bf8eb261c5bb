"""Training rows that a model chose."""

from __future__ import annotations

from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import ASK, Measurement


@signal(debt=Debt.DIRECT_FEEDBACK_LOOPS, unit="answer", better="neither", status=ASK, says="{value}")
def rows_chosen_by_models() -> Measurement:
    """How much of the training data an earlier model selected: a person answers.

    Why it matters: a model that chooses its own data learns more and more of what it already believes.
    Pay it off: let chance choose a small part, log with which probability, and keep a part of the data out of
    reach.
    Cannot see: what lies between a prediction and the next training data: users, shelves, prices, logs of other
    names.
    Ask: What share of the training rows did an earlier model select, and what share came by chance?
    Source: Sculley et al. 2015, section 4 (direct feedback loops).
    """
    return Measurement.asked()
