"""Every branch, open pull request and experiment: how far from the default branch, and whether it came in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from collectors.facts.branches import Branch, Branches, Merged
from collectors.facts.missing import Missing
from collectors.git.distance import Distances, distances
from collectors.git.graph import NOWHERE, Graph
from collectors.git.refs import HEADS, Ref, refs, without_twins
from collectors.git.repository import Repository
from collectors.git.squash import Squashed, squashed
from collectors.git.walk import read_graph

NARROW = "the clone was made to fetch some branches alone: run git remote set-branches origin '*', then git fetch"
NAMED = 3
"""Branches that a sentence about several names at most."""


class Seen(NamedTuple):
    """The branches, or why they cannot be told; and sentences about what the picture lacks."""

    fact: Branches | Missing
    warnings: tuple[str, ...] = ()


def branches(repository: Repository, as_of: int) -> Seen:
    """All branches against the commit of HEAD: the default branch of a bare mirror or a server.

    Distances are exact or not there: a ref whose commits are missing is left out, with a sentence. Raises GitFailed
    where the refs cannot be listed.
    """
    if repository.shallow:
        return Seen(Missing("the clone is shallow, so branches cannot be compared: run git fetch --unshallow"))
    listed = refs(repository)
    if not listed.rows:
        return Seen(Missing(NARROW) if listed.is_narrow else Branches((), as_of))
    if repository.head is None:
        return Seen(Missing("HEAD has no commit to compare branches with: check out the default branch"))
    tips = {ref.oid for ref in listed.rows}
    graph = read_graph(repository, {repository.head, listed.twin or repository.head, *tips})
    torn = _behind_a_hole(graph)
    base = graph.numbers.get(repository.head, NOWHERE)
    if base == NOWHERE or torn[base]:
        return Seen(Missing("commits of the default branch are missing: look at the repository with git fsck"))
    whole = [ref for ref in listed.rows if ref.oid in graph.numbers and not torn[graph.numbers[ref.oid]]]
    seen = without_twins(whole, {ref.oid: graph.at[graph.numbers[ref.oid]] for ref in whole})
    away = distances(graph, base)
    came = squashed(repository, graph, away, (n for ref in seen if away.ahead[n := graph.numbers[ref.oid]]))
    rows = tuple(_branch(ref, graph, away, came) for ref in seen)
    lost = sorted(ref.name for ref in set(listed.rows).difference(whole))
    twin = graph.numbers.get(listed.twin or "", base)
    lacking = 0 if torn[twin] else away.ahead[twin]
    warnings = _warnings(repository.default_branch, listed.default_of_origin, lacking, lost, complete=came.complete)
    return Seen(Branches(rows, as_of), (*((NARROW,) if listed.is_narrow else ()), *warnings))


def _branch(ref: Ref, graph: Graph, away: Distances, came: Squashed) -> Branch:
    tip = graph.numbers[ref.oid]
    ahead = away.ahead[tip]
    merged, arrival = Merged.NO, None
    if not ahead:
        merged, arrival = Merged.ANCESTRY, away.arrivals[tip]
    elif tip in came.arrivals:
        merged, arrival = Merged.SQUASH, came.arrivals[tip]
    return Branch(
        name=ref.name,
        tip=ref.oid,
        last_at=graph.at[tip],
        ahead=ahead,
        behind=away.behind(tip),
        kind=ref.kind,
        first_at=away.first_at[tip] if ahead else None,
        merged=merged,
        merged_at=None if arrival is None else graph.at[arrival],
        is_release=ref.is_release,
    )


def _behind_a_hole(graph: Graph) -> bytearray:
    """1 for every commit in whose past a commit is missing."""
    torn = bytearray(len(graph))
    if graph.torn:
        for commit, parents in enumerate(graph.parents):
            torn[commit] = commit in graph.torn or any(torn[parent] for parent in parents)
    return torn


def _warnings(
    default: str | None, default_of_origin: str | None, lacking: int, lost: Sequence[str], *, complete: bool
) -> Iterator[str]:
    here = (default or "").removeprefix(HEADS)
    if default is None:
        yield "HEAD is detached: branches are compared with the commit that is checked out"
    elif default_of_origin and here != default_of_origin:
        yield (
            f"branches are compared with {here}, which is checked out, "
            f"and not with origin's default branch {default_of_origin}"
        )
    elif lacking:
        yield f"{here} here lacks {lacking:,} commit{'s' if lacking > 1 else ''} of origin/{here}: run git pull"
    if lost:
        names = ", ".join(lost[:NAMED]) + (f" and {len(lost) - NAMED} more" if len(lost) > NAMED else "")
        yield f"refs without their commits are left out ({names}): look at the repository with git fsck"
    if not complete:
        yield "files are missing, so that some branches merged by squash may count as not merged"
