"""Branches and other refs: how far from the default branch, and what became of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from collectors.facts.changes import DAY

QUIET_AFTER_DAYS = 90
"""GitHub's own word for a stale branch: no commit in the last three months.
Source: https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/managing-branches-in-your-repository/viewing-branches-in-your-repository"""


class BranchKind(StrEnum):
    BRANCH = "branch"  # refs/heads, and remote-tracking refs of a local clone
    PULL = "pull"  # refs/pull/N/head with an open pull request
    EXPERIMENT = "experiment"  # refs/exps: DVC experiments


class Merged(StrEnum):
    """How a branch came into the default branch."""

    NO = "no"
    ANCESTRY = "ancestry"
    SQUASH = "squash"  # the same patch stands on the default branch


class Fate(StrEnum):
    ACTIVE = "active"
    MERGED = "merged"
    ABANDONED = "abandoned"  # quiet, unmerged, and ahead of the default branch


class Branch(NamedTuple):
    name: str  # short: "exp/focal-loss", "origin/dev", "pull/12", "exps/ab/12…/exp-a"
    tip: str  # hex
    last_at: int  # committer date of the tip, seconds since 1970 UTC
    ahead: int  # commits that the default branch has not
    behind: int
    kind: BranchKind = BranchKind.BRANCH
    first_at: int | None = None  # committer date of the oldest commit ahead; None where none is
    merged: Merged = Merged.NO
    merged_at: int | None = None  # when it came in, where history shows it
    is_release: bool = False  # named like a line that is kept: release/*, v1.x, gh-pages, …

    def fate(self, as_of: int) -> Fate:
        if self.merged is not Merged.NO or self.ahead == 0:
            return Fate.MERGED
        return Fate.ABANDONED if as_of - self.last_at > QUIET_AFTER_DAYS * DAY else Fate.ACTIVE


@dataclass(frozen=True)
class Branches:
    """Every ref but the default branch, tags, and pull requests that are closed. Names sorted."""

    rows: tuple[Branch, ...] = ()
    as_of: int = 0

    def __iter__(self) -> Iterator[Branch]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def topics(self) -> tuple[Branch, ...]:
        """Branches and experiments somebody meant to bring in or throw away: no release lines, no pull heads.

        Those begun after `as_of` are left out: no time has passed for them yet.
        """
        begun = (b for b in self.rows if b.first_at is None or b.first_at <= self.as_of)
        return tuple(b for b in begun if not b.is_release and b.kind is not BranchKind.PULL)


class Merge(NamedTuple):
    """One merge commit on the default branch's first-parent line, and the branch it brought in."""

    commit: str
    at: int
    first_at: int  # author date of the oldest commit it brought: a rebase before the merge keeps it
    commits: int  # how many it brought
    branch: str | None = None  # from the commit's subject, where git or GitHub wrote it

    @property
    def days(self) -> float:
        """From the oldest commit brought in to the merge; never negative."""
        return max(0, self.at - self.first_at) / DAY


@dataclass(frozen=True)
class Merges:
    """Merge commits of the default branch, oldest first."""

    rows: tuple[Merge, ...] = ()
    as_of: int = 0

    def __iter__(self) -> Iterator[Merge]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def last(self, days: int) -> Merges:
        start = self.as_of - days * DAY
        return Merges(tuple(row for row in self.rows if start < row.at <= self.as_of), self.as_of)
