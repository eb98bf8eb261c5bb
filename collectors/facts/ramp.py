"""Newcomers of two years: when each began, and what came after."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
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
STEPS = (3, 10)
"""The changes by which somebody is said to have come on, the first one counted."""


class Point(NamedTuple):
    """Of a cohort, how many had come to so many changes, so many weeks after each one's first."""

    cohort: str
    change: int  # third or tenth, the first one counted
    week: int
    people: int  # who began that long ago: never fewer than five
    share: float  # 0 to 1, of all who began, estimated; never falls


def curves(newcomers: Newcomers, as_of: int) -> tuple[Point, ...]:
    """How each year's newcomers came on, by cohort, change and week. `newcomers` are times of changes, the first
    included; a cohort's points end where fewer than five people began that long ago.

    Who began lately had less time, and counts for the weeks that were had: one less the product-limit estimate of
    Kaplan and Meier 1958, doi:10.1080/01621459.1958.10501452. Where all had the time, it is the plain share.
    """
    return tuple(
        point
        for name, began in cohorts(newcomers, as_of).items()
        for change in STEPS
        for points in [_points(name, change, began, as_of)]
        if len(points) > 1
        for point in points
    )


def _points(cohort: str, change: int, began: Newcomers, as_of: int) -> list[Point]:
    had = [(as_of - times[0]) // WEEK for times in began]  # whole weeks that each has had
    took = [_week_of(change, times) for times in began]
    points: list[Point] = []
    still = 1.0
    for week in range(CURVE_WEEKS + 1):
        people = sum(weeks >= week for weeks in had)
        if people < ENOUGH_PEOPLE:
            break
        at_risk = [
            came for came, weeks in zip(took, had, strict=True) if weeks >= week and (came is None or came >= week)
        ]
        came_now = sum(came == week for came in at_risk)
        still *= 1 - came_now / len(at_risk) if at_risk else 1
        points.append(Point(cohort, change, week, people, round(1 - still, 4)))
    return points


def _week_of(change: int, times: Sequence[int]) -> int | None:
    """By the end of which week after the first change this one was made; None where it was not."""
    return max(0, -((times[0] - times[change - 1]) // WEEK)) if len(times) >= change else None
