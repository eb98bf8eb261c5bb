"""Models two by two: what both rest on, whether one job looks at both, and whether one rests on the other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import combinations
from typing import NamedTuple

from collectors.facts.data_graph import Lineage
from collectors.facts.data_steps import Step
from collectors.facts.lineage import Access, NodeKind

MOST = 12
"""Models that a picture can hold: those that share most come first."""


class Pair(NamedTuple):
    """Two models of a repository, by name in order."""

    first: str
    second: str
    shared: tuple[str, ...]  # data that jobs which train either of them read
    together: tuple[str, ...]  # jobs that read both and write numbers about them
    first_rests: bool  # a job that trains the first reads the second, or what was predicted with it
    second_rests: bool


class Pairs(NamedTuple):
    models: tuple[str, ...]
    pairs: tuple[Pair, ...]  # all of `models`
    left_out: int  # models that are not shown


def model_pairs(lineage: Lineage) -> Pairs:
    """Of the models that a job here trains."""
    inputs: defaultdict[str, set[str]] = defaultdict(set)
    reads: defaultdict[str, set[str]] = defaultdict(set)
    made: defaultdict[str, set[str]] = defaultdict(set)  # with a model: itself, and what is predicted with it
    for step in lineage.steps:
        for model in step.models_written if step.trains else ():
            inputs[model] |= step.inputs
            reads[model] |= step.reads
        for model in step.models_read - step.writes:
            made[model] |= {model, *step.predicts}
    pairs = [
        Pair(
            first,
            second,
            tuple(sorted(inputs[first] & inputs[second])),
            tuple(sorted(step.name for step in lineage.steps if {first, second} <= step.reads and _judges(step))),
            not reads[first].isdisjoint(made[second]),
            not reads[second].isdisjoint(made[first]),
        )
        for first, second in combinations(sorted(inputs), 2)
    ]
    models = _most_connected(inputs, pairs)
    kept = tuple(pair for pair in pairs if pair.first in models and pair.second in models)
    return Pairs(models, kept, len(inputs) - len(models))


def _judges(step: Step) -> bool:
    return any(row.access is Access.WRITE and row.kind is NodeKind.METRICS for row in step.rows)


def _most_connected(models: Iterable[str], pairs: Iterable[Pair]) -> tuple[str, ...]:
    weight = Counter[str]()
    for pair in pairs:
        for model in pair[:2]:
            weight[model] += len(pair.shared) + 3 * (pair.first_rests or pair.second_rests)
    return tuple(sorted(sorted(models, key=lambda model: (-weight[model], model))[:MOST]))
