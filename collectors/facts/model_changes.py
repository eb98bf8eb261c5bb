"""Changes of models, features and their settings, and whether anything looked at what they did."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from collectors.facts.changes import DAY, Change, Changes
from collectors.facts.declarations import Declarations
from collectors.facts.files import Files, Place
from collectors.facts.growth import growth
from collectors.facts.metrics import MetricChanges
from collectors.facts.own_settings import own_settings

WEEK = 7 * DAY
WEEKS = 52
_MODEL = frozenset({Place.ML_CODE, Place.FEATURE_EXTRACTION})
_CHECKS = frozenset({Place.TESTS, Place.DATA_VERIFICATION})
_MONDAY = 4 * DAY  # 5 January 1970 was one


class Week(NamedTuple):
    """Changes of one week, each counted once: by the best that looked at it."""

    start: int  # Monday, seconds since 1970 UTC
    measured: int = 0  # committed metrics were written with it
    tested: int = 0  # a test or a check of data was changed with it
    neither: int = 0

    @property
    def total(self) -> int:
        return self.measured + self.tested + self.neither


def model_changes(changes: Changes, files: Files, declarations: Declarations, days: int) -> list[Change]:
    """By people, of at most 30 files, in the last `days`: those that changed how the model comes out, oldest first."""
    places = files.by_place()
    paths = {file.path for place in _MODEL for file in places.get(place, ())}
    paths |= {row.path for row in own_settings(files, declarations)}
    return [row for row in changes.focused().last(days) if _is_one(row, paths, files)]


def weekly(changes: Changes, files: Files, declarations: Declarations, metrics: MetricChanges) -> tuple[Week, ...]:
    """The last WEEKS weeks, also those without a change, oldest first; none where no change was seen at all."""
    places = files.by_place()
    checks = {file.path for place in _CHECKS for file in places.get(place, ())}
    written = {row.commit for row in metrics}
    first = week_of(changes.as_of) - (WEEKS - 1) * WEEK
    counted: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in model_changes(changes, files, declarations, WEEKS * 7):
        kind = 0 if row.commit in written else 1 if any(one.path in checks for one in row.files) else 2
        counted[max(first, week_of(row.at))][kind] += 1
    if not counted:
        return ()
    return tuple(Week(start, *counted.get(start, (0, 0, 0))) for start in range(first, first + WEEKS * WEEK, WEEK))


def week_of(seconds: int) -> int:
    """The Monday, UTC, on which the week began."""
    return (seconds - _MONDAY) // WEEK * WEEK + _MONDAY


def _is_one(change: Change, paths: set[str], files: Files) -> bool:
    return any(file.path in paths for file in change.files) and growth(change, files).touched > 0
