"""Newcomers of two years: when each began, and what came after."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median, quantiles
from typing import NamedTuple

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


CURVE_WEEKS = 26
WEEK = 7 * DAY


class Point(NamedTuple):
    """A cohort, so many weeks after each one's first change."""

    cohort: str
    week: int
    people: int  # who began that long ago: never fewer than five
    half: float  # changes that half of them had made, their first one counted
    slow: float  # changes that three quarters of them had made


def curves(newcomers: Newcomers, as_of: int) -> tuple[Point, ...]:
    """How each year's newcomers came to more changes, by cohort and week. `newcomers` are times of changes, the first
    included; a cohort's points end where fewer than five people began that long ago."""
    return tuple(
        point
        for name, began in cohorts(newcomers, as_of).items()
        for points in [_points(name, began, as_of)]
        if len(points) > 1
        for point in points
    )


def _points(cohort: str, began: Sequence[Sequence[int]], as_of: int) -> list[Point]:
    points: list[Point] = []
    for week in range(CURVE_WEEKS + 1):
        long_ago = [times for times in began if times[0] + week * WEEK <= as_of]
        if len(long_ago) < ENOUGH_PEOPLE:
            break
        made = [sum(time <= times[0] + week * WEEK for time in times) for times in long_ago]
        slow, half, _ = quantiles(made, n=4, method="inclusive")
        points.append(Point(cohort, week, len(long_ago), half, slow))
    return points
