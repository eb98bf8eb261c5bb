"""All repositories as HTML: a head over the numbers, and what stands in each one's row beside its name."""

from __future__ import annotations

from collections.abc import Sequence

from app_pages._html import SIGNS, tile, wrapped
from app_pages._labels import said, spoken
from app_pages._portfolio import MOVES, Cell, Line
from app_pages._text import day, listed, safe
from app_pages._year import is_drawn, picture
from scoring.questions import QUESTIONS

COUNTED = {
    "worse": "{n} got worse",
    "better": "{n} got better",
    "same": "{n} did not change",
    "unknown": "{n} cannot be compared",
}


def moves(every: Sequence[Line]) -> str:
    """How many went which way: "3 got worse, 12 did not change"."""
    counted = {move: sum(line.moved == move for line in every) for move in MOVES}
    return ", ".join(spoken(COUNTED[move], n=number) for move, number in counted.items() if number)


def heads(titles: Sequence[str], usual: Sequence[str]) -> str:
    """Over the numbers, where the window is wide: each question, and whose number heads most of its answers.

    Read aloud, each number has its own head.
    """
    cells = "".join(
        f'<div><strong>{safe(title)}</strong><span class="small muted">{safe(label)}</span></div>'
        for title, label in zip(titles, usual, strict=True)
    )
    first = f"<div><strong>{safe(spoken('Repository'))}</strong></div>"
    return wrapped(f'<div class="heads" aria-hidden="true">{first}{cells}</div>', classes="md-line")


def row(line: Line, usual: Sequence[str] = ("",) * len(QUESTIONS)) -> str:
    """What stands beside a repository's name; `usual` as in the head."""
    if line.as_of is None:  # nothing was looked at: five dashes would say no more
        return wrapped(f'<div class="head">{_state(line)}</div><div class="cells"></div>', classes="md-line")
    days = tuple(dict.fromkeys(map(day, line.since)))
    head = f'<div class="head">{_change(line, days)}{_state(line)}</div>'
    drawn = [is_drawn(cell.year, line.as_of) for cell in line.cells]
    cells = "".join(
        _cell(cell, label, has_line, is_dated=len(days) > 1)
        for cell, label, has_line in zip(line.cells, usual, drawn, strict=True)
    )
    lines = picture(tuple(cell.year for cell in line.cells), line.as_of) if any(drawn) else ""
    style = f' style="--year:url(&quot;{safe(lines)}&quot;)"' if lines else ""
    return wrapped(f'{head}<div class="cells"{style}>{cells}</div>', classes="md-line")


def _change(line: Line, days: Sequence[str]) -> str:
    together = ", ".join(days) if _language(line) == "ko" else listed(days)
    since = f' <span class="keep">{said("since {days}", _language(line), days=safe(together))}</span>' if days else ""
    return f'<span><span class="{line.moved}">{SIGNS[line.moved]}{safe(line.change)}</span>{since}</span>'


def _state(line: Line) -> str:
    told = said("as of {day}", _language(line), day=day(line.as_of or 0))
    measured = f'<span class="keep">{told}</span>' if line.as_of is not None else ""
    return measured + "".join(f'<span class="badge">{safe(said(note, _language(line)))}</span>' for note in line.notes)


def _language(line: Line) -> str:
    return line.cells[0].language


def _cell(cell: Cell, usual: str, has_line: bool, *, is_dated: bool) -> str:
    """`is_dated`: not all numbers of the row are compared with one day."""
    words, language = cell.words, cell.language
    if words and is_dated:
        words = said("{change} on {day}", language, change=words, day=day(cell.then_at or 0))
    moved = f'<span class="change {cell.moved}">{SIGNS[cell.moved]}{safe(words)}</span>' if words else ""
    says = safe(said("one year: {change}", language, change=words or said("no change", language)))
    line = f'<i role="img" aria-label="{says}"></i>' if has_line else ""
    known = " usual" if cell.label == usual else ""
    rests = (
        f'<span class="small muted">{tile(cell.letter, is_small=True)} '
        f"{said('letter of its graded parts alone', language)}</span>"
        if cell.letter
        else ""
    )
    return (
        f'<div><span class="label">{safe(cell.question)}</span>'
        f'<span class="row"><span class="key">{safe(cell.number)}</span>{line}</span>'
        f'{moved}<span class="small muted{known}">{safe(cell.label)}</span>{rests}</div>'
    )
