"""Signals in groups, the same wherever they are shown: what needs a line, and what many share one line for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from scoring.signal import IN_USE, LEVEL, NOT_SEEN, PRESENT, Signal, State, Trend, level_words
from scoring.wording import ENGLISH, Numbers

Moved = Callable[[Signal], Trend | None]
"""What became of a signal; None where there is nothing to compare with."""

MOVES = "worse", "better", "moved"


class Group(NamedTuple):
    """Signals that say the same, so that their titles say it in one line."""

    title: str
    signals: tuple[Signal, ...]
    is_debt: bool  # else it is about remedies


class Groups(NamedTuple):
    lines: tuple[Signal, ...]  # each has a line of its own: what moved first, the worse before the better
    shared: tuple[Group, ...]
    unknown: tuple[Signal, ...]
    asked: tuple[Signal, ...]


def grouped(signals: Iterable[Signal], moved: Moved) -> Groups:
    """Numbers of debt, then debts of which nothing was found now or before, then remedies by how far they go.

    A remedy whose level moved has a line of its own.
    """
    every = tuple(signals)
    measured = [signal for signal in every if signal.state is State.MEASURED]
    trends = {signal.name: moved(signal) for signal in measured}
    none = [signal for signal in measured if _is_none(signal, trends[signal.name])]
    found = [s for s in none if s.measurement.coverage == 1]
    so_far = [s for s in none if s.measurement.coverage < 1]
    practices = [s for s in measured if s.definition.unit == LEVEL and _is_still(trends[s.name])]
    apart = {signal.name for signal in (*none, *practices)}
    shared = [Group("None found", tuple(found), is_debt=True)]
    shared.append(Group("None found in the part that was seen", tuple(so_far), is_debt=True))
    shared += [_level(practices, level) for level in (IN_USE, PRESENT, NOT_SEEN)]
    lines = [signal for signal in measured if signal.name not in apart]
    return Groups(
        lines=tuple(sorted(lines, key=lambda signal: _order(trends[signal.name]))),
        shared=tuple(group for group in shared if group.signals),
        unknown=tuple(signal for signal in every if signal.state is State.UNKNOWN),
        asked=tuple(signal for signal in every if signal.state is State.ASK),
    )


def titles(group: Group, numbers: Numbers = ENGLISH) -> str:
    """Of its signals, with what was seen where that is not all."""
    return "; ".join(f"{one.definition.title}{_part(one, numbers)}" for one in group.signals)


def _part(signal: Signal, numbers: Numbers) -> str:
    found = signal.measurement
    return f" ({numbers.whole(found.seen)} of {numbers.whole(found.total)})" if found.coverage < 1 else ""


def _level(practices: Iterable[Signal], level: float) -> Group:
    words = level_words(level)
    reached = tuple(one for one in practices if level_words(one.measurement.value or NOT_SEEN) == words)
    return Group(f"Remedies {words}", reached, is_debt=False)


def _is_none(signal: Signal, moved: Trend | None) -> bool:
    is_still = moved is None or moved.before == 0
    return signal.measurement.value == 0 and signal.definition.rule is not None and is_still


def _is_still(moved: Trend | None) -> bool:
    return moved is None or moved.word == "same"


def _order(moved: Trend | None) -> int:
    return MOVES.index(moved.word) if moved and moved.word in MOVES else len(MOVES)
