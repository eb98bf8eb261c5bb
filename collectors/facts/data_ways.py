"""Ways through the graph of data: how long they are, where they close, what lies at their end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from typing import TYPE_CHECKING, Any, NamedTuple

from collectors.facts.data_graph import Lineage, Node
from collectors.facts.data_steps import Step, is_code, is_settings
from collectors.facts.lineage import Access, NodeKind, Origin

if TYPE_CHECKING:
    import networkx as nx

_FETCHES = re.compile(r"(?:^|\.)(?:extract(?:all)?|unpack_archive|urlretrieve|get_file|download\w*)$")


class Shape(NamedTuple):
    jobs: int
    depth: int  # jobs on the longest way; a circle counts once
    width: int  # jobs at one distance from the beginning, where they are most
    components: int
    nodes: int
    edges: int
    longest: tuple[str, ...] = ()  # jobs on the longest way, in order; of a circle the first by name


class PredictionLoop(NamedTuple):
    """Data that a model's user writes and its training reads again."""

    data: str
    predicts: str  # a job
    model: str
    trains: str  # a job


def shape(lineage: Lineage) -> Shape:
    import networkx as nx

    graph = lineage.graph
    whole: Any = nx.condensation(graph)
    level: dict[int, int] = {}
    before: dict[int, int] = {}
    for part in nx.lexicographical_topological_sort(whole, key=lambda part: min(whole.nodes[part]["members"])):
        comes_from = max(whole.predecessors(part), key=lambda other: (level[other], -other), default=None)
        level[part] = (level[comes_from] if comes_from is not None else 0) + bool(_jobs(whole, part))
        if comes_from is not None:
            before[part] = comes_from
    by_level = Counter(level[part] for part in level for _ in _jobs(whole, part))
    way: list[str] = []
    part = max(level, key=lambda one: (level[one], min(whole.nodes[one]["members"])), default=None)
    while part is not None:
        way += _jobs(whole, part)[:1]
        part = before.get(part)
    return Shape(
        jobs=len(lineage.jobs),
        depth=max(level.values(), default=0),
        width=max(by_level.values(), default=0),
        components=nx.number_weakly_connected_components(graph) if graph else 0,
        nodes=graph.number_of_nodes(),
        edges=graph.number_of_edges(),
        longest=tuple(reversed(way)),
    )


def _jobs(whole: Any, part: int) -> list[str]:
    return sorted(node.name for node in whole.nodes[part]["members"] if node.is_job)


def longest_cascade(lineage: Lineage) -> tuple[str, ...]:
    """Jobs that train, each on what the model of the one before made; empty without any. Of a circle, one."""
    import networkx as nx

    data = _data_alone(lineage)
    training = [step for step in lineage.steps if step.trains]
    chains: nx.DiGraph[str] = nx.DiGraph()
    chains.add_nodes_from(step.name for step in training)
    for step in training:
        models = [Node(name) for name in step.models_written if Node(name) in data]
        after = {node for model in models for node in nx.descendants(data, model)}
        chains.add_edges_from(
            (step.name, other.name)
            for other in training
            if other.name != step.name and Node(other.name, is_job=True) in after
        )
    whole: Any = nx.condensation(chains)
    return tuple(min(whole.nodes[part]["members"]) for part in nx.dag_longest_path(whole))


def _data_alone(lineage: Lineage) -> nx.DiGraph[Node]:
    """Without settings and numbers about models: parameters that were chosen by looking at a model correct none.

    Without predictions that come back, too: in a circle nobody is the first. What is fetched or unpacked was made by
    no model of the job that does so.
    """
    beside = {name for name, kind in lineage.kinds.items() if kind in (NodeKind.METRICS, NodeKind.SETTINGS)}
    beside |= {found.data for loop in lineage.loops for found in _predictions_in(loop, lineage)}
    graph = lineage.graph.copy()
    graph.remove_nodes_from(
        [node for node in graph if not node.is_job and (node.name in beside or is_settings(node.name))]
    )
    graph.remove_edges_from(_fetched(lineage))
    return graph


def _fetched(lineage: Lineage) -> set[tuple[Node, Node]]:
    """Job and data where all that the job writes there comes from elsewhere."""
    writes = [
        ((Node(row.job or row.path, is_job=True), Node(row.name)), _FETCHES.search(row.call) is not None)
        for row in lineage
        if row.access is Access.WRITE
    ]
    return {edge for edge, _ in writes} - {edge for edge, is_fetched in writes if not is_fetched}


def prediction_loops(lineage: Lineage) -> tuple[PredictionLoop, ...]:
    """One for each circle that leads from a model through what another job writes with it back to its training."""
    found = (min(some) for loop in lineage.loops if (some := _predictions_in(loop, lineage)))
    return tuple(sorted(found))


def _predictions_in(loop: Collection[Node], lineage: Lineage) -> list[PredictionLoop]:
    jobs = {node.name for node in loop if node.is_job}
    data = {node.name for node in loop if not node.is_job}
    inside = [step for step in lineage.steps if step.name in jobs]
    return [
        PredictionLoop(name, user.name, model, step.name)
        for step in inside
        if step.trains
        for user in inside
        if user.name != step.name
        for model in step.models_written & user.models_read & data
        for name in user.predicts & data
    ]


def changed(lineage: Lineage, paths: Collection[str]) -> tuple[Node, ...]:
    """Jobs whose code is among `paths`, and data that is, or whose pin by DVC is."""
    jobs = {
        Node(step.name, is_job=True)
        for step in lineage.steps
        if any(
            (row.path if row.origin is Origin.OBSERVED else row.name if is_code(row.name) else None) in paths
            for row in step.rows
            if row.access is Access.READ or row.origin is Origin.OBSERVED
        )
    }
    data = {Node(name) for name in lineage.data if not is_code(name) and (name in paths or f"{name}.dvc" in paths)}
    return tuple(sorted((jobs | data) & set(lineage.graph)))


def products_after(lineage: Lineage, node: Node) -> frozenset[str]:
    """Models and outputs that rest on it, itself included where it is one."""
    import networkx as nx

    found = {other.name for other in nx.descendants(lineage.graph, node) if not other.is_job}
    return frozenset(found | ({node.name} - {node.name if node.is_job else ""})).intersection(lineage.products)


def data_below(lineage: Lineage, step: Step) -> frozenset[str]:
    """Data that a job rests on, directly or not: neither models nor numbers about them, code and settings."""
    import networkx as nx

    node = Node(step.name, is_job=True)
    if node not in lineage.graph:
        return frozenset()
    names = {other.name for other in nx.ancestors(lineage.graph, node) if not other.is_job}
    kinds = lineage.kinds
    return frozenset(
        name for name in names if kinds[name] is NodeKind.DATASET and not is_code(name) and not is_settings(name)
    )
