"""The graph of data as HTML: chips in five columns over a picture of their lines, and the closure as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from app_pages import _html
from app_pages._lineage import CHIP, HEAD, ROW, WIDE, Ask, Chip, Picture, Problem, Stage, left, lines
from app_pages._numbers import count, stored, whole
from app_pages._text import safe, shortened
from collectors.facts.closure import PART, Closure, Edge
from collectors.facts.data_sharing import Shared, Sharing
from collectors.facts.lineage import HOLE, Access, DataAccess
from scoring.report.links import permalink

FIRST = 10
"""Of what is to be looked at for one reason, so many stand open; the rest is folded."""


ROOM = 20
"""Characters that a chip shows on a wide screen."""


def labelled(names: Collection[str]) -> dict[str, str]:
    """The end of a name tells it apart: with its folder where there is room for both, or where others end alike."""
    short = {name: _last(name) for name in names}
    counted = Counter(short.values())
    return {name: shown if counted[shown] == 1 else shortened(name, ROOM) for name, shown in short.items()}


def _last(name: str) -> str:
    parts = name.rstrip("/").split("/")
    both = "/".join(parts[-2:])
    return both if len(both) <= ROOM else shortened(parts[-1], ROOM)


def graph(drawn: Picture, focus: str) -> str:
    heads = "".join(_head(stage, drawn) for stage in Stage)
    labels = labelled([chip.name for chip in drawn.chips])
    chips = "".join(_chip(chip, labels[chip.name], focus) for chip in drawn.chips)
    return _html.wrapped(
        f'<div class="md-scroll"><div class="md-data" data-testid="data-graph"><div class="heads">{heads}</div>'
        f'<div class="field" style="height:{drawn.height}px"><img src="{safe(lines(drawn))}" alt="">{chips}</div>'
        f"</div></div>{_legend(drawn)}"
    )


def _legend(drawn: Picture) -> str:
    """Only of what is there to be read."""
    told = ['<span><i class="way"></i> a job reads the one and writes the other</span>'] if drawn.lines else []
    if drawn.undeclared:
        told.append('<span><i class="way hidden"></i> a read that its pipeline does not declare</span>')
    if any(chip.problem for chip in drawn.chips):
        told.append('<span><i class="box"></i> ! to be looked at</span>')
    if any(HOLE in chip.name for chip in drawn.chips):
        told.append(f"<span><code>{HOLE}</code> a part of the name that is known only while the code runs</span>")
    return f'<p class="md-legend small muted">{"".join(told)}</p>'


def _head(stage: Stage, drawn: Picture) -> str:
    total, shown = drawn.total.get(stage, 0), sum(chip.stage is stage for chip in drawn.chips)
    says = f"{whole(shown)} of {whole(total)}" if shown < total else whole(total) if total else "none"
    rest = f' <span class="muted">{says}</span>'
    return f'<span style="left:{left(stage) / 10:.2f}%;width:{CHIP / 10:.2f}%">{safe(stage.value)}{rest}</span>'


def _chip(chip: Chip, label: str, focus: str) -> str:
    marks = " ".join(word for word, holds in (("problem", chip.problem), ("focus", chip.name == focus)) if holds)
    says = f"{chip.name}: {chip.problem}" if chip.problem else chip.name
    place = f"left:{100 * left(chip.stage) / WIDE:.2f}%;top:{HEAD + chip.row * ROW}px;width:{100 * CHIP / WIDE:.2f}%"
    shown = ("<b>!</b> " if chip.problem else "") + _html.name(label)
    return f'<span class="chip {marks}" style="{place}" title="{safe(says)}">{shown}</span>'


def problems(
    told: Mapping[str, Problem], readers: Mapping[str, Sequence[DataAccess]], web: str | None, commit: str, limit: int
) -> str:
    """What is to be looked at, by the reason: each with the first place that reads it."""
    parts = []
    for ask in Ask:
        names = sorted(name for name, problem in told.items() if problem.ask is ask)
        if not names:
            continue
        rows = [
            (
                f'<code title="{safe(name)}">{_html.name(shortened(name, 80))}</code>',
                _reader(told[name], readers.get(name, ()), web, commit),
            )
            for name in names[:limit]
        ]
        title = f'<h3>{safe(ask.value)} <span class="muted">{whole(len(names))}</span></h3>'
        parts.append(_html.wrapped(title) + _folded(rows, f"look-{ask.name.lower()}") + left_out(len(names), limit))
    inside = "".join(f"<section>{part}</section>" for part in parts)
    return _html.wrapped(f'<h2>To be looked at</h2><div class="md-look" data-testid="data-problems">{inside}</div>')


def _folded(rows: Sequence[tuple[str, str]], testid: str) -> str:
    columns = [("Data", False), ("Read at", False)]
    first = _html.table(columns, rows[:FIRST], testid, is_wide=True)
    if len(rows) <= FIRST:
        return first
    rest = _html.table(columns, rows[FIRST:], f"{testid}-rest", is_wide=True)
    return _html.wrapped(f"{first}<details><summary>{whole(len(rows) - FIRST)} more</summary>{rest}</details>")


def _reader(problem: Problem, rows: Sequence[DataAccess], web: str | None, commit: str) -> str:
    """Where it is read; of what a job does not declare, where that job reads it."""
    is_hidden, by = problem.ask is Ask.UNDECLARED, _html.name(shortened(problem.by, 60))
    places = list(dict.fromkeys((row.path, row.line) for row in rows if not is_hidden or row.job == problem.by))
    said = f"{by}, " if is_hidden else f"with {by}; read at " if problem.by else ""
    if not places:
        return f'{said}<span class="muted">no place seen in the code</span>'
    (path, line), more = places[0], len(places) - 1
    link = permalink(web, "file", path, commit, line)
    place = _html.linked(f"{shortened(path, 60)}:{line}", link, is_code=True)
    return f"{said}{place}" + (f' <span class="muted">and {count(more, "place")} more</span>' if more else "")


def closure_table(found: Closure, web: str | None, commit: str, limit: int) -> str:
    """What the node rests on, or what rests on it: each with its distance and the places that say so."""
    by_data: dict[str, list[Edge]] = {}
    for edge in found.edges:
        if edge.access != PART:
            by_data.setdefault(edge.source if edge.access == Access.READ else edge.target, []).append(edge)
    rows = [
        (
            f"<code>{_html.name(row.name)}</code>",
            safe(row.kind.value),
            whole(row.depth),
            safe(_state(row.is_root, row.version)),
            "<br>".join(_place(edge, web, commit) for edge in by_data.get(row.name, [])[:3]),
        )
        for row in found.data[:limit]
    ]
    columns = [("Data", False), ("Kind", False), ("Jobs away", True), ("Version", False), ("Read and written", False)]
    return _html.table(columns, rows, "closure-down" if found.downstream else "closure-up")


def _state(is_root: bool, version: str) -> str:
    return f"{'root, ' if is_root else ''}{'pinned' if version else 'not pinned'}"


def _place(edge: Edge, web: str | None, commit: str) -> str:
    job = edge.target if edge.access == Access.READ else edge.source
    link = permalink(web, "file", edge.path, commit, edge.line)
    seen = "" if edge.observed else ", declared only"
    where = _html.linked(f"{shortened(edge.path, 60)}:{edge.line}", link, is_code=True)
    return f"{'read' if edge.access == Access.READ else 'written'} by {_html.name(shortened(job, 40))} {where}{seen}"


def left_out(total: int, limit: int) -> str:
    if total <= limit:
        return ""
    return _html.wrapped(f'<p class="muted">{whole(limit)} of {count(total, "set", "sets")} of data shown.</p>')


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
