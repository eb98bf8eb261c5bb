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
from scoring.review.forms import in_language
from scoring.review.labels import Speech
from scoring.review.markup import keep, linked, moved, prose, safe, section, table, typed
from scoring.review.pictures import Bar, bars, slope
from scoring.review.record import AnswerLine, Asked, Carried, Decision, Place, Record, digest
from scoring.review.style import STYLE, footer

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
MOST_MOVED = 10
LINES_TO_WRITE_ON = 3


def review_html(one: Record, language: str = "en") -> str:
    """The whole document, in English or Korean; sentences of the record and what people typed stand as they are."""
    say = Speech(language)
    about = say("review of", repository=visible(one.repository, 80), day=one.closed or one.day)
    body = "".join(part for part in _parts(in_language(one, language), digest(one), say) if part)
    return (
        f'<!doctype html>\n<html lang="{say.tag}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{safe(about)}</title><style>{STYLE}{footer(about)}</style></head>\n<body>{body}</body></html>\n"
    )


def _parts(one: Record, digested: str, say: Speech) -> Iterator[str]:
    yield _head(one, say)
    yield section(say("decisions"), _decisions(one, say))
    if not one.closed:
        yield section(say("agenda 45"), _agenda(one, say))
    yield section(say("five answers"), _answers(one, say))
    yield _judging(one, say)
    yield section(say("flows"), _flows(one, say))
    yield section(say("what moved"), _moves(one, say))
    yield section(say.places(one), _places(one, say))
    yield section(say("carried"), _carried(one.carried, say))
    yield section(say("goals"), _carried(one.goals, say))
    yield section(say("ran out"), _lapses(one, say))
    yield section(say("questions"), "".join(_questions(one, say)))
    yield section(say("to commit"), _to_commit(one, say))
    yield section(say("how to read"), f'<p class="small muted">{say("reading")}</p>{_basis(one, digested, say)}')


def _head(one: Record, say: Speech) -> str:
    then, now = (
        linked(moment.commit[:10] or say("no commit"), permalink(one.web, "commit", moment.commit, moment.commit))
        for moment in (one.before, one.now)
    )
    between = say("between", then=then, then_day=one.before.day, now=now, now_day=one.now.day)
    return (
        f"<header><h1><bdi>{safe(one.repository, 120)}</bdi></h1><p>{say('review')}. {escape(say.headline(one))}</p>"
        f'<p class="small muted">{between} {say.english(f"{safe(one.now.headline)}.")}</p></header>'
    )


def _columns(say: Speech, *names: str) -> tuple[str, ...]:
    return tuple(say(name) if name else "" for name in names)


def _decisions(one: Record, say: Speech) -> str:
    if one.decisions:
        return table(_columns(say, "Decision", "What", "Owner", "Due"), (_decision(row, say) for row in one.decisions))
    blank = '<span class="line"></span>'
    return "" if one.closed else f'<div class="card">{blank * LINES_TO_WRITE_ON}</div>'


def _decision(one: Decision, say: Speech) -> tuple[str, ...]:
    subject = f'<span class="small muted"><bdi>{safe(say.subject(one), 240)}</bdi></span>'
    owner = f'<div class="who">{typed(one.owner)}</div>'
    words_of = f"{typed(one.words)}<br>{subject}"
    return f"<strong>{keep(say(one.kind))}</strong>", words_of, owner, keep(one.due)


def _agenda(one: Record, say: Speech) -> str:
    rows = (
        (
            f'{escape(item.title)} <span class="small muted">{say.english(safe(item.says))}</span>',
            str(item.minutes or "–"),
        )
        for item in one.agenda
    )
    return table(_columns(say, "Topic", "Minutes"), rows, frozenset({1}))


def _answers(one: Record, say: Speech) -> str:
    then, now = f"{say('Then')}\n{safe(one.before.day)}", f"{say('Now')}\n{safe(one.now.day)}"
    columns = ("", say("Question"), then, now, say("Change"))
    return table(columns, (_answer(line, say) for line in one.answers))


def _answer(line: AnswerLine, say: Speech) -> tuple[str, ...]:
    letter = line.now[:1] if line.now[:1] in "ABCDE" else ""
    tile = f'<span class="tile {letter or "none"}">{letter or "–"}</span>'
    has_letter = words.letters(line) != words.NO_LETTER
    about = say("letter", letter=escape(say.letters(line))) if has_letter else say("no letter")
    number = f"{say('then and now of', number=say.english(safe(line.number)))} " if line.number_now else ""
    why = f" {say.english(safe(line.why_no_letter))}" if line.why_no_letter else ""
    parts = say("parts", seen=line.seen, total=line.total)
    what = (
        f"<strong>{escape(line.text)}</strong><p>{say.english(safe(line.sentence))}</p>"
        f'<p class="small muted">{number}{about}{why} {parts}</p>'
    )
    within = f'<br><span class="small muted">{say.english(safe(line.why_same))}</span>' if line.why_same else ""
    change = f'<span class="keep {line.word}">{say.change(line)}</span>{within}<br>{slope(line)}'
    then, now = (say.english(keep(number)) if number else keep("–") for number in (line.number_then, line.number_now))
    return tile, what, then, f"<strong>{now}</strong>", change


def _judging(one: Record, say: Speech) -> str:
    told = [say("same commit")] * one.is_same_commit + [say.english(safe(text)) for text in one.judging]
    items = "".join(f"<li>{text}</li>" for text in told)
    return f'<div class="note"><strong>{say("not the code")}</strong><ul>{items}</ul></div>' if items else ""


def _flows(one: Record, say: Speech) -> str:
    drawn = "".join(map(_bar, bars(one.flows)))
    head = f'<b></b><b class="num">{say("Paid")}</b><b>{say("Taken on")}</b>'
    picture = f'<figure class="bars">{head}{drawn}</figure>' if drawn else ""
    columns = _columns(say, "Kind of debt", "Then", "Taken on", "Paid", "Now")
    rows = ((escape(flow.title), *map(escape, say.balance(flow))) for flow in one.flows)
    notes = "".join(f'<p class="small muted">{_with_why(*note, say)}</p>' for note in say.flow_notes(one))
    told = say.not_listed(one)
    lead = f'<p class="lead">{escape(told)}</p>' if told else ""
    return picture + lead + table(columns, rows, frozenset({1, 2, 3, 4})) + notes


def _with_why(ours: str, why: str, say: Speech) -> str:
    """A sentence, and the reason that stands beside it where it stays English."""
    return " ".join(part for part in (safe(ours, 600), say.english(safe(why, 600))) if part)


def _bar(one: Bar) -> str:
    paid, taken_on = (f'<i style="width:{width}%"></i>' for width in (one.paid, one.taken_on))
    return (
        f'<span>{escape(one.flow.title)}</span><span class="paid"><b>{one.flow.paid:,}</b>{paid}</span>'
        f'<span class="on">{taken_on}<b>{one.flow.taken_on:,}</b></span>'
    )


def _moves(one: Record, say: Speech) -> str:
    left = len(one.moved) - MOST_MOVED
    more = f'<p class="small muted">{say("more in json", n=left)}</p>' if left > 0 else ""
    return f'<ul class="rows">{moved(one.moved[:MOST_MOVED], say=say)}</ul>{more}' if one.moved else ""


def _places(one: Record, say: Speech) -> str:
    notes = (say("order") if one.places else "", _with_why(*say.places_note(one), say))
    told = "".join(f'<p class="small muted lead">{note}</p>' for note in notes if note)
    more = f'<p class="small muted">{say("more", n=f"{one.places_left:,}")}</p>' if one.places_left else ""
    rules = (
        list(rows) for _, rows in groupby(one.places, key=lambda place: (place.rule, place.severity, place.effort))
    )
    columns = _columns(say, "Severity", "Place", "Effort")
    return told + table(columns, (_of_a_rule(rows, say) for rows in rules)) + more


def _of_a_rule(places: list[Place], say: Speech) -> tuple[str, ...]:
    first = places[0]
    how = say("pay off", how=say.english(prose(first.pay_off)))
    pay = f'<p class="small muted">{how}</p>' if first.pay_off else ""
    shown = "".join(_place(place, say) for place in places)
    what = f"<strong>{say.english(safe(first.title))}</strong>{shown}{pay}"
    return keep(say.word(first.severity)), what, keep(first.effort)


def _place(one: Place, say: Speech) -> str:
    note = f' <span class="muted">{say.english(safe(one.note))}</span>' if one.note else ""
    changes = f'<span class="small muted keep">{say.changes(one)}</span>'
    return f"<p>{linked(words.where(one), one.link)}{note} {changes}</p>"


def _carried(rows: Iterable[Carried], say: Speech) -> str:
    told = ((*_decision(one.decision, say), _outcome(one, say)) for one in rows)
    return table(_columns(say, "Decision", "What", "Owner", "Due", "Outcome"), told)


def _outcome(one: Carried, say: Speech) -> str:
    ended = f"<br>{say(one.settled)} {typed(one.note)}" if one.settled in words.SETTLED else ""
    why = f'<span class="small muted">{say.english(safe(one.why))}</span>'
    return f"<strong>{escape(say.word(one.outcome))}</strong><br>{why}{ended}"


def _lapses(one: Record, say: Speech) -> str:
    rows = ((safe(row.about), typed(row.words), typed(row.owner), keep(row.until)) for row in one.lapses)
    return table(_columns(say, "About", "What was said", "By", "Until"), rows)


def _questions(one: Record, say: Speech) -> Iterator[str]:
    for row in one.asked:
        if row.answer:
            owner = typed(row.owner) or say("no owner")
            when = say("who by" if row.due else "who", owner=owner, due=safe(row.due), until=safe(row.holds_until))
            yield _card(row, f'<p>{typed(row.answer)}</p><p class="small muted">{when}</p>', say)
    for row in words.open_questions(one):
        write = f'<span class="line"></span><p class="small muted">{say("write on")}</p>'
        yield _card(row, f'<p class="small muted">{say("not answered")}</p>' if one.closed else write, say)


def _card(row: Asked, inside: str, say: Speech) -> str:
    source = f'<p class="small muted">{say.english(safe(row.source))}</p>'
    return f'<div class="card"><strong>{safe(row.text)}</strong>{source}{inside}</div>'


def _to_commit(one: Record, say: Speech) -> str:
    text = to_commit(one.decisions)
    return f'<p class="lead">{say("once it stands")}</p><pre>{escape(text)}</pre>' if text else ""


def _basis(one: Record, digested: str, say: Speech) -> str:
    lines = []
    for name, moment in (("Then", one.before), ("Now", one.now)):
        made = say("from history" if moment.is_from_history else "scanned")
        rests = {"profile": safe(moment.profile), "scoring": safe(moment.scoring_version)}
        lines.append(f"{say('basis', name=say(name), digest=safe(moment.identity[:12]), made=made, **rests)}.")
        lines += [say.english(safe(sentence)) for sentence in moment.partial]
    if one.closed:
        lines.append(say("closed on", day=safe(one.closed), digest=digested))
    by = f'<p class="small muted">{say("closed by", by=typed(one.closed_by))}</p>' if one.closed_by else ""
    return "".join(f'<p class="small muted">{line}</p>' for line in lines) + by
