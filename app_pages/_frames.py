"""A scorecard as the rows that a page shows. Pure: values in, values out; no Streamlit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from app_pages._charts import WIDE, spark
from app_pages._text import day, plain
from app_pages._trend import Change
from app_pages._view import View
from scoring.answers import Answer, Part, Scorecard
from scoring.debts import DEBTS, Words
from scoring.korean import arithmetic, saying
from scoring.korean.units import SEVERITIES
from scoring.report.arithmetic import Rows, of_answer, of_signal
from scoring.report.groups import grouped
from scoring.report.links import permalink
from scoring.signal import Evidence, Letter, Signal, State, Trend, format_value
from scoring.wording import Numbers

NOT_ENOUGH = Words("not enough evidence", "근거 부족")
UNSEEN_WORD = "–"


class Move(NamedTuple):
    """Signals that went one way in a quarter."""

    way: str
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnswerRow:
    id: str
    title: str
    text: str  # the question as the paper asks it
    letter: Letter | None
    interval: str  # "B to D"; empty where there is no letter, or nothing is left open
    letters: tuple[tuple[str, Letter], ...]  # those of its parts, by the debt's title
    sentence: str
    number: str  # of the leading signal; a dash where there is none
    number_label: str
    is_nearest: bool  # the number is the nearest evidence, and no answer by itself
    change: Change
    line: str | None  # one year of the leading signal, as an image's address
    seen: int
    total: int
    moves: tuple[Move, ...]  # the worse before the better
    compared: int  # numbers with one of a quarter ago; whether a remedy is seen is none
    severest: str  # the findings of the severest kind; empty where none is open
    arithmetic: Rows  # how the letter came about, or why there is none

    @property
    def grade(self) -> str:
        return str(self.letter or UNSEEN_WORD)


class EvidenceRow(NamedTuple):
    subject: str
    link: str | None
    number: str
    note: str


@dataclass(frozen=True, slots=True)
class SignalRow:
    name: str
    title: str
    summary: str
    state: State
    letter: Letter | None
    now: str
    then: str
    change: Change
    coverage: str
    note: str
    details: tuple[str, ...]
    reason: str  # why it is unknown, and what to add
    unknown: str  # the same as a sentence
    cannot_see: str
    source: str
    why: str
    pay_off: str
    ask: str
    arithmetic: Rows  # how its number and its letter came about; empty where nothing was measured
    is_whole: bool  # all that should have been looked at was
    evidence: tuple[EvidenceRow, ...]
    left_out: int  # rows behind the number that are not among `evidence`


@dataclass(frozen=True, slots=True)
class PartBlock:
    """One debt that a question consults, in words."""

    debt: str  # id
    title: str
    sentence: str
    example: str
    section: int  # of the paper
    state: State
    letter: Letter | None
    asks: tuple[str, ...]  # questions for the team
    remedy: str


def answer_rows(card: Scorecard, view: View) -> tuple[AnswerRow, ...]:
    return tuple(answer_row(answer, view) for answer in card.answers)


def answer_row(answer: Answer, view: View) -> AnswerRow:
    question, lead = answer.question, answer.lead if answer.is_known else None
    best, worst = answer.interval or ("", "")
    moved = {signal.name: view.trend(signal) for signal in answer.signals}
    return AnswerRow(
        id=question.id,
        title=view.words(question.title),
        text=view.words(question.text),
        letter=answer.letter,
        interval=_between(best, worst, view.language) if best != worst else "",
        letters=tuple((view.words(DEBTS[p.debt].title), p.letter) for p in answer.parts if p.letter is not None),
        sentence=view.answer(answer),
        number=shown(lead, view) if lead else UNSEEN_WORD,
        number_label=view.title(lead.definition) if lead else view.words(NOT_ENOUGH),
        is_nearest=answer.is_nearest,
        change=view.change(lead) if lead else Change("unknown", why="nothing measured"),
        line=spark(view.past(lead), view.at, WIDE) if lead else None,
        seen=answer.seen,
        total=answer.total,
        moves=_moves(answer, moved, view),
        compared=sum(moved[one.name] is not None for one in answer.signals if not one.definition.remedy),
        severest=_severest(answer, view),
        arithmetic=_sum(answer, view),
    )


def _sum(answer: Answer, view: View) -> Rows:
    """The letter, and each part with the number that it rests on."""
    if saying.is_korean(view.language):
        return arithmetic.of_answer(answer, view.numbers)
    titled = [(part, view.words(DEBTS[part.debt].title)) for part in answer.parts]
    seen = "; ".join(title for part, title in titled if part.is_seen)
    letters = [f"{title} {part.letter}" for part, title in titled if part.letter is not None]
    lead, numbers = answer.lead if answer.is_known else None, view.numbers
    rows = [
        *of_answer(answer),
        *([("Rests on", answer.rests_on)] if answer.rests_on else []),
        ("Parts seen", f"{answer.seen} of {answer.total}" + (f": {seen}" if seen else "")),
        ("Parts with a letter", "; ".join(letters) or "none: no number of theirs has a proven scale"),
    ]
    if lead:
        said = f"{shown(lead, view)}, of {lead.definition.title}: {_counted_over(lead, numbers)}"
        rows.append(("Number beside it", said))
    return tuple(dict(rows).items())


def _counted(signal: Signal, view: View) -> Rows:
    value, definition, numbers = signal.measurement.value, signal.definition, view.numbers
    if saying.is_korean(view.language):
        return arithmetic.of_signal(signal, numbers)
    if value is None:
        return ()
    if signal.letter is not None:
        return of_signal(signal, numbers=numbers)
    shown_as = f"{format_value(value, definition.unit, numbers)} ({numbers.short(value)})"
    number = f"{shown_as}, {_counted_over(signal, numbers)}; {definition.better} is better"
    return (("Number", number), *of_signal(signal, numbers=numbers))


def _counted_over(signal: Signal, numbers: Numbers) -> str:
    measured = signal.measurement
    over = f"counted over {numbers.whole(measured.n)}" if measured.n is not None else "counted as it stands"
    return f"{over}; {_seen(signal, numbers)} looked at" if measured.total > 1 else over


def _seen(signal: Signal, numbers: Numbers) -> str:
    return saying.part(signal.measurement.seen, signal.measurement.total, "en", numbers)


def _moves(answer: Answer, trends: Mapping[str, Trend | None], view: View) -> tuple[Move, ...]:
    lines = grouped(answer.signals, lambda signal: trends[signal.name]).lines
    ways = [(moved.word, view.title(s.definition)) for s in lines if (moved := trends[s.name]) is not None]
    moves = (Move(way, tuple(title for word, title in ways if word == way)) for way in ("worse", "better"))
    return tuple(move for move in moves if move.titles)


def _severest(answer: Answer, view: View) -> str:
    """Of the signals with the severest findings, the one with most that nobody accepted."""
    counted = [
        (signal.definition.severity, tally.total - tally.accepted, view.title(signal.definition))
        for signal in answer.signals
        if (tally := signal.measurement.tally) and tally.total > tally.accepted and signal.definition.severity
    ]
    if not counted:
        return ""
    severity, number, title = max(counted, key=lambda one: one[:2])
    if saying.is_korean(view.language):
        return f"{title}(열린 항목 {view.numbers.whole(number)}개, 심각도 {SEVERITIES[severity]})"
    return f"{title} ({view.numbers.count(number, 'open finding')}, {severity.word} severity)"


def shown(signal: Signal, view: View) -> str:
    value = signal.measurement.value
    return UNSEEN_WORD if value is None else view.value(value, signal.definition.unit)


_ORDER = {State.MEASURED: 0, State.UNKNOWN: 1, State.ASK: 2}


def part_blocks(answer: Answer, view: View) -> tuple[PartBlock, ...]:
    """What was measured first, then what could not be, then what only people can say."""
    return tuple(part_block(part, view) for part in sorted(answer.parts, key=lambda part: _ORDER[part.state]))


def part_block(part: Part, view: View) -> PartBlock:
    kind = DEBTS[part.debt]
    return PartBlock(
        debt=str(part.debt),
        title=view.words(kind.title),
        sentence=view.words(kind.sentence),
        example=view.words(kind.example),
        section=kind.section,
        state=part.state,
        letter=part.letter,
        asks=asks(part.signals, view.words(kind.ask) if part.state is State.ASK else "", view),
        remedy=view.words(kind.remedy),
    )


def asks(signals: Iterable[Signal], otherwise: str, view: View) -> tuple[str, ...]:
    """What signals ask of people; the kind's own question where none does."""
    found = tuple(view.words(signal.definition.asks) for signal in signals if signal.state is State.ASK)
    return found or ((otherwise,) if otherwise else ())


def signal_row(signal: Signal, view: View, *, most: int | None = None) -> SignalRow:
    """With at most so many of the rows behind the number."""
    definition, measured, numbers = signal.definition, signal.measurement, view.numbers
    told = numbers.within
    then, _ = view.then(signal)
    return SignalRow(
        name=signal.name,
        title=view.title(definition),
        summary=told(definition.summary),
        state=signal.state,
        letter=signal.letter,
        now=shown(signal, view),
        then=UNSEEN_WORD
        if then is None or then.value is None
        else _on_a_day(view.value(then.value, definition.unit), day(then.at), view.language),
        change=view.change(signal),
        coverage=view.part(measured.seen, measured.total)
        if measured.total > 1
        else numbers.share(f"{measured.coverage * 100:.0f}"),
        note=told(measured.note),
        details=tuple(f"{name}: {numbers.short(number)}" for name, number in measured.details),
        reason=view.reason(signal),
        unknown=view.unknown(signal),
        cannot_see=told(definition.cannot_see),
        source=definition.source,
        why=view.why(definition),
        pay_off=view.pay_off(definition),
        ask=view.words(definition.asks),
        arithmetic=_counted(signal, view),
        is_whole=measured.coverage == 1,
        evidence=tuple(evidence_row(row, signal.definition.unit, view) for row in measured.evidence[:most]),
        left_out=0 if most is None else max(0, len(measured.evidence) - most),
    )


def _between(best: str, worst: str, language: str) -> str:
    return f"{best}~{worst}" if saying.is_korean(language) else f"{best} to {worst}"


def _on_a_day(number: str, when: str, language: str) -> str:
    return f"{number} ({when})" if saying.is_korean(language) else f"{number} on {when}"


def evidence_row(row: Evidence, unit: str, view: View) -> EvidenceRow:
    """A row behind a number, with a link where the repository's address is known."""
    number = (
        "" if row.number is None else saying.evidence_number(row.number, row.note, unit, view.language, view.numbers)
    )
    subject = row.subject[:12] if row.kind == "commit" else row.subject
    where = plain(subject) + (f":{row.line}" if row.line else "")
    link = permalink(view.web, row.kind, row.subject, view.commit, row.line)
    return EvidenceRow(where, link, number, view.numbers.within(row.note))
