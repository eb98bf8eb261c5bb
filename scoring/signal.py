"""A signal: one number about one kind of debt, or a reason why there is none."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, NamedTuple, Self

from scoring.debts import DEBTS, Debt, Words
from scoring.debts.questions import ASKED_IN_KOREAN
from scoring.finding import Effort, Rule, Severity, Spot, Tally
from scoring.scale import Letter, Scale, grade
from scoring.values import (
    IN_USE,
    LEVEL,
    NOT_SEEN,
    PRESENT,
    Better,
    Trend,
    evidence_number,
    format_value,
    level_words,
    stands_alone,
)
from scoring.wording import ENGLISH, Counted, Numbers, told

__all__ = [
    "ASK",
    "IN_USE",
    "LEVEL",
    "MOST_EVIDENCE",
    "NOT_SEEN",
    "PRESENT",
    "SCORE",
    "SHOW",
    "Better",
    "Definition",
    "Evidence",
    "Letter",
    "Measurement",
    "Rows",
    "Scale",
    "Signal",
    "State",
    "Status",
    "Trend",
    "evidence_number",
    "format_value",
    "grade",
    "level_words",
    "stands_alone",
    "trend",
]


class Status(StrEnum):
    SCORE = "score"  # may make a letter
    SHOW = "show"  # number and trend only
    ASK = "ask"  # a person answers


SCORE, SHOW, ASK = Status.SCORE, Status.SHOW, Status.ASK


class State(StrEnum):
    MEASURED = "measured"
    UNKNOWN = "unknown"
    ASK = "ask"


Rows = Literal["against", "aged", "for", "each"]
"""What the rows behind a number are to it: what is bad, with or without an age that grows by itself; what is good; or
those in whose middle the number is."""
MOST_EVIDENCE = 20


class Evidence(NamedTuple):
    """A row behind a number, so that a reader can check it: a file, branch, commit, request, language."""

    subject: str  # path, branch, commit (hex), language, year; as it stands in the repository, unescaped
    kind: str  # "file", "folder", "branch", "commit", "request", "issue", "language", "pair", "cohort"
    number: float | None = None  # in the signal's unit unless the note says otherwise
    note: str = ""  # plain words
    line: int | None = None  # from 1, where the subject is a file


@dataclass(frozen=True, slots=True)
class Measurement:
    """A number with what it rests on, or the reason why there is none."""

    value: float | None
    n: int | None = None  # how many things it was computed from
    evidence: tuple[Evidence, ...] = ()  # the rows that matter most, at most MOST_EVIDENCE
    seen: int = 1  # of `total` things that should have been looked at
    total: int = 1
    note: str = ""  # a clause a reader needs to read the number rightly
    reason: str = ""  # only without a value; ends "unknown, because …"
    details: tuple[tuple[str, float], ...] = ()  # further numbers of the same signal: ("median days", 12.0)
    spots: tuple[Spot, ...] = ()  # every place where the debt shows, in any order; not read back from a store
    tally: Tally | None = None  # of the findings that a scan made of them; None: the signal knows no places

    def __post_init__(self) -> None:
        if self.value is None and not self.reason:
            raise ValueError("a measurement without a value says why")
        numbers = [self.value, *(row.number for row in self.evidence), *(number for _, number in self.details)]
        if not all(math.isfinite(number) for number in numbers if number is not None):
            raise ValueError("infinity and not-a-number are no values: return Measurement.unknown")
        if not 0 <= self.seen <= self.total or len(self.evidence) > MOST_EVIDENCE:
            raise ValueError(f"{self.seen} of {self.total} seen, {len(self.evidence)} rows of evidence")

    @classmethod
    def unknown(cls, reason: str, evidence: tuple[Evidence, ...] = (), spots: tuple[Spot, ...] = ()) -> Self:
        return cls(None, reason=reason, evidence=evidence[:MOST_EVIDENCE], seen=0, spots=spots)

    @classmethod
    def asked(cls) -> Self:
        """Of a signal that asks: nothing is looked at."""
        return cls.unknown("only a person can say")

    @property
    def coverage(self) -> float:
        """Share of what should have been looked at that was, 0 to 1."""
        return self.seen / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class Definition:
    """What a signal is, apart from any repository. The texts come from the signal's docstring."""

    name: str  # snake_case, the function's name
    title: str  # the module's docstring: "Pipelines that live in notebooks"
    debt: Debt | None  # None: self-admitted debt whose kind is not named; under no question
    unit: str  # "share of code files", "days", "people"
    better: Better
    status: Status
    summary: str  # the docstring's first line: what is counted, and the range
    says: str  # a sentence with {value} and {n}, and {n:file is|files are} where words follow the number
    why: str = ""
    pay_off: str = ""
    cannot_see: str = ""
    ask: str = ""
    source: str = ""
    text: str = ""  # the rest of the docstring
    scale: Scale | None = None
    heads: bool = False  # its number speaks first for its debt
    version: int = 1  # raised when the same facts give another number
    severity: Severity | None = None  # of its places, unless one says otherwise; None: it knows no places
    effort: Effort | None = None  # that paying one of them off takes
    about_people: bool = False  # a team may have it hidden
    is_on: bool = True  # its places are listed unless a team wants it otherwise; off where their precision is not shown
    remedy: bool = False  # it looks for what the paper prescribes against its debt
    per_file: bool = False  # its places in a file depend on that file alone
    places: tuple[str, str] | None = None  # what one of its places is called, and what several are
    rows: Rows = "against"

    @property
    def rule(self) -> Rule | None:
        """What its findings repeat; None where it knows no places."""
        if self.severity is None or self.effort is None:
            return None
        return Rule(self.name, self.debt, self.severity, self.effort)

    @property
    def asks(self) -> Words:
        """Its question; in Korean where it is translated, or asked of its kind of debt in the same words."""
        of_kind = DEBTS[self.debt].ask if self.debt else Words("", "")
        return of_kind if of_kind.en == self.ask else Words(self.ask, ASKED_IN_KOREAN.get(self.name, self.ask))

    def counted(self, number: int) -> str:
        """So many of its places: "1 local path", "2 local paths"."""
        one, several = self.places or (f"finding of {self.name}", f"findings of {self.name}")
        return f"{number:,} {one if number == 1 else several}"

    def __post_init__(self) -> None:
        if self.scale and self.better != ("higher" if self.scale.higher_is_better else "lower"):
            raise ValueError(f"signal {self.name}: {self.better} is better, but its scale runs the other way")
        if (self.severity is None) is not (self.effort is None):
            raise ValueError(f"signal {self.name}: places have both a severity and an effort")
        told(self.says, Counted(0, ""), Counted(0, ""))  # a misspelt placeholder fails here, not before a reader


@dataclass(frozen=True, slots=True)
class Signal:
    definition: Definition
    measurement: Measurement

    @property
    def name(self) -> str:
        return self.definition.name

    @property
    def debt(self) -> Debt | None:
        return self.definition.debt

    @property
    def state(self) -> State:
        if self.definition.status is Status.ASK:
            return State.ASK
        return State.UNKNOWN if self.measurement.value is None else State.MEASURED

    @property
    def letter(self) -> Letter | None:
        """Only a SCORE signal that was measured, on a scale with a source."""
        value, definition = self.measurement.value, self.definition
        if value is None or definition.status is not Status.SCORE or definition.scale is None:
            return None
        return definition.scale.letter(value)

    @property
    def span(self) -> tuple[Letter, Letter] | None:
        """Best and worst letter: what the scale leaves open, and to E where part of what counts was not seen."""
        value, scale = self.measurement.value, self.definition.scale
        if self.letter is None or value is None or scale is None:
            return None
        best, worst = scale.span(value)
        return best, worst if self.measurement.coverage == 1 else Letter.E

    @property
    def sentence(self) -> str:
        """Plain words with the number, then the tally where some is accepted; for an unknown one, the reason."""
        return self.said()

    def said(self, numbers: Numbers = ENGLISH) -> str:
        """The sentence, with its numbers in this form."""
        value = self.measurement.value
        if self.state is State.ASK:
            return self.definition.ask
        if value is None:
            return f"{self.definition.title}: unknown, because {numbers.within(self.measurement.reason)}."
        n = self.measurement.n
        number = Counted(n, "an unknown number of" if n is None else numbers.whole(n))
        said = told(self.definition.says, Counted(value, format_value(value, self.definition.unit, numbers)), number)
        tally = self.measurement.tally
        return f"{said} {tally.said(numbers)}." if tally and (tally.accepted or tally.lapsed) else said


def trend(now: Signal, then: Signal | None) -> Trend | None:
    """None unless both were measured."""
    before = then.measurement.value if then else None
    definition, measurement = now.definition, now.measurement
    if before is None or measurement.value is None:
        return None
    return Trend(before, measurement.value, definition.better, definition.unit, measurement.n)
