"""The closure of one node of the graph of data: what it rests on, or what rests on it, with the places that say so."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import NamedTuple

from collectors.facts.data_graph import Lineage, Node
from collectors.facts.data_steps import NAMED
from collectors.facts.lineage import Access, DataAccess, NodeKind, Origin

PART = "part"
"""The access of an edge between a whole (a folder, a name with holes) and its part."""
DECLARED_ONLY = "declared_only"
"""The status of an edge that no code was seen to make."""
MOST_NAMES = 5


class Edge(NamedTuple):
    """Data that a job reads (data to job) or writes (job to data), once, however many places say so."""

    source: str
    target: str
    access: str  # of Access, or PART
    path: str = ""  # the place that says it best: code before declarations; "" for a part
    line: int = 0
    call: str = ""
    job: str = ""  # "" where nobody starts it
    declared: bool = False
    observed: bool = False
    status: str = ""  # of Resolution, or DECLARED_ONLY; "" for a part

    @property
    def data(self) -> str:
        """What is read or written."""
        return self.source if self.access == Access.READ else self.target

    @property
    def by(self) -> str:
        """The job that does it."""
        return self.target if self.access == Access.READ else self.source


class Reached(NamedTuple):
    """Data in a closure."""

    name: str
    depth: int  # jobs between it and the node
    kind: NodeKind
    is_root: bool  # nothing here writes it
    is_end: bool  # nothing here reads it
    version: str  # to which it is pinned; "" for none


class Closure(NamedTuple):
    node: Node
    downstream: bool
    data: tuple[Reached, ...]  # by depth, then name; the node itself left out
    jobs: tuple[str, ...]
    edges: tuple[Edge, ...]
    unnamed: tuple[DataAccess, ...]  # of these jobs, what tells no data: more may belong to the closure


def find(lineage: Lineage, name: str) -> Node | None:
    """The node of this name: data before jobs. A leading "./" is left out."""
    wanted = name.removeprefix("./").rstrip("/") or name
    for node in (Node(wanted), Node(name), Node(wanted, is_job=True), Node(name, is_job=True)):
        if node in lineage.graph:
            return node
    return None


def nearest(lineage: Lineage, name: str) -> tuple[str, ...]:
    """Names of nodes that may have been meant: those that end so, then those that read alike."""
    wanted = name.strip("./").lower()
    names = [*lineage.data, *lineage.jobs]
    ending = [one for one in names if wanted and one.lower().endswith(f"/{wanted}")]
    holding = [one for one in names if wanted and wanted in one.lower()]
    alike = get_close_matches(name, names, MOST_NAMES)
    return tuple(dict.fromkeys([*ending, *alike, *holding]))[:MOST_NAMES]


def closure(lineage: Lineage, node: Node, *, downstream: bool = False) -> Closure:
    """What `node`, which must be in the graph, rests on; with `downstream` what rests on it."""
    depths = _depths(lineage, node, downstream=downstream)
    inside = set(depths)
    jobs = {one.name for one in inside if one.is_job}
    rows = (reached(lineage, one.name, depth) for one, depth in depths.items() if not one.is_job and one != node)
    return Closure(
        node,
        downstream,
        tuple(sorted(rows, key=lambda row: (row.depth, row.name))),
        tuple(sorted(jobs)),
        tuple(edge for edge in edges(lineage) if set(_ends(edge)) <= inside),
        tuple(row for row in lineage if row.resolution not in NAMED and (row.job or row.path) in jobs),
    )


def reached(lineage: Lineage, name: str, depth: int = 0) -> Reached:
    graph, node = lineage.graph, Node(name)
    return Reached(
        name,
        depth,
        lineage.kinds[name],
        not graph.in_degree(node),
        not graph.out_degree(node),
        lineage.versions.get(name, ""),
    )


def edges(lineage: Lineage) -> tuple[Edge, ...]:
    """All of the graph, sorted."""
    found: defaultdict[tuple[str, str, str], list[DataAccess]] = defaultdict(list)
    for row in lineage:
        if row.name:
            job = row.job or row.path
            ends = (row.name, job) if row.access is Access.READ else (job, row.name)
            found[*ends, row.access.value].append(row)
    made = [_edge(*key, rows) for key, rows in found.items()]
    parts = [Edge(one.name, other.name, PART) for one, other in lineage.graph.edges if not one.is_job | other.is_job]
    asked = [
        Edge(query, query, Access.WRITE.value, query, 1, "query", observed=True, status="resolved")
        for query in lineage.queries
    ]
    return tuple(sorted([*made, *parts, *asked]))


def _edge(source: str, target: str, access: str, rows: Iterable[DataAccess]) -> Edge:
    best, *others = sorted(rows, key=lambda row: (row.origin is Origin.DECLARED, row.path, row.line))
    origins = {row.origin for row in (best, *others)}
    observed = Origin.OBSERVED in origins
    return Edge(
        source,
        target,
        access,
        best.path,
        best.line,
        best.call,
        best.job,
        declared=Origin.DECLARED in origins,
        observed=observed,
        status=best.resolution.value if observed else DECLARED_ONLY,
    )


def _ends(edge: Edge) -> Iterator[Node]:
    yield Node(edge.source, is_job=edge.access == Access.WRITE)
    yield Node(edge.target, is_job=edge.access == Access.READ)


def _depths(lineage: Lineage, start: Node, *, downstream: bool) -> dict[Node, int]:
    """By the fewest jobs on the way: a step to a job counts one, all others none."""
    graph = lineage.graph
    beside = graph.successors if downstream else graph.predecessors
    depths: dict[Node, int] = {}
    waiting = deque([(start, int(start.is_job))])
    while waiting:
        node, depth = waiting.popleft()
        if node in depths:
            continue
        depths[node] = depth
        for other in beside(node):
            if other not in depths:
                (waiting.append if other.is_job else waiting.appendleft)((other, depth + other.is_job))
    return depths
