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
    rows: tuple[Row, ...]  # what came, then what went, then what changed most: of these what took it that way
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
    every = tuple(_rows(_by_subject(before), _by_subject(after)))
    rows = tuple(row for row in every if _is_sure(row, before, after) and _explains(row, now, moved))
    return Move(now, moved, rows if every else _otherwise(now, moved, then, days), is_whole)


def _is_sure(row: Row, before: tuple[Evidence, ...], after: tuple[Evidence, ...]) -> bool:
    """Of a list that was cut, what is not on it may be below it: unless it weighs more than the last that is."""
    cut, number = {"new": (before, row.now), "gone": (after, row.before)}.get(row.word, ((), None))
    if len(cut) < MOST_EVIDENCE:
        return True
    numbers = [one.number for one in cut if one.number is not None]
    falls = len(numbers) == len(cut) and numbers == sorted(numbers, reverse=True)
    return falls and number is not None and number > numbers[-1]


def _explains(row: Row, signal: Signal, moved: Trend) -> bool:
    """It took the number where it went: what is bad still explains no number that got better."""
    if moved.word not in ("better", "worse"):
        return True
    is_better, kind = moved.word == "better", signal.definition.rows
    if kind == "each":
        return _pull(row, moved) == (1 if (moved.better == "higher") is is_better else -1)
    if kind == "aged" and row.word == "was":
        return False
    is_more = row.word == "new" or (row.word == "was" and (row.now or 0) > (row.before or 0))
    is_good = kind == "for" and (row.word == "was" or (row.now if row.word == "new" else row.before) != 0)
    return is_more is (is_better if is_good else not is_better)


def _pull(row: Row, moved: Trend) -> int:
    """Up or down: what came, went or changed, against the middle that it came to or went from. 0: neither."""
    if row.word == "was":
        then, now = row.before, row.now
    else:
        then, now = (moved.before, row.now) if row.word == "new" else (row.before, moved.now)
    return 0 if then is None or now is None else (now > then) - (now < then)


def _otherwise(now: Signal, moved: Trend, then: Signal, days: float) -> tuple[Row, ...]:
    """Where the same rows stand behind a number: numbers beside it that went the same way, or days that went by."""
    if now.definition.unit == "days" and abs(moved.now - moved.before - days) < A_MOMENT:
        return (Row("nothing but days", "time", None, None, days, ""),)
    beside = dict(then.measurement.details)
    told = ((name, beside.get(name), number) for name, number in now.measurement.details)
    return tuple(
        Row(name, "detail", None, was, number, "was")
        for name, was, number in told
        if was is not None and was != number and (number > was) is (moved.now > moved.before)
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
