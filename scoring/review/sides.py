"""Two snapshots of one repository, and what became of the places where debt shows between them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from scoring.answers import Identity
from scoring.attestation import Attestation
from scoring.debts import Debt
from scoring.finding import Finding
from scoring.finding.difference import difference
from scoring.report.text import day
from scoring.signal import Definition, Signal, State
from scoring.wording import worded

IDS = "findings"
"""The collector whose version says how places get their ids."""


@dataclass(frozen=True, slots=True)
class Side:
    """A snapshot as a review compares it."""

    identity: Identity
    signals: tuple[Signal, ...]  # as measured: on no scale yet
    findings: tuple[Finding, ...] = ()  # the heaviest first
    lists_places: bool = True  # False: made from history, which lists none
    told: Mapping[str, str] = field(default_factory=dict)  # each answer's letter as it was printed then
    attestations: tuple[Attestation, ...] = ()
    partial: tuple[str, ...] = ()  # sentences: what could not be read

    @property
    def day(self) -> str:
        return day(self.identity.as_of)

    @property
    def by_name(self) -> dict[str, Signal]:
        return {signal.name: signal for signal in self.signals}

    @property
    def versions(self) -> dict[str, str]:
        return dict(self.identity.collectors)


class Flow(NamedTuple):
    """Places of one kind of debt between two moments. None: not known."""

    debt: Debt | None
    before: int | None
    taken_on: int | None  # of the rules that can be compared
    paid: int | None
    now: int | None
    accepted: int  # of those there are now
    why: str = ""  # why something of it is not known


@dataclass(frozen=True, slots=True)
class Places:
    """What became of single places. Rules that cannot be compared are told, and add nothing to either list."""

    added: tuple[Finding, ...]  # the heaviest first, as they stand now
    paid: tuple[Finding, ...]
    compared: frozenset[str]  # rules
    unseen: Mapping[str, str]  # by rule: why it is not compared, as a clause


def places(before: Side, now: Side) -> Places:
    """A rule is compared where both sides list all of its places, found by the same version of it."""
    rules = [signal.definition for signal in now.signals if signal.definition.rule]
    listed = Counter(row.rule for row in before.findings), Counter(row.rule for row in now.findings)
    unseen = {rule.name: why for rule in rules if (why := _why_not(rule, before, now, listed))}
    compared = frozenset(rule.name for rule in rules if rule.name not in unseen)
    found = difference(_of(before.findings, compared), _of(now.findings, compared), {})
    return Places(_as_now(found.added, now), found.paid, compared, unseen)


def _as_now(added: Iterable[Finding], now: Side) -> tuple[Finding, ...]:
    """With the ids by which the snapshot knows them: those of a difference lack their number."""
    known = {(row.rule, row.path, row.line, row.end_line, row.snippet): row.id for row in now.findings}
    return tuple(
        row._replace(id=known.get((row.rule, row.path, row.line, row.end_line, row.snippet), row.id)) for row in added
    )


def _of(found: Iterable[Finding], rules: frozenset[str]) -> list[Finding]:
    return [row for row in found if row.rule in rules]


def _why_not(rule: Definition, before: Side, now: Side, listed: tuple[Counter[str], Counter[str]]) -> str:
    if before.versions.get(rule.name) != now.versions.get(rule.name):
        return f"“{rule.title}” is measured another way since"
    if before.versions.get(IDS) != now.versions.get(IDS):
        return "places are told apart in another way since"
    sides = zip((before, now), listed, strict=True)
    return next(filter(None, (_why_not_whole(rule, side, counted[rule.name]) for side, counted in sides)), "")


def _why_not_whole(rule: Definition, side: Side, listed: int) -> str:
    signal = side.by_name.get(rule.name)
    if signal is None or signal.state is State.UNKNOWN:
        reason = signal.measurement.reason if signal else "it was not measured"
        return f"“{rule.title}” was unknown on {side.day}: {reason}"
    tally = signal.measurement.tally
    if tally is None:
        return f"the places of “{rule.title}” were not listed on {side.day}: the rule was off"
    if not side.lists_places and tally.total:
        return f"the snapshot of {side.day} was made from history, which counts places and lists none"
    return "" if tally.total == listed else f"on {side.day} “{rule.title}” had more places than are kept"


def flows(before: Side, now: Side, seen: Places) -> tuple[Flow, ...]:
    """Each kind of debt that has places on a side, in the paper's order, then that of no kind.

    Where a rule is not compared, nothing taken on or paid is not said: it may be what is not known.
    """
    rules: defaultdict[Debt | None, list[str]] = defaultdict(list)
    for signal in now.signals:
        if signal.definition.rule:
            rules[signal.debt].append(signal.name)
    kinds = [*Debt, None]
    return tuple(flow for kind in kinds if kind in rules and (flow := _flow(kind, rules[kind], before, now, seen)))


def _flow(kind: Debt | None, rules: list[str], before: Side, now: Side, seen: Places) -> Flow | None:
    others = {rule: seen.unseen[rule] for rule in rules if rule in seen.unseen and _counts(rule, before, now)}
    added, paid = (sum(row.rule in rules for row in found) for found in (seen.added, seen.paid))
    same = all(before.versions.get(rule) == now.versions.get(rule) for rule in rules)
    then, here = (_total(before, rules) if same else None), _total(now, rules)
    if not (then or here or added or paid or others):
        return None
    is_known = not others or added or paid
    on, off = (added, paid) if is_known else (None, None)
    return Flow(kind, then, on, off, here, _accepted(now, rules), _clauses(others.values()))


def _counts(rule: str, before: Side, now: Side) -> bool:
    """It has places on a side, or may have: what was off on both says nothing."""
    tallies = [signal.measurement.tally for side in (before, now) if (signal := side.by_name.get(rule))]
    return any(tally is not None and tally.total for tally in tallies)


def _clauses(whys: Iterable[str]) -> str:
    every = list(dict.fromkeys(whys))
    more = f"; and {len(every) - 2} more {worded(len(every) - 2, 'reason', 'reasons')}" if len(every) > 2 else ""
    return "; ".join(every[:2]) + more


def _total(side: Side, rules: Iterable[str]) -> int | None:
    tallies = [signal.measurement.tally for rule in rules if (signal := side.by_name.get(rule))]
    counted = [tally.total for tally in tallies if tally is not None]
    return sum(counted) if counted else None


def _accepted(side: Side, rules: Iterable[str]) -> int:
    tallies = [signal.measurement.tally for rule in rules if (signal := side.by_name.get(rule))]
    return sum(tally.accepted for tally in tallies if tally is not None)
