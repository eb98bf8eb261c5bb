"""The scales of signals that proved themselves, in three strata of size, as the profile that ships."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from mldebt.evidence.statistics import Bounds, bounds, percentile
from mldebt.evidence.table import FEWEST_COMMITS, Row, Table, comparable
from mldebt.evidence.verdicts import Verdict, badness
from scoring.profile import Stratum
from scoring.signal import Definition

LIMITS = (200, 1_000)
"""Commits at which strata meet, set before any repository was looked at."""

NAMES = ("small", "medium", "large")
ENOUGH = 40
"""Repositories of a stratum with a number: below this it has no scale."""

DIGITS = 6


class Scaled(NamedTuple):
    """Percentiles of one signal in one stratum, the best first, in the signal's own unit."""

    signal: str
    stratum: str
    n: int
    bounds: tuple[float, ...]
    spread: tuple[tuple[float, float], ...]

    @property
    def tells_apart(self) -> bool:
        """No three bounds coincide: else most numbers would have one letter, and nothing would be said."""
        first, second, third, fourth = self.bounds
        return self.n >= ENOUGH and first != third and second != fourth


def strata(rows: Sequence[Row]) -> tuple[Stratum, ...]:
    """Of comparable ones. Where the limits leave too few in one of them, thirds of the table take their place."""
    found = _between(rows, *LIMITS)
    if rows and min(stratum.n for stratum in found) < ENOUGH:
        commits = sorted(float(row.commits) for row in rows)
        middle, large = (round(percentile(commits, share), -1) for share in (1 / 3, 2 / 3))
        thirds = _between(rows, int(middle), int(large))
        found = thirds if min(stratum.n for stratum in thirds) >= ENOUGH else found
    return found


def _between(rows: Sequence[Row], middle: int, large: int) -> tuple[Stratum, ...]:
    ends = ((FEWEST_COMMITS, middle - 1), (middle, large), (large + 1, None))
    return tuple(
        Stratum(name, low, high, sum(low <= row.commits and (high is None or row.commits <= high) for row in rows))
        for name, (low, high) in zip(NAMES, ends, strict=True)
    )


def scaled(table: Table, definitions: Iterable[Definition]) -> list[Scaled]:
    """Every signal of the table in every stratum where enough repositories have a number."""
    known = {definition.name: definition for definition in definitions}
    rows, found = comparable(table.rows), []
    for name in sorted(known.keys() & set(table.signals)):
        for stratum in strata(rows):
            numbers = [badness(known[name], value) for value in _values(rows, name, stratum)]
            if len(numbers) >= ENOUGH:
                at = bounds(numbers, f"{name} {stratum.name}")
                found.append(_in_its_unit(known[name], stratum, len(numbers), at))
    return found


def profile(table: Table, versions: Mapping[str, str], judged: Iterable[Verdict], made: Iterable[Scaled]) -> str:
    """As it ships: JSON with a line for each scale. `versions` are those of the signals that made the table."""
    proven = {verdict.name for verdict in judged if verdict.scores}
    rows = comparable(table.rows)
    told = {
        "name": f"corpus-{table.until}",
        "made": table.until,
        "corpus": f"{len(rows):,} public repositories",
        "strata": [stratum._asdict() for stratum in strata(rows)],
        "scales": [
            one._asdict() | {"version": int(versions[one.signal])}
            for one in made
            if one.signal in proven and one.tells_apart
        ],
    }
    return _written(told)


def _written(told: dict[str, Any]) -> str:
    """A line for each thing in a list, so that a difference is easy to read."""
    lines = []
    for name, value in told.items():
        if isinstance(value, list) and value:
            rows = ",\n    ".join(json.dumps(one) for one in value)
            lines.append(f"  {json.dumps(name)}: [\n    {rows}\n  ]")
        else:
            lines.append(f"  {json.dumps(name)}: {json.dumps(value)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _values(rows: Iterable[Row], name: str, stratum: Stratum) -> list[float]:
    inside = [row for row in rows if stratum.least <= row.commits <= (stratum.most or row.commits)]
    return [value for row in inside if (value := row.value(name)) is not None]


def _in_its_unit(definition: Definition, stratum: Stratum, n: int, found: Bounds) -> Scaled:
    turned = [(badness(definition, low), badness(definition, high)) for low, high in found.spread]
    spread = tuple((_round(min(ends)), _round(max(ends))) for ends in turned)
    at = tuple(_round(badness(definition, bound)) for bound in found.at)
    return Scaled(definition.name, stratum.name, n, at, spread)


def _round(number: float) -> float:
    return round(number, DIGITS) + 0.0  # no minus zero
