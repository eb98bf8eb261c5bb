"""What is asked of GitHub for one repository, and how it can refuse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from github_app.comments import Comment
from mldebt.failure import Failure


class GitHubFailed(Failure):
    """GitHub did not do it, this time."""


class Unauthorized(GitHubFailed):
    """The token is not valid, or not any more."""


class NotAllowed(GitHubFailed):
    """The token may not."""


class Invalid(GitHubFailed):
    """It was understood and refused: asking again changes nothing."""


class Gone(GitHubFailed):
    """It is not there, or not any more."""


class Moved(GitHubFailed):
    """The repository has another name by now."""


class RateLimited(GitHubFailed):
    """Not now; `seconds` later it may be asked again: those that GitHub told, or `is_told` is False."""

    def __init__(self, sentence: str, seconds: float, *, is_told: bool) -> None:
        super().__init__(sentence)
        self.seconds, self.is_told = seconds, is_told


class Person(NamedTuple):
    id: int
    login: str


class Pull(NamedTuple):
    number: int
    head: str  # commit
    head_repository: int | None  # id; None where it was deleted
    is_open: bool
    is_draft: bool = False
    author: str = ""  # login
    by_bot: bool = False
    base: str = ""  # the branch that it is to be merged into


class Hosted(NamedTuple):
    """A repository, as it is called now."""

    id: int
    full_name: str
    default_branch: str
    size: int  # KB, as GitHub counts them now and then
    is_archived: bool


class Annotation(NamedTuple):
    path: str
    start: int  # lines
    end: int
    title: str
    message: str


class Check(NamedTuple):
    """A check run."""

    id: int
    app: int | None
    name: str
    status: str
    conclusion: str
    external_id: str
    annotations: int  # how many there are


class Verdict(NamedTuple):
    """What a check run says; Markdown in its summary."""

    conclusion: str  # GitHub's word: neutral, success, failure, …
    title: str
    summary: str
    external_id: str = ""
    annotations: tuple[Annotation, ...] = ()


class Issue(NamedTuple):
    number: int
    title: str
    body: str
    login: str  # of its author
    is_bot: bool
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


class Installed(Conversation, Protocol):
    """One repository, as the App that is installed on it."""

    @property
    def hosted(self) -> Hosted: ...

    @property
    def login(self) -> str:
        """Under which it writes."""

    @property
    def token(self) -> str:
        """For git. It may be renewed, so it is asked for when it is used."""

    def checks(self, head: str, name: str) -> Sequence[Check]:
        """All of this App, of any age, the oldest first."""

    def add_check(self, head: str, name: str, verdict: Verdict) -> int:
        """One that has ended; its id."""

    def edit_check(self, check_id: int, verdict: Verdict) -> None:
        """Its annotations are put behind those that are there."""

    def comment(self, comment_id: int) -> Comment:
        """On an issue or a pull request."""

    def pull_of(self, comment_id: int) -> int | None:
        """The number of what a comment stands on."""

    def permission(self, login: str) -> str:
        """Of a person: admin, write, read or none."""

    def react(self, comment_id: int, content: str) -> None:
        """`content` is GitHub's word: +1, eyes, confused, … Twice is once."""

    def issues(self, label: str, state: str = "all") -> Sequence[Issue]:
        """Those with a label, without pull requests; the newest first."""

    def open_issue(self, title: str, body: str, labels: Sequence[str]) -> Issue: ...

    def edit_issue(self, number: int, *, title: str, body: str, is_open: bool = True) -> None: ...
