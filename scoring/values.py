"""A number of a signal, as a person writes it; and whether it moved."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from scoring.wording import ENGLISH, Numbers

Better = Literal["lower", "higher", "neither"]
LEVEL = "level"
"""The unit of a practice: not seen, present, in use."""
NOT_SEEN, PRESENT, IN_USE = 0.0, 0.5, 1.0


def format_value(value: float, unit: str, numbers: Numbers = ENGLISH) -> str:
    """A number as a person writes it: "12 %" for shares, "3.5 days", "2 people", "1,204 lines".

    What is not zero never reads as zero, nor what is not all as all. A level is told in words.
    """
    if unit == LEVEL:
        return level_words(value)
    if unit.split(" ", 1)[0] == "share":
        return _share(value, numbers)
    number = f"{value:,.0f}" if value == round(value) or abs(value) >= 100 else f"{value:,.1f}"
    if value and float(number.replace(",", "")) == 0:
        number = "under 0.1" if value > 0 else "under 0"
    number = number.removeprefix("-") if float(value) == 0 else number.replace("-", "−")
    return f"{numbers.throughout(number)} {_singular(unit) if number in ('1', '−1') else unit}"


def evidence_number(number: float, note: str, unit: str, numbers: Numbers = ENGLISH) -> str:
    """The number of a row of evidence: in the signal's unit, unless its note names another after it."""
    if note.startswith(("of the ", "of their ")):
        return format_value(number, "share", numbers)
    names_unit = note and (unit.startswith("share") or not stands_alone(note))
    return format_value(number, "" if names_unit else unit, numbers).strip()


def stands_alone(note: str) -> bool:
    """A note that does not go on after a number: "4 of 6 settings", "commits: 4"."""
    return note[:1].isdigit() or note.partition(" ")[0].endswith(":")


def level_words(value: float) -> str:
    """How far a practice goes: being there earns half, only use earns the rest."""
    if value >= 1:
        return "in use"
    return "present, use not seen" if value >= PRESENT else "not seen"


def _share(value: float, numbers: Numbers) -> str:
    if 0 < value < 0.001:
        return f"under {numbers.share('0.1')}"
    if 0.995 < value < 1:
        return f"over {numbers.share('99')}"
    percent = f"{value * 100:.0f}" if abs(value) >= 0.1 or value == 0 else f"{value * 100:.1f}"
    return numbers.share(percent.replace("-", "−"))


def _singular(unit: str) -> str:
    first, _, rest = unit.partition(" ")
    if rest.startswith("and "):
        return f"{_singular(first)} or {_singular(rest.removeprefix('and '))}"
    irregular = {"people": "person", "branches": "branch", "processes": "process"}
    regular = f"{first.removesuffix('ies')}y" if first.endswith("ies") else first.removesuffix("s")
    return f"{irregular.get(first, regular)} {rest}".strip()


@dataclass(frozen=True, slots=True)
class Trend:
    """One signal at two moments."""

    before: float
    now: float
    better: Better
    unit: str
    n: int | None = None  # how many things the number now was computed from

    @property
    def word(self) -> str:
        """better, worse, same (also where both read alike), or moved where neither direction is good."""
        if self.is_noise:
            return "same"
        if self.better == "neither":
            return "moved"
        return "better" if (self.now > self.before) is (self.better == "higher") else "worse"

    @property
    def reads_alike(self) -> bool:
        return self.now == self.before or _reads_alike(self)

    @property
    def is_noise(self) -> bool:
        """No verdict: it reads alike, is within a twentieth, half a day, or one more or less of what is counted."""
        return bool(self._within) or self.reads_alike  # to write both takes longer than to compare them

    @property
    def why_same(self) -> str:
        """By how little it moved, as a clause; empty where it moved by more, or reads alike."""
        within = self._within
        return "" if within and self.reads_alike else within

    @property
    def _within(self) -> str:
        change, kind = abs(self.now - self.before), self.unit.split(" ", 1)[0]
        if change <= max(abs(self.now), abs(self.before)) / 20:
            return "within a twentieth"
        if kind == "days" and change <= 0.5:
            return "within half a day"
        if kind == "share" and self.n and change <= 1 / self.n:
            return f"within one thing of {self.n:,}" if self.n > 1 else "it rests on one thing"
        return ""


@lru_cache(maxsize=10_000)  # a page asks ten times for each signal
def _reads_alike(moved: Trend) -> bool:
    return format_value(moved.now, moved.unit) == format_value(moved.before, moved.unit)
