"""Features of tiny gain, and twins."""

from __future__ import annotations

from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import ASK, Measurement


@signal(debt=Debt.UNDERUTILIZED_DATA_DEPENDENCIES, unit="answer", better="neither", status=ASK, says="{value}")
def epsilon_and_correlated_features() -> Measurement:
    """Features that bring almost nothing, and features that only go along with the true cause: a person answers.

    Why it matters: each of them can break, drift or be switched off, and gives nothing for it.
    Pay it off: leave one feature out at a time over several seeds, and delete what is lost in the noise.
    Cannot see: what a feature is worth: that takes runs on the data.
    Ask: By the last leave-one-out table, which features bring less than the spread over seeds, and why are they
    kept?
    Source: Sculley et al. 2015, section 3 (epsilon features, correlated features).
    """
    return Measurement.asked()
