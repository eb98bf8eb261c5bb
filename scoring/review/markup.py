"""Pieces of HTML for a review. Every word that is not written in the program goes through `safe` or `typed`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from scoring.report.text import visible

LONGEST = 2_000


def safe(text: str, limit: int = 400) -> str:
    return escape(visible(text, limit))


def typed(text: str) -> str:
    """What somebody typed, with its lines."""
    return "<br>".join(f"<bdi>{safe(line, LONGEST)}</bdi>" for line in text.splitlines() if line.strip())


def section(title: str, body: str) -> str:
    return f"<section><h2>{escape(title)}</h2>{body}</section>" if body else ""


def linked(text: str, link: str | None) -> str:
    shown = f"<code><bdi>{safe(text, 160)}</bdi></code>"
    return f'<a href="{escape(link)}" rel="noopener noreferrer">{shown}</a>' if link else shown


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], numbers: frozenset[int] = frozenset()) -> str:
    """Cells are HTML of our own."""

    def cell(tag: str, number: int, inside: str) -> str:
        return f"<{tag}{' class=num' if number in numbers else ''}>{inside}</{tag}>"

    head = "".join(cell("th", number, escape(title)) for number, title in enumerate(columns))
    body = "".join("<tr>" + "".join(cell("td", *pair) for pair in enumerate(row)) + "</tr>" for row in rows)
    return f'<table class="wide"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>' if body else ""


def keep(text: str) -> str:
    """A few words that stay on one line."""
    return f'<span class="keep">{safe(text, 60)}</span>'
