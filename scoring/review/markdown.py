"""A review as Markdown. Nothing that a person typed, or that a repository holds, is markup in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scoring.report.links import permalink
from scoring.report.markdown import code, link, plain
from scoring.review import words
from scoring.review.acceptances import to_commit
from scoring.review.forms import in_language
from scoring.review.labels import Speech
from scoring.review.record import (
    AnswerLine,
    Carried,
    Decision,
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


def review_markdown(one: Record, language: str = "en") -> str:
    """The whole review, in English or Korean, ending with a newline."""
    say, digested, one = Speech(language), digest(one), in_language(one, language)
    then, now = _commit(one, one.before, say), _commit(one, one.now, say)
    between = say("then and now in days", then=then, then_day=one.before.day, now=now, now_day=one.now.day)
    parts = [
        f"# {say('review')}: {plain(one.repository)}",
        say.headline(one),
        between,
        *_section(say("agenda"), _table(say, "Topic|Minutes|What there is", map(_item, one.agenda))),
        *_section(say("decisions"), [_decision(row, say) for row in one.decisions] or [say("none yet")]),
        *_accepted(one, say),
        *_section(say("not the code"), [f"- {plain(text)}" for text in one.judging]),
        *_section(say("five answers"), _answers(one, say)),
        *_section(say("what moved them"), [_moved(row, say) for row in one.moved[:MOST_MOVED]]),
        *_section(say("flows"), _flows(one, say)),
        *_section(say.places(one), _places(one, say)),
        *_section(say("carried"), [_carried(row, say) for row in one.carried]),
        *_section(say("goals"), [_carried(row, say) for row in one.goals]),
        *_section(say("ran out"), [_lapse(row, say) for row in one.lapses]),
        *_section(say("questions"), _asked(one, say)),
        *_section(say("rests on"), _basis(one, digested, say)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    """A heading and its lines; nothing where there are none."""
    body = "\n".join(lines)
    if body:
        yield f"## {title}"
        yield body


def _table(say: Speech, head: str, rows: Iterable[tuple[str, ...]]) -> list[str]:
    columns = [say(name) for name in head.split("|")]
    lines = [f"| {' | '.join(columns)} |", f"| {' | '.join('--' for _ in columns)} |"]
    return [*lines, *(f"| {' | '.join(row)} |" for row in rows)]


def _commit(one: Record, moment: Moment, say: Speech) -> str:
    commit = moment.commit
    return link(code(commit[:10] or say("no commit")), permalink(one.web, "commit", commit, commit))


def _item(item: Item) -> tuple[str, ...]:
    return item.title, str(item.minutes) if item.minutes else "–", plain(item.says)


def _decision(one: Decision, say: Speech) -> str:
    who = say("due by", owner=_typed(one.owner), due=_typed(one.due))
    return f"- **{say(one.kind)}** {plain(say.subject(one))}: {_typed(one.words)} ({who})"


def _accepted(one: Record, say: Speech) -> Iterator[str]:
    """What is accepted holds for findings once it stands in the repository itself."""
    text = to_commit(one.decisions)
    if text:
        yield say("once it stands in")
        yield f"```yaml\n{text}```"


def _answers(one: Record, say: Speech) -> list[str]:
    return _table(say, "Answer|Letter|Number|Then|Now|Parts seen|Change", (_answer(line, say) for line in one.answers))


def _answer(line: AnswerLine, say: Speech) -> tuple[str, ...]:
    return (
        plain(line.title),
        say.letters(line),
        plain(line.number) or "–",
        plain(line.number_then) or "–",
        plain(line.number_now) or "–",
        say("seen of", seen=line.seen, total=line.total),
        f"{say.change(line)} ({line.why_same})" if line.why_same else say.change(line),
    )


def _moved(one: Moved, say: Speech) -> str:
    rows = [_row(row, say) for row in one.rows]
    more = [f"  - {say('and more', n=f'{one.rows_left:,}')}"] if one.rows_left else []
    head = f"- {say.way(one.word)}: {plain(one.title)}, {plain(words.number_moved(one))}"
    return "\n".join([head, *rows, *more])


def _row(row: Row, say: Speech) -> str:
    place = words.row_place(row)
    shown = link(code(place), row.link) if words.is_name(row) else plain(place)
    says = plain(words.row_says(row))
    word = words.row_word(row)
    return f"  - {f'{say.word(word)}: ' if word else ''}{shown} {says}".rstrip()


def _flows(one: Record, say: Speech) -> list[str]:
    if not one.flows:
        return []
    notes = [f"\n{plain(' '.join(filter(None, note)))}" for note in say.flow_notes(one)]
    rows = ((plain(flow.title), *say.balance(flow)) for flow in one.flows)
    told = say.not_listed(one)
    return [*([told, ""] if told else []), *_table(say, "Debt|Then|Taken on|Paid|Now", rows), *notes]


def _places(one: Record, say: Speech) -> list[str]:
    note = plain(" ".join(filter(None, (say("order") if one.places else "", *say.places_note(one)))))
    more = [f"- {say('and more', n=f'{one.places_left:,}')}"] if one.places_left else []
    return [*([note, ""] if note else []), *(_place(row, say) for row in one.places), *more]


def _place(one: Place, say: Speech) -> str:
    note = f" {plain(one.note)}" if one.note else ""
    about = {"severity": say.word(one.severity), "effort": one.effort, "changes": say.changes(one)}
    return f"- {link(code(words.where(one)), one.link)} {say('place', title=plain(one.title), **about)}{note}"


def _carried(one: Carried, say: Speech) -> str:
    ended = f" {say(one.settled)} {_typed(one.note)}".rstrip() if one.settled in words.SETTLED else ""
    outcome = say.word(one.outcome)
    return f"{_decision(one.decision, say)}. **{outcome[:1].upper()}{outcome[1:]}**: {plain(one.why)}.{ended}"


def _lapse(row: Lapse, say: Speech) -> str:
    who = say("until", owner=_typed(row.owner), until=_typed(row.until))
    return f"- {plain(row.about)}: {_typed(row.words)} ({who})"


def _typed(text: str) -> str:
    """What somebody typed, on one line."""
    return plain(" ".join(text.split()), LONGEST)


def _asked(one: Record, say: Speech) -> Iterator[str]:
    for row in one.asked:
        if row.answer:
            owner, until = _typed(row.owner) or say("no owner"), _typed(row.holds_until)
            who = say("who by" if row.due else "who", owner=owner, due=_typed(row.due), until=until)
            yield f"- {plain(row.text)}\n  {_typed(row.answer)} ({who})"
    for row in words.open_questions(one):
        yield f"- {plain(row.text)}\n  {say('not answered yet')}"


def _basis(one: Record, digested: str, say: Speech) -> Iterator[str]:
    for name, moment in (("Then", one.before), ("Now", one.now)):
        made = say("from history" if moment.is_from_history else "scanned")
        rests = {"profile": plain(moment.profile), "scoring": plain(moment.scoring_version)}
        yield f"- {say('basis', name=say(name), digest=f'`{moment.identity[:12]}`', made=made, **rests)}"
        yield from (f"  - {plain(sentence)}" for sentence in moment.partial)
    if one.closed:
        yield f"- {say('closed on by', day=one.closed, by=_typed(one.closed_by), digest=f'`{digested}`')}"
