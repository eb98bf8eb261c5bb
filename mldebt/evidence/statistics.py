"""How well a number tells two groups apart, and percentiles with what chance leaves open."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from typing import NamedTuple

Z = 1.96
RATIO = 2.5
"""Two repositories are of like size where neither has more than so many times the other's commits."""

PERCENTILES = (0.25, 0.5, 0.75, 0.9)
RESAMPLES = 500
CHANCE = (0.05, 0.95)


class Point(NamedTuple):
    """One repository: how bad its number is, and its size."""

    badness: float  # the number, turned so that more is worse
    commits: int


class Auc(NamedTuple):
    """The chance that of two repositories the worse one has the worse number; ties count half."""

    value: float
    low: float  # of the 95 % interval
    high: float
    pairs: int


def auc(worse: Sequence[Point], better: Sequence[Point], ratio: float = math.inf) -> Auc | None:
    """Over pairs whose commits are within `ratio`. The interval is DeLong's, by the pairs that each point is in.

    Without a restriction these are DeLong's own placements. None without a pair on either side.
    """
    rows, columns = ([[0.0, 0] for _ in side] for side in (worse, better))  # wins, pairs
    for row, (bad, size) in zip(rows, worse, strict=True):
        for column, (good, other) in zip(columns, better, strict=True):
            if size <= ratio * other and other <= ratio * size:
                win = 1.0 if bad > good else 0.5 if bad == good else 0.0
                row[0] += win
                row[1] += 1
                column[0] += win
                column[1] += 1
    pairs = int(sum(number for _, number in rows))
    if not pairs:
        return None
    value = sum(wins for wins, _ in rows) / pairs
    half = Z * math.sqrt(sum(_variance(side, value, pairs) for side in (rows, columns)))
    return Auc(value, max(0.0, value - half), min(1.0, value + half), pairs)


def _variance(side: Sequence[Sequence[float]], value: float, pairs: int) -> float:
    """What drawing other repositories on this side would change."""
    weights = [(wins - value * number) / pairs for wins, number in side if number]
    if len(weights) < 2:
        return 0.25
    return sum(weight * weight for weight in weights) * len(weights) / (len(weights) - 1)


def percentile(ordered: Sequence[float], share: float) -> float:
    """Of sorted numbers, straight between neighbours."""
    place = share * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


class Bounds(NamedTuple):
    """Percentiles of how bad numbers are, each with the interval in which it may lie."""

    at: tuple[float, ...]
    spread: tuple[tuple[float, float], ...]


def bounds(numbers: Sequence[float], seed: str) -> Bounds:
    """The 90 % interval is that of resampled numbers; the same seed draws the same."""
    ordered = sorted(numbers)
    at = tuple(percentile(ordered, share) for share in PERCENTILES)
    chance = random.Random(seed)  # noqa: S311 - a reader shall draw the same
    drawn = [sorted(chance.choices(ordered, k=len(ordered))) for _ in range(RESAMPLES)]
    spread = []
    for share, bound in zip(PERCENTILES, at, strict=True):
        found = sorted(percentile(one, share) for one in drawn)
        low, high = (percentile(found, end) for end in CHANCE)
        spread.append((min(low, bound), max(high, bound)))
    return Bounds(at, tuple(spread))
