"""Which changes moved metrics that are committed, and by how much."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import closing
from itertools import islice
from typing import NamedTuple

from collectors.facts.changes import Change, Changes
from collectors.facts.metrics import MetricChange, MetricChanges, Moved
from collectors.facts.missing import Missing
from collectors.git.errors import GitFailed
from collectors.git.hunks import Row, raw
from collectors.git.objects import blobs
from collectors.git.patches import Pair
from collectors.git.repository import Repository
from collectors.readers.metrics import LARGEST, is_metrics_file, metrics_in

MOST = 1_000
"""Changes that are looked at, the newest: what was measured long ago says little of today."""
PARTIAL = Missing("the clone is partial, so committed metrics cannot be compared: clone it without --filter")
TORN = Missing("changes of committed metrics cannot be read: clone the repository again")


class _Sides(NamedTuple):
    path: str
    before: str  # oid, hex
    after: str


def metric_changes(repository: Repository, changes: Changes, declared: Collection[str] = ()) -> MetricChanges | Missing:
    """Among `changes` those, no merges, of files whose name says metrics, and of `declared` ones (paths)."""
    if repository.partial:
        return PARTIAL
    wanted = frozenset(declared)
    touching = (
        change
        for change in reversed(changes.rows)
        if not change.is_merge and change.parents and any(_is_meant(file.path, wanted) for file in change.files)
    )
    chosen = list(islice(touching, MOST))[::-1]
    try:
        found = list(raw(repository, [Pair(change.commit, change.parents[0]) for change in chosen]))
    except GitFailed:
        return TORN
    sides = [[side for side in map(_sides, rows) if side and _is_meant(side.path, wanted)] for rows in found]
    values = _values(repository, (side for some in sides for side in some))
    rows = (_change(change, some, values) for change, some in zip(chosen, sides, strict=True))
    return MetricChanges(tuple(row for row in rows if row.metrics), changes.as_of)


def _is_meant(path: str, declared: Collection[str]) -> bool:
    return path in declared or is_metrics_file(path)


def _sides(row: Row) -> _Sides | None:
    if row.status != b"M":
        return None
    return _Sides(row.path.decode("utf-8", "backslashreplace"), row.old_oid.decode(), row.oid.decode())


def _values(repository: Repository, sides: Iterable[_Sides]) -> dict[tuple[str, str], dict[str, float]]:
    """By oid and path; a blob that is missing or large has no numbers."""
    paths: dict[str, set[str]] = {}
    for side in sides:
        for oid in (side.before, side.after):
            paths.setdefault(oid, set()).add(side.path)
    with closing(blobs(repository, paths, limit=LARGEST)) as found:
        return {
            (blob.oid, path): metrics_in(path, blob.body)
            for blob in found
            if blob.body is not None
            for path in paths[blob.oid]
        }


def _change(change: Change, sides: Iterable[_Sides], values: dict[tuple[str, str], dict[str, float]]) -> MetricChange:
    moved = []
    for path, before, after in sides:
        then, now = values.get((before, path), {}), values.get((after, path), {})
        moved += [Moved(path, name, then[name], now[name]) for name in sorted(then.keys() & now.keys())]
    return MetricChange(change.commit, change.at, tuple(moved))
