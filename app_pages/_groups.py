"""Signals of a question or a debt as a page shows them: grouped as everywhere, with what stands behind. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app_pages._charts import spark
from app_pages._frames import SignalRow, signal_row
from app_pages._view import View
from scoring.debts import DEBTS
from scoring.report.groups import Group, grouped
from scoring.signal import Signal


class Row(NamedTuple):
    row: SignalRow
    kind: str  # of debt
    line: str | None  # one year, as an image's address


class Fold(NamedTuple):
    """Signals of which one line says enough."""

    title: str
    names: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    lines: tuple[Row, ...]
    shared: tuple[Fold, ...]
    unknown: tuple[Row, ...]
    asked: tuple[Row, ...]


def rows(signals: Sequence[Signal], view: View, *, briefly: bool = False, most: int | None = None) -> Shown:
    """`briefly`: without lines over time and the rows behind the numbers; else with at most `most` rows each."""
    most = 0 if briefly else most
    found = grouped(signals, view.trend)
    return Shown(
        lines=_rows(found.lines, view, most, briefly),
        shared=tuple(
            Fold(group.title, _names(group, view), _rows(group.signals, view, most, briefly)) for group in found.shared
        ),
        unknown=_rows(found.unknown, view, most, briefly),
        asked=_rows(found.asked, view, most, briefly),
    )


def _names(group: Group, view: View) -> str:
    """The titles of its signals, with what was seen where that is not all."""
    return "; ".join(view.title(one.definition) + _part(one, view) for one in group.signals)


def _part(signal: Signal, view: View) -> str:
    found = signal.measurement
    return f" ({view.part(found.seen, found.total)})" if found.coverage < 1 else ""


def _rows(signals: Iterable[Signal], view: View, most: int | None, briefly: bool) -> tuple[Row, ...]:
    return tuple(_row(signal, view, most, briefly) for signal in signals)


def _row(signal: Signal, view: View, most: int | None, briefly: bool) -> Row:
    kind = view.words(DEBTS[signal.debt].title) if signal.debt else ""
    line = None if briefly else spark(view.past(signal), view.at)
    return Row(signal_row(signal, view, most=most), kind, line)
