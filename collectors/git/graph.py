"""Commits and their parents, and what can be counted on them without asking git again."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

NOWHERE = -1


class Row(NamedTuple):
    oid: str  # hex
    parents: tuple[str, ...]
    at: int  # committer date, seconds since 1970 UTC


@dataclass(frozen=True, slots=True)
class Graph:
    """Commits by number: parents come before their children, so a larger number never reaches a smaller one's past.

    A parent that is not in the graph is left out of `parents`; its child is in `torn`.
    """

    oids: Sequence[str]
    parents: Sequence[tuple[int, ...]]
    at: Sequence[int]
    numbers: dict[str, int]  # by oid
    torn: frozenset[int] = frozenset()

    def __len__(self) -> int:
        return len(self.oids)

    def past(self, *tips: int) -> bytearray:
        """1 for every commit that the tips reach, themselves among them."""
        seen = bytearray(len(self))
        for tip in tips:
            seen[tip] = 1
        parents = self.parents
        for commit in range(max(tips, default=NOWHERE), NOWHERE, -1):
            if seen[commit]:
                for parent in parents[commit]:
                    seen[parent] = 1
        return seen

    def reaches(self, descendant: int, ancestor: int) -> bool:
        """Whether `ancestor` is `descendant` or lies in its past. Walks no further down than the ancestor's number."""
        seen, waiting = {descendant}, [descendant]
        while waiting:
            commit = waiting.pop()
            if commit == ancestor:
                return True
            new = [parent for parent in self.parents[commit] if parent >= ancestor and parent not in seen]
            seen.update(new)
            waiting += new
        return False

    def first_parents(self, tip: int) -> list[int]:
        """From the tip down its first parents to the oldest."""
        line, parents = [tip], self.parents
        while parents[line[-1]]:
            line.append(parents[line[-1]][0])
        return line

    def arrivals(self, tip: int) -> array[int]:
        """For every commit the one on the tip's first-parent line that brought it; NOWHERE outside the tip's past."""
        found = array("q", [NOWHERE]) * len(self)
        parents = self.parents
        for arrived in reversed(self.first_parents(tip)):
            waiting = [arrived]
            while waiting:
                commit = waiting.pop()
                if found[commit] == NOWHERE:
                    found[commit] = arrived
                    waiting += parents[commit]
        return found


def graph_of(rows: Iterable[Row]) -> Graph:
    """A graph of rows that stand parents first. Raises ValueError where they don't."""
    oids: list[str] = []
    parents: list[tuple[int, ...]] = []
    at: list[int] = []
    numbers: dict[str, int] = {}
    waited: dict[str, list[int]] = {}
    for oid, named, date in rows:
        known = []
        for name in named:
            number = numbers.get(name)
            if number is None:
                waited.setdefault(name, []).append(len(oids))
            else:
                known.append(number)
        numbers[oid] = len(oids)
        oids.append(oid)
        parents.append(tuple(known))
        at.append(date)
    late = next((oid for oid in waited if oid in numbers), None)
    if late:
        raise ValueError(f"commit {late} comes after its child")
    return Graph(oids, parents, at, numbers, frozenset(child for children in waited.values() for child in children))


def in_order(rows: Iterable[Row]) -> list[Row]:
    """Rows in any order, sorted parents first; otherwise as they came. Rows that stand in a circle are left out."""
    by_oid = {row.oid: row for row in rows}
    children: dict[str, list[str]] = {}
    missing = {}
    for row in by_oid.values():
        known = {parent for parent in row.parents if parent in by_oid}
        missing[row.oid] = len(known)
        for parent in known:
            children.setdefault(parent, []).append(row.oid)
    ready = [oid for oid, count in missing.items() if not count][::-1]
    done = []
    while ready:
        oid = ready.pop()
        done.append(by_oid[oid])
        for child in children.get(oid, ()):
            missing[child] -= 1
            if not missing[child]:
                ready.append(child)
    return done
