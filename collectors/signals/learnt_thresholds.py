"""Learnt thresholds."""

from __future__ import annotations

from collectors.facts.practices import Practices
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import LEVEL, SHOW, Measurement


@signal(
    debt=Debt.FIXED_THRESHOLDS,
    unit=LEVEL,
    better="higher",
    status=SHOW,
    says="Learnt thresholds: {value}.",
    remedy=True,
)
def learnt_thresholds(practices: Practices) -> Measurement:
    """Whether a decision threshold is found from data: not seen, present, in use.

    A threshold picked from the result of `roc_curve` or `precision_recall_curve`, TunedThresholdClassifierCV, and
    functions named for finding one. A curve that is only drawn does not count. In use: in code that something starts.

    Why it matters: a threshold that is found anew with each model moves with the world.
    Pay it off: choose it on held-out data by the costs of both errors, store it with the model, and read it from
    there.
    Cannot see: thresholds found in other languages or by hand, and whether serving reads the one that was found.
    Ask: Who chose each cut-off, on which data, with what costs, and when next?
    Source: Sculley et al. 2015, section 7 (fixed thresholds; learnt on held-out validation data).
    """
    return practices.measured("learnt_thresholds")
