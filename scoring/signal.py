"""A signal: one number about one kind of debt, or a reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, NamedTuple, Self

from scoring.debts import Debt


class Status(StrEnum):
    SCORE = "score"  # may make a letter
    SHOW = "show"  # number and trend only
    ASK = "ask"  # a person answers


SCORE, SHOW, ASK = Status.SCORE, Status.SHOW, Status.ASK


class State(StrEnum):
    MEASURED = "measured"
    UNKNOWN = "unknown"
    ASK = "ask"


class Letter(StrEnum):
    """Bands of a scale. A is best; later letters compare greater, so max() is the weakest."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"


Better = Literal["lower", "higher", "neither"]


@dataclass(frozen=True, slots=True)
class Scale:
    """Where the letters end, best first: A up to `bounds[0]`, … D up to `bounds[3]`, E beyond.

    Descending bounds mean that higher is better. Ends belong to the better letter.
    """

    bounds: tuple[float, float, float, float]
    source: str  # a published rule, or the calibration table's name and date

    def __post_init__(self) -> None:
        ascending = sorted(self.bounds)
        if list(self.bounds) not in (ascending, ascending[::-1]) or self.bounds[0] == self.bounds[3]:
            raise ValueError(f"the bounds of a scale run one way: {self.bounds}")

    def letter(self, value: float) -> Letter:
        descending = self.bounds[0] > self.bounds[3]
        for bound, letter in zip(self.bounds, Letter, strict=False):
            if value >= bound if descending else value <= bound:
                return letter
        return Letter.E


class Evidence(NamedTuple):
    """A row behind a number, so that a reader can check it: a file, branch, commit, language, cohort."""

    subject: str  # path, branch, commit (hex), language, year; as it stands in the repository, unescaped
    kind: str  # "file", "branch", "commit", "language", "folder", "pair", "cohort"
    number: float | None = None  # in the signal's unit unless the note says otherwise
    note: str = ""  # plain words
    line: int | None = None  # from 1, where the subject is a file


@dataclass(frozen=True, slots=True)
class Measurement:
    """A number with what it rests on, or the reason why there is none."""

    value: float | None
    n: int | None = None  # how many things it was computed from
    evidence: tuple[Evidence, ...] = ()  # the rows that matter most, at most 20
    seen: int = 1  # of `total` things that should have been looked at
    total: int = 1
    note: str = ""  # a clause a reader needs to read the number rightly
    reason: str = ""  # only without a value; ends "unknown, because …"
    details: tuple[tuple[str, float], ...] = ()  # further numbers of the same signal: ("median days", 12.0)

    def __post_init__(self) -> None:
        if self.value is None and not self.reason:
            raise ValueError("a measurement without a value says why")
        if self.value is not None and self.value != self.value:
            raise ValueError("not a number is not a value: return Measurement.unknown")

    @classmethod
    def unknown(cls, reason: str, evidence: tuple[Evidence, ...] = ()) -> Self:
        return cls(None, reason=reason, evidence=evidence, seen=0)

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
    says: str  # a sentence with {value} and {n}
    why: str = ""
    pay_off: str = ""
    cannot_see: str = ""
    ask: str = ""
    source: str = ""
    text: str = ""  # the rest of the docstring
    scale: Scale | None = None


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
    def sentence(self) -> str:
        """Plain words with the number; for an unknown one, the reason."""
        value = self.measurement.value
        if self.state is State.ASK:
            return self.definition.ask
        if value is None:
            return f"{self.definition.title}: unknown, because {self.measurement.reason}."
        shown = format_value(value, self.definition.unit)
        return self.definition.says.format(value=shown, n=self.measurement.n)


def format_value(value: float, unit: str) -> str:
    """A number as a person writes it: "12 %" for shares, "3.5 days", "2 people", "1,204 lines"."""
    word = unit.split(" ", 1)[0]
    if word == "share":
        return f"{value:.0%}".replace("%", " %") if value >= 0.1 or value == 0 else f"{value:.1%}".replace("%", " %")
    number = f"{value:,.0f}" if value == round(value) or abs(value) >= 100 else f"{value:,.1f}"
    return f"{number.replace('-', '−')} {_singular(unit) if number == '1' else unit}"


def _singular(unit: str) -> str:
    first, _, rest = unit.partition(" ")
    one = {"people": "person", "branches": "branch", "days": "day"}.get(first, first.removesuffix("s"))
    return f"{one} {rest}".strip()


@dataclass(frozen=True, slots=True)
class Trend:
    """One signal at two moments."""

    before: float
    now: float
    better: Better

    @property
    def word(self) -> str:
        """ "better", "worse", "same", or "moved" where neither direction is good."""
        if self.now == self.before:
            return "same"
        if self.better == "neither":
            return "moved"
        return "better" if (self.now > self.before) is (self.better == "higher") else "worse"


def trend(now: Signal, then: Signal | None) -> Trend | None:
    """None unless both were measured."""
    before = then.measurement.value if then else None
    if before is None or now.measurement.value is None:
        return None
    return Trend(before, now.measurement.value, now.definition.better)
