"""Exploration."""

from __future__ import annotations

from collectors.facts.practices import Practices
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import LEVEL, SHOW, Measurement


@signal(
    debt=Debt.DIRECT_FEEDBACK_LOOPS,
    unit=LEVEL,
    better="higher",
    status=SHOW,
    says="Exploration or held-out traffic: {value}.",
    remedy=True,
)
def exploration(practices: Practices) -> Measurement:
    """Whether chance, and not the model alone, decides part of what is shown: not seen, present, in use.

    Packages for contextual bandits and for experiments on users, and functions named for propensities and held-out
    groups. Exploration in simulators does not count. In use: called in code that something starts.

    Why it matters: a model that only sees what it chose learns that it was right.
    Pay it off: let chance choose a small share, log its probability, and learn with it.
    Cannot see: experiments run by another system, and randomness under other names.
    Ask: What share of the training rows came by chance, and is its probability logged?
    Source: Sculley et al. 2015, section 4 (direct feedback loops; bandits, randomisation).
    """
    return practices.measured("exploration")
