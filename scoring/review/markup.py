"""Pieces of HTML for a review. Every word that is not written in the program goes through `safe` or `typed`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from html import escape

from scoring.report.text import visible
from scoring.review import words
from scoring.review.labels import ENGLISH, Speech
from scoring.review.record import Moved, Row

LONGEST = 2_000
LONG = 400
LONGEST_PATH = 120
_CODE = re.compile(r"`([^`]+)`")


def safe(text: str, limit: int = 400) -> str:
    return escape(visible(text, limit))


def typed(text: str) -> str:
    """What somebody typed, with its lines. What is long may be torn apart by the end of a page."""
    lines = "<br>".join(f"<bdi>{safe(line, LONGEST)}</bdi>" for line in text.splitlines() if line.strip())
    return f'<span class="long">{lines}</span>' if len(text) > LONG else lines


def prose(text: str) -> str:
    """A sentence of ours, in which backticks stand around code."""
    return _CODE.sub(r"<code>\1</code>", safe(text))


def section(title: str, body: str) -> str:
    return f"<section><h2>{escape(title)}</h2>{body}</section>" if body else ""


def linked(text: str, link: str | None) -> str:
    shown = f"<code><bdi>{safe(text, 160)}</bdi></code>"
    return f'<a href="{escape(link)}" rel="noopener noreferrer">{shown}</a>' if link else shown


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], numbers: frozenset[int] = frozenset()) -> str:
    """Cells are HTML of our own."""

    def cell(tag: str, number: int, inside: str) -> str:
        return f"<{tag}{' class=num' if number in numbers else ''}>{inside}</{tag}>"

    heads = (escape(title).replace("\n", "<br>") for title in columns)
    head = "".join(cell("th", number, title) for number, title in enumerate(heads))
    body = "".join("<tr>" + "".join(cell("td", *pair) for pair in enumerate(row)) + "</tr>" for row in rows)
    return f'<table class="wide"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>' if body else ""


def keep(text: str) -> str:
    """A few words that stay on one line."""
    return f'<span class="keep">{safe(text, 60)}</span>'


Link = Callable[[str, str | None], str]


def moved(rows: Iterable[Moved], link: Link = linked, say: Speech = ENGLISH) -> str:
    """Numbers that moved, as items of a list, each with the rows that moved it; `link` makes a name's link."""
    return "".join(_moved(one, link, say) for one in rows)


def _moved(one: Moved, link: Link, say: Speech) -> str:
    more = f" {say.marked(say('and more', n=f'{one.rows_left:,}'))}" if one.rows_left else ""
    rows = "<br>".join(_row(row, link, say) for row in one.rows)
    behind = f'<div class="small muted">{rows}{more}</div>' if rows else ""
    way = say.marked(say.way(one.word))
    return (
        f'<li data-testid="moved-{safe(one.signal)}"><span class="change {one.word}">{way}</span> '
        f"{say.english(f'{safe(one.title)}: {safe(words.number_moved(one))}')}{behind}</li>"
    )


def _row(row: Row, link: Link, say: Speech) -> str:
    place = words.row_place(row)
    shown = link(visible(place, LONGEST_PATH), row.link) if words.is_name(row) else say.english(safe(place))
    return f"{say.marked(say.word(words.row_word(row)))} {shown} {say.english(safe(words.row_says(row)))}".strip()
