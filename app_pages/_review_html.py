"""A review as HTML of a page. Every word that is not written in this file goes through `safe` or `name`."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from functools import partial

from app_pages import _html, _visitor
from app_pages._html import linked, name, wrapped
from app_pages._labels import spoken
from app_pages._numbers import stored_numbers, whole
from app_pages._text import safe, shortened
from scoring.debts import DEBTS, Debt
from scoring.report.links import permalink
from scoring.review import markup, words
from scoring.review.acceptances import to_commit
from scoring.review.labels import Speech
from scoring.review.pictures import bars, slope
from scoring.review.record import AnswerLine, Asked, Carried, Decision, Flow, Item, Moment, Moved, Record

COLOURS = {"better": "#3F8DB8", "worse": "#D9731A"}  # read on both themes: a picture does not learn of the theme
NEUTRAL = "#7C8896"
MOST_MOVED = 8
MOVED = "What moved them"
NO_LETTERS = "No answer has a letter, then or now."


def _say() -> Speech:
    return Speech(_visitor.language())


def head(title: str, web: str | None = None, issue: tuple[str, int] | None = None) -> str:
    says = "45 minutes, three decisions, every action with an owner and a day."
    told = ""
    if issue is not None:
        number = f"#{issue[1]}"
        told = f"<p>The issue of {safe(issue[0])}: {linked(number, permalink(web, 'issue', str(issue[1]), ''))}</p>"
    return wrapped(
        f"<h1>{spoken('Quarterly review')}</h1>",
        f'<p>{name(shortened(title, 120))} <span class="muted">· {says}</span></p>{told}',
        classes="md-head",
    )


def between(one: Record) -> str:
    """Which two moments are compared, and what of the difference is no change of the code."""
    told = list(one.judging)
    if one.is_same_commit:
        told.insert(0, _say()("same commit"))
    for moment in (one.before, one.now):
        told += [f"{moment.day}: {sentence}" for sentence in moment.partial]
    items = "".join(f"<li>{safe(sentence)}</li>" for sentence in told)  # in their form already, as all of the record
    note = _html.notice(_say()("not the code"), is_calm=True, after=f"<ul>{items}</ul>") if told else ""
    then, now = (_commit(one, moment) for moment in (one.before, one.now))
    return wrapped(f'<p class="muted small" data-testid="between">Then {then}, now {now} (UTC).</p>') + note


def _commit(one: Record, moment: Moment) -> str:
    link = permalink(one.web, "commit", moment.commit, moment.commit)
    made = ", made from history" if moment.is_from_history else ""
    return f"{linked(moment.commit[:7], link, is_code=True)} of {safe(moment.day)}{made}"


def answers(one: Record) -> str:
    has_letters = not words.no_letters(one)
    rows = "".join(_answer(line, has_letters=has_letters) for line in one.answers)
    none = "" if has_letters else f'<p class="small muted">{NO_LETTERS}</p>'
    return wrapped(
        f'<h2 id="answers">{spoken("Five answers, then and now")}</h2>{none}<div class="md-review-answers">{rows}</div>'
    )


def _answer(line: AnswerLine, *, has_letters: bool) -> str:
    say = _say()
    anew = ' <span class="badge">judged anew</span>' if line.is_judged_anew else ""
    letter = f'<span class="small muted"> {say("letter", letter=safe(say.letters(line)))}</span>' if has_letters else ""
    within = f'<div class="small muted">{safe(line.why_same)}</div>' if line.why_same else ""
    return (
        f'<div data-testid="review-{safe(line.question)}"><div><strong>{safe(line.title)}</strong>{anew}{letter}<br>'
        f'<span class="small muted">{safe(line.number)}</span> {_numbers(line)}</div>'
        f'<div class="way"><span class="change {line.word}">{say.change(line)}</span>{within}'
        f"{_slope(line)}</div></div>"
    )


def _numbers(line: AnswerLine) -> str:
    then, now = (safe(text).replace(" ", "&nbsp;") for text in (line.number_then, line.number_now or "–"))
    return f'<span class="keep">{then} → <strong>{now}</strong></span>' if then else f"<strong>{now}</strong>"


def _slope(line: AnswerLine) -> str:
    drawn = slope(line, COLOURS, NEUTRAL)
    if not drawn:
        return ""
    says = f"{line.number}: {line.number_then}, then {line.number_now}"
    encoded = b64encode(drawn.encode()).decode()
    return f'<img src="data:image/svg+xml;base64,{encoded}" alt="{safe(says)}" width="96" height="40">'


def flows(one: Record, command: str = "") -> str:
    """Paid to the left, taken on to the right; then each kind's balance. `command` makes known what is not."""
    drawn = bars(one.flows)
    title = '<h2 id="flows">' + _say()("flows") + "</h2>"
    if not one.flows:
        return wrapped(title, '<p class="muted">No kind of debt has places in either snapshot.</p>')
    rows = "".join(
        f"<span>{safe(bar.flow.title)}</span>"
        f'<span class="paid"><b>{whole(bar.flow.paid or 0)}</b>{_bar(bar.paid)}</span>'
        f'<span class="on">{_bar(bar.taken_on)}<b>{whole(bar.flow.taken_on or 0)}</b></span>'
        for bar in drawn
    )
    say = _say()
    columns = (
        f'<span></span><span class="paid muted">{say("Paid")}</span><span class="on muted">{say("Taken on")}</span>'
    )
    picture = f'<div class="md-bars">{columns}{rows}</div>' if rows else ""
    heads = [(say(name), name != "Kind of debt") for name in ("Kind of debt", "Then", "Taken on", "Paid", "Now")]
    table = _html.table(heads, map(_flow, one.flows), "flows")
    notes = "".join(f"<li>{safe(' '.join(filter(None, note)))}</li>" for note in say.flow_notes(one))
    why = f"<details><summary>{spoken('What is not known of it')}</summary><ul>{notes}</ul></details>" if notes else ""
    folded = f"<details{'' if picture else ' open'}><summary>{spoken('All kinds')}</summary>{table}</details>"
    return wrapped(title, _not_listed(one, command), picture, folded, why)


def _not_listed(one: Record, command: str) -> str:
    told = _say().not_listed(one)
    how = f"<p>To know it now, scan that commit from its clone:</p><pre>{safe_lines(command)}</pre>" if command else ""
    return f'<div class="md-findings"><p>{safe(told)}</p>{how}</div>' if told else ""


def _bar(width: int) -> str:
    return f'<i style="width:{width}%"></i>'


def _flow(one: Flow) -> tuple[str, ...]:
    return safe(one.title), *(safe(stored_numbers(cell)) for cell in _say().balance(one))


def agenda(one: Record) -> str:
    items = "".join(map(_item, one.agenda))
    return wrapped(f'<h2 id="agenda">{_say()("agenda")}</h2><ol class="md-agenda" data-testid="agenda">{items}</ol>')


def _item(item: Item) -> str:
    minutes = _say()("minutes", n=item.minutes) if item.minutes else "–"
    quiet = "" if item.minutes else ' class="quiet"'
    title = f'<a href="#{safe(item.topic)}">{safe(item.title)}</a>' if item.minutes else safe(item.title)
    return (
        f'<li{quiet}><div>{title}<br><span class="small muted">{safe(item.says)}</span></div>'
        f'<span class="muted small">{minutes}</span></li>'
    )


def moved(one: Record) -> str:
    """Numbers that moved, the worse first, with the rows that moved them."""
    if not one.moved:
        return wrapped(f'<h2>{spoken(MOVED)}</h2><p class="muted">No number moved by more than noise.</p>')
    first, rest = (_moved(rows) for rows in (one.moved[:MOST_MOVED], one.moved[MOST_MOVED:]))
    more = f"<details><summary>{len(one.moved) - MOST_MOVED} more</summary>{rest}</details>" if rest else ""
    return wrapped(f'<h2 id="moved">{spoken(MOVED)}</h2>{first}{more}')


def _moved(rows: Iterable[Moved]) -> str:
    items = markup.moved(rows, partial(linked, is_code=True), _say())
    return f'<ul class="md-review-moved">{items}</ul>' if items else ""


def carried(one: Carried) -> str:
    due = ' <span class="badge">due</span>' if one.is_due else ""
    ended = f"<p>{_say()(one.settled)} {typed(one.note)}</p>" if one.settled in words.SETTLED else ""
    return wrapped(
        f'<div data-testid="carried-{one.decision.number}">{decided(one.decision)}{due}'
        f"<p><strong>{safe(_say().word(one.outcome))}</strong> "
        f'<span class="small muted">{safe(one.why)}</span></p>{ended}</div>'
    )


def decided(one: Decision) -> str:
    what = name(shortened(_say().subject(one), 240))
    return (
        f"<strong>{safe(_say()(one.kind))}</strong> {what}<div>{typed(one.words)}</div>"
        f'<span class="small muted">{_say()("due by", owner=name(one.owner), due=safe(one.due))}</span>'
    )


def typed(text: str) -> str:
    """What somebody typed, with its lines."""
    return "<br>".join(name(line) for line in text.splitlines() if line.strip())


def lapses(one: Record) -> str:
    if not one.lapses:
        return ""
    heads = [(_say()(title), False) for title in ("About", "What was said", "By", "Until")]
    rows = [(safe(row.about), typed(row.words), name(row.owner), safe(row.until)) for row in one.lapses]
    return wrapped('<h2 id="lapses">' + spoken("Answers and acceptances that ran out") + "</h2>") + _html.table(
        heads, rows, "lapses"
    )


def question(asked: Asked, language: str) -> str:
    before = ""
    if asked.said:
        ran_out = "ran out after" if asked.state == "expired" else "holds until"
        before = (
            f'<p class="small muted">Said before: {typed(asked.said)} ({name(asked.by)}, {ran_out} {asked.until})</p>'
        )
    section = f"ML Test Score, {safe(asked.section)}" if asked.section else ""
    debt = DEBTS[Debt(asked.debt)].title.in_language(language) if asked.debt else ""
    about = " · ".join(part for part in (safe(debt), section) if part)
    return wrapped(
        f'<div data-testid="question-{safe(asked.about)}"><h3>{safe(asked.text)}</h3>'
        f'<p class="small muted">{about} · {_html.sourced(asked.source)}</p>{before}</div>'
    )


def given(asked: Asked, language: str) -> str:
    """An answer that is not typed any more."""
    due = f", due {safe(asked.due)}" if asked.due else ""
    words = f"<p>{typed(asked.answer)}</p>" if asked.answer else '<p class="muted">Not answered.</p>'
    owner = name(asked.owner) if asked.owner else "no owner"
    who = f'<p class="small muted">{owner}{due}, holds until {safe(asked.holds_until)}</p>'
    return question(asked, language) + wrapped(words, who if asked.answer else "")


def commit_this(decisions: Iterable[Decision]) -> str:
    text = to_commit(decisions)
    if not text:
        return ""
    says = "What was accepted counts as accepted once this stands in <code>.github/mldebt.yml</code>:"
    return wrapped(f'<p class="small">{says}</p><div class="md-findings"><pre>{safe_lines(text)}</pre></div>')


def safe_lines(text: str) -> str:
    return "\n".join(safe(line) for line in text.splitlines())
