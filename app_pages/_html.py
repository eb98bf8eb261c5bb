"""Rows as HTML. Every word that is not written in this file goes through `safe`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import quote

from app_pages import _visitor
from app_pages._frames import EvidenceRow, SignalRow
from app_pages._labels import spoken
from app_pages._numbers import stored, whole
from app_pages._text import day, in_korean, safe
from app_pages._trend import Change
from scoring.debts import DebtKind
from scoring.signal import Letter, State

SIGNS = {"better": "▲ ", "worse": "▼ ", "moved": "", "same": "", "unknown": ""}
NUMBER = re.compile(r"\d[\d.,\u00a0\u202f]*")
STATE_WORDS = {State.MEASURED: "measured", State.UNKNOWN: "unknown", State.ASK: "ask"}


def wrapped(*inside: str, classes: str = "") -> str:
    return in_korean(f'<div class="md {classes}">{"".join(inside)}</div>')


def name(text: str) -> str:
    """A name from a repository. Its own direction of writing stays inside."""
    return f"<bdi>{safe(text)}</bdi>"


def heading(text: str) -> str:
    """The name of a repository where it is large or room is little: a line rather ends behind a slash."""
    return f"<bdi>{safe(text).replace('/', '/<wbr>')}</bdi>"


def marked(text: str) -> str:
    """A sentence of our own, with what stands between backticks as code."""
    return CODE.sub(r"<code>\1</code>", safe(text))


def as_of(at: int, commit: str) -> str:
    """The moment that a page is about, on one line."""
    told = spoken("As of {day} (UTC).", day=day(at))
    return f'<span class="keep">{told}</span>' if commit else spoken("No commit yet.")


def linked(text: str, link: str | None, *, is_code: bool = False) -> str:
    shown = f"<code>{name(text)}</code>" if is_code else name(text)
    if link is None:
        return shown
    return f'<a href="{safe(link)}" target="_blank" rel="noopener noreferrer">{shown}</a>'


def tile(letter: Letter | None, *, is_small: bool = False) -> str:
    size = " small" if is_small else ""
    if letter is None:
        none = spoken("no letter")
        return f'<span class="tile none{size}" role="img" aria-label="{none}">–</span>'
    says = spoken("letter {letter}", letter=letter)
    return f'<span class="tile {letter}{size}" role="img" aria-label="{says}">{letter}</span>'


def told(change: Change) -> str:
    """What became of a number."""
    if _visitor.language() != "ko":
        return change.words
    if change.way == "unknown":
        return spoken(change.why)
    if not change.was:
        return spoken("no change")
    within = f" ({_within(change.within)})" if change.within else ""
    return (
        f"{spoken('about the same' if change.way == 'same' else change.way)}: {spoken('before')} {change.was}{within}"
    )


def _within(english: str) -> str:
    """By how little it moved: the number in it stays in its place."""
    numbers = NUMBER.findall(english)
    return spoken(NUMBER.sub("{n}", english), n=numbers[0]) if numbers else spoken(english)


def moved(change: Change) -> str:
    words = safe(told(change)).replace(" %", "&nbsp;%")  # no sign on a line of its own
    return f'<span class="change {change.way}">{SIGNS[change.way]}{words}</span>'


def bars(seen: int, total: int) -> str:
    drawn = "".join(f'<i class="{"on" if number < seen else ""}"></i>' for number in range(total))
    return f'<span class="bars" aria-hidden="true">{drawn}</span>'


MOST_COLUMNS = 4
"""That fit beside each other on a telephone."""


def part_of(first: int, last: int, total: int) -> str:
    """Which rows of a long list stand on this page of it."""
    told = spoken("{first} to {last} of {total}", first=whole(first), last=whole(last), total=whole(total))
    return wrapped(f'<span class="muted small">{told}</span>')


def further(details: Sequence[str]) -> str:
    """Further numbers of a signal, folded away."""
    if not details:
        return ""
    items = "".join(f"<li>{safe(detail)}</li>" for detail in details)
    return f"<details><summary>{spoken('More numbers')} ({len(details)})</summary><ol>{items}</ol></details>"


CODE = re.compile(r"`([^`]+)`")
ADDRESS = re.compile(r"https://([^\s/;,]+)[^\s;,]*[^\s;,.]|doi:(10\.[0-9]{4,9}/[^\s;,()]*[^\s;,.()])")


def sourced(text: str) -> str:
    """A source, with its addresses as links that show the host alone, and its DOIs as links."""
    found, end = [], 0
    for match in ADDRESS.finditer(text):
        link, shown = match[0], (match[1] or "").removeprefix("www.")
        if match[2]:
            link, shown = f"https://doi.org/{quote(match[2], safe='/')}", match[0]
        found += [safe(text[end : match.start()]), linked(shown, link)]
        end = match.end()
    return "".join([*found, safe(text[end:])])


def evidence(rows: Sequence[EvidenceRow]) -> str:
    if not rows:
        return ""
    return f"<details><summary>{spoken('Evidence')} ({len(rows)})</summary><ol>{evidence_items(rows)}</ol></details>"


def evidence_items(rows: Iterable[EvidenceRow]) -> str:
    return "".join(
        f"<li>{linked(row.subject, row.link, is_code=True)}"
        f'<span class="num">{safe(row.number)}</span>'
        + (f'<span class="muted">{safe(row.note)}</span></li>' if row.note else "</li>")
        for row in rows
    )


def notice(title: str, lines: Iterable[str] = (), *, is_calm: bool = False, after: str = "") -> str:
    """A note above a page. `after` is HTML of our own."""
    items = "".join(f"<li>{safe(stored(line))}</li>" for line in lines)
    inside = f"<ul>{items}</ul>" if items else ""
    tone = " calm" if is_calm else ""
    return wrapped(f'<div class="md-note{tone}" role="note"><strong>{safe(title)}</strong>{inside}{after}</div>')


def empty(title: str, *paragraphs: str) -> str:
    """An empty page. The paragraphs are HTML of our own."""
    return wrapped(
        f'<div class="md-empty" role="status"><h2>{safe(title)}</h2>{"".join(f"<p>{p}</p>" for p in paragraphs)}</div>'
    )


def table(
    columns: Sequence[tuple[str, bool]], rows: Iterable[Sequence[str]], testid: str, *, is_wide: bool = False
) -> str:
    """Cells are HTML of our own. A column is its title, and whether it stands to the right.

    On a narrow screen a table of many or wide columns has its first cell on a line of its own, the others below it.
    """
    stacks = " stacks" if is_wide or len(columns) > MOST_COLUMNS else ""
    head = "".join(
        f'<th scope="col" class="{"right" if right else ""}">{safe(spoken(title))}</th>' for title, right in columns
    )
    body = "".join(
        "<tr>"
        + "".join(
            f'<td class="{"right" if right else ""}" data-label="{safe(spoken(title))}"><span>{cell}</span></td>'
            for cell, (title, right) in zip(row, columns, strict=True)
        )
        + "</tr>"
        for row in rows
    )
    return wrapped(
        f'<div class="md-scroll"><table class="md-list{stacks}" data-testid="{safe(testid)}">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def debt(kind: DebtKind, language: str) -> str:
    """A debt's name is never shown without what it is and an example."""
    title, sentence, example = (
        safe(stored(words.in_language(language))) for words in (kind.title, kind.sentence, kind.example)
    )
    return (
        f'<p class="muted small"><strong>{title}:</strong> {sentence} <em>{spoken("For example:")}</em> {example}</p>'
    )


def number_cards(rows: Iterable[SignalRow]) -> str:
    """One card per signal: title, number or why there is none, and what became of it in a quarter."""
    cards = "".join(
        f'<div class="number-card" data-testid="card-{safe(row.name)}"><span class="label">{safe(row.title)}</span>'
        f'<span class="key">{safe(row.now)}</span>'
        + (moved(row.change) if row.state is State.MEASURED else f'<span class="change">{safe(row.reason)}</span>')
        + "</div>"
        for row in rows
    )
    return wrapped(f'<div class="number-cards">{cards}</div>')


def fates(counted: Mapping[str, int]) -> str:
    """What the graveyard shows, in words."""
    return ", ".join(f"{whole(number)} {fate}" for fate, number in counted.items())
