"""Alert rules."""

from __future__ import annotations

from collectors.facts.practices import Practices
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import LEVEL, SHOW, Measurement


@signal(debt=Debt.MONITORING_GAPS, unit=LEVEL, better="higher", status=SHOW, says="Alert rules: {value}.", remedy=True)
def alert_rules(practices: Practices) -> Measurement:
    """Whether rules for alerts stand beside the code: not seen, present, in use.

    Prometheus rules, and Kubernetes objects that hold them. In use: a job applies the manifests or starts the server
    that reads them.

    Why it matters: a number on a dashboard helps whoever looks at it; an alert finds somebody.
    Pay it off: write the rule beside the model that it watches, with an owner, and test it.
    Cannot see: alerts set up in other programs, pagers, and thresholds of monitoring services.
    Ask: What was the last alert about a model, and what was done?
    Source: Sculley et al. 2015, section 7 (monitoring; alerts in real time).
    """
    return practices.measured("alert_rules")
