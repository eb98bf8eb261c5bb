"""Numbers over time: what they were a quarter ago, which way they moved, and where a line must break."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from mldebt.store.series import Past
from scoring.korean.saying import value
from scoring.signal import Definition, Trend
from scoring.wording import ENGLISH, Numbers

DAY = 86_400
YEAR = 365 * DAY
QUARTER = 91 * DAY
NEAR_A_QUARTER = 46 * DAY  # nearer than this to a quarter ago, or there is nothing to compare with
NOT_THEN = "not measured a quarter ago"
NO_SNAPSHOT = "no snapshot from a quarter ago"


@dataclass(frozen=True, slots=True)
class Change:
    """From a quarter ago to now."""

    way: str  # "better", "worse", "moved", "same", "unknown"
    was: str = ""  # the earlier number, formatted
    within: str = ""  # by how little it moved, where that is no verdict
    why: str = ""  # where there is nothing to compare with

    @property
    def words(self) -> str:
        if self.way == "unknown":
            return self.why
        if self.way == "same":
            within = f" ({self.within})" if self.within else ""
            return f"about the same: was {self.was}{within}" if self.was else "no change"
        return f"{self.way}: was {self.was}"


def change(
    definition: Definition,
    now: float | None,
    then: Past | None,
    version: str,
    n: int | None = None,
    numbers: Numbers = ENGLISH,
    language: str = "en",
) -> Change:
    """What became of a signal since `then`. `n` is how many things the number now was computed from."""
    moved = trend(definition, now, then, version, n)
    if moved is None:
        return Change("unknown", why=_incomparable(now, then, version))
    was, way = value(moved.before, moved.unit, language, numbers), moved.word
    return Change(way, "" if moved.reads_alike else was, numbers.throughout(moved.why_same))


def trend(
    definition: Definition, now: float | None, then: Past | None, version: str, n: int | None = None
) -> Trend | None:
    """None where the two cannot be compared."""
    if _incomparable(now, then, version) or now is None or then is None or then.value is None:
        return None
    return Trend(then.value, now, definition.better, definition.unit, n)


def _incomparable(now: float | None, then: Past | None, version: str) -> str:
    if now is None:
        return "not measured now"
    if then is None:
        return NO_SNAPSHOT
    if then.value is None:
        return NOT_THEN
    return "" if then.version == version else "measured in another way a quarter ago"


def a_quarter_before(series: Sequence[Past], at: int) -> Past | None:
    """The snapshot nearest to a quarter before `at`, of those in order; None where none is near."""
    wanted = at - QUARTER
    after = bisect_left(series, wanted, key=_at)
    near = [past for past in series[max(0, after - 1) : after + 1] if abs(past.at - wanted) <= NEAR_A_QUARTER]
    return min(near, key=lambda past: abs(past.at - wanted), default=None)


def _at(past: Past) -> int:
    return past.at


def runs(series: Sequence[Past]) -> Iterator[list[Past]]:
    """Stretches that may be joined by a line: known values of one version, one after another."""
    run: list[Past] = []
    for past in series:
        if run and (past.value is None or past.version != run[-1].version):
            yield run
            run = []
        if past.value is not None:
            run.append(past)
    if run:
        yield run


def breaks(series: Sequence[Past]) -> list[int]:
    """When the profile, the scoring or the signal changed."""
    return [later.at for earlier, later in pairwise(series) if earlier.version != later.version]
