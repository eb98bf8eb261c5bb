"""What one asks first of the graph of data: which input can break us, who else reads it, what is dead. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from app_pages._frames import shown
from app_pages._lineage import Ask, Problem, Stage, stages
from app_pages._view import View
from collectors.facts.data_graph import Lineage
from collectors.facts.lineage import NodeKind
from scoring.signal import Signal, State

READERS = "undeclared_reads", "outside_readers"
DEAD = "unread_intermediates", "unread_dependencies", "unnamed_columns"
"""Signals, by name: what a card says stands further down with all that is behind it."""
MOVES = frozenset({Ask.UNPINNED, Ask.TABLE, Ask.RUNNING})
MOST = 3


class Answers(NamedTuple):
    inputs: int  # that can change without a commit
    heaviest: tuple[tuple[str, Resting], ...]  # of them, else of all sources: those on which most rests
    readers: tuple[Row, ...]
    dead: tuple[Row, ...]


class Row(NamedTuple):
    """What a signal says."""

    title: str
    now: str  # "" where it is unknown


class Resting(NamedTuple):
    """How much rests on a set of data, directly or not."""

    data: int
    models: int  # of them


def resting(lineage: Lineage) -> Mapping[str, Resting]:
    """Of every set of data, in one pass: a graph may hold thousands."""
    import networkx as nx

    kinds, graph = lineage.kinds, lineage.graph
    groups = nx.condensation(graph)
    data = [node.name for node in graph if not node.is_job]
    bits = {name: 1 << number for number, name in enumerate(data)}
    models = sum(bits[name] for name in data if kinds.get(name) is NodeKind.MODEL)
    below: dict[int, int] = {}
    found: dict[str, Resting] = {}
    for group in reversed(list(nx.topological_sort(groups))):
        members = groups.nodes[group]["members"]
        own = sum(bits[node.name] for node in members if not node.is_job)
        rests = 0
        for after in groups.successors(group):
            rests |= below[after]
        below[group] = rests | own
        for node in members:
            if not node.is_job:
                reached = (rests | own) & ~bits[node.name]
                found[node.name] = Resting(reached.bit_count(), (reached & models).bit_count())
    return found


def answers(
    lineage: Lineage,
    told: Mapping[str, Problem],
    signals: Iterable[Signal],
    view: View,
) -> Answers:
    """`told`: what is to be looked at."""
    by_name = {signal.name: signal for signal in signals}
    moving = [name for name, problem in told.items() if problem.ask in MOVES]
    sources = moving or [name for name, stage in stages(lineage).items() if stage is Stage.SOURCES]
    rests = resting(lineage)
    heavy = sorted((name for name in sources if rests[name].data), key=lambda name: (-rests[name].data, name))
    return Answers(
        inputs=len(moving),
        heaviest=tuple((name, rests[name]) for name in heavy[:MOST]),
        readers=tuple(_row(by_name[name], view) for name in READERS if name in by_name),
        dead=tuple(_row(by_name[name], view) for name in DEAD if name in by_name),
    )


def _row(signal: Signal, view: View) -> Row:
    return Row(view.title(signal.definition), shown(signal, view) if signal.state is State.MEASURED else "")
