"""The five answers as HTML. Every word that is not written in this file goes through `safe`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app_pages._charts import WIDE
from app_pages._frames import AnswerRow, Move
from app_pages._html import SIGNS, bars, moved, tile, told, wrapped
from app_pages._labels import spoken
from app_pages._numbers import whole
from app_pages._text import safe
from scoring.signal import Letter

MOST_TITLES = 3
"""Of what moved, beside an answer; how many more there are is said."""
NUMBER = re.compile(r"([−-]?%?\u00a0?\d[^ ]*(?: %)?)(?: (\D.*))?")
"""Digits with their sign and "%", wherever a locale has them, then a unit. No space within is a plain one."""


def answers(rows: Sequence[AnswerRow]) -> str:
    """Letters have a column where one of the answers has one; else there is nothing to put into it."""
    lettered = any(row.letter is not None for row in rows)
    drawn = any(row.line for row in rows)
    key = spoken(
        "A line is one year of the number: {then} a quarter ago, {now} now.",
        then='<i class="ring"></i>',
        now="<i></i>",
    )
    legend = f'<p class="md-key small muted">{key}</p>' if drawn else ""
    return wrapped(
        f'<div class="card md-answers{" lettered" if lettered else ""}" data-testid="answers">',
        *(_answer(row, lettered=lettered) for row in rows),
        f"</div>{legend}",
    )


def _answer(row: AnswerRow, *, lettered: bool) -> str:
    letter = f"<div>{tile(row.letter)}</div>" if lettered else ""
    return f"""
<section class="md-answer" data-testid="answer-{row.id}">{letter}
<div class="what"><h3>{safe(row.text)}</h3><p class="says">{_whole(row.sentence)}</p></div>
<div class="number">{_number(row.number)}{_label(row)}{moved(row.change)}</div>
<div class="line">{_line(row)}{_seen(row)}</div>
<div class="quiet">{_letters(row)}{_moves(row)}{arithmetic(row.arithmetic)}</div></section>"""


def _number(text: str) -> str:
    """The digits large, the unit behind them smaller."""
    found = NUMBER.fullmatch(text)
    if found is None:  # a word, or nothing
        return f'<span class="key word">{safe(text)}</span>'
    unit = f' <span class="unit">{safe(found[2])}</span>' if found[2] else ""
    return f'<span class="key">{safe(found[1])}{unit}</span>'


def _label(row: AnswerRow) -> str:
    nearest = f"{spoken('Nearest evidence:')} " if row.is_nearest else ""
    return f'<span class="label">{nearest}{safe(row.number_label)}</span>'


def _whole(sentence: str) -> str:
    """Without a sign on a line of its own."""
    return safe(sentence).replace(" %", "&nbsp;%")


def _seen(row: AnswerRow) -> str:
    return f'<span class="seen">{bars(row.seen, row.total)} {parts_seen(row)}</span>'


def parts_seen(row: AnswerRow) -> str:
    return spoken("{seen} of {total} parts seen", seen=row.seen, total=row.total)


def _line(row: AnswerRow) -> str:
    if row.line is None:
        return ""
    says = spoken("{title}, one year up to now: {change}", title=row.number_label, change=told(row.change))
    return f'<img loading="lazy" src="{safe(row.line)}" alt="{safe(says)}" width="{WIDE.width}" height="{WIDE.height}">'


def _letters(row: AnswerRow) -> str:
    """The answer's letter with what is left open; those that single parts have."""
    own = ""
    if row.letter is not None:
        own = f"{row.letter} ({safe(row.interval)})" if row.interval else _settled(row.letter)
        own = f'<span class="seen">{own}</span> '
    parts = (f'<span class="chip">{tile(letter, is_small=True)} {safe(title)}</span> ' for title, letter in row.letters)
    return own + "".join(parts)


def _settled(letter: Letter) -> str:
    return spoken("{letter}, nothing left open", letter=letter)


def _moves(row: AnswerRow) -> str:
    lines = [
        f'<span><span class="change {move.way}">{SIGNS[move.way]}{_ways(move)}:</span> {_some(move.titles)}.</span>'
        for move in row.moves
    ]
    if row.compared and not lines:
        none = "None of {n} numbers that can be compared got worse or better in a quarter."
        one = "The one number that can be compared got neither worse nor better in a quarter."
        lines = [f"<span>{spoken(one if row.compared == 1 else none, n=whole(row.compared))}</span>"]
    if row.severest:
        lines.append(f"<span>{spoken('Severest findings: {which}.', which=safe(row.severest))}</span>")
    return " ".join(lines)


def _ways(move: Move) -> str:
    return spoken("{n} worse" if move.way == "worse" else "{n} better", n=len(move.titles))


def _some(titles: Sequence[str]) -> str:
    more = [spoken("and {n} more", n=len(titles) - MOST_TITLES)] if len(titles) > MOST_TITLES else []
    return safe("; ".join([*titles[:MOST_TITLES], *more]))


def arithmetic(rows: Sequence[tuple[str, str]]) -> str:
    """How a letter or its absence came about, folded away."""
    told = "".join(f"<dt>{safe(title)}</dt><dd>{safe(text[:1].upper() + text[1:])}</dd>" for title, text in rows)
    return f'<details class="md-sum"><summary>{spoken("Show the arithmetic")}</summary><dl>{told}</dl></details>'
