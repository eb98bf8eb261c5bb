"""Axes of pictures that are drawn as HTML: round numbers, and beginnings of days and months. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from math import ceil, floor, log10
from typing import NamedTuple

from app_pages._charts import SHORT
from app_pages._text import safe
from app_pages._trend import DAY
from scoring.wording import Numbers

FIRST_DAY, LAST_DAY = -62_135_596_800, 253_402_300_799
"""Of the calendar: moments beyond are moved to its ends."""
STEPS_OF_DAYS = 1, 2, 7, 14, 28
STEPS_OF_MONTHS = 1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1_200, 2_400, 6_000, 12_000
MOST_TICKS = 8
NEAR = 8.0
"""Percent from a side within which the name of a tick stands beside it, not across it."""
MARGIN_X, MARGIN_Y = 1.0, 3.0
"""Percent on each side that a point at the very edge needs to be seen whole."""


class Time(NamedTuple):
    """The axis from left to right."""

    first: int
    last: int

    def across(self, at: int) -> float:
        """In percent of the width."""
        part = (at - self.first) / (self.last - self.first) if self.last > self.first else 0.5
        return MARGIN_X + (100 - 2 * MARGIN_X) * part


class Scale(NamedTuple):
    """The axis from the bottom up; `step` parts its ticks."""

    low: float
    high: float
    step: float

    def up(self, value: float) -> float:
        """In percent of the height."""
        return MARGIN_Y + (100 - 2 * MARGIN_Y) * (value - self.low) / (self.high - self.low)

    def ticks(self) -> list[float]:
        return [number * self.step for number in range(round(self.low / self.step), round(self.high / self.step) + 1)]

    def named(self, value: float, numbers: Numbers, *, is_share: bool = False) -> str:
        step = self.step * 100 if is_share else self.step
        digits = max(0, -floor(log10(step) + 1e-9))
        number = f"{value * 100 if is_share else value:,.{digits}f}".replace("-", "−")
        return numbers.share(number) if is_share else numbers.written(number)


def scale(values: Sequence[float], about: int = 4) -> Scale:
    """From round number to round number around all values and nothing; up to 1 where all are nothing."""
    low, high = min(0.0, *values), max(0.0, *values)
    if low == high:
        high = 1.0
    rough = (high - low) / about
    power = 10.0 ** floor(log10(rough))
    step = power * next((so for so, least in ((10, 50**0.5), (5, 10**0.5), (2, 2**0.5)) if rough / power >= least), 1)
    return Scale(floor(low / step + 1e-9) * step, ceil(high / step - 1e-9) * step, step)


def moments(time: Time) -> list[tuple[int, str]]:
    """When ticks stand, and how they are named."""
    days = (time.last - time.first) / DAY
    if time.last - time.first < SHORT:
        width = DAY * next(step for step in STEPS_OF_DAYS if days / step <= MOST_TICKS or step == STEPS_OF_DAYS[-1])
        start = -(-time.first // DAY) * DAY
        found = range(start, time.last + 1, width) or [time.first]
        return [(at, f"{_date(at):%Y-%m-%d}") for at in found]
    step = next(step for step in STEPS_OF_MONTHS if days / 30.44 / step <= MOST_TICKS or step == STEPS_OF_MONTHS[-1])
    begin, end = _date(time.first), _date(time.last)
    first, last = _months(begin), _months(end)
    dates = [_first_of(month) for month in range(-(-first // step) * step, last + 1, step) if month >= 12]
    ticks = [(int(date.timestamp()), f"{date:%b} {date.year}") for date in dates]
    return [tick for tick in ticks if time.first <= tick[0] <= time.last]


def _months(date: datetime) -> int:
    return date.year * 12 + date.month - 1


def _first_of(month: int) -> datetime:
    return datetime(month // 12, month % 12 + 1, 1, tzinfo=UTC)


def _date(at: int) -> datetime:
    return datetime.fromtimestamp(held(at), UTC)


def held(at: int) -> int:
    return min(max(at, FIRST_DAY), LAST_DAY)


def upright(time: Time) -> str:
    """The ticks of time as HTML: every other one gives way where there is little room, none stands out at the sides."""
    ticks = [(time.across(at), says) for at, says in moments(time)]
    return "".join(
        f'<i class="x{" odd" if number % 2 else ""}{_side(across)}" style="left:{across:.2f}%">'
        f"<span>{safe(says)}</span></i>"
        for number, (across, says) in enumerate(ticks)
    )


def _side(across: float) -> str:
    if across < NEAR:
        return " from"
    return " to" if across > 100 - NEAR else ""
