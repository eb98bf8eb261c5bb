"""Runbooks and owners."""

from __future__ import annotations

from collectors.facts.practices import Practices
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import LEVEL, SHOW, Measurement


@signal(
    debt=Debt.PROCESS_MANAGEMENT_DEBT,
    unit=LEVEL,
    better="higher",
    status=SHOW,
    says="Runbooks and owners: {value}.",
    remedy=True,
)
def runbooks_and_owners(practices: Practices) -> Measurement:
    """Whether it is written down who answers for a model, and what to do when it fails: not seen, present, in use.

    Runbooks, CODEOWNERS, owners of models and exposures in a dbt project, and links to runbooks in alerts. In use: a
    job applies the alerts that link to a runbook, or runs dbt, whose owners are then checked.

    Why it matters: with many models, trouble begins with the question whose it is.
    Pay it off: name an owner and a first step for each model, and link them from the alert.
    Cannot see: wikis, on-call plans and tickets, and whether owners are still there.
    Ask: If this model fails at 3 a.m., who is called, and what do they do first?
    Source: Sculley et al. 2015, section 8 (process management debt).
    """
    return practices.measured("runbooks_and_owners")
