"""What a change made larger, and whether it changed anything but results."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from collectors.facts.changes import Change, Changes
from collectors.facts.files import FileKind, Files
from collectors.facts.metrics import MetricChanges

_SETTINGS = re.compile(r"\.(?:ya?ml|toml|ini|cfg|gin|json)$")
_NEEDS = re.compile(
    r"(?:^|/)(?:[\w.-]*requirements?[\w.-]*\.(?:txt|in)|pyproject\.toml|Pipfile|environment\.ya?ml|setup\.(?:py|cfg))$"
)
_RESULT = re.compile(
    r"\.(?:lock|dvc|csv|tsv|png|svg|md|metric)$|(?:^|/)(?:dvclive|plots?|results?|reports?|metrics?)/.*(?<!\.py)$"
)


class Growth(NamedTuple):
    """Lines added less lines taken out, of files that people write; what is not counted counts as none."""

    code: int = 0
    settings: int = 0
    requirements: int = 0
    touched: int = 0  # files of any of the three

    @property
    def lines(self) -> int:
        return self.code + self.settings + self.requirements


def growth(change: Change, files: Files, results: frozenset[str] = frozenset()) -> Growth:
    """Of one change; `results` are paths that a program wrote."""
    code = settings = requirements = touched = 0
    for file in change.files:
        kind = _kind(file.path, files) if file.path not in results else None
        net = (file.added or 0) - (file.deleted or 0)
        code += net if kind == "code" else 0
        settings += net if kind == "settings" else 0
        requirements += net if kind == "requirements" else 0
        touched += kind is not None
    return Growth(code, settings, requirements, touched)


def _kind(path: str, files: Files) -> str | None:
    if _RESULT.search(path):
        return None
    if _NEEDS.search(path):
        return "requirements"
    known = files.by_path.get(path)
    if known is not None and known.kind not in (FileKind.CODE, FileKind.CONFIGURATION):
        return None
    if files.general_purpose(path) or path.endswith((".ipynb", ".sql")):
        return "code"
    return "settings" if _SETTINGS.search(path) else None


def grown(metrics: MetricChanges, changes: Changes, files: Files) -> Mapping[str, Growth]:
    """By commit (hex), of the changes of metrics."""
    wanted = {row.commit: frozenset(one.path for one in row.metrics) for row in metrics}
    return {row.commit: growth(row, files, wanted[row.commit]) for row in changes if row.commit in wanted}


def reruns(metrics: MetricChanges, changes: Changes, files: Files) -> frozenset[str]:
    """Commits (hex) that changed results alone: the same code, settings and packages were run again."""
    return frozenset(commit for commit, grew in grown(metrics, changes, files).items() if not grew.touched)
