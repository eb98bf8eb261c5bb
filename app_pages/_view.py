"""What the rows of one scorecard are compared with, and in whose language they speak. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from app_pages._trend import NOT_THEN, Change, a_quarter_before, change, trend
from collectors.facts.ages import LineAges
from collectors.facts.data_graph import Lineage
from collectors.registry import discover
from mldebt.store.series import Past
from scoring.answers import Answer, Scorecard
from scoring.debts import Words
from scoring.korean import saying
from scoring.report.text import day
from scoring.signal import Definition, Signal, Trend
from scoring.wording import ENGLISH, Numbers

OF_TODAY = "looked at for the newest snapshot only"


@cache
def _of_today() -> frozenset[str]:
    """Signals whose facts are not looked for in the past."""
    return frozenset(one.definition.name for one in discover() if {Lineage, LineAges} & set(one.needs))


Series = Mapping[str, Sequence[Past]]
"""Signals of a repository's snapshots of one year by name, oldest first."""


@dataclass(frozen=True, slots=True)
class View:
    """What the rows of one scorecard need to know besides its signals."""

    series: Series
    at: int  # the snapshot's as_of
    commit: str
    web: str | None = None
    language: str = "en"
    numbers: Numbers = ENGLISH
    kept: dict[str, tuple[Past | None, str]] = field(default_factory=dict, compare=False, repr=False)

    def past(self, signal: Signal) -> Sequence[Past]:
        return self.series.get(signal.name, ())

    def change(self, signal: Signal) -> Change:
        then, version = self.then(signal)
        measured = signal.measurement
        found = change(signal.definition, measured.value, then, version, measured.n, self.numbers, self.language)
        return replace(found, why=OF_TODAY) if found.why == NOT_THEN and signal.name in _of_today() else found

    def trend(self, signal: Signal) -> Trend | None:
        """Since a quarter ago; None where there is nothing to compare with."""
        then, version = self.then(signal)
        return trend(signal.definition, signal.measurement.value, then, version, signal.measurement.n)

    def then(self, signal: Signal) -> tuple[Past | None, str]:
        """Looked for once: several parts of a page ask for the same signal."""
        if signal.name not in self.kept:
            series = self.past(signal)
            version = next((past.version for past in reversed(series) if past.at == self.at), "")
            self.kept[signal.name] = a_quarter_before(series, self.at), version
        return self.kept[signal.name]

    @property
    def then_day(self) -> str:
        """Of the snapshot with which most numbers are compared; empty where there is none."""
        found = Counter(
            then.at for past in self.series.values() if (then := a_quarter_before(past, self.at)) is not None
        )
        return day(found.most_common(1)[0][0]) if found else ""

    @property
    def is_first(self) -> bool:
        """Nothing is of about a quarter ago."""
        return not self.then_day

    def words(self, words: Words) -> str:
        return self.numbers.within(words.in_language(self.language))

    def title(self, definition: Definition) -> str:
        return saying.title(definition, self.language)

    def why(self, definition: Definition) -> str:
        """Why it matters."""
        return self.numbers.within(saying.why(definition, self.language))

    def pay_off(self, definition: Definition) -> str:
        return self.numbers.within(saying.pay_off(definition, self.language))

    def value(self, number: float, unit: str) -> str:
        """A number as a person writes it."""
        return saying.value(number, unit, self.language, self.numbers)

    def evidence_number(self, number: float, note: str, unit: str) -> str:
        return saying.evidence_number(number, note, unit, self.language, self.numbers)

    def part(self, seen: int, total: int) -> str:
        """How much of it was looked at."""
        return saying.part(seen, total, self.language, self.numbers)

    def answer(self, answer: Answer) -> str:
        """The sentence of an answer."""
        return saying.answer(answer, self.language, self.numbers)

    def headline(self, card: Scorecard) -> str:
        return saying.headline(card, self.language)

    def reason(self, signal: Signal) -> str:
        """Why it is unknown."""
        return saying.reason(signal, self.language, self.numbers)

    def unknown(self, signal: Signal) -> str:
        """That it is unknown, and why: a sentence that stands behind its title."""
        return saying.unknown(signal, self.language, self.numbers)
