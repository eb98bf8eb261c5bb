"""Freshness of inputs."""

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
    says="Freshness of inputs: {value}.",
    remedy=True,
)
def upstream_freshness(practices: Practices) -> Measurement:
    """Whether somebody notices that an input is late: not seen, present, in use.

    dbt's freshness of sources, Dagster's freshness checks, and functions named for it. In use: `dbt source freshness`
    in a job, or a call in code that something starts.

    Why it matters: an input that stops arriving leaves a model that predicts yesterday with confidence.
    Pay it off: say for each source how old it may be, check before each run, and pass the failure on to who reads the
    result.
    Cannot see: agreements with producers, checks in warehouses and orchestrators outside the repository.
    Ask: If the most important input arrived a day late, who or what would notice first?
    Source: Sculley et al. 2015, section 7 (monitoring: up-stream producers).
    """
    return practices.measured("upstream_freshness")
