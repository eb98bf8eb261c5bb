"""Rollback, fallback, canary."""

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
    says="Rollback, fallback or canary: {value}.",
    remedy=True,
)
def automatic_response(practices: Practices) -> Measurement:
    """Whether the system answers trouble by itself: not seen, present, in use.

    Rollout and canary objects of Kubernetes, shares of canary traffic, commands that roll back, and functions named
    for a model to fall back to. In use: called in code that something starts, or run or applied by a job.

    Why it matters: at night no person is in the loop; a fallback or a rollback that runs by itself is.
    Pay it off: keep the last good model at hand, and let a failed check bring it back.
    Cannot see: platforms that roll back by themselves, feature switches elsewhere, and try-except under other names.
    Ask: When did the system last fall back by itself, and to what?
    Source: Sculley et al. 2015, section 7 (monitoring and automated response).
    """
    return practices.measured("automatic_response")
