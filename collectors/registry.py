"""Signals: how one is declared, found, and fed with the facts that its parameters name."""

from __future__ import annotations

import importlib
import inspect
import logging
import pkgutil
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, get_type_hints

from collectors.facts.data_graph import Lineage
from collectors.facts.declarations import Declarations
from collectors.facts.files import Files
from collectors.facts.missing import Missing
from collectors.facts.practices import Practices
from scoring.debts import Debt
from scoring.finding import Effort, Severity
from scoring.signal import LEVEL, Better, Definition, Measurement, Rows, Scale, Signal, Status

log = logging.getLogger(__name__)

HEADINGS = {
    "Why it matters": "why",
    "Pay it off": "pay_off",
    "Cannot see": "cannot_see",
    "Ask": "ask",
    "Source": "source",
}


@dataclass(frozen=True, slots=True)
class SignalFunction:
    """A signal's function with its definition. Calling it calls the function."""

    definition: Definition
    function: Callable[..., Measurement]
    needs: tuple[type, ...]  # fact types, in the order of the parameters

    def __call__(self, *facts: Any) -> Measurement:
        measured = self.function(*facts)
        if measured.spots and self.definition.rule is None:
            raise ValueError(f"signal {self.definition.name} hands over places: declare a severity and an effort")
        return measured


def signal(  # noqa: PLR0913  a declaration reads as its list of facts
    *,
    debt: Debt | None,
    unit: str,
    status: Status,
    says: str,
    better: Better = "lower",
    scale: Scale | None = None,
    heads: bool = False,
    version: int = 1,
    severity: Severity | None = None,
    effort: Effort | None = None,
    about_people: bool = False,
    is_on: bool = True,
    per_file: bool = False,
    places: tuple[str, str] | None = None,
    remedy: bool = False,
    rows: Rows | None = None,
) -> Callable[[Callable[..., Measurement]], SignalFunction]:
    """Declare a signal. Its parameters, by annotation, name the facts it needs.

    `says` is the sentence a reader sees, with `{value}` (formatted by its unit) and `{n}`.
    The module's docstring is the title; the function's has the sections of HEADINGS.
    `heads`: of the signals of its debt, its number speaks first. `version` is raised when a change of the function
    gives another number from the same facts. `severity` and `effort` are those of its places, unless one says
    otherwise. `about_people`: a team may have it hidden. `is_on`: its places are listed by default, which they are once
    20 of them were judged and 9 in 10 were right. `per_file`: the places in a file depend on that file alone, so that
    what a change adds can be told from the files that it touches; `places` then names one, and several.
    `remedy`: it looks for what the paper prescribes against its debt. `rows`: what its evidence is to the number; what
    is good where it is a level, else what is bad.
    Raises ValueError where a docstring lacks one of them, or a SCORE signal its scale, or a parameter its type.
    """

    def declare(function: Callable[..., Measurement]) -> SignalFunction:
        module = inspect.getmodule(function)
        title = inspect.cleandoc((module and module.__doc__) or "").split("\n")[0].rstrip(".")
        texts = _sections(inspect.cleandoc(function.__doc__ or ""))
        name = function.__name__
        lacking = [heading for heading, field in HEADINGS.items() if not texts.get(field)]
        hints = get_type_hints(function)
        parameters = list(inspect.signature(function).parameters)
        lacking += [f"the type of {p}" for p in parameters if p not in hints]
        if lacking or not title or not texts["summary"]:
            raise ValueError(f"signal {name} lacks: {', '.join(lacking) or 'a title or a first line'}")
        if per_file and (places is None or severity is None):
            raise ValueError(f"signal {name} finds its places file by file: say what they are called, and weigh them")
        if status is Status.SCORE and scale is None:
            raise ValueError(f"signal {name} may score only on a scale with a source")
        definition = Definition(
            name=name,
            title=title,
            debt=debt,
            unit=unit,
            better=better,
            status=status,
            says=says,
            scale=scale,
            heads=heads,
            version=version,
            severity=severity,
            effort=effort,
            about_people=about_people,
            is_on=is_on,
            per_file=per_file,
            places=places,
            remedy=remedy,
            rows=rows or ("for" if unit == LEVEL else "against"),
            **texts,
        )
        return SignalFunction(definition, function, tuple(hints[p] for p in parameters))

    return declare


def _sections(text: str) -> dict[str, str]:
    """A docstring by its headings; folded, so that a paragraph is one line."""
    found: dict[str, list[str]] = {"summary": []}
    current = "summary"
    for line in text.split("\n"):
        heading, colon, rest = line.partition(":")
        if colon and heading in HEADINGS:
            current = HEADINGS[heading]
            found[current] = [rest]
        elif not line and current != "text":
            current = "text"
            found.setdefault("text", []).append("")
        else:
            found.setdefault(current, []).append(line)
    return {key: re.sub(r"\s+", " ", " ".join(lines)).strip() for key, lines in found.items()}


@cache
def discover() -> tuple[SignalFunction, ...]:
    """Every signal under `collectors.signals`, by name."""
    found = []
    folder = importlib.import_module("collectors.signals").__path__
    for module in pkgutil.iter_modules(folder, "collectors.signals."):
        found += [
            item for item in vars(importlib.import_module(module.name)).values() if isinstance(item, SignalFunction)
        ]
    names = [collector.definition.name for collector in found]
    if len(set(names)) != len(names):
        raise ValueError(f"two signals have one name: {min(n for n in names if names.count(n) > 1)}")
    return tuple(sorted(found, key=lambda collector: collector.definition.name))


FAILED = "the signal itself failed"
"""Begins the reason of a signal that raised."""


def measure(
    facts: Iterable[object], missing: Mapping[type, Missing], collectors: Iterable[SignalFunction]
) -> list[Signal]:
    """Every signal with its measurement. A missing fact makes those that need it unknown, and no others.

    A signal that raises becomes unknown too: one bug must not take the scorecard with it.
    """
    by_type = {type(fact): fact for fact in facts}
    return [Signal(collector.definition, _measure_one(collector, by_type, missing)) for collector in collectors]


def _measure_one(
    collector: SignalFunction, facts: Mapping[type, object], missing: Mapping[type, Missing]
) -> Measurement:
    for need in collector.needs:
        if need not in facts:
            return Measurement.unknown(missing[need].reason if need in missing else "it was not collected")
    try:
        measured = collector(*(facts[need] for need in collector.needs))
        return _less_what_was_not_seen(measured, collector, facts)
    except Exception as error:
        log.exception("signal %s failed", collector.definition.name)
        return Measurement.unknown(f"{FAILED} ({type(error).__name__}): please report it")


_OF_A_TREE = (Declarations, Lineage, Practices)
"""What is seen in the files of the commit, though a signal may not ask for them."""


def _less_what_was_not_seen(
    measured: Measurement, collector: SignalFunction, facts: Mapping[type, object]
) -> Measurement:
    """What of a tree nobody saw lowers the coverage, a folder as one file at least; the note says so.

    Else a number would look better for what it leaves out.
    """
    looks = set(collector.needs)
    trees = [fact for kind, fact in facts.items() if isinstance(fact, Files) and kind in looks]
    here = facts.get(Files)
    if isinstance(here, Files) and here not in trees and looks.intersection(_OF_A_TREE):
        trees.append(here)
    lost, ignored = sum(tree.lost for tree in trees), sum(tree.ignored for tree in trees)
    unread = sum(bool(row.summary.unread) for row in here.python) if isinstance(here, Files) and Lineage in looks else 0
    if measured.value is None or not lost + ignored + unread:
        return measured
    if measured.seen == measured.total == 1:  # the signal does not say what it looked at
        files = sum(map(len, trees))
        seen, total = files - ignored - unread, files + lost
    else:
        seen, total = measured.seen, measured.total + lost + ignored + unread
    told = {"folders that could not be listed": lost, "files that the team ignores": ignored}
    told["files of Python that could not be read"] = unread
    which = ", ".join(f"{name}: {number:,}" for name, number in told.items() if number)
    note = f"{which}; what they hold is not in this number"
    return replace(measured, seen=seen, total=total, note=f"{measured.note}; {note}" if measured.note else note)
