"""Models behind an interface."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum

from collectors.facts.changes import ENOUGH_EVENTS
from collectors.facts.clones import Located
from collectors.facts.files import Files
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import MOST_EVIDENCE, SHOW, Evidence, Measurement

_METHODS = frozenset({"fit", "partial_fit", "predict", "predict_proba", "forward", "train", "training_step"})
_PROTOCOLS = frozenset({"Protocol", "typing.Protocol", "typing_extensions.Protocol"})
_PLAIN = frozenset({"object", "ABC", "Generic", "dict", "list", "tuple", "str", "int", "float", "Exception", "type"})
_PLAIN_MODULES = frozenset({"abc", "typing", "typing_extensions", "enum", "dataclasses", "collections", "threading"})
_PLAIN_MODULES |= {"multiprocessing", "unittest", "contextlib", "logging", "functools", "builtins"}


class _Behind(StrEnum):
    OWN = "a base shared in the project"
    PROTOCOL = "a protocol of the project"
    FRAMEWORK = "a base of a package"
    NOTHING = "no interface"
    UNKNOWN = "a base that was not found"


@signal(
    debt=Debt.ABSTRACTION_DEBT,
    unit="share of classes",
    better="higher",
    status=SHOW,
    says="An interface stands before {value} of {n} {n:class|classes} that train or predict.",
)
def interface_coverage(files: Files) -> Measurement:
    """Classes that train or predict and implement a base that others share, among all that do, 0 to 1.

    A class trains or predicts if it defines `fit`, `partial_fit`, `predict`, `predict_proba`, `forward`, `train` or
    `training_step`. Its interface is a class of the project from which at least one other class inherits too, or that
    has such an interface itself; a `Protocol` of the project, by inheritance or by having all its methods; or a class
    that another package brings. Plain classes of Python (`ABC`, `Generic`, `dict`, …) are none. Bases and protocols
    themselves are not counted, nor are classes within classes and tests. Where a base is found neither among imports
    nor in the project, the class lowers the coverage, as does each file that cannot be read. With fewer than three
    classes the number is unknown.

    Why it matters: where models share no interface, each caller knows each model, and a new one means a change of all.
    Pay it off: write down what callers need of a model as a protocol or base, and let the models implement it.
    Cannot see: an interface that fits badly, models that are plain functions, and duck typing that everybody keeps to.
    Ask: Which interface would a new model implement, and which of the present ones does not?
    Source: Sculley et al. 2015, section 5 (abstraction debt). No published threshold.
    """
    interfaces = _Interfaces(files)
    judged = [(one, interfaces.behind(one)) for one in interfaces.models]
    known = [(one, behind) for one, behind in judged if behind is not _Behind.UNKNOWN]
    if len(known) < ENOUGH_EVENTS:
        return Measurement.unknown(f"fewer than {ENOUGH_EVENTS} classes of the Python code train or predict")
    by_kind = Counter(behind for _, behind in judged)
    bare = [one for one, behind in known if behind is _Behind.NOTHING]
    return Measurement(
        (len(known) - len(bare)) / len(known),
        n=len(known),
        evidence=tuple(
            Evidence(one.file.path, "file", note=f"{one.unit.symbol} has no interface", line=one.unit.line)
            for one in bare[:MOST_EVIDENCE]
        ),
        seen=len(known),
        total=len(judged) + sum(bool(file.summary.unread) for file in files.python),
        details=tuple((behind.value, float(by_kind[behind])) for behind in _Behind if by_kind[behind]),
    )


class _Interfaces:
    """The classes of one tree, told by their names alone: of two that are named alike, either may be meant."""

    def __init__(self, files: Files) -> None:
        classes = [Located(file, unit) for file in files.python for unit in file.summary.units if unit.is_class]
        self._bases: dict[str, tuple[str, ...]] = {}
        for one in classes:
            self._bases[one.unit.name] = (*self._bases.get(one.unit.name, ()), *one.unit.bases)
        self._heirs = Counter(
            name for one in classes for name in {_last(base) for base in one.unit.bases} if name != one.unit.name
        )
        is_protocol = [one for one in classes if not _PROTOCOLS.isdisjoint(one.unit.bases)]
        self._protocols = {one.unit.name for one in is_protocol}
        asked = [frozenset(one.unit.methods) - {"__init__"} for one in is_protocol]
        self._asked = [methods for methods in asked if methods & _METHODS]
        self.models = [
            one
            for one in classes
            if "." not in one.unit.symbol
            and not _METHODS.isdisjoint(one.unit.methods)
            and one.unit.name not in self._protocols
            and not (self._heirs[one.unit.name] and self._of(one.unit.name) is _Behind.NOTHING)
        ]

    def behind(self, model: Located) -> _Behind:
        if any(asked <= set(model.unit.methods) for asked in self._asked):
            return _Behind.PROTOCOL
        return min((self._base(base, model.unit.name) for base in model.unit.bases), key=_ORDER.index, default=_NOTHING)

    def _base(self, base: str, heir: str) -> _Behind:
        name = _last(base)
        if base in _PLAIN or base.partition(".")[0] in _PLAIN_MODULES:
            return _Behind.NOTHING
        if name in self._protocols:
            return _Behind.PROTOCOL
        if name in self._bases and name != heir:
            if self._heirs[name] > 1:
                return _Behind.OWN
            return _Behind.NOTHING if self._of(name) is _Behind.NOTHING else _Behind.OWN
        return _Behind.FRAMEWORK if "." in base else _Behind.UNKNOWN

    def _of(self, name: str) -> _Behind:
        """What stands behind a class of the project, two bases far at most."""
        found = [self._direct(base, name) for base in self._bases.get(name, ())]
        return min(found, key=_ORDER.index, default=_NOTHING)

    def _direct(self, base: str, heir: str) -> _Behind:
        name = _last(base)
        if base in _PLAIN or base.partition(".")[0] in _PLAIN_MODULES or name == heir:
            return _Behind.NOTHING
        return _Behind.OWN if name in self._bases else _Behind.FRAMEWORK


_ORDER = [_Behind.OWN, _Behind.PROTOCOL, _Behind.FRAMEWORK, _Behind.UNKNOWN, _Behind.NOTHING]
_NOTHING = _Behind.NOTHING


def _last(dotted: str) -> str:
    return dotted.rpartition(".")[2]
