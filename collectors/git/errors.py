"""What can go wrong between a source and its facts. Each message is one sentence that ends in what to do."""

# ruff: noqa: N818  an error is named for what happened

from __future__ import annotations


class CollectError(Exception):
    """A source could not be read."""


class GitMissing(CollectError):
    """There is no git on this machine."""


class NotARepository(CollectError):
    """The path holds no git repository."""


class RefusedSource(CollectError):
    """The address could make git run something, or is of a kind that is not read."""


class Unreachable(CollectError):
    """The other side of a URL did not answer, or answered no."""


class NotFetched(CollectError):
    """The other side answered, and what was asked for is not to be had."""


class NeedsPassword(Unreachable):
    """The other side wants to know who asks, and git has no credentials for it."""


class GitFailed(CollectError):
    """A git command ended with an error. `line` is git's own last word, `lines` all that was last said."""

    def __init__(self, command: str, status: int, line: str, lines: tuple[str, ...] = ()) -> None:
        said = f": {line}" if line else ""
        super().__init__(f"git {command} ended with status {status}{said}")
        self.command = command
        self.status = status
        self.line = line
        self.lines = lines


class Stalled(GitFailed):
    """A git command said nothing for longer than it was given."""
