"""Sections of evidence as HTML. Every word that is not written in this file goes through `safe`."""

from __future__ import annotations

from app_pages import _groups_html
from app_pages._answers_html import parts_seen
from app_pages._evidence import Section
from app_pages._frames import AnswerRow
from app_pages._html import STATE_WORDS, bars, tile, wrapped
from app_pages._labels import spoken
from app_pages._text import safe
from scoring.signal import State


def question(row: AnswerRow) -> str:
    """The question in the paper's words, and its answer so far."""
    return (
        f'<div class="md-question" data-testid="question-{safe(row.id)}"><h2>{safe(row.text)}</h2>'
        f"<p>{safe(row.sentence)}</p>"
        f'<p class="muted small">{parts_seen(row)} {bars(row.seen, row.total)}</p></div>'
    )


def section(one: Section) -> str:
    block = one.block
    nothing = f"<p>{spoken('Nothing here measures it yet: what is known of it, people know.')}</p>"
    inside = [
        f'<section class="md-part" data-testid="part-{safe(block.debt)}"><header>',
        tile(block.letter, is_small=True) if block.letter else "",
        f'<h3>{safe(block.title)}</h3><span class="state {block.state}">{spoken(STATE_WORDS[block.state])}</span>',
        f'</header><p class="about">{safe(block.sentence)} <em>{spoken("For example:")}</em> {safe(block.example)}</p>',
        nothing if block.state is State.ASK else _groups_html.signals(one.signals),
        _groups_html.questions(block.asks),
        f'<p class="small"><strong>{spoken("Pay it off:")}</strong> {safe(block.remedy)}</p></section>',
    ]
    return wrapped("".join(inside))
