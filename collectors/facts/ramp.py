"""Newcomers of two years: when each began, and what came after."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from collectors.facts.changes import DAY, ENOUGH_PEOPLE
from scoring.signal import Evidence
from scoring.wording import worded

WINDOW_DAYS = 730
TIME_DAYS = 90
"""What newcomers need to have had before they are timed."""

Newcomers = Sequence[Sequence[int]]
"""For each when it began, and then its contributions, in order: seconds since 1970 UTC."""


def given_time(newcomers: Newcomers, as_of: int, days: int) -> list[Sequence[int]]:
    """Those who began so many days ago."""
    return [times for times in newcomers if times[0] <= as_of - days * DAY]


def cohorts(newcomers: Newcomers, as_of: int) -> dict[str, list[Sequence[int]]]:
    """By the year in which they began."""
    middle = as_of - 365 * DAY
    return {
        "began in the last 12 months": [times for times in newcomers if times[0] > middle],
        "began 13 to 24 months ago": [times for times in newcomers if times[0] <= middle],
    }


def days_to(contribution: int, newcomers: Newcomers) -> list[float]:
    """For those who came to so many contributions after they began."""
    return [max(0, times[contribution] - times[0]) / DAY for times in newcomers if len(times) > contribution]


def by_cohort(contribution: int, newcomers: Newcomers, as_of: int) -> tuple[Evidence, ...]:
    """The median days of each year's newcomers; of fewer than five people nothing."""
    took = {name: days_to(contribution, began) for name, began in cohorts(newcomers, as_of).items()}
    rows = ((name, round(median(days), 1), len(days)) for name, days in took.items() if len(days) >= ENOUGH_PEOPLE)
    return tuple(
        Evidence(name, "cohort", days, f"{worded(days, 'day', 'days')}, {people} people") for name, days, people in rows
    )
