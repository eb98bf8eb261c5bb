"""Settings of the system itself: which files hold them, which build on one another, and which are alike."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from posixpath import dirname, normpath, splitext
from typing import NamedTuple

from collectors.facts.declarations import Declarations, Declared
from collectors.facts.files import FileKind, Files, Place
from collectors.facts.settings import ConfigKey, Inherited, ValueKind

Name = tuple[int, str]
"""Of a setting: document of the file, and dotted."""
Said = tuple[Name, object]
BUILDS_ON = frozenset({"defaults", "base", "extends", "include", "merge"})
_NEWS = re.compile(r"(?:^|/)(?:\.\w[\w-]*/|(?:release_?notes|changelog\.d|newsfragments|changes\.d)/)", re.IGNORECASE)
"""Hidden folders belong to tools; what was new in a release is YAML too, but sets nothing."""
_NAMES_OF_BASES = frozenset(
    {"defaults", "_base_", "_BASE_", "base_config", "extends", "extend", "inherit_from", "include", "includes"}
    | {"__include__", "include_config"}
)


def own_settings(files: Files, found: Declarations) -> tuple[Declared, ...]:
    """Files that tell the system how to behave, and set something: neither tools, pipelines nor lists of packages.

    One that could not be read is among them.
    """
    by_path = files.by_path
    rows = []
    for row in found:
        file = by_path.get(row.path)
        is_own = file is not None and file.kind is FileKind.CONFIGURATION and file.place is Place.CONFIGURATION
        if is_own and not _NEWS.search(row.path) and (row.summary.unread or said(row)):
            rows.append(row)
    return tuple(rows)


def said(row: Declared) -> Mapping[Name, object]:
    """What a file sets by itself: (document, dotted name) with the value, what it builds on left out."""
    return {(key.document, key.name): (key.kind, key.value) for key in row.summary.keys if _sets(key)}


def _sets(key: ConfigKey) -> bool:
    return key.kind is not ValueKind.HIDDEN and bool(key.key) and key.key[0] not in _NAMES_OF_BASES


def bases(row: Declared) -> tuple[Inherited, ...]:
    """What the file builds on, by line."""
    return tuple(one for one in row.summary.inherits if one.how in BUILDS_ON)


def parts_of_others(rows: Iterable[Declared]) -> frozenset[str]:
    """Paths that others build on, and the options beside one that a list of defaults chooses."""
    rows = tuple(rows)
    bare: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        bare[splitext(row.path)[0].rpartition("/")[2]].append(row.path)
    found: set[str] = set()
    folders: set[str] = set()
    for row in rows:
        for one in bases(row):
            if one.how == "merge":
                continue  # a part of the same file
            named = splitext(one.target)[0] if one.how != "defaults" else one.target
            beside = normpath(f"{dirname(row.path)}/{named}").lstrip("/")
            end = "/" + named.lstrip("./")
            for path in bare.get(named.rpartition("/")[2], ()):
                whole = splitext(path)[0]
                if path != row.path and (whole == beside or f"/{whole}".endswith(end)):
                    found.add(path)
                    if one.how == "defaults" and "/" in named:
                        folders.add(dirname(path))
    return frozenset(found | {row.path for row in rows if dirname(row.path) in folders and not bases(row)})


class Nearest(NamedTuple):
    """Two settings files that are alike in kind, and how far apart they are."""

    path: str
    sibling: str  # the one that differs least
    differ: int  # settings that differ, or that one of them lacks
    of: int  # settings that either has

    @property
    def share(self) -> float:
        return self.differ / self.of


FEWEST, COMPARED = 3, 60
"""Settings that a file must have to be compared; siblings that a file is held against, in the order of their paths."""


def nearest(rows: Iterable[Declared]) -> tuple[tuple[Nearest, ...], int]:
    """Each file beside the sibling that it is most like, and how many are copies of one before them.

    Siblings lie in one folder, are of one kind, and have the same keys at their root. Copies count once: they differ
    in nothing, and say nothing about how a new file is made.
    """
    groups: defaultdict[tuple[str, str, frozenset[str]], dict[frozenset[Said], str]] = defaultdict(dict)
    copies = 0
    for row in sorted(rows):
        settings = said(row)
        if row.summary.unread or len(settings) < FEWEST:
            continue
        root = frozenset(key.key[0] for key in row.summary.keys if _sets(key))
        group = groups[dirname(row.path), row.summary.read_as, root]
        content = frozenset(settings.items())
        if content in group:
            copies += 1
        group.setdefault(content, row.path)
    found = []
    for group in groups.values():
        one = [(path, content, frozenset(name for name, _ in content)) for content, path in group.items()]
        for place, (path, content, names) in enumerate(one):
            start = max(0, min(place - COMPARED // 2, len(one) - COMPARED - 1))
            beside = [
                Nearest(path, other, *_apart(content, names, its, its_names))
                for other, its, its_names in one[start : start + COMPARED + 1]
                if other != path
            ]
            found += [min(beside, key=lambda pair: (pair.share, pair.sibling))] if beside else []
    return tuple(found), copies


def _apart(a: frozenset[Said], names: frozenset[Name], b: frozenset[Said], others: frozenset[Name]) -> tuple[int, int]:
    of = len(names | others)
    return of - len(a & b), of
