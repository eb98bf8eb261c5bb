"""Letters, and the scale on which a number has one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Letter(StrEnum):
    """Bands of a scale. A is best; later letters compare greater, so max() is the weakest."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"


@dataclass(frozen=True, slots=True)
class Scale:
    """Where the letters end, best first: A up to `bounds[0]`, … D up to `bounds[3]`, E beyond.

    Descending bounds mean that higher is better. Ends belong to the better letter. Two bounds that coincide leave a
    letter without a band of its own: what stands on them may be either (see `span`).
    """

    bounds: tuple[float, float, float, float]
    source: str  # a published rule, or the calibration table's name and date
    spread: tuple[tuple[float, float], ...] = ()  # in which each bound may lie, low and high; empty: it is exact
    n: int | None = None  # how many repositories the bounds were computed from
    among: str = ""  # which ones: "200 to 1,000 commits"

    def __post_init__(self) -> None:
        if not _one_way(self.bounds) or self.bounds[0] == self.bounds[3]:
            raise ValueError(f"the bounds of a scale run one way: {self.bounds}")
        if not self.spread:
            return
        ends = list(zip(*self.spread, strict=True))
        rows = zip(self.bounds, self.spread, strict=True)
        if not all(low <= bound <= high for bound, (low, high) in rows) or not all(map(_one_way, ends)):
            raise ValueError(f"each bound lies in its interval, and the intervals run one way: {self.spread}")

    @property
    def higher_is_better(self) -> bool:
        return self.bounds[0] > self.bounds[3]

    def letter(self, value: float) -> Letter:
        return self._letter(value, self.bounds)

    def span(self, value: float) -> tuple[Letter, Letter]:
        """Best and worst letter, as each bound may lie anywhere in its interval, and as bounds may coincide."""
        low, high = (tuple(end) for end in zip(*(self.spread or [(b, b) for b in self.bounds]), strict=True))
        kind, strict = (low, high) if self.higher_is_better else (high, low)
        alike = [letter for bound, letter in zip(self.bounds, Letter, strict=False) if bound == value]
        return self._letter(value, kind), max(self._letter(value, strict), *alike)

    def _letter(self, value: float, bounds: Sequence[float]) -> Letter:
        for bound, letter in zip(bounds, Letter, strict=False):
            if value >= bound if self.higher_is_better else value <= bound:
                return letter
        return Letter.E


def _one_way(numbers: Sequence[float]) -> bool:
    ascending = sorted(numbers)
    return list(numbers) in (ascending, ascending[::-1])


def grade(letter: Letter | None, span: tuple[Letter, Letter] | None) -> str:
    """As printed: "C (B to E)", "B", or a dash."""
    if letter is None or span is None:
        return "–"
    best, worst = span
    return str(letter) if best == worst else f"{letter} ({best} to {worst})"
