"""Data that one repository writes and another reads: consumers that the writer may not know of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from collectors.facts.data_graph import Lineage
from collectors.facts.data_names import is_part_of
from collectors.facts.data_steps import is_remote, is_whole
from collectors.facts.lineage import HOLE, Access, DataAccess, NodeKind, Resolution


class Shared(NamedTuple):
    """One piece of data, who writes it and who reads it elsewhere."""

    name: str  # as the writer calls it
    writer: str  # a repository
    reader: str  # another one
    written: DataAccess  # the first place
    read: DataAccess  # the first place
    is_declared: bool  # whether the reader's pipeline says that it reads it


def shared(lineages: Mapping[str, Lineage]) -> tuple[Shared, ...]:
    """Pairs of repositories that meet in data, sorted.

    Only by addresses, buckets and tables whose name is known whole: a path from one root means nothing in another.
    Whoever reads a part of what is written, or the whole of which a part is, meets it too. Services are left out: what
    answers there is no data that somebody wrote.
    """
    writes, reads = _by_name(lineages, Access.WRITE), _by_name(lineages, Access.READ)
    whole_of = _wholes(set(writes) | set(reads))
    found: dict[tuple[str, str, str], Shared] = {}
    for wrote, writers in writes.items():
        meeting = [read for read in reads if read == wrote or read in whole_of[wrote] or wrote in whole_of[read]]
        for writer, written in writers.items():
            for read in meeting:
                for reader, rows in reads[read].items():
                    if reader != writer:
                        declared = any(row.origin.value == "declared" for row in rows)
                        new = Shared(wrote, writer, reader, min(written), min(rows), declared)
                        known = found.setdefault((wrote, writer, reader), new)
                        found[wrote, writer, reader] = min(known, new, key=lambda one: one.read)
    return tuple(sorted(found.values()))


def _by_name(lineages: Mapping[str, Lineage], access: Access) -> dict[str, dict[str, list[DataAccess]]]:
    found: defaultdict[str, defaultdict[str, list[DataAccess]]] = defaultdict(lambda: defaultdict(list))
    for repository, lineage in sorted(lineages.items()):
        for row in lineage:
            if row.access is access and row.resolution is Resolution.RESOLVED and _is_common(row):
                found[row.name.rstrip("/")][repository].append(row)
    return {name: dict(by) for name, by in sorted(found.items())}


def _is_common(row: DataAccess) -> bool:
    """More than a bucket or a server, known whole."""
    _, _, rest = row.name.rstrip("/").partition("://")
    return is_remote(row.name) and is_whole(row.name) and "/" in rest and row.kind is not NodeKind.SERVICE


def _wholes(names: set[str]) -> dict[str, set[str]]:
    """For each name, those among `names` of which it is a part."""
    found: dict[str, set[str]] = {name: set() for name in names}
    for name in names:
        place = name.rfind("/")
        while place > name.find("://") + 2:
            whole = name[:place]
            if whole in names and HOLE not in whole and is_part_of(name, whole):
                found[name].add(whole)
            place = name.rfind("/", 0, place)
    return found
