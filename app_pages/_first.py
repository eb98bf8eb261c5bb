"""What moved in a quarter, and what weighs most: what a lead looks at before anything else. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from app_pages._frames import shown
from app_pages._ledger import FindingRow, finding_row
from app_pages._view import View
from scoring.answers import Scorecard
from scoring.debts import DEBTS
from scoring.finding import Finding
from scoring.report.groups import grouped
from scoring.signal import Definition

MOST_MOVES, MOST_FINDINGS = 6, 5


class Moved(NamedTuple):
    name: str
    title: str
    way: str  # "worse", "better"
    was: str
    now: str
    debt: str  # the kind's title


class First(NamedTuple):
    """The heaviest open finding of one signal."""

    row: FindingRow
    debt: str  # id; empty where the kind is not named
    kind: str
    more: int  # further open ones of the same signal, among those that were looked through


def moves(card: Scorecard, view: View) -> tuple[Moved, ...]:
    """Numbers that got worse, then those that got better, in the order in which the answers tell them."""
    lines = grouped(card.signals, view.trend).lines
    ways = [(trend.word, signal, trend) for signal in lines if (trend := view.trend(signal)) is not None]
    return tuple(
        Moved(
            signal.name,
            view.title(signal.definition),
            way,
            view.value(trend.before, trend.unit),
            shown(signal, view),
            view.words(DEBTS[signal.debt].title) if signal.debt else "",
        )
        for wanted in ("worse", "better")
        for way, signal, trend in ways
        if way == wanted
    )


def first(findings: Iterable[Finding], definitions: Mapping[str, Definition], view: View) -> tuple[First, ...]:
    """Of findings, the heaviest first: one of each signal, so that five of a kind do not hide the rest."""
    every = list(findings)
    counted = Counter(finding.rule for finding in every)
    heaviest: dict[str, Finding] = {}
    for finding in every:
        heaviest.setdefault(finding.rule, finding)
    return tuple(
        First(
            finding_row(finding, definitions, view),
            finding.debt.value if finding.debt else "",
            view.words(DEBTS[finding.debt].title) if finding.debt else "",
            counted[rule] - 1,
        )
        for rule, finding in list(heaviest.items())[:MOST_FINDINGS]
    )
