"""All repositories as rows: their five answers, and what became of them. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from app_pages._frames import NOT_ENOUGH
from app_pages._labels import said
from mldebt.store.reading import LatestAnswer, PortfolioRow
from scoring.korean import saying
from scoring.questions import QUESTIONS
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
    """One answer of one repository. What is written of it is made for the few that are shown."""

    question: str  # its title
    label: str  # whose number it is
    letter: Letter | None = None
    now: float | None = None  # None: nothing was measured
    unit: str | None = None  # None: stored by a program that knew another signal
    then: float | None = None
    then_at: int | None = None  # the moment of the snapshot that it is compared with
    moved: str = "unknown"  # or "worse", "better", "moved", "same"
    year: bytes = b""  # the line of one year, as far as it can be compared
    language: str = "en"
    numbers: Numbers = ENGLISH

    @property
    def number(self) -> str:
        """ "23 days"; a dash where nothing was measured."""
        return "–" if self.now is None else self._written(self.now)

    @property
    def words(self) -> str:
        shown = self.then is not None and self.moved not in ("same", "unknown")
        if not shown:
            return ""
        was = self._written(self.then or 0)
        return said("{way}: was {number}", self.language, way=said(self.moved, self.language), number=was)

    @property
    def weight(self) -> float:
        """How far it moved, 0 to 1."""
        if self.now is None or self.then is None or self.now == self.then:
            return 0.0
        return abs(self.now - self.then) / max(abs(self.now), abs(self.then))

    def _written(self, value: float) -> str:
        if self.unit is None:
            return self.numbers.short(value)
        return saying.value(value, self.unit, self.language, self.numbers)


@dataclass(frozen=True, slots=True)
class Line:
    slug: str
    title: str
    cells: tuple[Cell, ...]  # in the order of the questions
    as_of: int | None  # None: not scanned yet, or without a commit
    notes: tuple[str, ...]  # "example", "partial", "not scanned yet", "no commit yet"
    worse: int
    better: int

    @property
    def moved(self) -> str:
        """What one would look at: worse before better, better before no change."""
        found = {cell.moved if cell.moved != "moved" else "same" for cell in self.cells}
        return next((move for move in MOVES if move in found), "unknown")

    @property
    def change(self) -> str:
        """How many answers went which way."""
        language = self.cells[0].language if self.cells else "en"
        ways = (("{n} worse", self.worse), ("{n} better", self.better))
        counted = [said(words, language, n=number) for words, number in ways if number]
        return ", ".join(counted) or said(MOVE_WORDS[self.moved].lower(), language)

    @property
    def since(self) -> tuple[int, ...]:
        """The moments of the snapshots that its numbers are compared with: most often one."""
        return tuple(sorted({cell.then_at for cell in self.cells if cell.then_at is not None}))

    def furthest(self, way: str) -> float:
        return max((cell.weight for cell in self.cells if cell.moved == way), default=0.0)


def lines(
    rows: Iterable[PortfolioRow],
    names: Mapping[int, tuple[str, str]],
    definitions: Mapping[str, Definition],
    language: str = "en",
    numbers: Numbers = ENGLISH,
) -> tuple[Line, ...]:
    """What got worse first.

    `names` are the slug and the title of each repository, by its id.
    """
    told = partial(_cell, definitions=definitions, language=language, numbers=numbers)
    titles = {question.id: question.title.in_language(language) for question in QUESTIONS}
    made = [_line(row, *names[row.repository.id], titles, told) for row in rows if row.repository.id in names]
    return tuple(sorted(made, key=_worse_first))


def _worse_first(line: Line) -> tuple[float, float, str, str]:
    """Among those alike, what moved furthest; then by name."""
    return line.better - line.worse, -line.furthest("worse"), line.title.casefold(), line.slug


def _better_first(line: Line) -> tuple[float, float, str, str]:
    return line.worse - line.better, -line.furthest("better"), line.title.casefold(), line.slug


def _by_name(line: Line) -> tuple[float, float, str, str]:
    return 0, 0, line.title.casefold(), line.slug


def _oldest_first(line: Line) -> tuple[float, float, str, str]:
    """What nobody looked at yet is as old as can be."""
    return float("-inf") if line.as_of is None else line.as_of, 0, line.title.casefold(), line.slug


ORDER_WORDS: Mapping[str, str] = {
    "worse": "What got worse first",
    "better": "What got better first",
    "name": "By name",
    "oldest": "The oldest numbers first",
}
ORDERS: Mapping[str, Callable[[Line], tuple[float, float, str, str]]] = {
    "worse": _worse_first,
    "better": _better_first,
    "name": _by_name,
    "oldest": _oldest_first,
}


def matching(every: Sequence[Line], text: str, moved: str | None, order: str = "worse") -> list[Line]:
    """Those whose name has `text` in it, and that moved so. The case does not matter."""
    wanted = text.strip().casefold()
    found = [line for line in every if wanted in line.title.casefold() and (not moved or line.moved == moved)]
    return found if order == "worse" else sorted(found, key=ORDERS[order])  # they come so


def usual(every: Iterable[Line]) -> tuple[str, ...]:
    """By question, the number that heads most of the answers; empty where nothing was measured."""
    counted = [Counter[str]() for _ in QUESTIONS]
    for line in every:
        for counter, cell in zip(counted, line.cells, strict=True):
            counter[cell.label] += cell.now is not None
    return tuple(
        max(counter, key=lambda label: (counter[label], label)) if counter.total() else "" for counter in counted
    )


def as_judged(rows: Iterable[PortfolioRow], is_at_hand: Callable[[str], bool]) -> list[PortfolioRow]:
    """Without the letters of a profile that is not at hand: the scorecard has none either."""
    known: dict[str, bool] = {}
    found = []
    for row in rows:
        profile = row.snapshot.version.rpartition(" ")[0] if row.snapshot else ""
        if profile not in known:
            known[profile] = is_at_hand(profile)
        if row.snapshot is None or known[profile]:
            found.append(row)
        else:
            bare = (one._replace(answer=one.answer._replace(letter=None)) for one in row.answers)
            found.append(row._replace(answers=tuple(bare)))
    return found


def _line(
    row: PortfolioRow,
    slug: str,
    title: str,
    titles: Mapping[str, str],
    told: Callable[[str, LatestAnswer | None], Cell],
) -> Line:
    found = {latest.answer.question: latest for latest in row.answers}
    at = row.snapshot.as_of if row.snapshot and row.snapshot.commit else None
    notes = {
        "example": row.repository.is_example,
        "partial": row.snapshot is not None and bool(row.snapshot.partial),
        "not scanned yet": row.snapshot is None,
        "no commit yet": row.snapshot is not None and not row.snapshot.commit,
    }
    cells = tuple(told(asked, found.get(question)) for question, asked in titles.items())
    return Line(
        slug=slug,
        title=title,
        cells=cells,
        as_of=at,
        notes=tuple(note for note, holds in notes.items() if holds),
        worse=sum(cell.moved == "worse" for cell in cells),
        better=sum(cell.moved == "better" for cell in cells),
    )


def _cell(
    question: str,
    latest: LatestAnswer | None,
    definitions: Mapping[str, Definition],
    language: str,
    numbers: Numbers,
) -> Cell:
    now = latest.answer.value if latest else None
    if latest is None or now is None:
        return Cell(question, NOT_ENOUGH.in_language(language), language=language)
    lead, then = latest.answer.lead or "", latest.earlier_value
    definition = definitions.get(lead)
    letter = Letter(latest.answer.letter) if latest.answer.letter else None
    told = partial(Cell, question, letter=letter, now=now, year=latest.year, language=language, numbers=numbers)
    if definition is None:
        return told(lead)
    title, unit = saying.title(definition, language), definition.unit
    if then is None:
        return told(title, unit=unit)
    moved = Trend(then, now, definition.better, unit, latest.n).word
    return told(title, unit=unit, then=then, then_at=latest.earlier_at, moved=moved)
