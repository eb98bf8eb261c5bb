"""The graph of data: what rests on what, through the jobs that read and write it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from collectors.facts.data_names import parts_of
from collectors.facts.data_steps import NAMED, Step, steps
from collectors.facts.lineage import Access, DataAccess, NodeKind, Origin, Resolution
from scoring.wording import worded

if TYPE_CHECKING:
    import networkx as nx

ENOUGH = 0.8
"""Below this completeness a closure is a lower bound. No published value."""


class Node(NamedTuple):
    """A node of the graph: data, or a job that reads and writes it."""

    name: str
    is_job: bool = False


@dataclass(frozen=True)
class Lineage:
    """Every read and write of data that is declared or was seen in the code of one commit, sorted.

    Of a job nothing more is known than what it reads and what it writes: all that it reads flows into all that it
    writes. What is found upstream is therefore rather too much, as far as names are known; what has no name is missing.
    """

    accesses: tuple[DataAccess, ...] = ()
    commit: str = ""
    as_of: int = 0
    exhausted: tuple[str, ...] = field(default=())  # files that were not followed to their end: the budget ran out
    pins: tuple[tuple[str, str], ...] = ()  # names that a file ties to one content, without reading them: and to which

    def __iter__(self) -> Iterator[DataAccess]:
        return iter(self.accesses)

    def __len__(self) -> int:
        return len(self.accesses)

    def of(self, origin: Origin) -> tuple[DataAccess, ...]:
        return tuple(row for row in self.accesses if row.origin is origin)

    @cached_property
    def sites(self) -> Mapping[tuple[str, int, str], tuple[DataAccess, ...]]:
        """Observed accesses by place (path, line, call), whatever job runs them. A caller's business is left out."""
        found: defaultdict[tuple[str, int, str], list[DataAccess]] = defaultdict(list)
        for row in self.of(Origin.OBSERVED):
            if row.resolution is not Resolution.PARAMETER:
                found[row.path, row.line, row.call].append(row)
        return {place: tuple(rows) for place, rows in found.items()}

    @property
    def callers_business(self) -> int:
        """Places that read or write what callers of a public function hand over."""
        places = {(row.path, row.line, row.call) for row in self.of(Origin.OBSERVED)}
        return len(places) - len(self.sites)

    @cached_property
    def named_sites(self) -> int:
        """Of `sites`, those whose data is known by name in every job."""
        return sum(all(row.resolution in NAMED for row in rows) for rows in self.sites.values())

    @cached_property
    def holed_sites(self) -> int:
        """Of `sites`, those whose data is known but for a part of its name."""
        known = {*NAMED, Resolution.TEMPLATE}
        return sum(all(row.resolution in known for row in rows) for rows in self.sites.values()) - self.named_sites

    @cached_property
    def unstarted_sites(self) -> int:
        """Of `sites`, those in functions that nothing here starts, and whose data is not known in full."""
        return sum(
            all(not row.job and row.symbol for row in rows) and not all(row.resolution in NAMED for row in rows)
            for rows in self.sites.values()
        )

    @property
    def is_library(self) -> bool:
        """Whether most of what reads and writes waits for callers, and no pipeline is one of them."""
        theirs = self.callers_business
        has_pipeline = any(row.job for row in self.of(Origin.DECLARED))
        return not has_pipeline and 2 * (theirs + self.unstarted_sites) > len(self.sites) + theirs

    @property
    def how_sure(self) -> str:
        """How much of what is read and written is known, in sentences."""
        total, theirs, stopped = len(self.sites), self.callers_business, len(self.exhausted)
        hand_over = f"{theirs:,} {worded(theirs, 'place takes', 'places take')} what callers hand over"
        told: list[str] = []
        if total:
            places = worded(total, "place that reads or writes data names", "places that read or write data name")
            holes = f", {self.holed_sites:,} more but for a part that is put together while it runs"
            told.append(f"{self.named_sites:,} of {total:,} {places} it in full{holes if self.holed_sites else ''}.")
            told += [f"{hand_over}."] if theirs else []
            if self.is_library:
                waiting = f"{theirs + self.unstarted_sites:,} of all {total + theirs:,}"
                told.append(
                    f"{waiting} stand in functions that nothing here starts: their data is their callers' business."
                )
        elif theirs:
            told.append(f"{hand_over}: which data that is, is their business.")
        elif self.of(Origin.DECLARED):
            told.append(
                "Only declarations of pipelines tell of data: no call in the code was seen to read or write any."
            )
        else:
            told.append("No place in the code was seen to read or write data by a known call.")
        told += [f"{stopped:,} {worded(stopped, 'file was', 'files were')} not followed to the end."] if stopped else []
        return " ".join([*told, *(["What is shown is a lower bound."] if self.is_lower_bound else [])])

    @cached_property
    def graph(self) -> nx.DiGraph[Node]:
        """Data to job where it is read, job to data where it is written, and between wholes and their parts."""
        graph = self._by_names_alone()
        graph.add_edges_from(list(self._parts(graph)))
        return graph

    def _by_names_alone(self) -> nx.DiGraph[Node]:
        import networkx as nx

        graph: nx.DiGraph[Node] = nx.DiGraph()
        for row in self.accesses:
            if row.name:
                data, job = Node(row.name), Node(row.job or row.path, is_job=True)
                graph.add_edge(*((data, job) if row.access is Access.READ else (job, data)))
        graph.add_edges_from((Node(query, is_job=True), Node(query)) for query in self.queries)
        return graph

    @cached_property
    def queries(self) -> tuple[str, ...]:
        """SQL scripts that a job reads as a file: what they read comes to whoever reads them."""
        scripts = {row.job or row.path for row in self.accesses if row.path.endswith(".sql")}
        return tuple(sorted(scripts.intersection(row.name for row in self.accesses if row.access is Access.READ)))

    def _parts(self, graph: nx.DiGraph[Node]) -> Iterator[tuple[Node, Node]]:
        """Folders and templates stand for several data at once.

        Where the whole is read, what is written into it is read; where only the whole is written, its parts come from
        there. No part leads both ways.
        """
        names = [node.name for node in graph if not node.is_job]
        written = {node.name for node in graph if not node.is_job and graph.in_degree(node)}
        read = {node.name for node in graph if not node.is_job and graph.out_degree(node)}
        for whole, part in parts_of(names):
            if part in written:
                if whole in read:
                    yield Node(part), Node(whole)
            elif whole in written and part in read:
                yield Node(whole), Node(part)

    @property
    def data(self) -> tuple[str, ...]:
        return tuple(sorted(node.name for node in self.graph if not node.is_job))

    @property
    def jobs(self) -> tuple[str, ...]:
        return tuple(sorted(node.name for node in self.graph if node.is_job))

    @property
    def roots(self) -> tuple[str, ...]:
        """Data that something reads and nothing here writes: where it all comes from."""
        graph = self.graph
        return tuple(name for name in self.data if not graph.in_degree(Node(name)))

    @property
    def ends(self) -> tuple[str, ...]:
        """Data that something writes and nothing here reads: what it is all for, or what nobody uses."""
        graph = self.graph
        return tuple(name for name in self.data if not graph.out_degree(Node(name)))

    def upstream(self, name: str) -> frozenset[str]:
        """All data that `name` rests on, itself left out unless it rests on itself. Empty where nobody names it."""
        import networkx as nx

        return self._data_in(name, nx.ancestors)

    def downstream(self, name: str) -> frozenset[str]:
        """All data that rests on `name`."""
        import networkx as nx

        return self._data_in(name, nx.descendants)

    def _data_in(self, name: str, reach: Callable[[nx.DiGraph[Node], Node], Iterable[Node]]) -> frozenset[str]:
        node = Node(name)
        if node not in self.graph:
            return frozenset()
        found = {other.name for other in reach(self.graph, node) if not other.is_job}
        return frozenset(found | ({name} & {one.name for loop in self.loops for one in loop}))

    @cached_property
    def loops(self) -> tuple[tuple[Node, ...], ...]:
        """Data and jobs that rest on one another, each loop sorted; a job that updates its own data in place is one.

        By names alone: a job that reads a folder and writes into it may well leave its own files aside.
        """
        import networkx as nx

        graph = self._by_names_alone()
        components = (sorted(part) for part in nx.strongly_connected_components(graph) if len(part) > 1)
        return tuple(sorted(tuple(part) for part in components))

    def readers(self, name: str) -> tuple[DataAccess, ...]:
        return self._rows(name, Access.READ)

    def writers(self, name: str) -> tuple[DataAccess, ...]:
        return self._rows(name, Access.WRITE)

    def named(self, name: str) -> tuple[DataAccess, ...]:
        """All accesses of one name."""
        return self._by_name.get(name, ())

    def _rows(self, name: str, access: Access) -> tuple[DataAccess, ...]:
        return tuple(row for row in self.named(name) if row.access is access)

    @cached_property
    def _by_name(self) -> Mapping[str, tuple[DataAccess, ...]]:
        found: defaultdict[str, list[DataAccess]] = defaultdict(list)
        for row in self.accesses:
            found[row.name].append(row)
        return {name: tuple(rows) for name, rows in found.items()}

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Jobs, and scripts of which nobody knows who starts them."""
        return steps(self.accesses)

    @cached_property
    def kinds(self) -> Mapping[str, NodeKind]:
        """What each data is: where accesses differ, what says more than that it is data."""
        found: dict[str, NodeKind] = {}
        for row in self.accesses:
            if row.name and found.get(row.name, NodeKind.DATASET) is NodeKind.DATASET:
                found[row.name] = row.kind
        return found

    @cached_property
    def products(self) -> tuple[str, ...]:
        """What the system is for: models, and whatever is written and read by nothing here."""
        written = {row.name for row in self.accesses if row.access is Access.WRITE}
        models = {name for name, kind in self.kinds.items() if kind is NodeKind.MODEL and name in written}
        return tuple(sorted(models.union(self.ends)))

    @property
    def completeness(self) -> float | None:
        """Places that name their data, of all that are not a caller's business. None: there is no such place."""
        return self.named_sites / len(self.sites) if self.sites else None

    @property
    def is_lower_bound(self) -> bool:
        """Whether more than a fifth of the places do not tell which data they mean."""
        return bool(self.exhausted) or (self.completeness is not None and self.completeness < ENOUGH)

    @property
    def pinned(self) -> frozenset[str]:
        """Names that some access, or some file beside the data, ties to one content."""
        return frozenset(self.versions)

    @cached_property
    def versions(self) -> Mapping[str, str]:
        """To which content names are tied; where several are told, the first in order."""
        told = [*self.pins, *((row.name, row.version) for row in self.accesses if row.version and row.name)]
        return dict(sorted(told, reverse=True))


def lineage(
    accesses: Iterable[DataAccess],
    commit: str = "",
    as_of: int = 0,
    exhausted: Iterable[str] = (),
    pins: Mapping[str, str] | None = None,
) -> Lineage:
    rows, unended = tuple(sorted(set(accesses))), tuple(sorted(set(exhausted)))
    return Lineage(rows, commit, as_of, unended, tuple(sorted((pins or {}).items())))
