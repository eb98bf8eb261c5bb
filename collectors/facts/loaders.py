"""Which Python files load which settings, as far as names tell."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from posixpath import splitext
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
        """Whether the settings file at `path` may be among those that are named: by the end of its path, or by the
        name of its folder where only endings are named.
        """
        whole = f"/{path}"
        above = whole.rpartition("/")[0]
        for name in self.names:
            bare = re.sub(r"^[./]+(?=[\w*])", "", name) if not name.startswith(".") or "/" in name else name
            if bare.endswith("/**"):
                if f"{above}/".find(f"/{bare[:-3]}/") >= 0:
                    return True
            elif splitext(bare)[0].strip("*./") and "*" not in bare and not bare.startswith("."):
                if whole.endswith(f"/{bare}"):
                    return True
            elif whole.endswith(bare.lstrip("*/")) and any(above.endswith(f"/{folder}") for folder in self.folders):
                return True
        return False


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
