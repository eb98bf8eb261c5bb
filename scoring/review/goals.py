"""What a team decides about debt, and what the next snapshots say of it.

The words are those of CodeScene's goals, which it checks at each analysis: a place is to be refactored (broken where
nothing happens), supervised (no worse than now), critical (no new debt at all), or accepted until a day.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from scoring.debts import DEBTS, Debt
from scoring.finding import Finding
from scoring.report.groups import MOVES
from scoring.review.sides import Places, Side
from scoring.signal import Signal, State, trend
from scoring.wording import worded


class Kind(StrEnum):
    REFACTOR = "refactor"
    SUPERVISE = "supervise"
    CRITICAL = "critical"
    ACCEPT = "accept"


KINDS = {
    Kind.REFACTOR: "Refactor: pay it off, or part of it, by the day",
    Kind.SUPERVISE: "Supervise: we live with what is there, and it gets no more",
    Kind.CRITICAL: "Critical: no new debt here at all",
    Kind.ACCEPT: "Accept: we live with it until the day, then decide again",
}


class About(StrEnum):
    """What a decision is about."""

    FINDING = "finding"
    FILE = "file"
    DEBT = "debt"


class Goal(NamedTuple):
    kind: Kind
    about: About
    subject: str  # id of a finding, path of a file, or id of a kind of debt
    due: str  # YYYY-MM-DD


class Outcome(StrEnum):
    HELD = "held"
    BROKEN = "broken"
    OPEN = "open"  # its day has not come, and nothing is done yet
    RAN_OUT = "ran out"  # of what was accepted until a day that is over
    UNKNOWN = "not measurable"


class Checked(NamedTuple):
    outcome: Outcome
    why: str  # a clause: what was seen, or why nothing could be


def check(goal: Goal, then: Side, now: Side, seen: Places, day: str) -> Checked:
    """A goal set at the snapshot `then`, by the snapshot `now`. `seen` are the places of both, `day` is today."""
    if goal.kind is Kind.ACCEPT and day > goal.due:
        return Checked(Outcome.RAN_OUT, f"accepted until {goal.due}: decide again")
    if then.identity.digest == now.identity.digest:
        return _unmoved(goal, day)
    rules, why_none = _rules(goal, then, now)
    if not rules:
        return _by_numbers(goal, then, now, day) if goal.about is About.DEBT else _not_known(goal, why_none)
    compared = [rule for rule in rules if rule in seen.compared]
    unseen = list(dict.fromkeys(seen.unseen[rule] for rule in rules if rule in seen.unseen))
    if not compared:
        why = unseen[0] if unseen else "its rule is not measured any more"
        return _not_known(goal, f"because {why}")
    added, paid = (sum(_is_of(goal, row) for row in found) for found in (seen.added, seen.paid))
    caveats = [*unseen[:1], *_fewer_looked_at(then, now, compared)]
    return _by_places(goal, added, paid, day, "".join(f"; {caveat}" for caveat in caveats))


def _not_known(goal: Goal, why: str) -> Checked:
    """What is accepted holds until its day, whatever can be measured of it."""
    if goal.kind is Kind.ACCEPT:
        return Checked(Outcome.HELD, f"accepted until {goal.due}; what became of it is not known, {why}")
    return Checked(Outcome.UNKNOWN, why)


def _unmoved(goal: Goal, day: str) -> Checked:
    if goal.kind is Kind.ACCEPT:
        return Checked(Outcome.HELD, f"accepted until {goal.due}")
    if goal.kind is Kind.REFACTOR and day <= goal.due:
        return Checked(Outcome.OPEN, f"nothing newer was scanned since; due {goal.due}")
    return Checked(Outcome.UNKNOWN, "because nothing newer was scanned since")


def _rules(goal: Goal, then: Side, now: Side) -> tuple[list[str], str]:
    """Rules whose places decide, or why there are none."""
    if goal.about is About.DEBT:
        return sorted(s.name for s in now.signals if s.debt == goal.subject and _places_of(s)), ""
    if goal.about is About.FILE and goal.kind in (Kind.SUPERVISE, Kind.CRITICAL):
        return sorted(s.name for s in now.signals if s.definition.rule), ""
    meant = sorted({row.rule for row in then.findings if _is_of(goal, row)})
    return meant, "" if meant else "because its places are not listed in the snapshot that it was decided on"


def _places_of(signal: Signal) -> bool:
    return signal.definition.rule is not None and (
        signal.measurement.tally is not None or signal.state is State.UNKNOWN
    )


def _is_of(goal: Goal, row: Finding) -> bool:
    match goal.about:
        case About.FINDING:
            return stem(row.id) == stem(goal.subject)
        case About.FILE:
            return row.path == goal.subject
        case About.DEBT:
            return row.debt is not None and row.debt.value == goal.subject


def stem(finding_id: str) -> str:
    """The id without the number that tells places apart which are alike."""
    return finding_id.partition("-")[0]


def _by_places(goal: Goal, added: int, paid: int, day: str, caveat: str) -> Checked:
    seen = f"{paid} paid, {added} new{caveat}"
    match goal.kind:
        case Kind.REFACTOR if paid > added:
            return Checked(Outcome.HELD, seen)
        case Kind.REFACTOR:
            return Checked(Outcome.OPEN if day <= goal.due else Outcome.BROKEN, f"{seen}; due {goal.due}")
        case Kind.SUPERVISE:
            return Checked(Outcome.BROKEN if added > paid else Outcome.HELD, seen)
        case Kind.CRITICAL:
            return Checked(Outcome.BROKEN if added else Outcome.HELD, seen)
        case Kind.ACCEPT:
            return Checked(Outcome.HELD, f"{seen}; accepted until {goal.due}")


def _fewer_looked_at(then: Side, now: Side, rules: Iterable[str]) -> list[str]:
    """Whatever is not looked at any more may hold what seems to be paid."""
    left_out = [
        (now.by_name[rule].measurement.total - now.by_name[rule].measurement.seen)
        - (then.by_name[rule].measurement.total - then.by_name[rule].measurement.seen)
        for rule in rules
    ]
    more = max(left_out, default=0)
    return [f"{more:,} {worded(more, 'thing', 'things')} less could be looked at than then"] if more > 0 else []


def _by_numbers(goal: Goal, then: Side, now: Side, day: str) -> Checked:
    """A kind of debt without places: its signals, as far as both snapshots measured them in the same way."""
    before = then.by_name
    moved = [
        (signal, found.word)
        for signal in now.signals
        if signal.debt == goal.subject
        and then.versions.get(signal.name) == now.versions.get(signal.name)
        and (found := trend(signal, before.get(signal.name)))
    ]
    if not moved:
        return _not_known(goal, f"because no number of “{title(goal.subject)}” was measured on both days")
    counted = {word: sum(one == word for _, one in moved) for word in (*MOVES, "same")}
    better, worse = counted["better"], counted["worse"]
    seen = f"of {len(moved)} {worded(len(moved), 'number', 'numbers')} {better} got better, {worse} worse"
    if goal.kind is Kind.REFACTOR:
        if better > worse:
            return Checked(Outcome.HELD, seen)
        return Checked(Outcome.OPEN if day <= goal.due else Outcome.BROKEN, f"{seen}; due {goal.due}")
    if goal.kind is Kind.ACCEPT:
        return Checked(Outcome.HELD, f"{seen}; accepted until {goal.due}")
    return Checked(Outcome.BROKEN if worse else Outcome.HELD, seen)


def title(debt: str) -> str:
    """A kind of debt in English."""
    return DEBTS[Debt(debt)].title.en if debt in list(Debt) else debt
