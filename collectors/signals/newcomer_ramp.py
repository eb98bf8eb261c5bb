"""Newcomers' ramp."""

from __future__ import annotations

from statistics import median, quantiles

from collectors.facts.changes import ENOUGH_PEOPLE, TOO_FEW, Changes
from collectors.facts.ramp import TIME_DAYS, WINDOW_DAYS, by_cohort, days_to, given_time
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import SHOW, Measurement


@signal(
    debt=Debt.CULTURAL_DEBT,
    unit="days",
    better="lower",
    status=SHOW,
    heads=True,
    says="Half of {n} {n:newcomer|newcomers} who came to a third change took {value} or more from their first.",
    about_people=True,
    rows="each",
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
    looked_at = given_time([(own[0], *own) for own in newcomers], changes.as_of, TIME_DAYS)
    third = days_to(3, looked_at)
    if len(changes.people) < ENOUGH_PEOPLE or len(third) < ENOUGH_PEOPLE:
        return Measurement.unknown(TOO_FEW)
    tenth = days_to(10, looked_at)
    low, _, high = quantiles(third, n=4, method="inclusive")
    return Measurement(
        median(third),
        n=len(third),
        evidence=by_cohort(3, looked_at, changes.as_of),
        seen=len(looked_at),
        total=len(newcomers),
        note="newcomers of the last 90 days have had no time yet and are not looked at",
        details=(
            ("a quarter took at most", low),
            ("a quarter took at least", high),
            ("share that made a third change", len(third) / len(looked_at)),
            *((("median days to a tenth change", median(tenth)),) if len(tenth) >= ENOUGH_PEOPLE else ()),
        ),
    )
