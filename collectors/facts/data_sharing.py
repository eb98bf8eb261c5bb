"""Data that one repository writes and another reads: consumers that the writer may not know of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from collectors.facts.data_graph import Lineage
from collectors.facts.data_names import is_part_of
from collectors.facts.data_steps import is_remote
from collectors.facts.lineage import HOLE, Access, DataAccess, NodeKind, Origin, Resolution
from scoring.wording import worded

_SAME = {"s3a": "s3", "s3n": "s3", "gcs": "gs", "postgres": "postgresql", "http": "https"}
_OWN = frozenset({"dagster", "dbt", "docker", "file", "kedro", "metaflow", "sqlite", "zenml"})
"""Schemes of names that mean something in one project alone."""
_WORLD = frozenset({"abfs", "abfss", "adl", "gs", "hf", "oss", "s3", "wasb", "wasbs"})
"""Schemes whose names mean the same wherever they are written. Of others the server must be one of the world's."""
_RAW = re.compile(
    r"https://(?:raw\.githubusercontent\.com/([^/]+/[^/]+)|github\.com/([^/]+/[^/]+)/(?:raw|blob))/(?:refs/heads/)?[^/]+/(.+)"
)


class Shared(NamedTuple):
    """One piece of data, who writes it and who reads it elsewhere."""

    name: str  # its address, as both understand it
    writer: str  # a repository
    reader: str  # another one
    written: DataAccess  # the first place
    read: DataAccess  # the first place
    is_declared: bool  # whether the reader's pipeline says that it reads it


class Sharing(NamedTuple):
    """How one repository meets others in data."""

    others: int = 0  # repositories that it was compared with
    addresses: int = 0  # of data that it writes, where others could read it
    consumers: tuple[Shared, ...] = ()  # it writes, they read
    sources: tuple[Shared, ...] = ()  # they write, it reads

    @property
    def sentence(self) -> str:
        """What is known of consumers elsewhere."""
        if not self.others:
            return "No other repository of this store has a graph of data: who else reads this data is not known."
        others = f"{self.others:,} other {worded(self.others, 'repository', 'repositories')} of this store"
        if self.consumers:
            readers = len({one.reader for one in self.consumers})
            return f"{readers:,} of {others} {worded(readers, 'reads', 'read')} data that this one writes."
        if not self.addresses:
            seen = f"so {others} cannot be seen to read its data"
            return f"This one writes no data by an address, bucket or table that is known whole, {seen}."
        compared = "only whole addresses, buckets and tables are compared"
        return f"None of {others} was seen to read what this one writes; {compared}."


def sharing(repository: str, lineages: Mapping[str, Lineage], webs: Mapping[str, str] | None = None) -> Sharing:
    """How `repository`, whose graph is among `lineages`, meets each of the others. What is not visible stays out."""
    webs = webs or {}
    own = webs.get(repository)
    mine = Lineage(tuple(row for row in lineages[repository] if address(row.name, own)))
    found = [
        one
        for other, theirs in lineages.items()
        if other != repository
        for one in shared({repository: mine, other: theirs}, webs)
    ]
    return Sharing(
        len(lineages) - 1,
        len(_by_name({repository: mine}, Access.WRITE, {})),
        tuple(sorted(one for one in found if one.writer == repository)),
        tuple(sorted(one for one in found if one.reader == repository)),
    )


def shared(lineages: Mapping[str, Lineage], webs: Mapping[str, str] | None = None) -> tuple[Shared, ...]:
    """Pairs of repositories that meet in data, sorted.

    Only by addresses, buckets and tables whose name is known whole and means the same everywhere: a path from one root
    means nothing in another, nor does a server that is called "db". Of a repository whose address is among `webs` a
    file may also be read through that address. Whoever reads a part of what is written, or the whole of which a part
    is, meets it too. Services are left out: what answers there is no data that somebody wrote.
    """
    writes, reads = _by_name(lineages, Access.WRITE, webs or {}), _by_name(lineages, Access.READ, {})
    whole_of = _wholes(set(writes) | set(reads))
    found: dict[tuple[str, str, str], Shared] = {}
    for wrote, writers in writes.items():
        meeting = [read for read in reads if read == wrote or read in whole_of[wrote] or wrote in whole_of[read]]
        for writer, written in writers.items():
            for read in meeting:
                for reader, rows in reads[read].items():
                    if reader != writer:
                        declared = any(row.origin is Origin.DECLARED for row in rows)
                        new = Shared(wrote, writer, reader, min(written), min(rows), declared)
                        known = found.setdefault((wrote, writer, reader), new)
                        found[wrote, writer, reader] = min(known, new, key=lambda one: one.read)
    return tuple(sorted(found.values()))


def _by_name(
    lineages: Mapping[str, Lineage], access: Access, webs: Mapping[str, str]
) -> dict[str, dict[str, list[DataAccess]]]:
    found: defaultdict[str, defaultdict[str, list[DataAccess]]] = defaultdict(lambda: defaultdict(list))
    for repository, lineage in sorted(lineages.items()):
        web = webs.get(repository)
        for row in lineage:
            if row.access is access and row.resolution is Resolution.RESOLVED and row.kind is not NodeKind.SERVICE:
                name = address(row.name, web)
                if name:
                    found[name][repository].append(row)
    return {name: dict(by) for name, by in sorted(found.items())}


def address(name: str, web: str | None = None) -> str:
    """What the data is called everywhere; "" where its name is its repository's own, or not known whole.

    `web` is the address of the repository that names it: its files are reached through it.
    """
    name = name.rstrip("/")
    if not is_remote(name):
        inside = web and name and HOLE not in name and not name.startswith(("/", "~", "../"))
        return f"{web}:{name}" if inside else ""
    scheme, _, rest = name.partition("://")
    scheme = _SAME.get(scheme.lower(), scheme.lower())
    host, _, path = rest.partition("/")
    if HOLE in name or not path or scheme in _OWN or (scheme not in _WORLD and not _is_of_the_world(host)):
        return ""
    name = f"{scheme}://{rest}"
    if raw := _RAW.fullmatch(name):
        return f"https://github.com/{raw[1] or raw[2]}:{raw[3]}"
    return name.replace(".git:", ":", 1)


def _is_of_the_world(host: str) -> bool:
    """A name with a dot; "db", "localhost" and addresses of one machine are each network's own."""
    bare = host.rpartition("@")[2].partition(":")[0].lower()
    return "." in bare and not re.fullmatch(r"[\d.]+|.*\.(?:local|localhost|internal|test|example|lan)", bare)


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
