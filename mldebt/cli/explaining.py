"""Debts, questions and the list of signals, for the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from scoring.answers import Scorecard
from scoring.debts import DebtKind
from scoring.questions import Question
from scoring.report.text import visible
from scoring.signal import Definition, Signal


def about_debt(kind: DebtKind, signals: Sequence[Signal]) -> RenderableType:
    """What a kind of debt is, what was measured of it, and the question for people."""
    measured: list[RenderableType] = [Text(f"· {visible(signal.sentence, 400)}  ({signal.name})") for signal in signals]
    return Group(
        Text(f"{kind.title.en}  ({kind.debt}, section {kind.section} of the paper)", "bold"),
        _rows(What=kind.sentence.en, Example=kind.example.en, Remedy=kind.remedy.en, Ask=kind.ask.en),
        Text("\nMeasured here" if measured else "\nNothing measures it yet: ask your team the question above.", "bold"),
        *measured,
    )


def about_question(question: Question, card: Scorecard | None) -> RenderableType:
    """The question, why it matters, and what each debt it consults has to say."""
    answer = next((a for a in card.answers if a.question.id == question.id), None) if card else None
    heading: list[RenderableType] = [
        Text(question.text.en, "bold"),
        _rows(Why=question.sentence.en, Example=question.example.en),
    ]
    if answer is None:
        return Group(*heading, Text("\nThis repository was not scanned: run `mldebt scan`.", "bold"))
    table = Table(box=None, padding=(0, 2, 0, 0))
    for column in ("debt", "state", "letter", "signals"):
        table.add_column(column)
    for part in answer.parts:
        names = ", ".join(signal.name for signal in part.signals) or "–"
        table.add_row(part.debt, part.state, part.letter or "–", names)
    return Group(*heading, Text(f"\n{answer.grade}  {visible(answer.sentence, 400)}", "bold"), table)


def listing(definitions: Sequence[Definition]) -> RenderableType:
    table = Table(box=None, padding=(0, 2, 0, 0))
    table.add_column("signal", no_wrap=True)
    for column in ("debt", "status", "what is counted"):
        table.add_column(column)
    for d in definitions:
        table.add_row(d.name, d.debt or "kind not named", d.status, Text(d.summary))
    return table


def _rows(**texts: str) -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column()
    for name, text in texts.items():
        grid.add_row(name, Text(text))
    return grid
