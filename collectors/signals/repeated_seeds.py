"""Runs over several seeds."""

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
    says="Runs over several seeds: {value}.",
    remedy=True,
)
def repeated_seeds(practices: Practices) -> Measurement:
    """Whether results are looked at over several seeds: not seen, present, in use.

    A loop over seeds in Python. In use: in code that something starts.

    Why it matters: one seed hides how much of a gain is luck; a fixed seed makes it look certain.
    Pay it off: repeat with three seeds or more, and report the spread beside the mean.
    Cannot see: loops in shells, schedulers and sweeps, and numbers of runs given as settings.
    Ask: How large is the spread over seeds, against the last gain that was shipped?
    Source: Sculley et al. 2015, section 8 (reproducibility debt). Context: Bouthillier et al. 2021, Accounting for
    Variance in Machine Learning Benchmarks, https://arxiv.org/abs/2103.03098.
    """
    return practices.measured("repeated_seeds")
