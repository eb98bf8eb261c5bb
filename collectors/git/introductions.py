"""When the project took in a framework or a model class that it had not used before.

What is used is read off the trees at a few points of the first-parent line. Where a name is new between two of them,
only the versions of the files that hold it are looked at, to find the change that brought it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from collectors.facts.branches import Merges
from collectors.facts.files import File, FileKind, Files, Place, Summary
from collectors.facts.introductions import Introduction, Introductions, Novelty
from collectors.facts.missing import Missing
from collectors.git.errors import GitFailed
from collectors.git.objects import object_sizes
from collectors.git.patches import Changed, Pair, changed
from collectors.git.repository import Repository
from collectors.git.tree import Entry
from collectors.readers.ml_packages import ML_PACKAGES, package_of
from collectors.readers.reading import file_of

AT_ONCE = 32
"""Versions of one file that are read in one go, to see between which two a name appeared."""

Point = tuple[str, int]
"""A commit on the first-parent line (hex), and a moment (seconds since 1970 UTC)."""
Diffs = Mapping[int, Sequence[Changed]]
"""What each commit of a stretch changed against its first parent, by its place on the line, newest first."""


class Name(NamedTuple):
    dotted: str
    novelty: Novelty


class Version(NamedTuple):
    """A file as one commit left it."""

    position: int  # of the commit on the line; 0 is the newest
    entry: Entry


@dataclass(frozen=True)
class Eyes:
    """How trees are seen. Both should remember what they saw, so that a file's version is read once.

    For one first-parent line: what was found on it is kept.
    """

    repository: Repository
    files: Callable[[str, int], Files]  # of a commit (hex) at a moment
    summaries: Callable[[Iterable[Entry]], Mapping[Entry, Summary]]
    names: dict[str, dict[Name, set[str]]] = field(default_factory=dict)  # of each commit's tree, with their files
    found: dict[tuple[str, str, frozenset[Name]], list[Introduction]] = field(default_factory=dict)
    """What brought some names between two commits: windows that overlap ask for it again."""

    def names_at(self, commit: str, moment: int) -> dict[Name, set[str]]:
        if commit not in self.names:
            self.names[commit] = _names(self.files(commit, moment))
        return self.names[commit]

    def look(self, entries: Iterable[Entry]) -> dict[Entry, File]:
        """Files by entries whose size is not known yet."""
        asked = list(entries)
        sizes = object_sizes(self.repository, list({entry.oid for entry in asked if not entry.is_submodule}))
        sized = {entry: entry._replace(size=sizes.get(entry.oid)) for entry in asked}
        seen = self.summaries(sized.values())
        return {entry: file_of(e.path, e.oid, e.size or 0, e.mode, seen[e]) for entry, e in sized.items()}


def introductions(
    line: Sequence[Point], points: Sequence[Point], merges: Merges, eyes: Eyes
) -> Introductions | Missing:
    """Changes on the first-parent line that brought names which the tree at the first point had not.

    `line` is the first-parent line with committer dates, newest first; `points` are some of its commits with the
    moments for which they stand, oldest first; `merges` those on the line. A name counts where the project's own code
    holds it (no tests, documentation, vendored or generated files) at one of the points; one that came and went
    between two of them is not seen, and neither is the package that the repository itself holds.
    """
    if not points:
        return Introductions()
    places = {commit: position for position, (commit, _) in enumerate(line)}
    known = set(eyes.names_at(*points[0]))
    found: list[Introduction] = []
    for (before, _), (after, moment) in pairwise(points):
        names = eyes.names_at(after, moment)
        new = {name: paths for name, paths in names.items() if name not in known}
        known |= new.keys()
        stretch = before, after, frozenset(new)
        if new and stretch not in eyes.found:
            try:
                diffs = _diffs(eyes.repository, line[places[after] : places[before] + 1], places[after])
            except GitFailed:
                return Missing("files or folders of earlier commits are missing: clone it again, whole")
            eyes.found[stretch] = list(_introduced(line, diffs, _arrivals(diffs, new, eyes), merges, eyes))
        found += eyes.found.get(stretch, [])
    return Introductions(tuple(found), since=points[0][1], as_of=points[-1][1])


def _names(files: Files) -> dict[Name, set[str]]:
    """Frameworks and model classes of the project's own code, with the files that hold each."""
    own = {part for file in files if file.path.endswith(".py") for part in _top(file.path)}
    found: defaultdict[Name, set[str]] = defaultdict(set)
    for file in files.code:
        for name in _names_in(file):
            if name.novelty is Novelty.ESTIMATOR or name.dotted.partition(".")[0] not in own:
                found[name].add(file.path)
    return dict(found)


def _top(path: str) -> Iterator[str]:
    """The package that a module belongs to, by where it lies."""
    first, *rest = path.removeprefix("src/").split("/")
    if rest:
        yield first


def _names_in(file: File) -> AbstractSet[Name]:
    if file.kind is not FileKind.CODE:
        return frozenset()
    packages = {package_of(dotted, ML_PACKAGES) for dotted in file.summary.imports}
    return {Name(package, Novelty.FRAMEWORK) for package in packages if package} | {
        Name(dotted, Novelty.ESTIMATOR) for dotted in file.summary.estimators
    }


def _diffs(repository: Repository, stretch: Sequence[Point], start: int) -> Diffs:
    pairs = [Pair(commit, parent) for (commit, _), (parent, _) in pairwise(stretch)]
    return {start + step: diff for step, (_, diff) in enumerate(changed(repository, pairs))}


def _arrivals(diffs: Diffs, new: Mapping[Name, AbstractSet[str]], eyes: Eyes) -> dict[Name, int]:
    """For each name the oldest commit of the stretch after which one of the files that hold it at its end held it."""
    versions = _versions(diffs, {path for paths in new.values() for path in paths})
    # The last version holds the name. Where it does not fill the whole file's past, the first that does is between.
    bounds = {
        (name, path): (0, len(versions[path]) - 1) for name, paths in new.items() for path in paths if path in versions
    }
    while open_ := {key: (low, high) for key, (low, high) in bounds.items() if low < high}:
        probes = {
            key: sorted({low + (high - low) * step // AT_ONCE for step in range(AT_ONCE)})
            for key, (low, high) in open_.items()
        }
        seen = eyes.look({versions[path][n].entry for (_, path), asked in probes.items() for n in asked})
        for (name, path), asked in probes.items():
            low, high = bounds[name, path]
            for n in asked:
                if name in _names_in(seen[versions[path][n].entry]):
                    high = n
                    break
                low = n + 1
            bounds[name, path] = low, high
    arrivals: dict[Name, int] = {}
    for (name, path), (_, high) in bounds.items():
        arrivals[name] = max(arrivals.get(name, -1), versions[path][high].position)
    return arrivals


def _versions(diffs: Diffs, paths: AbstractSet[str]) -> dict[str, list[Version]]:
    """Versions of files at a stretch's end, back through renames, oldest first. What did not change has none."""
    found: defaultdict[str, list[Version]] = defaultdict(list)
    now = {path: path for path in paths}  # what a file is called at the commit, and at the end
    for position, diff in diffs.items():
        earlier: dict[str, str] = {}
        for change in diff:
            last = now.get(change.path) if change.status != "D" else None
            if last is not None:
                found[last].append(Version(position, Entry(change.path, change.oid, None, change.mode)))
                del now[change.path]
                earlier[change.old_path] = last  # an added file may have been there before, and deleted
        now |= earlier
    return {path: versions[::-1] for path, versions in found.items()}


def _introduced(
    line: Sequence[Point], diffs: Diffs, arrivals: Mapping[Name, int], merges: Merges, eyes: Eyes
) -> Iterator[Introduction]:
    """One introduction for each change that brought something new, oldest first."""
    brought = {merge.commit: merge for merge in merges}
    for position in sorted(set(arrivals.values()), reverse=True):
        commit, at = line[position]
        names = [name for name, arrived in arrivals.items() if arrived == position]
        novelties = {name.novelty for name in names}
        merge = brought.get(commit)
        yield Introduction(
            commit=commit,
            at=at,
            names=tuple(sorted({name.dotted for name in names})),
            novelty=Novelty.FRAMEWORK if Novelty.FRAMEWORK in novelties else Novelty.ESTIMATOR,
            files=len(diffs[position]),
            files_elsewhere=_elsewhere(diffs[position], eyes),
            days=merge.days if merge else 0.0,
            commits=merge.commits if merge else 1,
        )


def _elsewhere(diff: Sequence[Changed], eyes: Eyes) -> int:
    """Files of a change outside ML code and tests: by their place after it; a deleted file by its place before."""
    seen = eyes.look(Entry(change.path, change.oid, None, change.mode) for change in diff)
    return sum(file.place not in (Place.ML_CODE, Place.TESTS) for file in seen.values())
