"""A scorecard for the terminal, as Rich renderables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from scoring.answers import Answer, Scorecard
from scoring.attestation import Attestation, Stated
from scoring.debts import DEBTS
from scoring.finding import Tally
from scoring.report.arithmetic import of_signal
from scoring.report.groups import grouped, titles
from scoring.report.moves import Row, comparable, moves
from scoring.report.stated import stated_of
from scoring.report.text import day, visible
from scoring.signal import NOT_SEEN, Signal, State, format_value, grade, trend
from scoring.wording import ENGLISH, worded

WORST_FIRST = {"worse": "bold red", "better": "green", "same": "dim", "moved": "dim"}


class Before(NamedTuple):
    """An earlier scorecard, to compare with."""

    signals: dict[str, Signal]
    day: str


def scorecard(
    card: Scorecard,
    repository: str,
    earlier: Scorecard | None = None,
    attestations: Iterable[Attestation] = (),
    advice: Sequence[str] = (),
) -> RenderableType:
    """The five answers, each with its number, trend, coverage and blind spots. `earlier`: a quarter ago."""
    then = _before(card, earlier) if earlier else Before({}, "")
    answers = (_answer(answer, then) for answer in card.answers)
    return Group(
        _heading(card, repository, then),
        *answers,
        *_unnamed(card, then),
        *(_happened(card, earlier, then.day) if earlier else ()),
        _unseen(card),
        *_said(card, attestations),
        *_tidy(advice),
    )


def _heading(card: Scorecard, repository: str, then: Before) -> RenderableType:
    at = day(card.identity.as_of) if card.identity.commit else "no commits"
    return Group(
        Text.assemble((visible(repository), "bold"), f"  {card.identity.commit[:10]}  {at}"),
        Text(card.headline + "."),
        *([Text(f"Compared with {then.day}.", "dim")] if then.day else []),
        *(Text(f"Partial: {visible(sentence)}", "yellow") for sentence in card.identity.missing),
        "",
    )


def _answer(answer: Answer, then: Before) -> RenderableType:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(width=10)
    grid.add_column()
    grid.add_row(Text(answer.grade, "bold"), Text(answer.question.text.en, "bold"))
    grid.add_row(Text(f"{answer.seen} of {answer.total}", "dim"), Text(visible(answer.sentence, 400)))
    if about_letter := answer.rests_on or answer.why_no_letter:
        grid.add_row("", Text(about_letter, "yellow"))
    for line in _signals(answer, then):
        grid.add_row("", line)
    return Padding(grid, (0, 0, 1, 0))


def _unnamed(card: Scorecard, then: Before) -> Iterator[RenderableType]:
    """Signals of a debt whose kind nobody named: under no question."""
    measured = [signal for signal in card.unnamed if signal.state is State.MEASURED]
    if measured:
        yield Text("Debt whose kind is not named", "bold")
        yield from (_signal(signal, then) for signal in measured)
        yield ""


def _before(card: Scorecard, earlier: Scorecard) -> Before:
    return Before(comparable(card, earlier), day(earlier.identity.as_of))


MOST_MOVES, MOST_ROWS, LONGEST_NAME = 8, 3, 60


def _happened(card: Scorecard, earlier: Scorecard, since: str) -> Iterator[RenderableType]:
    """What stands behind the numbers that moved, the worse first."""
    every = moves(card, earlier)
    told = [move for move in every if move.rows][:MOST_MOVES]
    if not told:
        return
    yield Text(f"What happened since {since}", "bold")
    for move in told:
        rows = "; ".join(_row(row) for row in move.rows[:MOST_ROWS])
        more = f"; and {len(move.rows) - MOST_ROWS:,} more" if len(move.rows) > MOST_ROWS else ""
        among = "" if move.is_whole else " (among the rows that weigh most)"
        title = Text.assemble("· ", (move.trend.word, WORST_FIRST[move.trend.word]), f" {move.signal.definition.title}")
        yield title.append(f"{among}: {rows}{more}")
    if len(every) > len(told):
        yield Text(f"· {len(every) - len(told)} more moved, by what is not listed here", "dim")
    yield ""


def _row(row: Row) -> str:
    """ "new configs/a.yaml 40", "gone b.py", "c.py 12 → 30", "nothing but days 7"."""
    then, now = ("" if number is None else ENGLISH.short(number) for number in (row.before, row.now))
    name = row.subject[:10] if row.kind == "commit" else visible(row.subject, LONGEST_NAME)
    return f"{name} {then} → {now}" if row.word == "was" else f"{row.word} {name} {then or now}".strip()


def _signals(answer: Answer, then: Before) -> Iterator[Text]:
    """A line for each number; what many signals say alike, in one line."""
    found = grouped(answer.signals, lambda signal: trend(signal, then.signals.get(signal.name)))
    yield from (_signal(one, then) for one in found.lines)
    for group in found.shared:
        is_weak = group.is_debt or group.signals[0].measurement.value == NOT_SEEN
        yield Text(f"· {group.title}: {titles(group)}", "dim" if is_weak else "")


def _signal(signal: Signal, then: Before) -> Text:
    moved = trend(signal, then.signals.get(signal.name))
    value = signal.measurement.value
    shown = format_value(value, signal.definition.unit) if value is not None else ""
    text = Text.assemble("· ", f"{signal.definition.title}: ", (shown, "bold"))
    if signal.letter is not None:
        text.append(f"  {grade(signal.letter, signal.span)}", "bold")
    if moved:
        before = format_value(moved.before, signal.definition.unit)
        was = "" if before == shown else f"; was {before}"
        text.append(f"  ({moved.word}{was})", WORST_FIRST[moved.word])
    if tally := _worth_saying(signal):
        text.append(f"  [{tally}]", "dim")
    if signal.measurement.coverage < 1:
        text.append(f"  [{signal.measurement.seen:,} of {signal.measurement.total:,} seen]", "yellow")
    return text


def _worth_saying(signal: Signal) -> Tally | None:
    """How many places a signal has, unless that is its number."""
    tally = signal.measurement.tally
    if tally is None or not tally.total:
        return None
    is_said = tally.total == signal.measurement.value and not tally.accepted and not tally.lapsed
    return None if is_said else tally


def _unseen(card: Scorecard) -> RenderableType:
    seen = {signal.debt for signal in card.signals if signal.state is State.MEASURED and not signal.definition.remedy}
    unknown = [s for s in card.signals if s.state is State.UNKNOWN]
    beside = [s for s in unknown if s.debt in seen]
    asked = list(dict.fromkeys(debt for answer in card.answers for debt in answer.asked))
    lines: list[RenderableType] = []
    if unknown:
        lines.append(Text("What could not be seen", "bold"))
        lines += [Text(f"· {visible(s.sentence, 400)}") for s in unknown if s not in beside]
    if beside:
        names = ", ".join(s.name for s in beside)
        lines.append(Text(f"· Unknown beside what was measured (`mldebt explain NAME` says why): {names}", "dim"))
    questions = [s for s in card.signals if s.state is State.ASK]
    if asked or questions:
        lines.append(Text("Only people can say", "bold"))
    if asked:
        names = ", ".join(DEBTS[debt].title.en.lower() for debt in asked)
        kinds = worded(len(asked), "kind", "kinds")
        lines.append(Text(f"· {len(asked)} {kinds} of debt that nothing here measures: {names}", "dim"))
    if questions:
        names = ", ".join(signal.name for signal in questions)
        lines.append(Text(f"· Questions for your team: {names}", "dim"))
    if asked or questions:
        lines.append(Text("· `mldebt explain NAME` has the question to ask your team about each", "dim"))
    return Group(*lines)


def _said(card: Scorecard, attestations: Iterable[Attestation]) -> Iterator[RenderableType]:
    rows = stated_of(card, attestations)
    if rows:
        yield Text("Stated by people, not measured", "bold")
        yield from map(statement, rows)


def _tidy(advice: Sequence[str]) -> Iterator[RenderableType]:
    if advice:
        yield Text("To tidy up in mldebt.yml, or beside the code", "bold")
        yield from (Text(f"· {visible(sentence, 700)}") for sentence in advice)


def statement(one: Stated) -> Text:
    """What people say of a debt, and how long it holds."""
    title = DEBTS[one.debt].title.en if one.debt else visible(one.attestation.about)
    said = f"· {title}: {visible(one.attestation.answer, 500)}  "
    return Text.assemble(said, (f"({visible(one.when, 700)})", "yellow" if one.has_expired else "dim"))


def explanation(signal: Signal, card: Scorecard | None = None) -> RenderableType:
    """One signal: what it is, its number, how its letter came about, the rows behind it, and what it cannot see."""
    d, m = signal.definition, signal.measurement
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column()
    facts = {
        "What": d.summary,
        "Here": visible(signal.sentence, 400),
        "Note": visible(m.note, 400),
        "From": f"n = {m.n}" if m.n is not None else "",
        "Seen": f"{m.seen} of {m.total}" if m.total else "",
        "Places": str(m.tally) if m.tally else "",
        "Also": ", ".join(f"{name}: {ENGLISH.short(number)}" for name, number in m.details),
        **dict(of_signal(signal, card)),
        "Why": d.why,
        "Pay off": d.pay_off,
        "Cannot see": d.cannot_see,
        "Ask": d.ask,
        "Source": d.source,
    }
    for name, text in facts.items():
        if text:
            grid.add_row(name, Text(text))
    rows = [Text(_evidence_line(*row)) for row in m.evidence]
    title = Text(f"{d.title}  ({d.name})", "bold")
    return Group(title, grid, *([Text("\nBehind the number", "bold"), *rows] if rows else []))


def _evidence_line(subject: str, kind: str, number: float | None, note: str, line: int | None) -> str:
    place = f"{visible(subject)}:{line}" if line else visible(subject)
    shown = "" if number is None else f"  {ENGLISH.short(number)}"
    return f"· {kind} {place}{shown}{'  ' + visible(note) if note else ''}"
