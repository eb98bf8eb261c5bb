"""How a letter came about, row by row, so that a reader can do the sum again."""

from __future__ import annotations

from typing import Any

from scoring.answers import Answer, Scorecard
from scoring.debts import DEBTS
from scoring.signal import Letter, Scale, Signal, State, Status, format_value, grade
from scoring.wording import ENGLISH, Numbers, worded

STANDS = {
    Letter.A: "among the best quarter",
    Letter.B: "in the better half",
    Letter.C: "in the worse half",
    Letter.D: "among the worst quarter",
    Letter.E: "among the worst tenth",
}
"""What a letter says where the bounds are percentiles: of 25, 50, 75 and 90 in a hundred."""

Rows = tuple[tuple[str, str], ...]


def of_signal(signal: Signal, card: Scorecard | None = None, numbers: Numbers = ENGLISH) -> Rows:
    """Of one signal: its number, what it is compared with, where the letters end. Without a letter, why there is
    none."""
    scale, value = signal.definition.scale, signal.measurement.value
    if signal.letter is None or scale is None or value is None:
        return (("Letter", f"none: {_why_none(signal, card)}"),)
    unit = signal.definition.unit
    stands = f", {STANDS[signal.letter]}" if scale.n else ""
    number = f"{format_value(value, unit, numbers)} ({numbers.short(value)})"
    rows = [
        ("Letter", f"{grade(signal.letter, signal.span)}{stands}"),
        ("Number", f"{number}; {signal.definition.better} is better"),
        ("Bounds", _bounds(scale, unit, numbers)),
        ("Compared", _compared(scale, numbers)),
    ]
    open_ = _left_open(signal, scale, value, numbers)
    return (*rows, *([("Left open", open_)] if open_ else []))


def of_answer(answer: Answer) -> Rows:
    """Of one answer: the letter, the parts that decided it, and what keeps its interval open."""
    if answer.letter is None:
        return (("Letter", f"none: {answer.why_no_letter or 'no part has one'}"),)
    decided = "; ".join(
        f"{DEBTS[part.debt].title.en.lower()}, by {', '.join(s.name for s in part.signals if s.letter == part.letter)}"
        for part in answer.deciding
    )
    lettered = [part for part in answer.parts if part.letter is not None]
    rows = [
        ("Letter", answer.grade),
        ("Decided by", f"the weakest part: {decided}"),
        ("Parts with a letter", f"{len(lettered)} of {answer.total}"),
    ]
    if not all(part.is_settled for part in answer.parts):
        number = sum(not part.is_settled for part in answer.parts)
        rows.append(
            (
                "Left open",
                f"{number} {worded(number, 'part', 'parts')} without a letter, or seen in part, may be as weak as E",
            )
        )
    return tuple(rows)


def scale_object(signal: Signal) -> dict[str, Any] | None:
    """The scale that a letter was read from, for JSON."""
    scale = signal.definition.scale
    if scale is None or signal.letter is None:
        return None
    return {
        "bounds": list(scale.bounds),
        "intervals": [list(one) for one in scale.spread] or None,
        "repositories": scale.n,
        "among": scale.among,
        "source": scale.source,
    }


def _why_none(signal: Signal, card: Scorecard | None) -> str:
    if signal.state is State.ASK:
        return "a person answers"
    if signal.definition.status is not Status.SCORE:
        return (card.why_not if card else "") or "its number is shown, and no scale of it is proven for this size"
    return "it was not measured"


def _bounds(scale: Scale, unit: str, numbers: Numbers) -> str:
    way = "from" if scale.higher_is_better else "up to"
    spreads = scale.spread or [None] * len(scale.bounds)
    told = []
    for letter, bound, spread in zip(Letter, scale.bounds, spreads, strict=False):
        may = "" if spread is None else f" ({numbers.short(spread[0])} to {numbers.short(spread[1])})"
        told.append(f"{letter} {way} {format_value(bound, unit, numbers)}{may}")
    return f"{', '.join(told)}, {Letter.E} beyond"


def _compared(scale: Scale, numbers: Numbers) -> str:
    if not scale.n:
        return scale.source
    return f"with {numbers.whole(scale.n)} repositories of {numbers.within(scale.among)} ({scale.source})"


def _left_open(signal: Signal, scale: Scale, value: float, numbers: Numbers) -> str:
    said = []
    if len({letter for letter, bound in zip(Letter, scale.bounds, strict=False) if bound == value}) > 1:
        said.append("more than one bound lies at this very number")
    else:
        best, worst = scale.span(value)
        if best != worst:
            said.append("a bound may lie on either side of it")
    measured = signal.measurement
    if measured.coverage < 1:
        seen, total = numbers.whole(measured.seen), numbers.whole(measured.total)
        said.append(f"{seen} of {total} seen: the rest may be as weak as E")
    return "; ".join(said)
