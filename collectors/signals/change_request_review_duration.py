"""Duration of review of change requests."""

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
    says="At the median of {n} {n:change request|change requests}, {value} went by before a first review.",
    about_people=True,
    rows="each",
)
def change_request_review_duration(requests: ChangeRequests) -> Measurement:
    """Median days from the opening of a change request to the first review by another person; last 365 days.

    A review is what the host calls so: an approval, a request for changes, or comments on lines. Bots neither open nor
    review here. A request that still waits counts with the days that it waited so far; one that was merged or closed
    without a review is not timed, and the share of the merged ones that had none is told. Beside it stands how long
    requests took to be merged. Of fewer than five people nothing is shown.

    Why it matters: where review is slow, changes grow large and are tried on less than they should be.
    Pay it off: keep requests small, and let whoever reviews stop starting new work until the oldest is read.
    Cannot see: reviews by talk or at one screen, how well was read, and the time between later rounds of review.
    Ask: Where did the slowest wait: for a free reviewer, for one who knows the data, or for a run?
    Source: CHAOSS, Change Request Review Duration,
    https://chaoss.community/kb/metric-change-request-review-duration/, and Change Requests Duration,
    https://chaoss.community/kb/metric-change-requests-duration/. No published threshold.
    """
    found = requests.answered(WINDOW_DAYS)
    if isinstance(found, Missing):
        return Measurement.unknown(found.reason)
    opened, looked_at = found
    waits = requests.waits(WINDOW_DAYS, review=True)
    if not any(wait.is_over for wait in waits):
        return Measurement.unknown("no change request of the last 365 days was reviewed at its host")
    evidence = tuple(_row(wait) for wait in waits[::-1][:MOST_EVIDENCE])
    if len(waits) < ENOUGH_EVENTS:
        return Measurement.unknown(f"there are too few reviews for a median ({len(waits)})", evidence)
    days = [wait.days for wait in waits]
    low, _, high = quantiles(days, n=4, method="inclusive")
    merged = [row for row in looked_at if row.merged is not None]
    reviewed = sum(any(reply.is_review for reply in row.by_others) for row in merged)
    took = [row.days for row in opened if row.days is not None]
    waiting = sum(not wait.is_over for wait in waits)
    enough = len(merged) >= ENOUGH_EVENTS
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
            *((("share merged without a review", 1 - reviewed / len(merged)),) if enough else ()),
            *((("median days from opening to merge", median(took)),) if len(took) >= ENOUGH_EVENTS else ()),
        ),
    )


def _row(wait: Wait) -> Evidence:
    said = "days to the first review" if wait.is_over else "days so far, without a review"
    return Evidence(wait.request.subject, "request", round(wait.days, 1), said)
