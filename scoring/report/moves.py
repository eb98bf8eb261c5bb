"""What happened between two scorecards of one repository: the numbers that moved, and the rows that moved them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from scoring.answers import Scorecard
from scoring.report.groups import MOVES
from scoring.signal import MOST_EVIDENCE, Evidence, Signal, Trend, trend

DAY = 86_400
A_MOMENT = 0.01
"""Days."""


class Row(NamedTuple):
    """One thing behind a number, then and now."""

    subject: str
    kind: str
    line: int | None
    before: float | None
    now: float | None
    word: str  # "new", "gone", "was" where its own number moved; empty where only time passed
    note: str = ""  # what its numbers are, or what it is


class Move(NamedTuple):
    """A signal whose number moved by more than noise."""

    signal: Signal
    trend: Trend
    rows: tuple[Row, ...]  # what came, then what went, then what changed most
    is_whole: bool  # False where only the rows that weigh most are kept, so that one may have come by another's going


def comparable(card: Scorecard, earlier: Scorecard) -> dict[str, Signal]:
    """The earlier signals by name, without those that another version of a signal measured."""
    now, then = (dict(one.identity.collectors) for one in (card, earlier))
    return {signal.name: signal for signal in earlier.signals if now.get(signal.name) == then.get(signal.name)}


def moves(card: Scorecard, earlier: Scorecard) -> tuple[Move, ...]:
    """Each signal once: what got worse, then better, then what moved where neither is good."""
    then = comparable(card, earlier)
    days = (card.identity.as_of - earlier.identity.as_of) / DAY
    pairs = ((now, trend(now, then.get(now.name))) for now in card.signals)
    found = [_move(now, moved, then[now.name], days) for now, moved in pairs if moved]
    return tuple(sorted((one for one in found if one.trend.word in MOVES), key=lambda one: MOVES.index(one.trend.word)))


def _move(now: Signal, moved: Trend, then: Signal, days: float) -> Move:
    after, before = now.measurement.evidence, then.measurement.evidence
    is_whole = max(len(after), len(before)) < MOST_EVIDENCE
    rows = tuple(_rows(_by_subject(before), _by_subject(after)))
    return Move(now, moved, rows or _otherwise(now, moved, then, days), is_whole)


def _otherwise(now: Signal, moved: Trend, then: Signal, days: float) -> tuple[Row, ...]:
    """Where the same rows stand behind a number: the numbers beside it that moved, or the days that went by."""
    if now.definition.unit == "days" and abs(moved.now - moved.before - days) < A_MOMENT:
        return (Row("nothing but days", "time", None, None, days, ""),)
    beside = dict(then.measurement.details)
    told = ((name, beside.get(name), number) for name, number in now.measurement.details)
    return tuple(
        Row(name, "detail", None, was, number, "was") for name, was, number in told if was not in (None, number)
    )


def _by_subject(rows: tuple[Evidence, ...]) -> dict[tuple[str, str], Evidence]:
    """A thing may have several rows: the first weighs most."""
    found: dict[tuple[str, str], Evidence] = {}
    for row in rows:
        found.setdefault((row.kind, row.subject), row)
    return found


def _rows(before: dict[tuple[str, str], Evidence], after: dict[tuple[str, str], Evidence]) -> Iterator[Row]:
    for key, row in after.items():
        if key not in before:
            yield Row(row.subject, row.kind, row.line, None, row.number, "new", row.note)
    for key, row in before.items():
        if key not in after:
            yield Row(row.subject, row.kind, None, row.number, None, "gone", row.note)
    changed = [
        Row(row.subject, row.kind, row.line, before[key].number, row.number, "was", row.note)
        for key, row in after.items()
        if key in before and before[key].number != row.number
    ]
    yield from sorted(changed, key=lambda row: -abs((row.now or 0) - (row.before or 0)))
