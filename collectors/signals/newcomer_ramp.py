"""Newcomers' ramp."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median, quantiles

from collectors.facts.changes import DAY, ENOUGH_PEOPLE, TOO_FEW, Changes
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
    heads=True,
    says="Half of {n} {n:newcomer|newcomers} who came to a third change took {value} or more from their first.",
    about_people=True,
)
def newcomer_ramp(changes: Changes) -> Measurement:
    """Median days from a newcomer's first to third change, for those who made one; newcomers of the last 24 months.

    Bots and merges are left out. Newcomers of the last 90 days have had no time and are not looked at. Git does not
    know when somebody joined, so this is not the time to productivity. In a pilot it pointed either way once projects
    of one size were compared: read it as a trend of one team.

    Why it matters: how long it takes to come back with more is what set-up, documents and review cost a newcomer.
    Pay it off: keep a list of first tasks, name a reviewer for newcomers, and mend the set-up step they stumble over.
    Cannot see: the days before the first change; visitors with one change; several changes merged at once by rebase or
    squash, which look like none or one.
    Ask: What did the last person to join wait for?
    Source: Sculley et al. 2015, section 9 (how quickly can new members be brought up to speed); remedies: Sholler et
    al. 2019, "Ten simple rules for helping newcomers become contributors to open projects",
    doi:10.1371/journal.pcbi.1007296.
    """
    newcomers = changes.newcomers(WINDOW_DAYS)
    given_time = [times for times in newcomers if times[0] <= changes.as_of - TIME_DAYS * DAY]
    third = _days_to(3, given_time)
    if len(changes.people) < ENOUGH_PEOPLE or len(third) < ENOUGH_PEOPLE:
        return Measurement.unknown(TOO_FEW)
    tenth = _days_to(10, given_time)
    low, _, high = quantiles(third, n=4, method="inclusive")
    cohorts = {
        "began in the last 12 months": [times for times in given_time if times[0] > changes.as_of - YEAR],
        "began 13 to 24 months ago": [times for times in given_time if times[0] <= changes.as_of - YEAR],
    }
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
            ("share that made a third change", len(third) / len(given_time)),
            *((("median days to a tenth change", median(tenth)),) if len(tenth) >= ENOUGH_PEOPLE else ()),
        ),
    )


def _days_to(change: int, newcomers: Iterable[list[int]]) -> list[float]:
    return [(times[change - 1] - times[0]) / DAY for times in newcomers if len(times) >= change]
