"""Limits of actions."""

from __future__ import annotations

from collectors.facts.practices import Practices
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import LEVEL, SHOW, Measurement


@signal(
    debt=Debt.MONITORING_GAPS, unit=LEVEL, better="higher", status=SHOW, says="Limits of actions: {value}.", remedy=True
)
def action_limits(practices: Practices) -> Measurement:
    """Whether what the system may do is limited: not seen, present, in use.

    Circuit breakers and rate limits of known packages, and functions named for capping orders, bids, prices and the
    like. In use: called in code that something starts.

    Why it matters: a limit that is far from normal and seldom touched stops a bad night from becoming a bad month.
    Pay it off: cap each action at a bound that no good day reaches, and alert when it is reached.
    Cannot see: a limit written as min() or as a setting, and limits in the systems that take the action.
    Ask: What is the most that the system could order, bid, send or delete in one hour?
    Source: Sculley et al. 2015, section 7 (monitoring: action limits).
    """
    return practices.measured("action_limits")
