"""What a delivery asks for, in few plain values: GitHub's ids, and names. Texts that people wrote stay there."""

from __future__ import annotations

from typing import NamedTuple

HERE, SUSPENDED, RESUMED, REMOVED = "here", "suspended", "resumed", "removed"
"""Of an installation."""


class RepositoryTold(NamedTuple):
    """None: nothing was said of it."""

    id: int  # GitHub's
    full_name: str | None = None
    default_branch: str | None = None
    private: bool | None = None
    archived: bool | None = None

    @property
    def said(self) -> dict[str, str | bool]:
        return {name: value for name, value in self._asdict().items() if name != "id" and value is not None}


class PullTold(NamedTuple):
    number: int
    head: str
    updated_at: int  # seconds since 1970 UTC
    before: str | None = None  # the head that this one took the place of


class Todo(NamedTuple):
    installation: int = 0
    repository: int | None = None  # what the jobs are about
    title: str = ""  # owner/name, for lists of jobs
    # What is to be remembered:
    state: str = ""  # of the installation
    since: int | None = None  # seconds since 1970 UTC: when it was suspended
    account: str | None = None
    account_id: int | None = None
    met: tuple[RepositoryTold, ...] = ()  # in passing: said of one that is not known yet
    told: tuple[RepositoryTold, ...] = ()  # by an event about the repository itself
    added: tuple[RepositoryTold, ...] = ()  # the installation may see them now
    removed: tuple[int, ...] = ()  # and these no more
    withdrawn: tuple[int, ...] = ()  # people (GitHub's ids) who do not let the App act for them any more
    # Jobs:
    pulls: tuple[PullTold, ...] = ()  # assess them
    numbers: tuple[int, ...] = ()  # the same, of pull requests whose head was not told
    head: str | None = None  # the same, of all whose newest head this is
    comment: int | None = None  # read it, and do what it says, on the pull request in `numbers`
    pushed: bool = False  # scan the repository: its default branch moved

    @property
    def asks(self) -> bool:
        """For a job about `repository`."""
        return bool(self.pulls or self.numbers or self.head or self.pushed)
