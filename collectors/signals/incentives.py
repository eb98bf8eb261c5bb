"""What is rewarded."""

from __future__ import annotations

from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import ASK, Measurement


@signal(debt=Debt.CULTURAL_DEBT, unit="answer", better="neither", status=ASK, says="{value}")
def incentives() -> Measurement:
    """Whether removal, simplicity and stability are praised as accuracy is: a person answers.

    Why it matters: what nobody rewards seldom happens.
    Pay it off: name deleted features and lowered complexity in reviews and goals, beside gains of accuracy.
    Cannot see: anything of it: praise and goals are not in a repository.
    Ask: What praise or promotion this quarter came from deleting features, lowering complexity or
    reproducibility?
    Source: Sculley et al. 2015, section 8 (cultural debt).
    """
    return Measurement.asked()
