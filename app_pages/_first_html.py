"""What moved and what to do first, as HTML. Every word that is not written in this file goes through `safe`."""

from __future__ import annotations

from collections.abc import Sequence

from app_pages._first import MOST_MOVES, First, Moved
from app_pages._html import SIGNS, linked, marked
from app_pages._labels import spoken
from app_pages._numbers import count, whole
from app_pages._text import safe


def moves(rows: Sequence[Moved], *, is_first: bool) -> str:
    title = f"<h2>{spoken('What moved in a quarter')}</h2>"
    if is_first:
        why = "No snapshot is from a quarter ago. A scan of a repository with more history looks back by itself."
        return f'{title}<p class="muted">{why}</p>'
    if not rows:
        return f'{title}<p class="muted">No number got worse or better than a quarter ago.</p>'
    shown = [*_of(rows, "worse"), *_of(rows, "better")]
    items = "".join(
        f'<li><span class="change {row.way}">{SIGNS[row.way]}{spoken(row.way)}</span>'
        f'<span class="what">{safe(row.title)}'
        f'<span class="small muted">{safe(row.debt)}</span></span>'
        f'<span class="num">{safe(row.was)} → <strong>{safe(row.now)}</strong></span></li>'
        for row in shown
    )
    rest = len(rows) - len(shown)
    more = f'<p class="muted small">{count(rest, "number")} more moved: see the page Debts.</p>' if rest else ""
    return f'{title}<ul class="md-moved" data-testid="moved">{items}</ul>{more}'


def _of(rows: Sequence[Moved], way: str) -> list[Moved]:
    """The worse have the room that the better leave, and the other way round."""
    mine, others = [row for row in rows if row.way == way], sum(row.way != way for row in rows)
    return mine[: max(MOST_MOVES // 2, MOST_MOVES - others)]


def first(rows: Sequence[First], why_none: str) -> str:
    title = f"<h2>{spoken('Do these first')}</h2>"
    if not rows:
        return f'{title}<p class="muted">{safe(why_none)}</p>'
    items = "".join(map(_first, rows))
    note = "The heaviest open finding of each signal: its severity, times how often its file changes."
    return f'{title}<ol class="md-first" data-testid="first">{items}</ol><p class="muted small">{note}</p>'


def _first(one: First) -> str:
    row = one.row
    more = f" and {whole(one.more)} more like it" if one.more else ""
    pay = row.pay_off[:1].upper() + row.pay_off[1:]
    return (
        f'<li><div><strong>{safe(row.rule)}</strong> <span class="badge">effort {safe(row.effort)}</span></div>'
        f"<div>{linked(row.place, row.link, is_code=True)}{more}</div>"
        f'<div class="small muted">{marked(pay)}</div></li>'
    )
