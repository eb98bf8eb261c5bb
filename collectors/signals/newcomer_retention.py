"""Newcomers who stay."""

from __future__ import annotations

from collectors.facts.changes import DAY, ENOUGH_PEOPLE, TOO_FEW, Changes
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import SHOW, Evidence, Measurement

WINDOW_DAYS = 730
FROM, TO = 90 * DAY, 180 * DAY
YEAR = 365 * DAY


@signal(
    debt=Debt.CULTURAL_DEBT,
    unit="share of newcomers",
    better="higher",
    status=SHOW,
    says="{value} of {n} {n:newcomer|newcomers} still made changes in their second 90 days.",
    about_people=True,
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
    given_time = [times for times in newcomers if times[0] <= changes.as_of - TO]
    if len(changes.people) < ENOUGH_PEOPLE or len(given_time) < ENOUGH_PEOPLE:
        return Measurement.unknown(TOO_FEW)
    tenth = sum(len(times) >= 10 and times[9] - times[0] <= TO for times in given_time)
    cohorts = {
        "began in the last 12 months": [times for times in given_time if times[0] > changes.as_of - YEAR],
        "began 13 to 24 months ago": [times for times in given_time if times[0] <= changes.as_of - YEAR],
    }
    return Measurement(
        _share_that_stayed(given_time),
        n=len(given_time),
        evidence=tuple(
            Evidence(name, "cohort", round(_share_that_stayed(cohort), 3), f"of {len(cohort)} people")
            for name, cohort in cohorts.items()
            if len(cohort) >= ENOUGH_PEOPLE
        ),
        seen=len(given_time),
        total=len(newcomers),
        note="newcomers of the last 180 days have had no time yet and are not looked at",
        details=(
            ("share with a tenth change within 180 days", tenth / len(given_time)),
            ("share with one change only", sum(len(times) == 1 for times in given_time) / len(given_time)),
        ),
    )


def _share_that_stayed(newcomers: list[list[int]]) -> float:
    return sum(any(FROM < at - times[0] <= TO for at in times) for times in newcomers) / len(newcomers)
