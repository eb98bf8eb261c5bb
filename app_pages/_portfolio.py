"""All repositories as rows: their five answers, and what became of them in a quarter. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from app_pages._text import plain
from mldebt.store.reading import LatestAnswer, PortfolioRow
from scoring.questions import QUESTIONS
from scoring.signal import Definition, format_value

Moved = Literal["worse", "better", "same", "unknown"]
MOVES: tuple[Moved, ...] = ("worse", "better", "same", "unknown")
MOVE_WORDS: Mapping[Moved, str] = {
    "worse": "Got worse",
    "better": "Got better",
    "same": "No change",
    "unknown": "Nothing to compare",
}
NO_ANSWER = "–"


@dataclass(frozen=True, slots=True)
class Line:
    slug: str
    title: str
    answers: tuple[str, ...]  # "C · 23 days", "23 days", "–": in the order of the questions
    worse: int  # answers that got worse in a quarter
    better: int
    moved: Moved
    most: str  # what moved most, in words
    spark: tuple[float, ...]  # one year of what moved most
    as_of: int | None  # None: not scanned yet
    notes: str  # "example", "partial"
    weight: float  # how far the number that moved most has moved, 0 to 1

    @property
    def change(self) -> str:
        counted = [f"{self.worse} worse"] * bool(self.worse) + [f"{self.better} better"] * bool(self.better)
        return ", ".join(counted) or MOVE_WORDS[self.moved].lower()


def lines(
    rows: Iterable[PortfolioRow], slugs: Mapping[int, str], definitions: Mapping[str, Definition], language: str = "en"
) -> tuple[Line, ...]:
    """What got worse first, and what moved furthest first among those; repositories alike go by name."""
    made = [_line(row, slugs[row.repository.id], definitions, language) for row in rows if row.repository.id in slugs]
    return tuple(sorted(made, key=lambda line: (line.better - line.worse, -line.weight, line.title.lower(), line.slug)))


def matching(every: Sequence[Line], text: str, moved: str | None) -> list[Line]:
    """Those whose name has `text` in it, and that moved so. The case does not matter."""
    wanted = text.strip().casefold()
    return [line for line in every if wanted in line.title.casefold() and moved in (None, "", line.moved)]


@dataclass(frozen=True, slots=True)
class _Move:
    moved: Moved
    weight: float = 0.0
    words: str = ""
    spark: tuple[float, ...] = ()


def _line(row: PortfolioRow, slug: str, definitions: Mapping[str, Definition], language: str) -> Line:
    found = {latest.answer.question: latest for latest in row.answers}
    answers = [found.get(question.id) for question in QUESTIONS]
    moves = [
        _move(latest, definitions, question.title.in_language(language))
        for question, latest in zip(QUESTIONS, answers, strict=True)
        if latest is not None
    ]
    most = max(
        moves, key=lambda move: (-MOVES.index(move.moved), move.weight, len(move.spark)), default=_Move("unknown")
    )
    snapshot = row.snapshot
    notes = [word for word, holds in (("example", row.repository.is_example), ("partial", _is_partial(row))) if holds]
    return Line(
        slug=slug,
        title=plain(row.repository.name) or plain(row.repository.source),
        answers=tuple(_shown(latest, definitions) for latest in answers),
        worse=sum(move.moved == "worse" for move in moves),
        better=sum(move.moved == "better" for move in moves),
        moved=most.moved,
        most=most.words,
        spark=most.spark,
        as_of=snapshot.as_of if snapshot else None,
        notes=", ".join(notes) if snapshot else ", ".join([*notes, "not scanned yet"]),
        weight=most.weight,
    )


def _is_partial(row: PortfolioRow) -> bool:
    return row.snapshot is not None and bool(row.snapshot.partial)


def _shown(latest: LatestAnswer | None, definitions: Mapping[str, Definition]) -> str:
    if latest is None or latest.answer.value is None:
        return NO_ANSWER
    definition = definitions.get(latest.answer.lead or "")
    number = format_value(latest.answer.value, definition.unit) if definition else f"{latest.answer.value:,.4g}"
    return f"{latest.answer.letter} · {number}" if latest.answer.letter else number


def _move(latest: LatestAnswer, definitions: Mapping[str, Definition], title: str) -> _Move:
    spark = tuple(value for _, value in latest.spark)
    definition = definitions.get(latest.answer.lead or "")
    now, then = latest.answer.value, latest.earlier_value
    if definition is None or now is None or then is None:
        return _Move("unknown", spark=spark)
    was = format_value(then, definition.unit)
    if was == format_value(now, definition.unit) or definition.better == "neither":
        return _Move("same", spark=spark)
    moved: Moved = "better" if (now < then) == (definition.better == "lower") else "worse"
    weight = abs(now - then) / max(abs(now), abs(then))
    return _Move(moved, weight, f"{title}: {moved}, was {was}", spark)
