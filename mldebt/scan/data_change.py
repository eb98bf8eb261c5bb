"""What a change does to the data that jobs read and write: both trees are followed, where that is affordable."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from collectors.facts.closure import Edge
from collectors.facts.data_difference import data_difference, unnamed_places
from collectors.facts.data_graph import Lineage
from collectors.facts.files import File, FileKind, Files
from collectors.facts.policy import Policy
from collectors.git.tree import Tree, tree
from collectors.readers.declarations import read_as
from collectors.readers.reading import file_of
from mldebt.scan.policies import without_ignored
from mldebt.scan.tracing import trace
from mldebt.scan.trees import Trees
from scoring.report.data_change import DataChange, DataEdge

AFFORDABLE = 500_000
"""Bytes of Python and notebooks in a tree that are followed unasked: a second or two when nothing is known of it."""
_FOLLOWED = (".py", ".ipynb")
_READ = {FileKind.CODE, FileKind.CONFIGURATION, FileKind.GENERATED}
_MERELY_THERE = {FileKind.DATA, FileKind.OTHER}


class Ends(NamedTuple):
    """Commits, and what tells how their files belong together."""

    before: str
    after: str
    moved: Mapping[str, str]  # new path by old one
    unread: Collection[str]  # changed files that could not be read on one side


def data_change(
    trees: Trees,
    ends: Ends,
    pairs: Iterable[tuple[File | None, File | None]],
    policy: Policy,
    *,
    whole: bool,
    affordable: int = AFFORDABLE,
) -> DataChange:
    """Nothing where no changed file can say which data is read; unless `whole`, not compared where trees are large."""
    if not any(touches(*pair) for pair in pairs):
        return DataChange()
    listed: list[Tree] = []
    for commit in (ends.before, ends.after):
        listed.append(tree(trees.repository, commit))
        size = _followed_bytes(listed[-1])
        if size > affordable and not whole:
            why = f"{size / 1e6:,.1f} MB of Python and notebooks would have to be followed: --data follows them"
            return DataChange(why=why, is_compared=False)
    before = _lineage(trees, listed[0], ends.before, policy)
    after = _lineage(trees, listed[1], ends.after, policy)
    if before is None or after is None:
        return DataChange(why="parts of the tree are missing", is_compared=False)
    found = data_difference(before, after, ends.moved, ends.unread)
    blind = len(found.blind)
    why = f"{blind:,} {'file' if blind == 1 else 'files'} could not be followed to the end" if blind else ""
    both = unnamed_places(before), unnamed_places(after)
    return DataChange(_told(found.added), _told(found.lost), both, why)


def touches(before: File | None, after: File | None) -> bool:
    """Whether a changed file can decide which data is read: by what it says, or by being there."""
    there = [file for file in (before, after) if file is not None and file.kind in _READ | _MERELY_THERE]
    if not there:
        return False
    stayed = before is not None and after is not None and before.path == after.path
    return not stayed or there[-1].kind in _READ or read_as(there[-1].path) is not None


def _followed_bytes(listed: Tree) -> int:
    return sum(entry.size or 0 for entry in listed if entry.is_file and entry.path.endswith(_FOLLOWED))


def _lineage(trees: Trees, listed: Tree, commit: str, policy: Policy) -> Lineage | None:
    """With what the base's policy ignores left out on both sides, as of findings."""
    if listed.lost:
        return None
    summaries = trees.summaries(listed)
    rows = (file_of(entry.path, entry.oid, entry.size or 0, entry.mode, summaries[entry]) for entry in listed)
    found = trace(trees.repository, Files(without_ignored(tuple(rows), policy), commit, 0), trees.cache)
    return found if isinstance(found, Lineage) else None


def _told(edges: Iterable[Edge]) -> tuple[DataEdge, ...]:
    return tuple(
        DataEdge(
            access=edge.access,
            data=edge.data,
            job=edge.by,
            path=edge.path,
            line=edge.line,
            call=edge.call,
            is_started=bool(edge.job),
            declared=edge.declared,
            observed=edge.observed,
            status=edge.status,
        )
        for edge in edges
    )
