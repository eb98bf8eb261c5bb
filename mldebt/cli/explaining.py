"""Debts, questions and the list of signals, for the terminal."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from scoring.answers import Scorecard
from scoring.attestation import Stated
from scoring.debts import DebtKind
from scoring.finding import Finding
from scoring.finding.acceptance import Acceptance
from scoring.questions import Question
from scoring.report.arithmetic import of_answer
from scoring.report.terminal import statement
from scoring.report.text import visible
from scoring.signal import Definition, Signal, State, grade


def about_debt(kind: DebtKind, signals: Sequence[Signal], stated: Sequence[Stated] = ()) -> RenderableType:
    """What a kind of debt is, what was measured of it, what people state, and the question for them."""
    looked = [signal for signal in signals if signal.state is not State.ASK]
    asked = [signal for signal in signals if signal.state is State.ASK]
    measured, questions = _sentences(looked), _sentences(asked)
    return Group(
        Text(f"{kind.title.en}  ({kind.debt}, section {kind.section} of the paper)", "bold"),
        _rows(What=kind.sentence.en, Example=kind.example.en, Remedy=kind.remedy.en, Ask=kind.ask.en),
        Text("\nMeasured here" if measured else "\nNothing measures it yet: ask your team the question above.", "bold"),
        *measured,
        *([Text("\nAsk your team", "bold"), *questions] if questions else []),
        *([Text("\nStated by people, not measured", "bold"), *map(statement, stated)] if stated else []),
    )


def _sentences(signals: Sequence[Signal]) -> list[RenderableType]:
    return [Text(f"· {visible(signal.sentence, 400)}  ({signal.name})") for signal in signals]


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
        table.add_row(part.debt, part.state, grade(part.letter, part.span), names)
    said = Text(f"\n{answer.grade}  {visible(answer.sentence, 400)}", "bold")
    return Group(*heading, said, _rows(**dict(of_answer(answer))), table)


SHOWN = 10
"""Findings of a rule that its explanation lists."""


def about_finding(finding: Finding, definition: Definition | None, link: str | None) -> RenderableType:
    """One place: what stands there, why it matters, how to pay it off, and how to accept it."""
    where = f"{visible(finding.path)}:{finding.line}"
    said = _acceptance("Accepted", finding.accepted) | _acceptance("Was accepted", finding.lapsed)
    changes = "1 change" if finding.interest == 1 else f"{finding.interest or 0:,} changes"
    touched = "" if finding.interest is None else f"; {changes} touched its file in a year"
    changed = "" if finding.last_changed is None else f"; its lines were last changed on {finding.last_changed}"
    rows = {
        "Where": f"{where} in {visible(finding.symbol)}" if finding.symbol else where,
        "Code": visible(finding.snippet),
        "Seen": visible(finding.note),
        "Rule": f"{finding.rule} (debt: {finding.debt or 'kind not named'})",
        "Why": definition.why if definition else "this mldebt does not know the rule any more",
        "Pay off": definition.pay_off if definition else "",
        "Effort": f"{finding.effort}; severity {finding.severity.word}{touched}{changed}",
        "Component": visible(finding.component),
        **said,
        "Link": link or "",
        "Accept": "" if finding.accepted else f"# mldebt: accept {finding.rule} REASON OWNER until YYYY-MM-DD",
    }
    return Group(Text(f"Finding {finding.id}", "bold"), _rows(**{name: text for name, text in rows.items() if text}))


def places(findings: Sequence[Finding], total: int, link_of: Callable[[Finding], str | None]) -> RenderableType:
    """The heaviest findings of a rule, a line or two for each."""
    lines: list[RenderableType] = [Text("\nPlaces, the heaviest first", "bold")]
    for one in findings:
        mark = f"  accepted until {one.accepted.until}" if one.accepted else ""
        lines.append(Text(f"· {one.id}  {visible(one.path)}:{one.line}  {visible(one.snippet, 80)}{mark}"))
        link = link_of(one)
        lines += [Text(f"  {link}", "dim", no_wrap=True, overflow="ignore")] if link else []
    if total > len(findings):
        lines.append(Text(f"· and {total - len(findings):,} more: mldebt show --format json lists them", "dim"))
    return Group(*lines, Text("`mldebt explain ID` has more about each", "dim"))


def _acceptance(word: str, one: Acceptance | None) -> dict[str, str]:
    if one is None:
        return {}
    note = f" ({visible(one.note)})" if one.note else ""
    return {word: f"{one.reason} by {visible(one.owner)} until {one.until}{note}, in {visible(one.source)}"}


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
