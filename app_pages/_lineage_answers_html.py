"""What one asks first of the graph of data, and who meets it elsewhere, as HTML."""

from __future__ import annotations

from collections.abc import Sequence

from app_pages import _html
from app_pages._labels import spoken
from app_pages._lineage_answers import Answers, Resting, Row
from app_pages._lineage_html import left_out, node
from app_pages._numbers import count, stored, whole
from app_pages._text import safe, shortened
from collectors.facts.data_sharing import Shared, Sharing
from scoring.report.links import permalink


def answers(found: Answers, elsewhere: str, where: str) -> str:
    """Three cards beside each other where there is room. `where`: the address of the page with the repository.

    `elsewhere`: what is said of readers in other repositories.
    """
    cards = (
        ("Which input can break us?", _inputs(found, where)),
        ("Who else reads it?", _rows(found.readers) + elsewhere),
        ("What is dead?", _rows(found.dead)),
    )
    boxes = "".join(
        f'<section class="md-box"><h3>{safe(spoken(title))}</h3>{inside}</section>' for title, inside in cards if inside
    )
    return _html.wrapped(f'<div class="md-three" data-testid="data-answers">{boxes}</div>')


def _inputs(found: Answers, where: str) -> str:
    says = (
        f"<strong>{count(found.inputs, 'input')}</strong> from elsewhere can change without a commit here."
        if found.inputs
        else "No input from elsewhere was seen to change without a commit here."
    )
    if not found.heaviest:
        return f"<p>{says}</p>"
    rows = "".join(f"<li>{node(name, where)} {_resting(rests)}</li>" for name, rests in found.heaviest)
    return f"<p>{says} Most rests on:</p><ol>{rows}</ol>"


def _resting(rests: Resting) -> str:
    models = f", {count(rests.models, 'model')} among them" if rests.models else ""
    return f'<span class="muted">{count(rests.data, "set")} of data{models}</span>'


def _rows(rows: Sequence[Row]) -> str:
    items = "".join(
        f'<li><span class="muted">{safe(row.title)}:</span> '
        f"<strong>{safe(row.now) if row.now else spoken('unknown')}</strong></li>"
        for row in rows
    )
    return f"<ul>{items}</ul>" if items else ""


def elsewhere_briefly(met: Sharing | None) -> str:
    """How many other repositories, where any could be seen to."""
    if met is None or not met.others or not (met.consumers or met.addresses):
        return '<p class="muted">Readers outside this repository are not seen.</p>'
    readers = len({one.reader for one in met.consumers})
    others = count(met.others, "other repository", "other repositories")
    return f'<p><span class="muted">Of {others} in this store:</span> <strong>{whole(readers)}</strong></p>'


def elsewhere(seen: Sharing, web: str | None, commit: str, limit: int) -> str:
    """Who else reads what is written here, and who else writes what is read here. Links lead into this repository."""
    says = safe(stored(seen.sentence))
    parts = [_html.wrapped(f'<h2>Elsewhere in this store</h2><p data-testid="data-elsewhere">{says}</p>')]
    columns = [("Data", False), ("Here", False), ("Repository", False), ("There", False)]
    for title, rows, testid in (
        ("Read there, written here", seen.consumers, "shared-consumers"),
        ("Written there, read here", seen.sources, "shared-sources"),
    ):
        if rows:
            cells = [_meeting(one, web, commit, is_written=testid == "shared-consumers") for one in rows[:limit]]
            parts += [
                _html.wrapped(f"<h3>{title}</h3>"),
                _html.table(columns, cells, testid),
                left_out(len(rows), limit),
            ]
    return "".join(parts)


def _meeting(one: Shared, web: str | None, commit: str, *, is_written: bool) -> tuple[str, ...]:
    mine, theirs = (one.written, one.read) if is_written else (one.read, one.written)
    other = one.reader if is_written else one.writer
    here = _html.linked(
        f"{shortened(mine.path, 60)}:{mine.line}", permalink(web, "file", mine.path, commit, mine.line), is_code=True
    )
    undeclared = ", which no pipeline there says" if is_written and not one.is_declared else ""
    there = f"<code>{_html.name(f'{shortened(theirs.path, 60)}:{theirs.line}')}</code>{undeclared}"
    return f"<code>{_html.name(one.name)}</code>", here, _html.name(other), there
