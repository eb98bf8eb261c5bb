"""Newcomers' time to a third merged change request."""

from __future__ import annotations

from statistics import median, quantiles

from collectors.facts.change_requests import ChangeRequests
from collectors.facts.changes import ENOUGH_PEOPLE, TOO_FEW
from collectors.facts.ramp import TIME_DAYS, WINDOW_DAYS, by_cohort, days_to, given_time
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import SHOW, Measurement


@signal(
    debt=Debt.CULTURAL_DEBT,
    unit="days",
    better="lower",
    status=SHOW,
    says="Half of {n} {n:newcomer|newcomers} who came to a third merged request took {value} or more from opening "
    "their first.",
    about_people=True,
    rows="each",
)
def newcomer_merged_requests(requests: ChangeRequests) -> Measurement:
    """Median days from a newcomer's first opened change request to their third merged one; the last 24 months.

    Only those who came to a third are timed; newcomers of the last 90 days have had no time, and are not looked at. The
    first and the tenth merged request stand beside it where five people made them. Unlike `newcomer_ramp` it sees work
    that was squashed, and the wait for review before the first merge. Bots and deleted accounts are left out.

    Why it matters: from the first request on, what a newcomer waits for is what review, set-up and documents cost.
    Pay it off: keep a list of first tasks, and answer a first request within the day.
    Cannot see: the days before the first request, when somebody joined, visitors who meant to come once, and people
    with two accounts.
    Ask: What did the last person to join wait for?
    Source: Sculley et al. 2015, section 9 (how quickly can new members be brought up to speed); Sholler et al. 2019,
    "Ten simple rules for helping newcomers become contributors to open projects", doi:10.1371/journal.pcbi.1007296.
    No published threshold.
    """
    if not requests.is_whole:
        return Measurement.unknown("older change requests were not read yet, so nobody knows who is new: scan again")
    newcomers = requests.newcomers(WINDOW_DAYS)
    looked_at = given_time(newcomers, requests.as_of, TIME_DAYS)
    third = days_to(3, looked_at)
    if len(third) < ENOUGH_PEOPLE:
        return Measurement.unknown(TOO_FEW if requests.rows else "nobody opened a change request")
    low, _, high = quantiles(third, n=4, method="inclusive")
    others = [(name, days) for number, name in ((1, "first"), (10, "tenth")) if (days := days_to(number, looked_at))]
    return Measurement(
        median(third),
        n=len(third),
        evidence=by_cohort(3, looked_at, requests.as_of),
        seen=len(looked_at),
        total=len(newcomers),
        note="newcomers of the last 90 days have had no time yet and are not looked at",
        details=(
            ("a quarter took at most", low),
            ("a quarter took at least", high),
            ("share that came to a third merged request", len(third) / len(looked_at)),
            *((f"median days to a {name} one", median(days)) for name, days in others if len(days) >= ENOUGH_PEOPLE),
        ),
    )
