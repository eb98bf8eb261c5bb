"""Models that are evaluated on data they were trained on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from collectors.facts.data_graph import Lineage
from collectors.facts.data_names import is_part_of
from collectors.facts.data_steps import Step, words_of
from collectors.facts.files import Files
from collectors.facts.lineage import Access, DataAccess, Origin
from collectors.facts.sites import SiteKind
from collectors.registry import signal
from scoring.debts import Debt
from scoring.finding import Effort, Severity, Spot
from scoring.signal import SHOW, Measurement

_TRAINING = frozenset(("train", "training", "trainset", "traindata"))
_HELD_OUT = frozenset(
    ("test", "testing", "testset", "val", "valid", "validation", "eval", "evaluation", "dev", "holdout", "hold", "oot")
)


class _Pair(NamedTuple):
    """An evaluation and a training whose model it reads."""

    training: Step
    evaluation: Step


@signal(
    debt=Debt.DATA_TESTING_DEBT,
    unit="evaluations",
    better="lower",
    status=SHOW,
    version=2,
    is_on=False,
    says="Training data is read to score a model in {value}, of {n} that {n:was|were} looked at.",
    severity=Severity.HIGH,
    effort=Effort.S,
)
def evaluation_on_training_data(lineage: Lineage, files: Files) -> Measurement:
    """Jobs that evaluate a model and read rows which are named training data and which its training reads too.

    A training job reads data and writes a model; an evaluating one reads that model, trains none, and writes numbers
    about it or is named so. Counted where the evaluation reads no other data, or where its stage declares what it
    reads and this is not among it: an evaluation that reads held-out rows as well, openly, may compare the two. Left
    out are rows that are named as held out, and, where nothing is declared, evaluations that divide the rows
    themselves or read something of which the name is not known.

    Why it matters: a model that is scored on the rows it has seen looks better than it is, and so does each change.
    Pay it off: evaluate on the rows that were held out, and let the pipeline declare which these are.
    Cannot see: rows that stand in both of two files, and divisions inside a library.
    Ask: Which rows was the last reported score computed on, and how do you know that the model had not seen them?
    Source: Sculley et al. 2015, section 8 (data testing debt). Yang et al., Data Leakage in Notebooks: Static
    Detection and Better Processes, ASE 2022, https://doi.org/10.1145/3551349.3556918.
    """
    pairs = tuple(_pairs(lineage))
    if not pairs:
        return Measurement.unknown("no job was seen to evaluate a model that another job here trains")
    dividing = {file.path for file, _ in files.sites(SiteKind.SPLIT)}
    found: dict[tuple[str, str], Spot] = {}
    for pair in pairs:
        for row in _shared(pair, is_clear=_is_clear(pair.evaluation, dividing)):
            found.setdefault((pair.evaluation.name, row.name), _spot(row, pair))
    seen = {one.name for _, one in pairs if one.declares or _is_clear(one, dividing)}
    if not seen and not found:
        return Measurement.unknown("of no evaluation is all data known by name, or it divides the rows itself")
    return Measurement(
        len({name for name, _ in found}),
        n=len(seen),
        seen=len(seen),
        total=len({pair.evaluation.name for pair in pairs}),
        spots=tuple(found.values()),
    )


def _pairs(lineage: Lineage) -> Iterator[_Pair]:
    training = [step for step in lineage.steps if step.trains]
    for evaluation in lineage.steps:
        if evaluation.evaluates:
            for one in training:
                if one.name != evaluation.name and one.models_written & evaluation.models_read:
                    yield _Pair(one, evaluation)


def _is_clear(evaluation: Step, dividing: set[str]) -> bool:
    """Whether it is known which rows it reads."""
    reads = [row for row in evaluation.nameless if row.access is Access.READ]
    divided = any(row.path in dividing for row in evaluation.observed)
    return not reads and not divided and bool(_evaluated(evaluation))


def _evaluated(step: Step) -> frozenset[str]:
    """The data that the code was seen to read; where none was, what is declared."""
    seen = Step(step.name, step.observed, step.is_started).inputs
    return seen or step.inputs


def _shared(pair: _Pair, *, is_clear: bool) -> Iterator[DataAccess]:
    """Training data that the evaluation reads, alone or without saying so."""
    evaluated = _evaluated(pair.evaluation)
    is_alone = (
        is_clear and evaluated <= pair.training.inputs and not any(_HELD_OUT & _words(name) for name in evaluated)
    )
    declared = pair.evaluation.names(Access.READ, Origin.DECLARED)
    told: set[str] = set()
    for row in sorted(pair.evaluation.rows, key=lambda row: (row.origin is not Origin.OBSERVED, row.path, row.line)):
        if row.access is Access.READ and row.name in evaluated & pair.training.inputs and row.name not in told:
            told.add(row.name)
            words = _words(row.name)
            if words & _TRAINING and not words & _HELD_OUT and (is_alone or _is_hidden(row.name, declared)):
                yield row


def _is_hidden(name: str, declared: frozenset[str]) -> bool:
    """Whether the stage says what it reads, and says nothing of this."""
    return bool(declared) and not any(name == one or is_part_of(name, one) or is_part_of(one, name) for one in declared)


def _words(name: str) -> frozenset[str]:
    """Of every part of the path."""
    return frozenset().union(*map(words_of, name.split("/")))


def _spot(row: DataAccess, pair: _Pair) -> Spot:
    note = f"{pair.evaluation.name} evaluates a model and reads {row.name}, on which {pair.training.name} trained it"
    return Spot(
        row.path, row.line, f"{row.call}({row.name})", row.symbol, note=note, key=f"{pair.evaluation.name} {row.name}"
    )
