"""The same model, built again."""

from __future__ import annotations

from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import ASK, Measurement


@signal(debt=Debt.REPRODUCIBILITY_DEBT, unit="answer", better="neither", status=ASK, says="{value}")
def same_result_again() -> Measurement:
    """Whether a model in production can be built again with a similar result: a person answers.

    Why it matters: without that, a difference between two models says nothing about the change between them.
    Pay it off: rebuild last quarter's model from its commit and data, compare, and write down what differs and by
    how much.
    Cannot see: machines, parallel runs, and data that has moved on.
    Ask: If you rebuilt last quarter's production model today, what would differ, and by how much?
    Source: Sculley et al. 2015, section 8 (reproducibility debt).
    """
    return Measurement.asked()
