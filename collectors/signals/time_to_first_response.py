"""Time to first response."""

from __future__ import annotations

from statistics import median, quantiles

from collectors.facts.change_requests import ChangeRequests, Wait
from collectors.facts.changes import ENOUGH_EVENTS
from collectors.facts.missing import Missing
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import MOST_EVIDENCE, SHOW, Evidence, Measurement

WINDOW_DAYS = 365


@signal(
    debt=Debt.PROCESS_MANAGEMENT_DEBT,
    unit="days",
    better="lower",
    status=SHOW,
    says="At the median of {n} {n:change request|change requests}, {value} went by before another person replied.",
    about_people=True,
    rows="each",
)
def time_to_first_response(requests: ChangeRequests) -> Measurement:
    """Median days from the opening of a change request to the first comment or review by another person; last 365 days.

    Bots, and what the author says, are no response; requests that bots opened are left out. One that still waits counts
    with the days that it waited so far. One that was merged or closed without a word is not timed, since nobody knows
    whether it waited; their share is told. Of a team of fewer than five people who open or answer requests nothing is
    shown.

    Why it matters: whoever waits for an answer starts the next thing, and comes back to a change that no longer fits.
    Pay it off: agree who answers first each day, if only to say when a review will come.
    Cannot see: answers by talk, chat or mail, and repositories whose changes come without a request.
    Ask: Which request of the last month waited longest for a first word, and for whom?
    Source: CHAOSS, Time to First Response, https://chaoss.community/kb/metric-time-to-first-response/. No published
    threshold.
    """
    found = requests.answered(WINDOW_DAYS)
    if isinstance(found, Missing):
        return Measurement.unknown(found.reason)
    opened, looked_at = found
    waits = requests.waits(WINDOW_DAYS)
    evidence = tuple(_row(wait) for wait in waits[::-1][:MOST_EVIDENCE])
    if len(waits) < ENOUGH_EVENTS:
        return Measurement.unknown(f"there are too few requests for a median ({len(waits)})", evidence)
    days = [wait.days for wait in waits]
    outside = [wait.days for wait in waits if not wait.request.is_member]
    low, _, high = quantiles(days, n=4, method="inclusive")
    waiting = sum(not wait.is_over for wait in waits)
    return Measurement(
        median(days),
        n=len(waits),
        evidence=evidence,
        seen=len(looked_at),
        total=len(opened),
        note="those that still wait count with the days so far, so it may be more" if waiting else "",
        details=(
            ("a quarter waited at most", low),
            ("a quarter waited at least", high),
            ("still waiting", float(waiting)),
            ("share merged or closed without a word", (len(looked_at) - len(waits)) / len(looked_at)),
            *((("median days, of people from outside", median(outside)),) if len(outside) >= ENOUGH_EVENTS else ()),
        ),
    )


def _row(wait: Wait) -> Evidence:
    said = "days to the first response" if wait.is_over else "days so far, without a response"
    return Evidence(wait.request.subject, "request", round(wait.days, 1), said)
