"""Evaluation by slice."""

from __future__ import annotations

from collectors.facts.practices import Practices
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import LEVEL, SHOW, Measurement


@signal(
    debt=Debt.ENTANGLEMENT, unit=LEVEL, better="higher", status=SHOW, says="Evaluation by slice: {value}.", remedy=True
)
def sliced_evaluation(practices: Practices) -> Measurement:
    """Whether quality is measured for parts of the data: not seen, present, in use.

    Fairlearn's MetricFrame, slices of TensorFlow Model Analysis and Snorkel, Aequitas and their kin, and functions
    named like `error_by_store`. In use: called in code that something starts.

    Why it matters: a change that helps the mean can hurt one group badly, and only slices show it.
    Pay it off: report each metric for the slices that matter, beside the whole, in the same run.
    Cannot see: a groupby before a metric, slices in notebooks and dashboards, and slices nobody thought of.
    Ask: Which slice got worse with the last change that made the mean better?
    Source: Sculley et al. 2015, section 2 (entanglement; changes in predictions, sliced).
    """
    return practices.measured("sliced_evaluation")
