"""Ensembles."""

from __future__ import annotations

from collectors.facts.practices import Practices
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import LEVEL, SHOW, Measurement


@signal(
    debt=Debt.ENTANGLEMENT,
    unit=LEVEL,
    better="higher",
    status=SHOW,
    says="Ensembles of isolated models: {value}.",
    remedy=True,
)
def ensembles(practices: Practices) -> Measurement:
    """Whether models are kept apart and combined: not seen, present, in use.

    Voting and stacking of scikit-learn and mlxtend, DESlib, and their kin. Forests and boosting are one model each
    and do not count. In use: called in code that something starts.

    Why it matters: models that are kept apart can be changed apart, if their errors do not hang together.
    Pay it off: combine models whose errors differ, and measure each alone and all together.
    Cannot see: means and votes written by hand, and ensembles over services.
    Ask: Are the errors of your combined models independent, and would the whole get better if one of them did?
    Source: Sculley et al. 2015, section 2 (entanglement; isolate models and serve ensembles).
    """
    return practices.measured("ensembles")
