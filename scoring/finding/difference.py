"""What a change adds and pays: the findings of two versions of the same files, compared by what stands there.

A place is known by its rule, what holds it and its text, not by its path or line. Where several are alike, as many as
there were before are old. So a file that is moved, split or reformatted neither adds nor pays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import NamedTuple

from scoring.finding import Finding, in_order


class Difference(NamedTuple):
    """Ids here are without a number: it would count places in files that were not looked at."""

    added: tuple[Finding, ...] = ()  # the heaviest first
    paid: tuple[Finding, ...] = ()


def difference(before: Iterable[Finding], after: Iterable[Finding], moved: Mapping[str, str]) -> Difference:
    """`moved` gives the new path of a renamed file by its old one. The order of the findings does not matter.

    Of places that are alike, those in the same file are taken for the same first, and there those that are accepted
    or not as before, in the order of their lines.
    """
    new = [(row, row.path) for row in _ordered(after)]
    old = [(row, moved.get(row.path, row.path)) for row in _ordered(before)]
    for in_place, as_accepted in ((True, True), (True, False), (False, True), (False, False)):
        old, new = _without_pairs(old, new, _key(in_place, as_accepted))
    return Difference(_shown(new), _shown(old))


_Placed = tuple[Finding, str]
"""With the path that its file has after the change."""


def _key(in_place: bool, as_accepted: bool) -> Callable[[_Placed], Hashable]:
    """What two places must share to be taken for the same."""

    def key(placed: _Placed) -> Hashable:
        row, path = placed
        return row.rule, _stem(row), in_place and path, as_accepted and row.accepted is None

    return key


def _without_pairs(
    old: list[_Placed], new: list[_Placed], key: Callable[[_Placed], Hashable]
) -> tuple[list[_Placed], list[_Placed]]:
    """What is left of both sides when each of one side is paired with one of the other."""
    there = Counter(map(key, old))
    here = Counter(map(key, new))
    both = there & here
    return _after(old, key, both), _after(new, key, both)


def _after(
    rows: Iterable[_Placed], key: Callable[[_Placed], Hashable], paired: Mapping[Hashable, int]
) -> list[_Placed]:
    """Without the first few of each key."""
    waiting = dict(paired)
    left = []
    for row in rows:
        if waiting.get(key(row), 0):
            waiting[key(row)] -= 1
        else:
            left.append(row)
    return left


def _ordered(found: Iterable[Finding]) -> list[Finding]:
    return sorted(found, key=lambda row: (row.path, row.line, row.end_line, row.rule, row.id))


def _stem(row: Finding) -> str:
    return row.id.partition("-")[0]


def _shown(found: Iterable[_Placed]) -> tuple[Finding, ...]:
    return tuple(row._replace(id=_stem(row)) for row in in_order(row for row, _ in found))
