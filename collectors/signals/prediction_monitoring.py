"""Monitoring of predictions."""

from __future__ import annotations

from collectors.facts.practices import Practices
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import LEVEL, SHOW, Measurement


@signal(
    debt=Debt.MONITORING_GAPS,
    unit=LEVEL,
    better="higher",
    status=SHOW,
    says="Monitoring of predictions: {value}.",
    remedy=True,
)
def prediction_monitoring(practices: Practices) -> Measurement:
    """Whether predictions are watched while the system runs: not seen, present, in use.

    Evidently's reports on predictions and targets, whylogs' and NannyML's on performance, alibi-detect, Arize and their
    kin, and functions named for drift of predictions. In use: called in code that something starts.

    Why it matters: a model that is wrong rarely fails; without a watch on its predictions the first to know is a
    customer.
    Pay it off: compare predicted with observed labels, by slice, after each run, and keep the comparison.
    Cannot see: metrics of requests and latency, which do not count; monitoring outside the repository, comparisons
    under other names, and whether anybody looks.
    Ask: Where is predicted compared with observed, for which slices, and what was the last surprise?
    Source: Sculley et al. 2015, section 7 (monitoring: prediction bias).
    """
    return practices.measured("prediction_monitoring")
