"""What readers of declared pipelines are given, and what they hand over."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from collectors.facts.lineage import DataAccess
from collectors.lineage.declared.same_tables import Relation
from collectors.lineage.project import Project
from collectors.readers.json_text import read_json
from collectors.readers.nodes import Node, UnreadError
from collectors.readers.toml_text import read_toml
from collectors.readers.yaml_text import read_yaml

LONGEST = 1024 * 1024
"""Characters of one file that are read."""
_LONGEST_MANIFEST = 32 * 1024 * 1024
MOST_ROWS = 20_000
"""Rows that one file may declare."""


class Entry(NamedTuple):
    """A command of a job that runs Python: where to begin to follow the code."""

    script: str  # POSIX, from the root; it is in the tree
    argv: tuple[str, ...]  # words after the script, what is not known of them as holes
    folder: str  # where it runs, from the root
    job: str
    path: str  # the file that declares it
    line: int
    is_module: bool = False  # run by `python -m`: modules are looked for from `folder`
    function: str = ""  # what is called, where it is not the script itself


class Pin(NamedTuple):
    """Data that a file ties to one content."""

    name: str
    version: str  # "md5:…", "rev:…", "etag:…"


class DoubtKind(StrEnum):
    UNRESOLVED = "unresolved"  # what it says cannot be followed to its end
    MISSING = "missing"  # it names a script or file that the tree does not hold
    STALE = "stale"  # what was recorded when it last ran disagrees with what it says now


class Doubt(NamedTuple):
    """Something a declaration says that cannot be taken as it stands."""

    path: str
    line: int
    kind: DoubtKind
    why: str  # a clause
    job: str = ""


Row = DataAccess | Entry | Pin | Doubt | Relation


@dataclass(frozen=True)
class Tree:
    """One commit: its paths, and the text of a file when it is asked for; None for what is not there or is no text."""

    paths: frozenset[str]
    text: Callable[[str], str | None]

    @cached_property
    def project(self) -> Project:
        """The tree as what follows its code sees it, for names."""
        return Project({}, self.paths)

    @property
    def folders(self) -> frozenset[str]:
        return self.project.folders

    @property
    def top(self) -> frozenset[str]:
        return self.project.top

    @cached_property
    def by_name(self) -> dict[str, list[str]]:
        """Paths by their last name, sorted."""
        found: dict[str, list[str]] = {}
        for path in sorted(self.paths):
            found.setdefault(path.rpartition("/")[2], []).append(path)
        return found

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self.paths)

    def below(self, folder: str) -> list[str]:
        """Paths in a folder, at any depth, sorted."""
        if not folder:
            return self._sorted
        first = bisect_left(self._sorted, f"{folder}/")
        return self._sorted[first : bisect_left(self._sorted, f"{folder}0", first)]  # "0" comes after "/"

    def read(self, path: str, longest: int = LONGEST) -> str | None:
        text = self.text(path) if path in self.paths else None
        return None if text is None or len(text) > longest else text

    def manifest(self, path: str) -> str | None:
        return self.read(path, _LONGEST_MANIFEST)

    def document(self, path: str) -> Node | None:
        """The first document of a file of settings. None where there is none; raises UnreadError where it is broken."""
        text = self.text(path) if path in self.paths else None
        if text is None:
            return None
        if len(text) > LONGEST:
            raise UnreadError("it is larger than 1 MiB")
        ending = path.rpartition(".")[2].lower()
        parse = {"json": read_json, "toml": read_toml}.get(ending, read_yaml)
        return next(iter(parse(text).documents), None)
