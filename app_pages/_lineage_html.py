"""The graph of data as HTML: chips in five columns over a picture of their lines, and the closure as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from app_pages import _html
from app_pages._lineage import CHIP, HEAD, ROW, WIDE, Ask, Chip, Picture, Problem, Stage, left, lines
from app_pages._lineage_names import labelled
from app_pages._numbers import count, whole
from app_pages._text import safe, shortened
from collectors.facts.closure import PART, Closure, Edge
from collectors.facts.lineage import HOLE, Access, DataAccess
from scoring.report.links import permalink

FIRST = 10
"""Of what is to be looked at for one reason, so many stand open; the rest is folded."""
READ_AT: Mapping[Ask, str] = {
    Ask.UNDECLARED: "Read by",
    Ask.LOOP: "Predicted with",
    Ask.UNPINNED: "Read at",
    Ask.TABLE: "Read at",
    Ask.RUNNING: "Asked at",
}
"""What stands beside each, so that it reads as a sentence where it stands before it."""
DIFFERS: Mapping[Ask, str] = {
    Ask.UNPINNED: "Each once, however many places read it. “Data and models that may change without a commit”, below, "
    "counts places.",
    Ask.TABLE: "All of them. “Tables that others write”, below, counts those alone that SQL here reads by schema and "
    "name.",
}
"""Why a number further down is another one."""


def address(where: str, name: str) -> str:
    """Of the page Data around a set of data; `where`: its address with the repository."""
    return f"{where}&node={quote(name, safe='')}"


def graph(drawn: Picture, focus: str, where: str) -> str:
    """Each chip leads to what stands around it; the one in focus back to the whole. `where`: see `address`."""
    heads = "".join(_head(stage, drawn) for stage in Stage)
    labels = labelled([chip.name for chip in drawn.chips])
    chips = "".join(_chip(chip, labels[chip.name], focus, where) for chip in drawn.chips)
    return _html.wrapped(
        f'<div class="md-scroll"><div class="md-data" data-testid="data-graph"><div class="heads">{heads}</div>'
        f'<div class="field" style="height:{drawn.height}px"><img src="{safe(lines(drawn))}" alt="">{chips}</div>'
        f"</div></div>{_legend(drawn)}"
    )


def _legend(drawn: Picture) -> str:
    """Only of what is there to be read."""
    told = ["<span>pick a box to see what it rests on, and what rests on it</span>"] if drawn.chips else []
    told += ['<span><i class="way"></i> a job reads the one and writes the other</span>'] if drawn.lines else []
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


def _chip(chip: Chip, label: str, focus: str, where: str) -> str:
    marks = " ".join(word for word, holds in (("problem", chip.problem), ("focus", chip.name == focus)) if holds)
    says = f"{chip.name}: {chip.problem}" if chip.problem else chip.name
    place = f"left:{100 * left(chip.stage) / WIDE:.2f}%;top:{HEAD + chip.row * ROW}px;width:{100 * CHIP / WIDE:.2f}%"
    shown = ("<b>!</b> " if chip.problem else "") + _html.name(label)
    is_focus = chip.name == focus
    link = where if is_focus else address(where, chip.name)
    current = ' aria-current="true"' if is_focus else ""
    return (
        f'<a class="chip {marks}" href="{safe(link)}" target="_self" style="{place}" title="{safe(says)}" '
        f'aria-label="{safe(says)}"{current}>{shown}</a>'
    )


def problems(
    told: Mapping[str, Problem],
    readers: Mapping[str, Sequence[DataAccess]],
    web: str | None,
    commit: str,
    limit: int,
    where: str,
) -> str:
    """What is to be looked at, by the reason: each with the first place that reads it."""
    parts = []
    for ask in Ask:
        names = sorted(name for name, problem in told.items() if problem.ask is ask)
        if not names:
            continue
        rows = [
            (
                node(name, where),
                _reader(told[name], readers.get(name, ()), web, commit),
            )
            for name in names[:limit]
        ]
        title = f'<h3>{safe(ask.value)} <span class="muted">{whole(len(names))}</span></h3>'
        note = f'<p class="muted small">{safe(DIFFERS[ask])}</p>' if ask in DIFFERS else ""
        listed = _folded(rows, READ_AT[ask], f"look-{ask.name.lower()}")
        parts.append(_html.wrapped(title, note) + listed + left_out(len(names), limit))
    inside = "".join(f"<section>{part}</section>" for part in parts)
    return _html.wrapped(f'<h2>To be looked at</h2><div class="md-look" data-testid="data-problems">{inside}</div>')


def node(name: str, where: str) -> str:
    """A set of data by its name, as a link to what stands around it."""
    shown = f'<code title="{safe(name)}">{_html.name(shortened(name, 80))}</code>'
    return f'<a href="{safe(address(where, name))}" target="_self">{shown}</a>'


def _folded(rows: Sequence[tuple[str, str]], title: str, testid: str) -> str:
    columns = [("Data", False), (title, False)]
    first = _html.table(columns, rows[:FIRST], testid, is_wide=True)
    if len(rows) <= FIRST:
        return first
    rest = _html.table(columns, rows[FIRST:], f"{testid}-rest", is_wide=True)
    return _html.wrapped(f"{first}<details><summary>{whole(len(rows) - FIRST)} more</summary>{rest}</details>")


def _reader(problem: Problem, rows: Sequence[DataAccess], web: str | None, commit: str) -> str:
    """Where it is read; of what a job does not declare, where that job reads it."""
    is_hidden, by = problem.ask is Ask.UNDECLARED, _html.name(shortened(problem.by, 60))
    places = list(dict.fromkeys((row.path, row.line) for row in rows if not is_hidden or row.job == problem.by))
    said = f"{by}, at " if is_hidden else f"{by}; read at " if problem.by else ""
    if not places:
        return f'{by + ", " if by else ""}<span class="muted">no place seen in the code</span>'
    (path, line), more = places[0], len(places) - 1
    link = permalink(web, "file", path, commit, line)
    place = _html.linked(f"{shortened(path, 60)}:{line}", link, is_code=True)
    return f"{said}{place}" + (f' <span class="muted">and {count(more, "place")} more</span>' if more else "")


def closure_table(found: Closure, web: str | None, commit: str, limit: int, where: str) -> str:
    """What the node rests on, or what rests on it: each with its distance and the places that say so."""
    by_data: dict[str, list[Edge]] = {}
    for edge in found.edges:
        if edge.access != PART:
            by_data.setdefault(edge.source if edge.access == Access.READ else edge.target, []).append(edge)
    rows = [
        (
            node(row.name, where),
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
