"""Declared consumers."""

from __future__ import annotations

from collectors.facts.practices import Practices
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import LEVEL, SHOW, Measurement


@signal(
    debt=Debt.UNDECLARED_CONSUMERS,
    unit=LEVEL,
    better="higher",
    status=SHOW,
    says="Declared consumers: {value}.",
    remedy=True,
)
def declared_consumers(practices: Practices) -> Measurement:
    """Whether those who read the outputs are written down: not seen, present, in use.

    dbt exposures, data contracts, and lists of consumers in settings. In use: a job runs dbt, which checks that what
    an exposure reads exists, or tests the contract.

    Why it matters: who is on a list can be asked before a change; who is not, finds out after it.
    Pay it off: list each reader of each output, with an owner and what it relies on, and refuse all others.
    Cannot see: lists elsewhere, access rules of warehouses and buckets, and readers who are on no list.
    Ask: Who reads each output, and where is that written down?
    Source: Sculley et al. 2015, section 2 (undeclared consumers; access restrictions, strict SLAs).
    """
    return practices.measured("declared_consumers")
