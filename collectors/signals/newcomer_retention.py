"""Newcomers who stay."""

from __future__ import annotations

from collectors.facts.changes import DAY, ENOUGH_PEOPLE, TOO_FEW, Changes
from collectors.facts.ramp import WINDOW_DAYS, Newcomers, cohorts, given_time
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import SHOW, Evidence, Measurement

TO_DAYS = 180
FROM, TO = 90 * DAY, TO_DAYS * DAY


@signal(
    debt=Debt.CULTURAL_DEBT,
    unit="share of newcomers",
    better="higher",
    status=SHOW,
    says="{value} of {n} {n:newcomer|newcomers} still made changes in their second 90 days.",
    about_people=True,
    rows="each",
)
def newcomer_retention(changes: Changes) -> Measurement:
    """Newcomers who changed something again 91 to 180 days after their first change, 0 to 1; the last 24 months.

    Everybody is looked at over the same 180 days, so newcomers of the last 180 days are left out. Bots and merges are.
    Half of all newcomers to public projects never make a second change: in an open project this counts visitors.

    Why it matters: whoever leaves within months takes along what the team has taught.
    Pay it off: give newcomers a piece of the system of their own, small enough to finish.
    Cannot see: who was meant to stay (interns, visitors), and work that leaves no commit.
    Ask: Of those who left within half a year, what did they say?
    Source: Zhou and Mockus 2012, "What make long term contributors: willingness and opportunity in OSS community",
    ICSE, doi:10.1109/ICSE.2012.6227164 (that early contributions tell who stays); the window is this project's own.
    """
    newcomers = changes.newcomers(WINDOW_DAYS)
    looked_at = given_time(newcomers, changes.as_of, TO_DAYS)
    if len(changes.people) < ENOUGH_PEOPLE or len(looked_at) < ENOUGH_PEOPLE:
        return Measurement.unknown(TOO_FEW)
    tenth = sum(len(times) >= 10 and times[9] - times[0] <= TO for times in looked_at)
    return Measurement(
        _share_that_stayed(looked_at),
        n=len(looked_at),
        evidence=tuple(
            Evidence(name, "cohort", round(_share_that_stayed(cohort), 3), f"of {len(cohort)} people")
            for name, cohort in cohorts(looked_at, changes.as_of).items()
            if len(cohort) >= ENOUGH_PEOPLE
        ),
        seen=len(looked_at),
        total=len(newcomers),
        note="newcomers of the last 180 days have had no time yet and are not looked at",
        details=(
            ("share with a tenth change within 180 days", tenth / len(looked_at)),
            ("share with one change only", sum(len(times) == 1 for times in looked_at) / len(looked_at)),
        ),
    )


def _share_that_stayed(newcomers: Newcomers) -> float:
    return sum(any(FROM < at - times[0] <= TO for at in times) for times in newcomers) / len(newcomers)
