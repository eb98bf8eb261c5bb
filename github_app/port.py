"""What is asked of GitHub for one repository, and how it can refuse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from github_app.comments import Comment
from mldebt.failure import Failure


class GitHubFailed(Failure):
    """GitHub did not do it, this time."""


class NotAllowed(GitHubFailed):
    """The token may not."""


class Pull(NamedTuple):
    number: int
    head: str  # commit
    head_repository: int | None  # id; None where it was deleted
    is_open: bool


class Conversation(Protocol):
    """Every method raises GitHubFailed; those that write raise NotAllowed where the token may not."""

    def pull(self, number: int) -> Pull: ...

    def pulls_from(self, owner: str, branch: str) -> Sequence[Pull]:
        """Those that are open from a branch of somebody's repository."""

    def comments(self, number: int) -> Sequence[Comment]: ...

    def post(self, number: int, body: str) -> Comment: ...

    def edit(self, comment_id: int, body: str) -> None: ...

    def delete(self, comment_id: int) -> None: ...
