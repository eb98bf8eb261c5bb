"""Which Python files load which settings, as far as names tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from posixpath import dirname, normpath, splitext
from typing import NamedTuple

from collectors.facts.files import File
from collectors.facts.sites import SiteKind

_LOADS = frozenset({SiteKind.RAW_SETTINGS, SiteKind.CHECKED_SETTINGS})


class Loader(NamedTuple):
    """A Python file that names settings."""

    path: str
    names: frozenset[str]  # of settings files, as written: "params.yaml", "*.yaml", ".yaml", "conf/**"
    folders: frozenset[str]
    kinds: frozenset[SiteKind]

    @property
    def loads(self) -> bool:
        return bool(_LOADS & self.kinds)

    @property
    def checks(self) -> bool:
        return SiteKind.CHECKED_SETTINGS in self.kinds

    @property
    def has_schema(self) -> bool:
        return SiteKind.SETTINGS_SCHEMA in self.kinds

    def means(self, path: str) -> bool:
        """Whether the settings file at `path` may be among those that are named.

        A name counts from the folder of the Python file and from each folder above it; where only an ending is named,
        the folders that the file names hold what ends so. Hydra looks from the Python file alone.
        """
        return any(self._names(name, path) for name in self.names)

    def _names(self, name: str, path: str) -> bool:
        beside = dirname(self.path)
        if name.endswith("/**"):
            return path.startswith(normpath(f"{beside}/{name[:-3]}").lstrip("/") + "/")
        is_ending = name.startswith(".") and "/" not in name
        if "*" not in name and not is_ending:
            return path in {_joined(above, name) for above in _above(beside)}
        if not path.endswith(name.lstrip("*/")):
            return False
        return dirname(path) in {_joined(above, folder) for above in _above(beside) for folder in self.folders}


def _above(folder: str) -> Iterator[str]:
    while folder:
        yield folder
        folder = dirname(folder)
    yield ""


def _joined(folder: str, name: str) -> str:
    return normpath(f"{folder}/{name.lstrip('/')}").lstrip("/")


def loaders(rows: Iterable[File]) -> tuple[Loader, ...]:
    """Those of `rows` that name a settings file or load one."""
    found = []
    for row in rows:
        by_kind: Mapping[SiteKind, set[str]] = _by_kind(row)
        names = by_kind.get(SiteKind.SETTINGS_NAME, set())
        folders = frozenset(name.strip("./") for name in names if not splitext(name)[1] and not name.endswith("**"))
        kinds = frozenset(by_kind)
        if names or kinds & (_LOADS | {SiteKind.SETTINGS_SCHEMA}):
            files = frozenset(
                name for name in names if splitext(name)[1] or name.startswith(".") or name.endswith("**")
            )
            found.append(Loader(row.path, files, folders - {""}, kinds))
    return tuple(found)


def _by_kind(row: File) -> dict[SiteKind, set[str]]:
    found: defaultdict[SiteKind, set[str]] = defaultdict(set)
    for site in row.summary.sites:
        found[site.kind].add(site.detail)
    return dict(found)
