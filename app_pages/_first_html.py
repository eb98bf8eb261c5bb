"""What moved and what to do first, as HTML. Every word that is not written in this file goes through `safe`."""

from __future__ import annotations

from collections.abc import Sequence

from app_pages._first import MOST_MOVES, First, Moved
from app_pages._html import SIGNS, linked, marked
from app_pages._labels import spoken
from app_pages._numbers import counted, whole
from app_pages._text import safe

LEAST_BETTER = 2


def moves(rows: Sequence[Moved], then: str) -> str:
    """`then`: the day of the snapshot that is compared with; empty where there is none."""
    title = f"<h2>{spoken('What moved in a quarter')}</h2>"
    if not then:
        why = spoken(
            "No snapshot is from a quarter ago. A scan of a repository with more history looks back by itself."
        )
        return f'{title}<p class="muted">{why}</p>'
    title += f'<p class="muted small">{spoken("Compared with the snapshot of")} {safe(then)}.</p>'
    if not rows:
        return f'{title}<p class="muted">{spoken("No number got worse or better.")}</p>'
    shown = [*_of(rows, "worse"), *_of(rows, "better")]
    items = "".join(
        f'<li><span class="change {row.way}">{SIGNS[row.way]}{spoken(row.way)}</span>'
        f'<span class="what">{safe(row.title)}'
        f'<span class="small muted">{safe(row.debt)}</span></span>'
        f'<span class="num">{safe(row.was)} → <strong>{safe(row.now)}</strong></span></li>'
        for row in shown
    )
    rest = len(rows) - len(shown)
    told = spoken("{n} {n:number|numbers} more moved: see the page Debts.", n=counted(rest))
    more = f'<p class="muted small">{told}</p>' if rest else ""
    return f'{title}<ul class="md-moved" data-testid="moved">{items}</ul>{more}'


def _of(rows: Sequence[Moved], way: str) -> list[Moved]:
    """The worse have the room, but for the least that is kept for the better."""
    mine, others = [row for row in rows if row.way == way], sum(row.way != way for row in rows)
    kept = min(others, LEAST_BETTER if way == "worse" else MOST_MOVES - LEAST_BETTER)
    return mine[: MOST_MOVES - kept]


def first(rows: Sequence[First], why_none: str) -> str:
    title = f"<h2>{spoken('Do these first')}</h2>"
    if not rows:
        return f'{title}<p class="muted">{safe(why_none)}</p>'
    items = "".join(map(_first, rows))
    note = spoken("The heaviest open finding of each signal: its severity, times how often its file changes.")
    return f'{title}<ol class="md-first" data-testid="first">{items}</ol><p class="muted small">{note}</p>'


def _first(one: First) -> str:
    row = one.row
    more = f" {spoken('and {n} more like it', n=whole(one.more))}" if one.more else ""
    effort = spoken("effort {size}", size=safe(row.effort))
    pay = row.pay_off[:1].upper() + row.pay_off[1:]
    return (
        f'<li><div><strong>{safe(row.rule)}</strong> <span class="badge">{effort}</span></div>'
        f"<div>{linked(row.place, row.link, is_code=True)}{more}</div>"
        f'<div class="small muted">{marked(pay)}</div></li>'
    )
