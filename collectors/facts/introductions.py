"""Times when the project took in an algorithm it had not used before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Novelty(StrEnum):
    FRAMEWORK = "framework"  # a machine-learning package imported for the first time
    ESTIMATOR = "estimator"  # a model class constructed for the first time


class Introduction(NamedTuple):
    """One change on the default branch (a merge, a squash, a commit) that brought new algorithms."""

    commit: str  # on the first-parent line
    at: int  # its committer date, seconds since 1970 UTC
    names: tuple[str, ...]  # dotted, sorted: "xgboost", "sklearn.svm.SVC"
    novelty: Novelty  # FRAMEWORK where any of the names is one
    files: int  # files the change touched
    files_elsewhere: int  # of these, files outside ML code and tests
    days: float  # from the first commit of the change to its arrival; 0 for a change of one commit
    commits: int = 1  # how many commits the change brought


@dataclass(frozen=True)
class Introductions:
    """Oldest first. Looked for between `since` and `as_of`; what stood there before `since` is not new."""

    rows: tuple[Introduction, ...] = ()
    since: int = 0
    as_of: int = 0

    def __iter__(self) -> Iterator[Introduction]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)
