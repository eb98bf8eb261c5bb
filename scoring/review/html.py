"""A review as one page of HTML that needs nothing else: no script, nothing from outside, made to be printed.

Whatever a person typed, or a repository holds, goes through `safe` or `typed`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from scoring.report.links import permalink
from scoring.report.text import visible
from scoring.review import words
from scoring.review.acceptances import to_commit
from scoring.review.goals import KINDS, Kind
from scoring.review.markup import keep, linked, moved, prose, safe, section, table, typed
from scoring.review.pictures import Bar, bars, slope
from scoring.review.record import AnswerLine, Asked, Carried, Decision, Flow, Place, Record, digest
from scoring.review.style import STYLE, footer

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
MOST_MOVED = 10
LINES_TO_WRITE_ON = 3
HOW_TO_READ = (
    "A letter is the weakest part's, and there is none while fewer than half of the parts have a proven scale. "
    "“C (B to E)” says what the unseen parts leave open. Unknown is never zero. ▲ better and ▼ worse speak of the "
    "code; what only the way of judging moved is said apart. A place weighs its severity times how often its file "
    "changed in a year."
)


def review_html(one: Record) -> str:
    """The whole document."""
    about = f"{visible(one.repository, 80)}, debt review of {one.closed or one.day}"
    body = "".join(part for part in _parts(one) if part)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{safe(about)}</title><style>{STYLE}{footer(about)}</style></head>\n<body>{body}</body></html>\n"
    )


def _parts(one: Record) -> Iterator[str]:
    yield _head(one)
    yield section("Decisions", _decisions(one))
    if not one.closed:
        yield section("Agenda: 45 minutes", _agenda(one))
    yield section("The five answers", _answers(one))
    yield _judging(one)
    yield section("Debt taken on and paid", _flows(one))
    yield section("What moved the answers", _moves(one))
    yield section(words.places_title(one), _places(one))
    yield section("Actions carried over", _carried(one.carried))
    yield section("Goals", _carried(one.goals))
    yield section("Ran out", _lapses(one))
    yield section("Questions only people can answer", "".join(_questions(one)))
    yield section("To commit in .github/mldebt.yml", _to_commit(one))
    yield section("How to read this", f'<p class="small muted">{HOW_TO_READ}</p>{_basis(one)}')


def _head(one: Record) -> str:
    commits = (
        linked(moment.commit[:10] or "no commit", permalink(one.web, "commit", moment.commit, moment.commit))
        for moment in (one.before, one.now)
    )
    then, now = commits
    return (
        f"<header><h1><bdi>{safe(one.repository, 120)}</bdi></h1><p>Debt review. {escape(words.headline(one))}</p>"
        f'<p class="small muted">Then {then} of {one.before.day}, now {now} of {one.now.day} (UTC). '
        f"{safe(one.now.headline)}.</p></header>"
    )


def _decisions(one: Record) -> str:
    if one.decisions:
        return table(("Decision", "What", "Owner", "Due"), map(_decision, one.decisions))
    blank = '<span class="line"></span>'
    return "" if one.closed else f'<div class="card">{blank * LINES_TO_WRITE_ON}</div>'


def _decision(one: Decision) -> tuple[str, ...]:
    kind = KINDS[Kind(one.kind)].partition(":")[0]
    subject = f'<span class="small muted"><bdi>{safe(one.title, 160)}</bdi></span>'
    return (
        f"<strong>{keep(kind)}</strong>",
        f"{typed(one.words)}<br>{subject}",
        typed(one.owner),
        keep(one.due),
    )


def _agenda(one: Record) -> str:
    rows = (
        (f'{escape(item.title)} <span class="small muted">{safe(item.says)}</span>', str(item.minutes or "–"))
        for item in one.agenda
    )
    return table(("Topic", "Minutes"), rows, frozenset({1}))


def _answers(one: Record) -> str:
    days = (safe(moment.day) for moment in (one.before, one.now))
    then, now = (f"{name} {day}" for name, day in zip(("Then", "Now"), days, strict=True))
    return table(("", "Question", then, now, "Change"), map(_answer, one.answers))


def _answer(line: AnswerLine) -> tuple[str, ...]:
    letter = line.now[:1] if line.now[:1] in "ABCDE" else ""
    tile = f'<span class="tile {letter or "none"}">{letter or "–"}</span>'
    letters = words.letters(line)
    about = f"Letter: {escape(letters)}. " if letters != words.NO_LETTER else "No letter. "
    number = f"Then and now: {safe(line.number)}. " if line.number_now else ""
    why = f"{safe(line.why_no_letter)} " if line.why_no_letter else ""
    what = (
        f"<strong>{escape(line.text)}</strong><p>{safe(line.sentence)}</p>"
        f'<p class="small muted">{number}{about}{why}{line.seen} of {line.total} parts seen.</p>'
    )
    within = f'<br><span class="small muted">{safe(line.why_same)}</span>' if line.why_same else ""
    change = f'<span class="keep {line.word}">{words.change_word(line)}</span>{within}<br>{slope(line)}'
    then = keep(line.number_then or "–")
    return tile, what, then, f"<strong>{keep(line.number_now or '–')}</strong>", change


def _judging(one: Record) -> str:
    told = list(one.judging)
    if one.is_same_commit:
        told.insert(0, "Both snapshots are of one commit: only ages, branches and what was looked at differ.")
    items = "".join(f"<li>{safe(text)}</li>" for text in told)
    return f'<div class="note"><strong>Not a change of the code</strong><ul>{items}</ul></div>' if items else ""


def _flows(one: Record) -> str:
    drawn = "".join(map(_bar, bars(one.flows)))
    head = '<b></b><b class="num">Paid</b><b>Taken on</b>'
    picture = f'<figure class="bars">{head}{drawn}</figure>' if drawn else ""
    columns = "Kind of debt", "Then", "Taken on", "Paid", "Now"
    notes = "".join(f'<p class="small muted">{safe(note, 600)}</p>' for note in words.flow_notes(one))
    return picture + table(columns, map(_flow, one.flows), frozenset({1, 2, 3, 4})) + notes


def _bar(one: Bar) -> str:
    paid, taken_on = (f'<i style="width:{width}%"></i>' for width in (one.paid, one.taken_on))
    return (
        f'<span>{escape(one.flow.title)}</span><span class="paid"><b>{one.flow.paid:,}</b>{paid}</span>'
        f'<span class="on">{taken_on}<b>{one.flow.taken_on:,}</b></span>'
    )


def _flow(one: Flow) -> tuple[str, ...]:
    return escape(one.title), *map(escape, words.balance(one))


def _moves(one: Record) -> str:
    left = len(one.moved) - MOST_MOVED
    more = f'<p class="small muted">And {left} more, which JSON lists.</p>' if left > 0 else ""
    return f'<ul class="rows">{moved(one.moved[:MOST_MOVED])}</ul>{more}' if one.moved else ""


def _places(one: Record) -> str:
    notes = (words.ORDER, words.places_note(one)) if one.places else (words.places_note(one),)
    told = "".join(f'<p class="small muted lead">{safe(note)}</p>' for note in notes if note)
    more = f'<p class="small muted">And {one.places_left:,} more.</p>' if one.places_left else ""
    rules = (
        list(rows) for _, rows in groupby(one.places, key=lambda place: (place.rule, place.severity, place.effort))
    )
    return told + table(("Severity", "Place", "Effort"), map(_of_a_rule, rules)) + more


def _of_a_rule(places: list[Place]) -> tuple[str, ...]:
    first = places[0]
    pay = f'<p class="small muted">Pay it off: {prose(first.pay_off)}</p>' if first.pay_off else ""
    what = f"<strong>{safe(first.title)}</strong>{''.join(map(_place, places))}{pay}"
    return keep(first.severity), what, keep(first.effort)


def _place(one: Place) -> str:
    note = f' <span class="muted">{safe(one.note)}</span>' if one.note else ""
    changes = f'<span class="small muted keep">{words.changes(one)}</span>'
    return f"<p>{linked(words.where(one), one.link)}{note} {changes}</p>"


def _carried(rows: Iterable[Carried]) -> str:
    told = ((*_decision(one.decision), _outcome(one)) for one in rows)
    return table(("Decision", "What", "Owner", "Due", "Outcome"), told)


def _outcome(one: Carried) -> str:
    ended = f"<br>{words.SETTLED[one.settled]} {typed(one.note)}" if one.settled in words.SETTLED else ""
    return f'<strong>{escape(one.outcome)}</strong><br><span class="small muted">{safe(one.why)}</span>{ended}'


def _lapses(one: Record) -> str:
    rows = ((safe(row.about), typed(row.words), typed(row.owner), keep(row.until)) for row in one.lapses)
    return table(("About", "What was said", "By", "Until"), rows)


def _questions(one: Record) -> Iterator[str]:
    for row in one.asked:
        if row.answer:
            who = typed(row.owner) or "no owner"
            due = f", due {safe(row.due)}" if row.due else ""
            when = f'<p class="small muted">{who}{due}, holds until {safe(row.holds_until)}</p>'
            yield _card(row, f"<p>{typed(row.answer)}</p>{when}")
    for row in words.open_questions(one):
        write = '<span class="line"></span><p class="small muted">Owner: ____________ Due: ____________</p>'
        yield _card(row, '<p class="small muted">Not answered.</p>' if one.closed else write)


def _card(row: Asked, inside: str) -> str:
    source = f'<p class="small muted">{safe(row.source)}</p>'
    return f'<div class="card"><strong>{safe(row.text)}</strong>{source}{inside}</div>'


def _to_commit(one: Record) -> str:
    text = to_commit(one.decisions)
    says = '<p class="lead">What was accepted counts as accepted once this stands there:</p>'
    return f"{says}<pre>{escape(text)}</pre>" if text else ""


def _basis(one: Record) -> str:
    lines = []
    for name, moment in (("Then", one.before), ("Now", one.now)):
        made = "made from history" if moment.is_from_history else "scanned"
        judged = f"scales {moment.profile}, scoring {moment.scoring_version}"
        lines.append(f"{name}: snapshot {moment.identity[:12]}, {made}, {judged}.")
        lines += moment.partial
    if one.closed:
        lines.append(f"Closed on {one.closed}. Digest {digest(one)}.")
    by = f'<p class="small muted">Closed by {typed(one.closed_by)}.</p>' if one.closed_by else ""
    return "".join(f'<p class="small muted">{safe(line)}</p>' for line in lines) + by
