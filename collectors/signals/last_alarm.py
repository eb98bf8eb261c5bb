"""What came of the last alarm."""

from __future__ import annotations

from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import ASK, Measurement


@signal(debt=Debt.MONITORING_GAPS, unit="answer", better="neither", status=ASK, says="{value}")
def last_alarm() -> Measurement:
    """Whether somebody, or something, reacts to an alarm: a person answers.

    Why it matters: a monitor that nobody listens to watches nothing.
    Pay it off: give each alarm an owner and an automatic first answer, such as the last good model.
    Cannot see: pagers, chats and dashboards outside git.
    Ask: What was the last alarm about a model, its cause, and the time from alarm to action?
    Source: Sculley et al. 2015, section 7 (monitoring; automated response).
    """
    return Measurement.asked()
