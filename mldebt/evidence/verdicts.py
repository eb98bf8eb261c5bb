"""Which signals may make letters: those that point the right way on repositories that did not choose them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mldebt.evidence.criteria import own_criterion
from mldebt.evidence.statistics import RATIO, Auc, Point, auc
from mldebt.evidence.table import Row, Table, comparable
from scoring.signal import Definition, Status

LEAST = 0.65
CHANCE = 0.5
ENOUGH = 10
"""Repositories of either label, in the half that is held out."""

FEW = 5
"""Repositories of either label: of fewer no AUC is told."""

ENGINEERED, NOT = "Y", "N"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One signal against NICHE's labels. An AUC is None where there is nothing to compare."""

    name: str
    engineered: int  # repositories with a number
    other: int
    auc: Auc | None  # over all
    matched: Auc | None  # of these, pairs of like size
    chosen: Auc | None  # over the half that chooses
    proof: Auc | None  # over the half that is held out, pairs of like size
    why_not: str  # why it only shows; empty where it scores

    @property
    def scores(self) -> bool:
        return not self.why_not


def verdicts(table: Table, definitions: Iterable[Definition]) -> list[Verdict]:
    """Of every signal in the table, by name, over the repositories that may get a letter."""
    known = {definition.name: definition for definition in definitions}
    rows = comparable(table.rows)
    return [_verdict(rows, known[name]) for name in sorted(table.signals) if name in known]


def badness(definition: Definition, value: float) -> float:
    """More is worse. Where neither is better, more stands for worse, and no letter comes of it."""
    return -value if definition.better == "higher" else value


def _verdict(rows: Sequence[Row], definition: Definition) -> Verdict:
    chosen, held = [row for row in rows if not row.is_held_out], [row for row in rows if row.is_held_out]
    good, bad = _points(rows, definition, ENGINEERED), _points(rows, definition, NOT)
    held_good, held_bad = _points(held, definition, ENGINEERED), _points(held, definition, NOT)
    first = _auc(_points(chosen, definition, NOT), _points(chosen, definition, ENGINEERED))
    proof = _auc(held_bad, held_good, RATIO)
    return Verdict(
        name=definition.name,
        engineered=len(good),
        other=len(bad),
        auc=_auc(bad, good),
        matched=_auc(bad, good, RATIO),
        chosen=first,
        proof=proof,
        why_not=_why_not(definition, first, proof, min(len(held_good), len(held_bad))),
    )


def _auc(bad: Sequence[Point], good: Sequence[Point], ratio: float = math.inf) -> Auc | None:
    return auc(bad, good, ratio) if min(len(bad), len(good)) >= FEW else None


def _points(rows: Iterable[Row], definition: Definition, label: str) -> list[Point]:
    return [
        Point(badness(definition, value), row.commits)
        for row in rows
        if row.label == label and (value := row.value(definition.name)) is not None
    ]


def _why_not(definition: Definition, chosen: Auc | None, proof: Auc | None, fewest: int) -> str:
    criterion = own_criterion(definition)
    rules = {
        "a person answers": definition.status is Status.ASK,
        "neither direction is better": definition.better == "neither",
        f"one of NICHE's own criteria ({criterion})": bool(criterion),
    }
    if broken := [reason for reason, is_so in rules.items() if is_so]:
        return broken[0]
    if chosen is None or proof is None or fewest < ENOUGH:
        return f"measured in fewer than {ENOUGH} held-out repositories of either label"
    return _unproven(chosen, proof)


def _unproven(chosen: Auc, proof: Auc) -> str:
    if chosen.value < LEAST:
        return f"not chosen: AUC {chosen.value:.2f} on the first half"
    if proof.value < LEAST:
        return f"not confirmed: AUC {proof.value:.2f} on the held-out half, size-matched"
    if proof.low <= CHANCE:
        return f"not confirmed: the interval reaches down to {proof.low:.2f} on the held-out half"
    return ""
