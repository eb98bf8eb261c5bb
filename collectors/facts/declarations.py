"""What the files of one commit declare: settings, what they start, stages, requirements, images, pinned data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from posixpath import dirname, normpath
from typing import NamedTuple

from collectors.facts.settings import ConfigKey, Image, PinnedData, Requirement, SettingsSummary, Stage
from collectors.facts.started import Startable

_ASIDE = re.compile(
    r"(?:^|/)(?:docs?|tests?|examples?|tutorials?|ci|\.\w[\w-]*)/"
    r"|(?:^|[/_.-])(?:dev|tests?|docs?|lint|ci|build)(?:[_.-][^/]*)?$",
    re.IGNORECASE,
)


class Declared(NamedTuple):
    """One file that a reader of declarations looked into."""

    path: str  # POSIX, as in `Files`
    summary: SettingsSummary


@dataclass(frozen=True)
class Declarations:
    """Files that declare something, by path. Of one that could not be read the summary says why.

    Looked into are settings, build files, pipelines, requirements and locks of the system itself, and Python that
    builds flows: neither other people's code, nor data, nor what the team's policy ignores.
    """

    rows: tuple[Declared, ...] = ()
    paths: frozenset[str] = field(default_factory=frozenset)  # of all files of the commit
    commit: str = ""
    as_of: int = 0

    def __iter__(self) -> Iterator[Declared]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def metrics(self) -> frozenset[str]:
        """Files that stages declare to hold metrics, by their paths in the commit."""
        found = (normpath(f"{dirname(path)}/{name}") for path, stage in self.stages for name in stage.metrics)
        return frozenset(path.lstrip("/") for path in found)

    @cached_property
    def by_path(self) -> Mapping[str, SettingsSummary]:
        return dict(self.rows)

    @property
    def unread(self) -> tuple[Declared, ...]:
        return tuple(row for row in self.rows if row.summary.unread)

    @property
    def keys(self) -> Iterator[tuple[str, ConfigKey]]:
        return ((path, key) for path, summary in self.rows for key in summary.keys)

    @property
    def stages(self) -> Iterator[tuple[str, Stage]]:
        return ((path, stage) for path, summary in self.rows for stage in summary.stages)

    @property
    def requirements(self) -> Iterator[tuple[str, Requirement]]:
        return ((path, requirement) for path, summary in self.rows for requirement in summary.requirements)

    @property
    def images(self) -> Iterator[tuple[str, Image]]:
        return ((path, image) for path, summary in self.rows for image in summary.images)

    @property
    def data(self) -> Iterator[tuple[str, PinnedData]]:
        return ((path, pinned) for path, summary in self.rows for pinned in summary.data)

    @cached_property
    def started(self) -> Mapping[str, tuple[str, ...]]:
        """Files that something other than code starts, runs or is given, each with the files that say so, sorted."""
        find = Startable(self.paths)
        found: dict[str, set[str]] = {}
        for path, summary in self.rows:
            for start in summary.started:
                for target in find.found(start, path):
                    found.setdefault(target, set()).add(path)
        return {target: tuple(sorted(by)) for target, by in sorted(found.items())}


def declarations(rows: Iterable[Declared], paths: Iterable[str], commit: str = "", as_of: int = 0) -> Declarations:
    return Declarations(tuple(sorted(rows)), frozenset(paths), commit, as_of)


def is_for_work_on_it(path: str) -> bool:
    """Whether a list of packages is for those who test, document or build the system, not for what runs."""
    return _ASIDE.search(path) is not None
