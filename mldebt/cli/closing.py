"""`mldebt closure`: what a node of the graph of data rests on, as text for people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from collectors.facts.closure import DECLARED_ONLY, PART, Closure, Edge, Reached, closure, find, nearest, reached
from collectors.facts.data_graph import Lineage, Node
from collectors.facts.data_sharing import Sharing
from collectors.facts.lineage import Access, DataAccess
from mldebt.cli.elsewhere import lines
from mldebt.failure import Failure
from scoring.report.text import visible
from scoring.wording import worded

MOST = 200
"""Rows of one list that are printed; of the others the number is."""
LONGEST = 160


def wanted_node(lineage: Lineage, name: str, title: str) -> Node:
    """The node of this name. Raises Failure with the nearest names."""
    node = find(lineage, name)
    if node is None:
        near = nearest(lineage, name)
        hint = f"did you mean {' or '.join(map(repr, near))}?" if near else "`mldebt closure` lists the ends and roots"
        raise Failure(f"the graph of {title} has nothing called {name!r}: {hint}")
    return node


def about_node(lineage: Lineage, node: Node, seen: Sharing | None, *, downstream: bool) -> RenderableType:
    """A closure by depth, each edge with its place, and who else meets it."""
    found = closure(lineage, node, downstream=downstream)
    shown: list[RenderableType] = [Text(_headline(lineage, found), "bold"), Text(lineage.how_sure)]
    by_data = _edges_by_data(found)
    if not node.is_job:
        shown += _places(by_data.get(node.name, ()), node.name)
    depth = -1
    for row in found.data[:MOST]:
        if row.depth != depth:
            depth = row.depth
            shown.append(Text(f"\n{_away(depth)}", "bold"))
        shown.append(Text(f"· {visible(row.name)}{_marks(row, downstream=downstream)}"))
        shown += _places(by_data.get(row.name, ()), row.name)
    met = lines(seen) if seen is not None and (seen.consumers or seen.sources) else ()
    return Group(*shown, *_rest(len(found.data)), *_unnamed(found.unnamed), *met)


def about_graph(lineage: Lineage, seen: Sharing | None) -> RenderableType:
    """The ends and roots of the whole graph, and who else meets it."""
    kinds = len(lineage.data), len(lineage.jobs)
    data, jobs = worded(kinds[0], "data set", "data sets"), worded(kinds[1], "job", "jobs")
    ends, roots = ([reached(lineage, name) for name in names] for names in (lineage.ends, lineage.roots))
    products = [reached(lineage, name) for name in lineage.products if name not in set(lineage.ends)]
    return Group(
        Text(f"{kinds[0]:,} {data} known by name, read and written by {kinds[1]:,} {jobs}.", "bold"),
        Text(lineage.how_sure),
        *_list("Written, and read by nothing here", ends),
        *_list("Models that something here reads", products),
        *_list("Roots: read, and written by nothing here", roots),
        *_unnamed([row for rows in lineage.sites.values() for row in rows if not row.name]),
        *lines(seen),
        Text("\n`mldebt closure NODE` has what one of them rests on, with --downstream what rests on it", "dim"),
    )


def _headline(lineage: Lineage, found: Closure) -> str:
    name = visible(found.node.name)
    what = "job" if found.node.is_job else lineage.kinds[found.node.name].value
    count = len(found.data)
    if found.downstream:
        return f"{count:,} {worded(count, 'data set rests', 'data sets rest')} on {name} ({what})."
    roots = sum(row.is_root for row in found.data)
    pinned = sum(row.is_root and bool(row.version) for row in found.data)
    of_them = f", {roots:,} of them {worded(roots, 'a root', 'roots')}, {pinned:,} pinned to a version" if count else ""
    return f"{name} ({what}) rests on {count:,} {worded(count, 'data set', 'data sets')}{of_them}."


def _away(depth: int) -> str:
    return f"{depth:,} {worded(depth, 'job', 'jobs')} away" if depth else "Parts and wholes of it"


def _marks(row: Reached, *, downstream: bool = False) -> str:
    marks = [row.kind.value]
    if row.is_root and not downstream:
        marks.append("root")
    if row.is_end:
        marks.append("end")
    if row.version:
        marks.append(f"pinned to {visible(row.version, 24)}")
    elif row.is_root and not downstream:
        marks.append("not pinned")
    return f"  ({', '.join(marks)})"


def _edges_by_data(found: Closure) -> dict[str, list[Edge]]:
    by_data: defaultdict[str, list[Edge]] = defaultdict(list)
    for edge in found.edges:
        for name in {edge.source, edge.target} if edge.access == PART else {_data_of(edge)}:
            by_data[name].append(edge)
    return by_data


def _data_of(edge: Edge) -> str:
    return edge.source if edge.access == Access.READ else edge.target


def _places(edges: Iterable[Edge], name: str) -> Iterator[RenderableType]:
    for edge in edges:
        if edge.access == PART:
            other = edge.target if edge.source == name else edge.source
            yield Text(f"    goes with {visible(other, LONGEST)}", "dim")
            continue
        job = edge.target if edge.access == Access.READ else edge.source
        seen = " and ".join(word for word, holds in (("observed", edge.observed), ("declared", edge.declared)) if holds)
        status = "" if edge.status in ("resolved", DECLARED_ONLY) else f", {edge.status}"
        by_hand = "" if edge.job else "; nothing starts it"
        where = f"{visible(edge.path, LONGEST)}:{edge.line}"
        verb = "read by" if edge.access == Access.READ else "written by"
        text = f"    {verb} {visible(job)}  {where}  {visible(edge.call, 60)}  ({seen}{status}{by_hand})"
        yield Text(text, "dim", no_wrap=True, overflow="ignore")


def _list(title: str, rows: Sequence[Reached]) -> Iterator[RenderableType]:
    yield Text(f"\n{title}: {len(rows):,}", "bold")
    yield from (Text(f"· {visible(row.name)}{_marks(row)}") for row in rows[:MOST])
    yield from _rest(len(rows))


def _rest(count: int) -> Iterator[RenderableType]:
    if count > MOST:
        yield Text(f"· and {count - MOST:,} more: --format json lists them", "dim")


def _unnamed(rows: Sequence[DataAccess]) -> Iterator[RenderableType]:
    if not rows:
        return
    places = sorted({(row.path, row.line, row.access.value, row.call, row.name, row.why) for row in rows})
    yield Text(f"\nPlaces that do not tell which data: {len(places):,}", "bold")
    for path, line, access, call, name, why in places[:20]:
        known = f" {visible(name, 80)}" if name else ""
        reason = f": {visible(why, 120)}" if why else ""
        yield Text(f"· {visible(path)}:{line}  {access} by {visible(call, 60)}{known}{reason}", "dim")
    if len(places) > 20:
        yield Text(f"· and {len(places) - 20:,} more", "dim")
