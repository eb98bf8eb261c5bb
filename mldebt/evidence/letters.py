"""What the score model says of every repository of the table: by this a change of the model is seen.

Repositories stand there by their commits alone: no list puts letters beside names.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from mldebt.evidence.table import Row, Table
from scoring.answers import Identity, Scorecard, score
from scoring.profile import Profile
from scoring.questions import QUESTIONS
from scoring.signal import Definition, Measurement, Signal, grade

COLUMNS = ("commit", *(question.id for question in QUESTIONS), "signals", "none_because")
PARTS = 1_000_000
"""Of which a coverage is made again."""


def letters(table: Table, definitions: Iterable[Definition], profile: Profile) -> str:
    """A row for each repository, by commit: the letter of each answer, of each signal, and why there is none."""
    every = tuple(definitions)
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(COLUMNS)
    lines.writerows(sorted(_line(row, every, profile) for row in table.rows))
    return out.getvalue()


def differences(before: str, now: str) -> str:
    """How many repositories have other letters than before, in one sentence; empty where none has."""
    then, here = (dict(map(_keyed, csv.reader(io.StringIO(text)))) for text in (before, now))
    both = then.keys() & here.keys()
    moved = sum(then[commit] != here[commit] for commit in both)
    came, went = len(here.keys() - both), len(then.keys() - both)
    if not moved + came + went:
        return ""
    return f"of {len(here) - 1:,} repositories {moved:,} have other letters, {came:,} came and {went:,} went"


def _keyed(line: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    return line[0], tuple(line[1:])


def _line(row: Row, definitions: Iterable[Definition], profile: Profile) -> tuple[str, ...]:
    card = judged(row, definitions, profile)
    answers = (grade(answer.letter, answer.interval) for answer in card.answers)
    signals = " ".join(f"{one.name}:{grade(one.letter, one.span)}" for one in card.signals if one.letter is not None)
    return row.commit[:12], *answers, signals, card.why_not


def judged(row: Row, definitions: Iterable[Definition], profile: Profile) -> Scorecard:
    """The scorecard of a row, made from nothing but its numbers."""
    signals = [
        Signal(one, Measurement(cell.value, seen=round(cell.coverage * PARTS), total=PARTS))
        for one in definitions
        if (cell := row.cells.get(one.name)) is not None
    ]
    return score(signals, Identity(row.commit, 0, profile=profile.id, size=row.size), profile)
