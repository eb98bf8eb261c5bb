"""Newcomers' time to a third merged change request."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median, quantiles

from collectors.facts.change_requests import ChangeRequests
from collectors.facts.changes import DAY, ENOUGH_PEOPLE, TOO_FEW
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import SHOW, Evidence, Measurement
from scoring.wording import worded

WINDOW_DAYS = 730
TIME_DAYS = 90  # what a newcomer needs to have had
YEAR = 365 * DAY


@signal(
    debt=Debt.CULTURAL_DEBT,
    unit="days",
    better="lower",
    status=SHOW,
    says="Half of {n} {n:newcomer|newcomers} who came to a third merged request took {value} or more from opening "
    "their first.",
    about_people=True,
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
    given_time = [times for times in newcomers if times[0] <= requests.as_of - TIME_DAYS * DAY]
    third = _days_to(3, given_time)
    if len(third) < ENOUGH_PEOPLE:
        return Measurement.unknown(TOO_FEW if requests.rows else "nobody opened a change request")
    low, _, high = quantiles(third, n=4, method="inclusive")
    cohorts = {
        "began in the last 12 months": [times for times in given_time if times[0] > requests.as_of - YEAR],
        "began 13 to 24 months ago": [times for times in given_time if times[0] <= requests.as_of - YEAR],
    }
    others = [(name, days) for number, name in ((1, "first"), (10, "tenth")) if (days := _days_to(number, given_time))]
    return Measurement(
        median(third),
        n=len(third),
        evidence=tuple(
            Evidence(
                name,
                "cohort",
                round(median(days), 1),
                f"{worded(round(median(days), 1), 'day', 'days')}, {len(days)} people",
            )
            for name, cohort in cohorts.items()
            if len(days := _days_to(3, cohort)) >= ENOUGH_PEOPLE
        ),
        seen=len(given_time),
        total=len(newcomers),
        note="newcomers of the last 90 days have had no time yet and are not looked at",
        details=(
            ("a quarter took at most", low),
            ("a quarter took at least", high),
            ("share that came to a third merged request", len(third) / len(given_time)),
            *((f"median days to a {name} one", median(days)) for name, days in others if len(days) >= ENOUGH_PEOPLE),
        ),
    )


def _days_to(merge: int, newcomers: Iterable[tuple[int, ...]]) -> list[float]:
    """From the opening of the first request, for those who came that far."""
    return [max(0, times[merge] - times[0]) / DAY for times in newcomers if len(times) > merge]
