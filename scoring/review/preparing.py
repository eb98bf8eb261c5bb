"""A comparison, what was decided before and what is typed now, as a record. Pure: the day is handed in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from scoring.answers import Scorecard
from scoring.attestation import Attestation, last_day
from scoring.debts import DEBTS, Debt
from scoring.finding import Finding
from scoring.report.links import permalink
from scoring.report.moves import Move
from scoring.report.moves import Row as MovedRow
from scoring.review import record as r
from scoring.review.agenda import Topic, agenda
from scoring.review.asking import asked
from scoring.review.comparison import AnswerChange, Comparison
from scoring.review.goals import Checked, Kind, Outcome
from scoring.review.sides import Side
from scoring.signal import Definition, format_value
from scoring.wording import worded

MOST_PLACES = 10
MOST_ROWS = 3
KIND_NOT_NAMED = "Kind not named"


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
    places, left, why = _places(found, web)
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
        moved=tuple(_moved(move, found.now, web) for move in found.moves),
        flows=tuple(r.Flow(f.debt and f.debt.value, kind_title(f.debt), *f[1:]) for f in found.flows),
        places=places,
        places_left=left,
        places_why=why,
        carried=_first(actions),
        goals=_first(goals),
        lapses=tuple(_lapses(found.now, typed)),
        asked=tuple(_asked(found.card, typed, worse)),
        decisions=tuple(typed.decisions),
    )
    return replace(one, agenda=tuple(r.Item(*item) for item in agenda(*_topics(one, found))))


def kind_title(debt: Debt | None) -> str:
    return DEBTS[debt].title.en if debt else KIND_NOT_NAMED


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
    )


def _moved(move: Move, now: Side, web: str | None) -> r.Moved:
    unit = move.trend.unit
    rows = move.rows[:MOST_ROWS]
    return r.Moved(
        signal=move.signal.name,
        title=move.signal.definition.title,
        debt=move.signal.debt and move.signal.debt.value,
        before=format_value(move.trend.before, unit),
        now=format_value(move.trend.now, unit),
        word=move.trend.word,
        rows=tuple(_row(row, now.identity.commit, web) for row in rows),
        rows_left=len(move.rows) - len(rows),
        is_whole=move.is_whole,
    )


def _row(row: MovedRow, commit: str, web: str | None) -> r.Row:
    link = None if row.word == "gone" else permalink(web, row.kind, row.subject, commit, row.line)
    return r.Row(row.subject, row.kind, row.line, row.word, _numbers(row), link)


def _numbers(row: MovedRow) -> str:
    shown = [_number(one) for one in (row.before, row.now) if one is not None]
    return " → ".join(shown)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == round(value) or abs(value) >= 100 else f"{value:,.2f}"


def _places(found: Comparison, web: str | None) -> tuple[tuple[r.Place, ...], int | None, str]:
    """The heaviest new places that nobody accepted. Where none is known to be new: none, and why."""
    definitions = {signal.name: signal.definition for signal in found.now.signals}
    if not found.places.compared:
        whys = list(dict.fromkeys(found.places.unseen.values()))
        return (), None, whys[0] if whys else "no rule that lists places was measured"
    new = [row for row in found.places.added if row.accepted is None]
    shown = tuple(_place(row, definitions[row.rule], found.now.identity.commit, web) for row in new[:MOST_PLACES])
    return shown, len(new) - len(shown), ""


def _place(row: Finding, rule: Definition, commit: str, web: str | None) -> r.Place:
    return r.Place(
        id=row.id,
        rule=row.rule,
        title=rule.title,
        debt=row.debt and row.debt.value,
        path=row.path,
        line=row.line,
        end_line=row.end_line,
        symbol=row.symbol,
        snippet=row.snippet,
        note=row.note,
        severity=row.severity.word,
        effort=row.effort.value,
        interest=row.interest,
        weight=row.weight,
        pay_off=rule.pay_off,
        link=permalink(web, "file", row.path, commit, row.line, row.end_line),
    )


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


def _topics(one: r.Record, found: Comparison) -> tuple[dict[Topic, str], dict[Topic, str]]:
    """What there is to say on each topic, and why there is nothing on the others."""
    says = {
        Topic.CARRIED: _counted(one.carried, "action", "actions"),
        Topic.ANSWERS: _answers(one, found),
        Topic.FLOWS: _flows(one),
        Topic.PLACES: _new(one),
        Topic.GOALS: _open_goals(one),
        Topic.LAPSES: f"{len(one.lapses)} ran out: say it again, or let it go" if one.lapses else "",
        Topic.QUESTIONS: _questions(one),
        Topic.DECIDE: "refactor, supervise, critical or accept",
    }
    empty = {
        Topic.CARRIED: "no action is open",
        Topic.ANSWERS: "none moved" if found.answers else "",
        Topic.FLOWS: "no kind has places" if not one.flows else "nothing was taken on or paid",
        Topic.PLACES: f"not known, because {one.places_why}" if one.places_why else "no place is new",
        Topic.GOALS: f"{len(one.goals)} set, all of them hold" if one.goals else "no goal is set yet",
        Topic.LAPSES: "nothing ran out",
        Topic.QUESTIONS: "all are answered",
    }
    return {topic: words for topic, words in says.items() if words}, empty


def _counted(rows: Sequence[r.Carried], one: str, many: str) -> str:
    due = sum(row.is_due for row in rows)
    return f"{len(rows)} {worded(len(rows), one, many)}, {due} of them due" if rows else ""


def _answers(one: r.Record, found: Comparison) -> str:
    counted = {word: sum(line.word == word for line in one.answers) for word in ("worse", "better", "moved")}
    told = [f"{number} {word}" for word, number in counted.items() if number]
    anew = sum(line.is_judged_anew for line in one.answers)
    told += [f"{anew} judged anew, which is no change of the code"] if anew else []
    if not told and found.moves:
        told = [f"none as a whole, but {len(found.moves)} {worded(len(found.moves), 'number', 'numbers')} behind them"]
    return ", ".join(told)


def _flows(one: r.Record) -> str:
    on, off = (sum(getattr(flow, name) or 0 for flow in one.flows) for name in ("taken_on", "paid"))
    return f"{on:,} {worded(on, 'place', 'places')} taken on, {off:,} paid" if on or off else ""


def _new(one: r.Record) -> str:
    if not one.places:
        return ""
    number = len(one.places) + (one.places_left or 0)
    return f"{number:,} {worded(number, 'place is', 'places are')} new: the heaviest {len(one.places)}"


def _open_goals(one: r.Record) -> str:
    broken = [goal for goal in one.goals if goal.is_due or goal.outcome in (Outcome.BROKEN, Outcome.RAN_OUT)]
    return f"{len(broken)} of {len(one.goals)} {worded(len(one.goals), 'goal', 'goals')}" if broken else ""


def _questions(one: r.Record) -> str:
    now = sum(question.is_next for question in one.asked)
    waiting = sum(question.state != "holds" for question in one.asked)
    return f"{now} for today, of {waiting} without an answer that holds" if now else ""
