"""Sections of evidence as HTML. Every word that is not written in this file goes through `safe`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app_pages._evidence import ROWS_SHOWN, Measured, Section, Told
from app_pages._frames import AnswerRow, EvidenceRow
from app_pages._html import STATE_WORDS, bars, evidence, further, linked, moved, tile, wrapped
from app_pages._text import safe
from scoring.signal import State


def question(row: AnswerRow) -> str:
    """The question in the paper's words, and its answer so far."""
    return (
        f'<div class="md-question" data-testid="question-{safe(row.id)}"><h2>{safe(row.text)}</h2>'
        f"<p>{safe(row.sentence)}</p>"
        f'<p class="muted small">{row.seen} of {row.total} parts seen {bars(row.seen, row.total)}</p></div>'
    )


def section(one: Section) -> str:
    block = one.block
    inside = [
        f'<section class="md-part" data-testid="part-{safe(block.debt)}"><header>',
        tile(block.letter, is_small=True) if block.letter else "",
        f'<h3>{safe(block.title)}</h3><span class="state {block.state}">{STATE_WORDS[block.state]}</span>',
        f'</header><p class="about">{safe(block.sentence)} <em>For example:</em> {safe(block.example)}</p>',
        *map(_measured, one.measured),
        _unseen(one),
        f'<div class="askbox"><strong>For people to answer</strong>{_list(one.asks)}</div>',
        f'<p class="small"><strong>Pay it off:</strong> {safe(block.remedy)}</p></section>',
    ]
    return wrapped("".join(inside))


def _measured(one: Measured) -> str:
    row = one.row
    says = f"{row.title}, one year: {row.change.words}"
    line = f'<img src="{safe(one.line)}" alt="{safe(says)}" width="132" height="34">' if one.line else ""
    note = f" {safe(row.note[:1].upper() + row.note[1:])}." if row.note else ""
    letter = tile(row.letter, is_small=True) if row.letter else ""
    return (
        f'<article class="md-measure" data-testid="signal-{safe(row.name)}">'
        f'<div class="what"><h4>{safe(row.title)}</h4><p class="small muted">{safe(row.summary)}{note}</p></div>'
        f'<div class="number"><span class="key">{letter} {safe(row.now)}</span>{moved(row.change)}'
        f'<span class="small muted">looked at {safe(row.coverage)}</span></div><div class="line">{line}</div>'
        f'<div class="rows">{_rows(row.evidence)}<div class="folds">{further(row.details)}'
        f"<details><summary>Why it matters</summary><p>{safe(row.why[:1].upper() + row.why[1:])}</p>"
        f"<p><strong>Pay it off:</strong> {safe(row.pay_off)}</p></details></div></div></article>"
    )


def _rows(rows: Sequence[EvidenceRow]) -> str:
    if not rows:
        return ""
    first, rest = rows[:ROWS_SHOWN], rows[ROWS_SHOWN:]
    more = f"<details><summary>{len(rest)} more</summary><ol>{_items(rest)}</ol></details>" if rest else ""
    return f'<ol class="md-rows">{_items(first)}</ol>{more}'


def _items(rows: Iterable[EvidenceRow]) -> str:
    return "".join(
        f'<li>{linked(row.subject, row.link, is_code=True)}<span class="num">{safe(row.number)}</span>'
        f'<span class="muted">{safe(row.note)}</span></li>'
        for row in rows
    )


def _unseen(one: Section) -> str:
    if one.block.state is State.ASK:
        nothing = "<p>Nothing here measures it yet: what is known of it, people know.</p>"
        return f'<div class="unseen"><h4>What could not be seen</h4>{nothing}</div>'
    unknown = [f"{_title(told)} unknown, because {safe(told.text)}.{evidence(told.rows)}" for told in one.unknown]
    blind = [f"{_title(told)} {safe(told.text)}" for told in one.blind]
    items = "".join(f"<li>{text}</li>" for text in (*unknown, *blind))
    return f'<div class="unseen"><h4>What could not be seen</h4><ul>{items}</ul></div>'


def _title(told: Told) -> str:
    return f"<strong>{safe(told.title)}:</strong>"


def _list(texts: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{safe(text)}</li>' for text in texts)}</ul>"
