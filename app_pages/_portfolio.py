"""All repositories as rows: their five answers, and what became of them in a quarter. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from app_pages._charts import CELL, spark
from app_pages._frames import NOT_ENOUGH
from mldebt.store.reading import LatestAnswer, PortfolioRow
from mldebt.store.series import Past
from scoring.korean import saying
from scoring.questions import QUESTIONS, Question
from scoring.signal import Definition, Letter, Trend
from scoring.wording import ENGLISH, Numbers

MOVE_WORDS: Mapping[str, str] = {
    "worse": "Got worse",
    "better": "Got better",
    "same": "No change",
    "unknown": "Nothing to compare",
}
MOVES = tuple(MOVE_WORDS)


@dataclass(frozen=True, slots=True)
class Cell:
    """One answer of one repository."""

    question: str  # its title
    number: str  # "23 days"; a dash where nothing was measured
    label: str  # whose number it is
    letter: Letter | None
    moved: str  # "worse", "better", "moved", "same", "unknown"
    was: str
    weight: float  # how far it moved, 0 to 1
    year: tuple[tuple[int, float], ...]  # (as_of, number) of one year, as far as it can be compared

    def picture(self, at: int) -> str | None:
        """One year up to `at` as an image's address; None where it would say nothing: it stood still, or is short."""
        if len({value for _, value in self.year}) < 2:
            return None
        return spark([Past(when, value, "") for when, value in self.year], at, CELL)

    @property
    def words(self) -> str:
        return f"{self.moved}: was {self.was}" if self.was and self.moved != "same" else ""


@dataclass(frozen=True, slots=True)
class Line:
    slug: str
    title: str
    cells: tuple[Cell, ...]  # in the order of the questions
    as_of: int | None  # None: not scanned yet, or without a commit
    notes: tuple[str, ...]  # "example", "partial", "not scanned yet", "no commit yet"

    @property
    def worse(self) -> int:
        return sum(cell.moved == "worse" for cell in self.cells)

    @property
    def better(self) -> int:
        return sum(cell.moved == "better" for cell in self.cells)

    @property
    def moved(self) -> str:
        """What one would look at: worse before better, better before no change."""
        found = {cell.moved if cell.moved != "moved" else "same" for cell in self.cells}
        return next((move for move in MOVES if move in found), "unknown")

    @property
    def change(self) -> str:
        counted = [f"{self.worse} worse"] * bool(self.worse) + [f"{self.better} better"] * bool(self.better)
        return ", ".join(counted) or MOVE_WORDS[self.moved].lower()


def lines(
    rows: Iterable[PortfolioRow],
    names: Mapping[int, tuple[str, str]],
    definitions: Mapping[str, Definition],
    language: str = "en",
    numbers: Numbers = ENGLISH,
) -> tuple[Line, ...]:
    """What got worse first; among those alike, what moved furthest; then by name.

    `names` are the slug and the title of each repository, by its id.
    """
    told = partial(_cell, definitions=definitions, language=language, numbers=numbers)
    made = [_line(row, *names[row.repository.id], told) for row in rows if row.repository.id in names]
    return tuple(sorted(made, key=_order))


def _order(line: Line) -> tuple[int, float, str, str]:
    furthest = max((cell.weight for cell in line.cells if cell.moved == "worse"), default=0.0)
    return line.better - line.worse, -furthest, line.title.casefold(), line.slug


def matching(every: Sequence[Line], text: str, moved: str | None) -> list[Line]:
    """Those whose name has `text` in it, and that moved so. The case does not matter."""
    wanted = text.strip().casefold()
    return [line for line in every if wanted in line.title.casefold() and (not moved or line.moved == moved)]


def as_judged(rows: Iterable[PortfolioRow], is_at_hand: Callable[[str], bool]) -> list[PortfolioRow]:
    """Without the letters of a profile that is not at hand: the scorecard has none either."""
    known: dict[str, bool] = {}
    found = []
    for row in rows:
        profile = row.snapshot.version.rpartition(" ")[0] if row.snapshot else ""
        if row.snapshot is None or known.setdefault(profile, is_at_hand(profile)):
            found.append(row)
        else:
            bare = (one._replace(answer=one.answer._replace(letter=None)) for one in row.answers)
            found.append(row._replace(answers=tuple(bare)))
    return found


def _line(row: PortfolioRow, slug: str, title: str, told: Callable[[Question, LatestAnswer | None], Cell]) -> Line:
    found = {latest.answer.question: latest for latest in row.answers}
    at = row.snapshot.as_of if row.snapshot and row.snapshot.commit else None
    notes = {
        "example": row.repository.is_example,
        "partial": row.snapshot is not None and bool(row.snapshot.partial),
        "not scanned yet": row.snapshot is None,
        "no commit yet": row.snapshot is not None and not row.snapshot.commit,
    }
    return Line(
        slug=slug,
        title=title,
        cells=tuple(told(question, found.get(question.id)) for question in QUESTIONS),
        as_of=at,
        notes=tuple(note for note, holds in notes.items() if holds),
    )


def _cell(
    question: Question,
    latest: LatestAnswer | None,
    definitions: Mapping[str, Definition],
    language: str,
    numbers: Numbers,
) -> Cell:
    title = question.title.in_language(language)
    now = latest.answer.value if latest else None
    if latest is None or now is None:
        return Cell(title, "–", NOT_ENOUGH.in_language(language), None, "unknown", "", 0.0, ())
    definition = definitions.get(latest.answer.lead or "")
    letter = Letter(latest.answer.letter) if latest.answer.letter else None
    if definition is None:  # stored by a program that knew another signal
        return Cell(title, numbers.short(now), latest.answer.lead or "", letter, "unknown", "", 0.0, latest.spark)
    number, then = saying.value(now, definition.unit, language, numbers), latest.earlier_value
    name = saying.title(definition, language)
    if then is None:
        return Cell(title, number, name, letter, "unknown", "", 0.0, latest.spark)
    moved = Trend(then, now, definition.better, definition.unit, latest.n).word
    weight = abs(now - then) / max(abs(now), abs(then)) if now != then else 0.0
    was = saying.value(then, definition.unit, language, numbers)
    return Cell(title, number, name, letter, moved, was, weight, latest.spark)
