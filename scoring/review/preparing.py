"""A comparison, what was decided before and what is typed now, as a record. Pure: the day is handed in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from scoring.answers import Scorecard
from scoring.attestation import Attestation, last_day
from scoring.debts import DEBTS, Debt, Words
from scoring.report.links import permalink
from scoring.report.moves import Move
from scoring.report.moves import Row as MovedRow
from scoring.review import record as r
from scoring.review.agenda import agenda
from scoring.review.asking import asked
from scoring.review.comparison import AnswerChange, Comparison
from scoring.review.goals import Checked, Kind
from scoring.review.heaviest import heaviest
from scoring.review.sides import Side
from scoring.review.topics import topics
from scoring.signal import evidence_number, format_value

MOST_ROWS = 3
KIND_NOT_NAMED = Words("Kind not named", "종류를 밝히지 않은 부채")


class Given(NamedTuple):
    """What is typed in answer to one question, as far as it is typed."""

    words: str = ""
    owner: str = ""
    due: str = ""
    until: str = ""


class Earlier(NamedTuple):
    """A decision of an earlier review, checked, and what this review says of it."""

    decision: r.Decision
    checked: Checked
    settled: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """What people brought to a review."""

    day: str
    earlier: Sequence[Earlier] = ()
    decisions: Sequence[r.Decision] = ()
    answers: Mapping[str, Given] = field(default_factory=dict)  # by what they are about
    said: Sequence[Attestation] = ()  # that holds or did, wherever it is written


def prepared(repository: str, web: str | None, found: Comparison, typed: Typed) -> r.Record:
    """The record of a review that is open, or not begun."""
    carried = tuple(_carried(one, typed.day) for one in typed.earlier)
    actions = tuple(one for one in carried if one.decision.kind == Kind.REFACTOR)
    goals = tuple(one for one in carried if one.decision.kind != Kind.REFACTOR)
    worse = {debt for change in found.answers if change.word == "worse" for debt in change.now.question.debts}
    places, are_new, left, why = heaviest(found, web)
    one = r.Record(
        repository=repository,
        web=web,
        day=typed.day,
        before=_moment(found.before, found.earlier),
        now=_moment(found.now, found.card),
        judging=found.judging,
        is_same_commit=found.is_same_commit,
        agenda=(),
        answers=tuple(map(_answer, found.answers)),
        moved=tuple(_moved(move, found, web) for move in found.moves),
        flows=tuple(r.Flow(f.debt and f.debt.value, kind_title(f.debt), *f[1:]) for f in found.flows),
        places=places,
        places_are_new=are_new,
        places_left=left,
        places_why=why,
        carried=_first(actions),
        goals=_first(goals),
        lapses=tuple(_lapses(found.now, typed)),
        asked=tuple(_asked(found.card, typed, worse)),
        decisions=tuple(typed.decisions),
    )
    return replace(one, agenda=tuple(r.Item(*item) for item in agenda(*topics(one, found))))


def kind_title(debt: Debt | None) -> str:
    return DEBTS[debt].title.en if debt else KIND_NOT_NAMED.en


def _moment(side: Side, card: Scorecard) -> r.Moment:
    who = side.identity
    return r.Moment(
        who.commit,
        side.day,
        who.digest,
        who.profile,
        who.scoring_version,
        card.headline,
        not side.lists_places,
        side.partial,
    )


def _answer(change: AnswerChange) -> r.AnswerLine:
    now, lead = change.now, change.lead
    number = now.lead
    value = number.measurement.value if number else None
    unit = number.definition.unit if number else ""
    return r.AnswerLine(
        question=now.question.id,
        title=now.question.title.en,
        text=now.question.text.en,
        sentence=now.sentence,
        told=change.told,
        then=change.then.grade,
        now=now.grade,
        why_no_letter=now.why_no_letter,
        is_judged_anew=change.is_judged_anew,
        seen_then=change.then.seen,
        seen=now.seen,
        total=now.total,
        word=change.word,
        number=number.definition.title if number else "",
        number_then=format_value(lead.before, unit) if lead else "",
        number_now="" if value is None else format_value(value, unit),
        value_then=lead.before if lead else None,
        value_now=value,
        moved=tuple(move.signal.name for move in change.moves),
        why_same=lead.why_same if lead and change.word == "same" else "",
    )


def _moved(move: Move, found: Comparison, web: str | None) -> r.Moved:
    now, unit = found.now, move.trend.unit
    behind = _of_places(move, found)
    every = behind or [row for row in move.rows if not _reads_alike(_shown(row, unit))]
    rows = every[:MOST_ROWS]
    return r.Moved(
        signal=move.signal.name,
        title=move.signal.definition.title,
        debt=move.signal.debt and move.signal.debt.value,
        before=format_value(move.trend.before, unit),
        now=format_value(move.trend.now, unit),
        word=move.trend.word,
        rows=tuple(_row(row, unit, now.identity.commit, web) for row in rows),
        rows_left=len(every) - len(rows),
        is_whole=move.is_whole or bool(behind),
    )


def _of_places(move: Move, found: Comparison) -> list[MovedRow]:
    """Where single places are compared, those that were paid made it better, and those that came made it worse."""
    if move.signal.name not in found.places.compared:
        return []
    is_better = move.trend.word == "better"
    rows, word = (found.places.paid, "gone") if is_better else (found.places.added, "new")
    mine = [row for row in rows if row.rule == move.signal.name and row.accepted is None]
    return [MovedRow(row.path, "file", row.line, None, None, word, row.note) for row in mine]


def _row(row: MovedRow, unit: str, commit: str, web: str | None) -> r.Row:
    link = None if row.word == "gone" else permalink(web, row.kind, row.subject, commit, row.line)
    subject = row.subject[:10] if row.kind == "commit" else row.subject
    return r.Row(subject, row.kind, row.line, row.word, " → ".join(_shown(row, unit)), link, row.note)


def _reads_alike(numbers: list[str]) -> bool:
    return len(numbers) > 1 and len(set(numbers)) == 1


def _shown(row: MovedRow, unit: str) -> list[str]:
    """Its numbers as they are read, then and now."""
    numbers = [one for one in (row.before, row.now) if one is not None]
    if row.kind in ("detail", "time"):
        return list(map(_number, numbers))
    return [evidence_number(one, row.note, unit) for one in numbers]


def _number(value: float) -> str:
    if value == round(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:,.2f}" if abs(value) >= 1 else f"{value:.2g}"  # a share of a thousandth is no 0.00


def _carried(one: Earlier, day: str) -> r.Carried:
    due = one.decision.due <= day
    return r.Carried(one.decision, one.checked.outcome.value, one.checked.why, due, one.settled, one.note)


def _first(rows: Iterable[r.Carried]) -> tuple[r.Carried, ...]:
    """What is due first, then by its day."""
    return tuple(sorted(rows, key=lambda one: (not one.is_due, one.decision.due, one.decision.number)))


def _lapses(now: Side, typed: Typed) -> Iterator[r.Lapse]:
    for said in typed.said:
        if said.has_expired(typed.day):
            yield r.Lapse("attestation", said.about, said.answer, said.by, said.until, 0)
    ran_out: dict[tuple[str, ...], int] = {}
    for row in now.findings:
        if row.lapsed is not None:
            key = (row.lapsed.rule, row.lapsed.note or row.lapsed.reason.value, row.lapsed.owner, row.lapsed.until)
            ran_out[key] = ran_out.get(key, 0) + 1
    for (rule, words, owner, until), number in ran_out.items():
        yield r.Lapse("acceptance", rule, words, owner, until, number)


def _asked(card: Scorecard, typed: Typed, worse: Iterable[Debt]) -> Iterator[r.Asked]:
    for one in asked(card, typed.said, typed.day, worse):
        question, before = one.question, one.answer
        given = typed.answers.get(question.about, Given())
        yield r.Asked(
            about=question.about,
            debt=question.debt and question.debt.value,
            text=question.text.en,
            source=question.source,
            section=question.section,
            state="holds" if one.holds else "expired" if one.has_expired else "open",
            is_next=one.is_next,
            said=before.answer if before else "",
            by=before.by if before else "",
            until=before.until if before else "",
            answer=given.words,
            owner=given.owner,
            due=given.due,
            holds_until=given.until or (last_day(typed.day) if given.words else ""),
        )
