"""A review as Markdown. Nothing that a person typed, or that a repository holds, is markup in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scoring.report.links import permalink
from scoring.report.markdown import code, link, plain
from scoring.review import words
from scoring.review.acceptances import to_commit
from scoring.review.goals import KINDS, Kind
from scoring.review.record import (
    AnswerLine,
    Carried,
    Decision,
    Flow,
    Item,
    Lapse,
    Moment,
    Moved,
    Place,
    Record,
    Row,
    digest,
)

MOST_MOVED = 12
LONGEST = 2_000


def review_markdown(one: Record) -> str:
    """The whole review, ending with a newline."""
    parts = [
        f"# Debt review: {plain(one.repository)}",
        words.headline(one),
        f"Then {_commit(one, one.before)}, now {_commit(one, one.now)}.",
        *_section("Agenda", _table("Topic|Minutes|What there is", map(_item, one.agenda))),
        *_section("Decisions", [_decision(decided) for decided in one.decisions] or ["None yet."]),
        *_accepted(one),
        *_section("Not a change of the code", [f"- {plain(text)}" for text in one.judging]),
        *_section("The five answers", _answers(one)),
        *_section("What moved them", [_moved(moved) for moved in one.moved[:MOST_MOVED]]),
        *_section("Debt taken on and paid", _flows(one)),
        *_section(words.places_title(one), _places(one)),
        *_section("Actions carried over", [_carried(row) for row in one.carried]),
        *_section("Goals", [_carried(row) for row in one.goals]),
        *_section("Ran out", map(_lapse, one.lapses)),
        *_section("Questions only people can answer", _asked(one)),
        *_section("What this rests on", _basis(one)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    """A heading and its lines; nothing where there are none."""
    body = "\n".join(lines)
    if body:
        yield f"## {title}"
        yield body


def _table(head: str, rows: Iterable[tuple[str, ...]]) -> list[str]:
    columns = head.split("|")
    lines = [f"| {' | '.join(columns)} |", f"| {' | '.join('--' for _ in columns)} |"]
    return [*lines, *(f"| {' | '.join(row)} |" for row in rows)]


def _commit(one: Record, moment: Moment) -> str:
    commit = moment.commit
    return f"{link(code(commit[:10] or 'no commit'), permalink(one.web, 'commit', commit, commit))} of {moment.day}"


def _item(item: Item) -> tuple[str, ...]:
    return item.title, str(item.minutes) if item.minutes else "–", plain(item.says)


def _decision(one: Decision) -> str:
    kind = KINDS[Kind(one.kind)].partition(":")[0]
    return f"- **{kind}** {plain(one.title)}: {_typed(one.words)} ({_typed(one.owner)}, due {_typed(one.due)})"


def _accepted(one: Record) -> Iterator[str]:
    """What is accepted holds for findings once it stands in the repository itself."""
    text = to_commit(one.decisions)
    if text:
        yield "What was accepted counts as accepted once this stands in `.github/mldebt.yml`:"
        yield f"```yaml\n{text}```"


def _answers(one: Record) -> list[str]:
    return _table("Answer|Letter|Number|Then|Now|Parts seen|Change", map(_answer, one.answers))


def _answer(line: AnswerLine) -> tuple[str, ...]:
    return (
        plain(line.title),
        words.letters(line),
        plain(line.number) or "–",
        plain(line.number_then) or "–",
        plain(line.number_now) or "–",
        f"{line.seen} of {line.total}",
        f"{words.change_word(line)} ({line.why_same})" if line.why_same else words.change_word(line),
    )


def _moved(one: Moved) -> str:
    rows = [_row(row) for row in one.rows]
    more = [f"  - and {one.rows_left:,} more"] if one.rows_left else []
    head = f"- {words.WORDS[one.word]}: {plain(one.title)}, {plain(words.number_moved(one))}"
    return "\n".join([head, *rows, *more])


def _row(row: Row) -> str:
    place = words.row_place(row)
    shown = link(code(place), row.link) if words.is_name(row) else plain(place)
    says = plain(words.row_says(row))
    return f"  - {f'{row.word}: ' if row.word else ''}{shown} {says}".rstrip()


def _flows(one: Record) -> list[str]:
    if not one.flows:
        return []
    notes = [f"\n{plain(note)}" for note in words.flow_notes(one)]
    return [*_table("Debt|Then|Taken on|Paid|Now", map(_flow, one.flows)), *notes]


def _flow(one: Flow) -> tuple[str, ...]:
    return plain(one.title), *words.balance(one)


def _places(one: Record) -> list[str]:
    note = plain(" ".join(part for part in (words.ORDER if one.places else "", words.places_note(one)) if part))
    more = [f"- and {one.places_left:,} more"] if one.places_left else []
    return [*([note, ""] if note else []), *map(_place, one.places), *more]


def _place(one: Place) -> str:
    note = f" {plain(one.note)}" if one.note else ""
    about = f"{one.severity}, effort {one.effort}, {words.changes(one)}"
    return f"- {link(code(words.where(one)), one.link)} {plain(one.title)}: {about}.{note}"


def _carried(one: Carried) -> str:
    ended = f" {words.SETTLED[one.settled]} {_typed(one.note)}".rstrip() if one.settled in words.SETTLED else ""
    return f"{_decision(one.decision)}. **{one.outcome[:1].upper()}{one.outcome[1:]}**: {plain(one.why)}.{ended}"


def _lapse(row: Lapse) -> str:
    return f"- {plain(row.about)}: {_typed(row.words)} ({_typed(row.owner)}, until {_typed(row.until)})"


def _typed(text: str) -> str:
    """What somebody typed, on one line."""
    return plain(" ".join(text.split()), LONGEST)


def _asked(one: Record) -> Iterator[str]:
    for row in one.asked:
        if row.answer:
            due = f", due {_typed(row.due)}" if row.due else ""
            who = _typed(row.owner) or "no owner"
            yield f"- {plain(row.text)}\n  {_typed(row.answer)} ({who}{due}, holds until {_typed(row.holds_until)})"
    for row in words.open_questions(one):
        yield f"- {plain(row.text)}\n  Not answered yet."


def _basis(one: Record) -> Iterator[str]:
    for name, moment in (("Then", one.before), ("Now", one.now)):
        made = "made from history" if moment.is_from_history else "scanned"
        judged = f"scales {plain(moment.profile)}, scoring {plain(moment.scoring_version)}"
        yield f"- {name}: snapshot `{moment.identity[:12]}`, {made}, {judged}"
        yield from (f"  - {plain(sentence)}" for sentence in moment.partial)
    if one.closed:
        yield f"- Closed on {one.closed} by {_typed(one.closed_by)}; digest `{digest(one)}`"
