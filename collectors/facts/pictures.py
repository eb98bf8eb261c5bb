"""What the pictures of a snapshot are drawn from, where the numbers of its signals do not hold it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from collectors.facts.changes import ENOUGH_PEOPLE, Changes
from collectors.facts.declarations import Declarations
from collectors.facts.files import Files
from collectors.facts.metrics import MetricChanges
from collectors.facts.model_changes import Week, weekly
from collectors.facts.ramp import WINDOW_DAYS, Point, curves


class Pictures(NamedTuple):
    """Nothing in it speaks of fewer than five people."""

    weeks: tuple[Week, ...] = ()  # changes of models and features of a year
    has_metrics: bool = False  # whether any metrics are committed: else none of those changes can be measured
    newcomers: tuple[Point, ...] = ()


def pictures(facts: Iterable[object]) -> Pictures:
    """Whatever of it these facts allow."""
    known = {type(fact): fact for fact in facts}
    changes, files = known.get(Changes), known.get(Files)
    declarations, metrics = known.get(Declarations), known.get(MetricChanges)
    if not isinstance(changes, Changes):
        return Pictures()
    metrics = metrics if isinstance(metrics, MetricChanges) else MetricChanges()
    weeks: tuple[Week, ...] = ()
    if isinstance(files, Files) and isinstance(declarations, Declarations):
        weeks = weekly(changes, files, declarations, metrics)
    many = len(changes.people) >= ENOUGH_PEOPLE
    newcomers = curves(changes.newcomers(WINDOW_DAYS), changes.as_of) if many else ()
    return Pictures(weeks, bool(len(metrics)), newcomers)
