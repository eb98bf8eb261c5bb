"""Branches that came in under another name: squashed into one commit, or rebased commit by commit.

Ancestry does not show them, patches do. A branch is in the default branch where its whole diff since they parted is
the diff of one commit there that came later, or where each of its commits is. Diffs can only be equal where they touch
the same paths in the same way, which git tells without opening a file; text is compared only for those few.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from collectors.git.distance import Distances
from collectors.git.errors import GitFailed
from collectors.git.graph import NOWHERE, Graph
from collectors.git.patches import Pair, Touched, patch_ids, touched
from collectors.git.repository import Repository

REBASED_LIMIT = 100
"""Branches of more commits are not looked at commit by commit: nobody rebases them in one go."""
FILES_LIMIT = 1_000
"""Larger diffs count as the same only where every blob is."""
STACK_LIMIT = 8
"""How high a branch may be stacked on others that were squashed."""


class Squashed(NamedTuple):
    """Of the tips asked for, those that came in, and the commit on the base's first-parent line that brought the last
    of each; None where the branch changes nothing, so that there is nothing to bring. `complete` is False where
    something that had to be compared is missing in the repository.
    """

    arrivals: dict[int, int | None]
    complete: bool


def squashed(repository: Repository, graph: Graph, away: Distances, tips: Iterable[int]) -> Squashed:
    """Which of the tips, all outside the base, came in by the same patch.

    A branch cut from one that was squashed is compared from there on; what a squashed branch holds came in with it.
    """
    waiting = sorted({tip for tip in tips if away.fork[tip] != NOWHERE})
    if not waiting:
        return Squashed({}, complete=True)
    comparison = _Comparison(repository, graph, away, waiting)
    came: dict[int, int] = {}  # commits outside the base, and when they came in
    found: dict[int, int | None] = {}
    parted: Sequence[int] = away.fork
    for _ in range(STACK_LIMIT):
        asked = {tip: parted[tip] for tip in waiting if parted[tip] != NOWHERE}
        new = comparison.matches(asked, came)
        if not new:
            break
        for tip, arrival in sorted(new.items(), key=lambda item: item[1] or 0):
            found[tip] = arrival
            if arrival is not None:
                came |= dict.fromkeys(comparison.own_commits(tip, came), arrival)
        found |= {tip: came[tip] for tip in waiting if tip in came}
        waiting = [tip for tip in waiting if tip not in found]
        parted = _parted(graph, came)
    return Squashed(found, comparison.complete)


def _parted(graph: Graph, came: Mapping[int, int]) -> list[int]:
    """For every commit the newest one in its past that came in by its patch."""
    parted = [NOWHERE] * len(graph)
    for commit, parents in enumerate(graph.parents):
        parted[commit] = commit if commit in came else max((parted[parent] for parent in parents), default=NOWHERE)
    return parted


class _Comparison:
    """Diffs of the base by what they touch, from the oldest point on where one of the tips parted."""

    def __init__(self, repository: Repository, graph: Graph, away: Distances, tips: Iterable[int]) -> None:
        self._repository, self._graph, self._away = repository, graph, away
        self.complete = not repository.partial
        self._ids: dict[int, str | None] = {}
        self._base: dict[int, Touched] = {}
        self._by_paths: defaultdict[int, list[int]] = defaultdict(list)
        self._on_line = self._newest_on_line()
        oldest = min(away.arrivals[away.fork[tip]] for tip in tips)
        later = [commit for commit, arrived in enumerate(away.arrivals) if arrived >= oldest]
        self._base = self._touched({commit: self._before(commit) for commit in later})
        for commit, diff in self._base.items():
            self._by_paths[diff.paths].append(commit)

    def _newest_on_line(self) -> list[int]:
        """For every commit of the base the newest commit of its first-parent line in its past."""
        arrivals, newest = self._away.arrivals, [NOWHERE] * len(self._graph)
        for commit, parents in enumerate(self._graph.parents):
            if arrivals[commit] == commit:
                newest[commit] = commit
            elif arrivals[commit] != NOWHERE:
                newest[commit] = max((newest[parent] for parent in parents), default=NOWHERE)
        return newest

    def matches(self, parted: Mapping[int, int], came: Mapping[int, int]) -> dict[int, int | None]:
        """Of tips by where they parted, those that came in since, with what brought them."""
        whole = self._touched(parted)
        found: dict[int, int | None] = {}
        similar: dict[int, list[int]] = {}
        for tip, diff in whole.items():
            candidates = self._candidates(diff, came.get(parted[tip], parted[tip]))
            same = [commit for commit in candidates if self._base[commit].blobs == diff.blobs]
            if not diff.files:
                found[tip] = None
            elif same:
                found[tip] = self._away.arrivals[same[0]]
            elif candidates and diff.files <= FILES_LIMIT:
                similar[tip] = candidates
        found |= self._same_patch(similar, parted)
        return found | self._rebased([tip for tip in whole if tip not in found], parted, came)

    def _same_patch(self, similar: Mapping[int, list[int]], parted: Mapping[int, int]) -> dict[int, int]:
        """Tips whose whole patch is that of one of their candidates."""
        whole = self._patch_ids({tip: parted[tip] for tip in similar})
        self._learn(commit for tip in whole for commit in similar[tip])
        found = {}
        for tip, patch in whole.items():
            same = [commit for commit in similar[tip] if self._ids[commit] == patch]
            if same:
                found[tip] = self._away.arrivals[same[0]]
        return found

    def _rebased(self, tips: Iterable[int], parted: Mapping[int, int], came: Mapping[int, int]) -> dict[int, int]:
        """Tips of which every commit's patch came in later than they parted."""
        series: dict[int, list[int]] = {}
        for tip in tips:
            if self._away.ahead[tip] <= REBASED_LIMIT:
                commits = [c for c in self.own_commits(tip, came) if len(self._graph.parents[c]) == 1]
                if any(self._before(c) != parted[tip] or c != tip for c in commits):
                    series[tip] = commits
        own = self._touched({c: self._before(c) for commits in series.values() for c in commits})
        similar: dict[int, dict[int, list[int]]] = {}
        for tip, commits in series.items():
            floor = came.get(parted[tip], parted[tip])
            candidates = {c: self._candidates(own[c], floor) for c in commits if c in own and own[c].files}
            if candidates and all(c in own for c in commits) and all(candidates.values()):
                similar[tip] = candidates
        self._learn(c for candidates in similar.values() for one in candidates.items() for c in (one[0], *one[1]))
        found = {}
        for tip, candidates in similar.items():
            brought = [
                [commit for commit in among if self._ids[commit] is not None and self._ids[commit] == self._ids[c]]
                for c, among in candidates.items()
            ]
            if all(brought):
                found[tip] = max(self._away.arrivals[same[0]] for same in brought)
        return found

    def own_commits(self, tip: int, came: Mapping[int, int]) -> Iterator[int]:
        """The tip and what it reaches outside the base and outside of what came in already; newest first."""
        seen, waiting = {tip}, [tip]
        while waiting:
            commit = waiting.pop()
            yield commit
            for parent in self._graph.parents[commit]:
                if self._away.arrivals[parent] == NOWHERE and parent not in came and parent not in seen:
                    seen.add(parent)
                    waiting.append(parent)

    def _candidates(self, diff: Touched, floor: int) -> list[int]:
        """Commits of the base that touch the same, in its order, without the past of `floor`."""
        arrivals = self._away.arrivals
        below, above = self._on_line[floor], arrivals[floor]
        return [
            commit
            for commit in self._by_paths.get(diff.paths, ())
            if arrivals[commit] > above or (arrivals[commit] > below and not self._graph.reaches(floor, commit))
        ]

    def _before(self, commit: int) -> int:
        return self._graph.parents[commit][0] if self._graph.parents[commit] else NOWHERE

    def _pairs(self, compared: Mapping[int, int]) -> list[Pair]:
        oids = self._graph.oids
        return [Pair(oids[commit], oids[before] if before != NOWHERE else None) for commit, before in compared.items()]

    def _touched(self, compared: Mapping[int, int]) -> dict[int, Touched]:
        found = {}
        try:
            for oid, diff in touched(self._repository, self._pairs(compared)):
                found[self._graph.numbers[oid]] = diff
        except GitFailed:
            self.complete = False
        return found

    def _patch_ids(self, compared: Mapping[int, int]) -> dict[int, str]:
        if self._repository.partial:
            return {}
        found = patch_ids(self._repository, self._pairs(compared))
        return {self._graph.numbers[oid]: patch for oid, patch in found.items()}

    def _learn(self, commits: Iterable[int]) -> None:
        """Patch ids of commits against their first parents."""
        unknown = {commit: self._before(commit) for commit in commits if commit not in self._ids}
        found = self._patch_ids(unknown)
        self._ids |= {commit: found.get(commit) for commit in unknown}
