"""Experiment tracking."""

from __future__ import annotations

from collectors.facts.practices import Practices
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import LEVEL, SHOW, Measurement


@signal(
    debt=Debt.REPRODUCIBILITY_DEBT,
    unit=LEVEL,
    better="higher",
    status=SHOW,
    says="Experiment tracking: {value}.",
    remedy=True,
)
def experiment_tracking(practices: Practices) -> Measurement:
    """Whether runs leave their settings and results behind: not seen, present, in use.

    MLflow, Weights & Biases, Comet, Neptune, ClearML, DVCLive, Aim, TensorBoard and their kin, and metrics files of
    DVC stages that are committed. In use: called in code that something starts, or committed metrics.

    Why it matters: two results can only be compared if it is known what each of them came from.
    Pay it off: log settings, data version, commit and metrics of each run from the training code itself.
    Cannot see: trackers that a framework switches on by an argument, and records kept by hand.
    Ask: From which commit, data and settings did the model in production come?
    Source: Sculley et al. 2015, section 8 (reproducibility debt).
    """
    return practices.measured("experiment_tracking")
