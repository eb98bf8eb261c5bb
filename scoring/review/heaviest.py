"""The heaviest places of a review: those that are new, else those of which it is not known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from scoring.finding import Finding
from scoring.report.links import permalink
from scoring.review import record as r
from scoring.review.comparison import Comparison
from scoring.signal import Definition

MOST_PLACES = 10
MOST_OF_A_RULE = 3
Listed = tuple[Finding, Definition]


def heaviest(found: Comparison, web: str | None) -> tuple[tuple[r.Place, ...], bool, int, str]:
    """The heaviest of those that are listed, a few of each rule."""
    listed, are_new, why = _listed(found)
    chosen = [place(row, rule, found.now.identity.commit, web) for row, rule in _of_several_rules(listed)]
    return tuple(chosen), are_new, len(listed) - len(chosen), why


def further_places(found: Comparison, web: str | None, shown: frozenset[str], most: int) -> tuple[r.Place, ...]:
    """The heaviest of those that are listed and not `shown`, by their ids; the next of a rule stand together."""
    rest = [pair for pair in _listed(found)[0] if pair[0].id not in shown][:most]
    return tuple(place(row, rule, found.now.identity.commit, web) for row, rule in _together(rest))


def _listed(found: Comparison) -> tuple[list[Listed], bool, str]:
    """New places that nobody accepted; where none is known to be new, but some may be, all of those: and why so."""
    definitions = {signal.name: signal.definition for signal in found.now.signals}
    not_known = [row for row in found.now.findings if row.rule in found.places.unseen]
    why = found.places.unseen[not_known[0].rule] if not_known else ""
    new = [row for row in found.places.added if row.accepted is None]
    are_new = bool(new) or not why
    listed = new if are_new else [row for row in not_known if row.accepted is None]
    return [(row, definitions[row.rule]) for row in listed if row.rule in definitions], are_new, why


def _of_several_rules(rows: Iterable[Listed]) -> list[Listed]:
    """The heaviest, a few of each rule: a team that has many of one kind knows it after three. Each rule's together."""
    counted: Counter[str] = Counter()
    chosen = []
    for row, rule in rows:
        counted[row.rule] += 1
        if counted[row.rule] <= MOST_OF_A_RULE:
            chosen.append((row, rule))
    return _together(chosen[:MOST_PLACES])


def _together(rows: list[Listed]) -> list[Listed]:
    """Each rule's together, that of the heaviest first."""
    rules = list(dict.fromkeys(row.rule for row, _ in rows))
    return sorted(rows, key=lambda pair: rules.index(pair[0].rule))


def place(row: Finding, rule: Definition, commit: str, web: str | None) -> r.Place:
    return r.Place(
        id=row.id,
        rule=row.rule,
        title=rule.title,
        debt=row.debt and row.debt.value,
        path=row.path,
        line=row.line,
        end_line=row.end_line,
        symbol=row.symbol,
        snippet=row.snippet,
        note=row.note,
        severity=row.severity.word,
        effort=row.effort.value,
        interest=row.interest,
        weight=row.weight,
        pay_off=rule.pay_off,
        link=permalink(web, "file", row.path, commit, row.line, row.end_line),
    )
