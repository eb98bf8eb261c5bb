"""The parts of a question as a page of evidence shows them: by debt, with whatever signals speak of it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app_pages._frames import PartBlock, part_block
from app_pages._groups import Shown, rows
from app_pages._ledger import Open, findings_of
from app_pages._view import View
from scoring.answers import Answer, Part, Scorecard
from scoring.debts import Debt
from scoring.report.groups import MOVES
from scoring.signal import Signal, State, Trend, format_value


@dataclass(frozen=True, slots=True)
class Section:
    """One debt: what was measured of it, what could not be seen, and what only people can say."""

    block: PartBlock
    signals: Shown
    findings: Open | None  # None: nothing that hands over findings looked


def answers_consulting(card: Scorecard, debt: Debt) -> tuple[Answer, ...]:
    """In the order of the questions."""
    return tuple(answer for answer in card.answers if debt in answer.question.debts)


def answer_to(card: Scorecard, question: str) -> Answer:
    return next(answer for answer in card.answers if answer.question.id == question)


def part_of(card: Scorecard, debt: Debt) -> Part:
    """The same under every question that consults the debt."""
    return next(part for answer in card.answers for part in answer.parts if part.debt is debt)


_ORDER = {State.MEASURED: 0, State.UNKNOWN: 1, State.ASK: 2}


def sections(parts: Iterable[Part], view: View) -> tuple[Section, ...]:
    """What was measured first, then what could not be, then what only people can say."""
    return tuple(_section(part, view) for part in sorted(parts, key=lambda part: _ORDER[part.state]))


def _section(part: Part, view: View) -> Section:
    return Section(
        block=part_block(part, view),
        signals=rows(part.signals, view),
        findings=findings_of(part.signals),
    )


def with_a_line(signals: Sequence[Signal], view: View) -> list[Signal]:
    """Measured ones that can be drawn over time: one number alone would be a dot."""
    return [s for s in signals if s.state is State.MEASURED and sum(p.value is not None for p in view.past(s)) > 1]


def to_look_at(signals: Sequence[Signal], view: View) -> int:
    """Where the one is that got worse by most in a quarter, else better, else moved, else the first that ever moved."""
    ranks = [_how_far(view.trend(signal)) for signal in signals]
    if any(ranks):
        return ranks.index(max(ranks))
    return next((number for number, signal in enumerate(signals) if _ever_moved(signal, view)), 0)


def _ever_moved(signal: Signal, view: View) -> bool:
    """As it reads: what lies below the last digit that is shown is no move."""
    unit, known = signal.definition.unit, (past.value for past in view.past(signal))
    return len({format_value(value, unit, view.numbers) for value in known if value is not None}) > 1


def _how_far(trend: Trend | None) -> tuple[float, ...]:
    """By the way it went, then by how much of the larger number it went; empty where it did not move."""
    if trend is None or trend.word not in MOVES:
        return ()
    larger = max(abs(trend.before), abs(trend.now))
    return len(MOVES) - MOVES.index(trend.word), abs(trend.now - trend.before) / larger
