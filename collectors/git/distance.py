"""Ahead and behind of every commit at once: exact, in one pass over the graph.

The past of a commit is a set of numbered commits, kept as the bits of one Python integer. Going from parents to
children, a commit's past is the union of its parents' and itself. Three things keep that cheap. Commits are numbered
so that a linear stretch is a run of bits: it shares one integer and only counts on. An integer is made only when a
merge asks for it, and dropped when nothing that is still to come can ask again.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import NamedTuple

from collectors.git.graph import NOWHERE, Graph

ALL_BELOW = -1


class Distances(NamedTuple):
    """How far every commit is from a base, by the commit's number."""

    size: int  # commits of the base
    arrivals: Sequence[int]  # the commit on the base's first-parent line that brought it; NOWHERE: not in the base
    ahead: Sequence[int]  # commits that the base has not
    shared: Sequence[int]  # commits that the base has, too; behind = size - shared
    first_at: Sequence[int]  # earliest committer date among those ahead; meaningless where none is
    fork: Sequence[int]  # the newest commit of the base that it reaches; NOWHERE where they share none

    def behind(self, commit: int) -> int:
        return self.size - self.shared[commit]


def distances(graph: Graph, base: int) -> Distances:
    """Every commit of the graph against commit `base`."""
    arrivals = graph.arrivals(base)
    ahead, shared = _counts(graph, arrivals)
    first_at, fork = list(graph.at), [NOWHERE] * len(graph)
    for commit, parents in enumerate(graph.parents):
        if arrivals[commit] != NOWHERE:
            fork[commit] = commit
            continue
        for parent in parents:
            fork[commit] = max(fork[commit], fork[parent])
            if arrivals[parent] == NOWHERE and first_at[parent] < first_at[commit]:
                first_at[commit] = first_at[parent]
    return Distances(len(arrivals) - arrivals.count(NOWHERE), arrivals, ahead, shared, first_at, fork)


def _counts(graph: Graph, arrivals: Sequence[int]) -> tuple[list[int], list[int]]:
    """Of every commit's past: how many are outside the base, how many inside."""
    size = len(arrivals) - arrivals.count(NOWHERE)
    pasts = _Pasts(graph, _bits(arrivals, size))
    ahead, shared = [0] * len(graph), [0] * len(graph)
    for commit, parents in enumerate(graph.parents):
        inside = arrivals[commit] != NOWHERE
        if len(parents) == 1:
            parent = parents[0]
            shared[commit], ahead[commit] = shared[parent] + inside, ahead[parent] + 1 - inside
            if pasts.bit[parent] + 1 == pasts.bit[commit]:
                pasts.go_on(commit, parent)
                continue
            before = pasts.of(parent) if pasts.children[commit] else 0
        elif arrivals[commit] == commit:
            shared[commit], before = pasts.bit[commit] + 1, ALL_BELOW
        else:
            before = reduce(or_, map(pasts.of, parents), 0)
            outside = (before >> size).bit_count()
            shared[commit], ahead[commit] = before.bit_count() - outside + inside, outside + 1 - inside
        pasts.begin(commit, parents, before)
    return ahead, shared


class _Pasts:
    """The past of every commit that has children still to come, by chains: linear stretches with adjoining bits."""

    def __init__(self, graph: Graph, bit: list[int]) -> None:
        self.bit = bit
        self.children = [0] * len(graph)
        for parents in graph.parents:
            for parent in parents:
                self.children[parent] += 1
        self._chain = [0] * len(graph)
        self._first: list[int] = []  # a chain's first bit,
        self._before: list[int] = []  # the past of its first commit,
        self._askers: list[int] = []  # and how many children of its commits are still to come

    def of(self, commit: int) -> int:
        chain = self._chain[commit]
        first = self._first[chain]
        if self._before[chain] == ALL_BELOW:
            return (1 << (self.bit[commit] + 1)) - 1
        return self._before[chain] | ((1 << (self.bit[commit] + 1 - first)) - 1) << first

    def go_on(self, commit: int, parent: int) -> None:
        """`commit` is the next in its parent's chain."""
        chain = self._chain[commit] = self._chain[parent]
        self._askers[chain] += self.children[commit]
        self._answered(chain)

    def begin(self, commit: int, parents: tuple[int, ...], before: int) -> None:
        """`commit` is the first of a chain."""
        for parent in parents:
            self._answered(self._chain[parent])
        self._chain[commit] = len(self._first)
        self._first.append(self.bit[commit])
        self._before.append(before if self.children[commit] else 0)
        self._askers.append(self.children[commit])

    def _answered(self, chain: int) -> None:
        self._askers[chain] -= 1
        if not self._askers[chain]:
            self._before[chain] = 0


def _bits(arrivals: Sequence[int], size: int) -> list[int]:
    """The base first, in the order in which its first-parent line took it in; then the others in their order.

    So the past of a commit on that line is all bits below it, which needs no integer at all.
    """
    bits = [0] * len(arrivals)
    base = sorted((arrived, commit) for commit, arrived in enumerate(arrivals) if arrived != NOWHERE)
    for bit, (_, commit) in enumerate(base):
        bits[commit] = bit
    for bit, commit in enumerate((c for c, arrived in enumerate(arrivals) if arrived == NOWHERE), size):
        bits[commit] = bit
    return bits
