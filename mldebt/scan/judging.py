"""Signals after a team's policy: places become findings, accepted or not, and what it wants hidden is hidden."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from collectors.facts.ages import LineAges
from collectors.facts.changes import Changes
from collectors.facts.policy import Policy
from mldebt.scan.policies import NO_PEOPLE
from scoring.finding import Finding, findings, judged, tally
from scoring.finding.doubts import MUTES
from scoring.report.text import day
from scoring.signal import MOST_EVIDENCE, Evidence, Measurement, Signal
from scoring.wording import worded

INTEREST_DAYS = 365
MOST_LINES = 500
"""Lines of a place that are asked for their age."""


class Judged(NamedTuple):
    signals: list[Signal]  # each with the tally of its findings
    findings: list[Finding]  # of all, the heaviest first


def judge(
    signals: Iterable[Signal], policy: Policy, changes: Changes | None, as_of: int, ages: LineAges | None = None
) -> Judged:
    """Signals with how many places they have, and the places.

    Without `changes` nobody knows how often a file was changed, without `ages` when a line was.
    """
    hidden = [_unless_hidden(signal, policy) for signal in signals]
    touches = changes.touches(INTEREST_DAYS) if changes is not None else None
    found = judged(
        [
            row
            for signal in hidden
            if (rule := signal.definition.rule) and policy.lists(rule.name, signal.definition.is_on)
            for row in findings(rule, signal.measurement.spots)
        ],
        policy.acceptances,
        day(as_of),
        lambda path: None if touches is None else touches.get(path, 0),
        policy.component_of,
        lambda path, first, last: _last_changed(ages, path, first, last),
    )
    by_rule: defaultdict[str, list[Finding]] = defaultdict(list)
    for row in found:
        by_rule[row.rule].append(row)
    return Judged([_counted(signal, by_rule[signal.name], policy) for signal in hidden], found)


def _last_changed(ages: LineAges | None, path: str, first: int, last: int) -> str | None:
    """Of some lines, the last one's day. Lines of a notebook are those of its cells, whose ages nobody knows."""
    if ages is None or path.endswith(".ipynb"):
        return None
    known = [ages.at(path, line) for line in range(first, min(last, first + MOST_LINES) + 1)]
    dates = [one for one in known if one is not None]
    return day(max(dates)) if dates and len(dates) == len(known) else None


def _unless_hidden(signal: Signal, policy: Policy) -> Signal:
    if policy.shows_people or not signal.definition.about_people:
        return signal
    return Signal(signal.definition, Measurement.unknown(NO_PEOPLE))


def _counted(signal: Signal, found: list[Finding], policy: Policy) -> Signal:
    looked = signal.measurement.value is not None or signal.measurement.spots
    if signal.definition.rule is None or not looked:
        return signal
    if not policy.lists(signal.name, signal.definition.is_on):
        return Signal(signal.definition, _unlisted(signal, policy))
    rows = signal.measurement.evidence or _by_file(found)
    return Signal(signal.definition, replace(signal.measurement, spots=(), tally=tally(found), evidence=rows))


def _by_file(found: Iterable[Finding]) -> tuple[Evidence, ...]:
    """Where its places are, for those who have the number without the places: most of them first."""
    places = Counter(one.path for one in found)
    most = sorted(places.items(), key=lambda row: (-row[1], row[0]))[:MOST_EVIDENCE]
    return tuple(Evidence(path, "file", count, worded(count, "place", "places")) for path, count in most)


def _unlisted(signal: Signal, policy: Policy) -> Measurement:
    measured = signal.measurement
    if not measured.spots:
        return measured
    why = "the rule is off"
    if signal.name in policy.muted:
        again = f"'rules: {{{signal.name}: on}}' in mldebt.yml lists them again"
        why = f"{MUTES} findings of this rule were called wrong here; {again}"
    told = f"{worded(len(measured.spots), 'its place is', 'its places are')} not listed: {why}"
    return replace(measured, spots=(), note=f"{measured.note}; {told}" if measured.note else told)
