"""The port over PyGithub. A fresh one for each run: PyGithub's connections are not to be shared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from typing import Any, TypeVar

import requests
from github import Auth, Github, GithubException, GithubRetry
from github.IssueComment import IssueComment
from github.PullRequest import PullRequest

from github_app.comments import Comment
from github_app.port import GitHubFailed, NotAllowed, Pull

SECONDS = 20
LONGEST_WAIT = 120
"""Seconds that a rate limit may ask for; a run that would wait longer ends."""
_TOLD = 200
"""Characters of GitHub's own words."""
_Done = TypeVar("_Done")


class _Gone(GitHubFailed):
    """It is not there, or not any more."""


class GitHubConversation:
    """One repository, by its full name. `address` is GITHUB_API_URL."""

    def __init__(self, address: str, token: str, repository: str, *, pause: float = 1.0) -> None:
        self._name = repository
        # A post is not repeated: it may have been stored although its answer was lost.
        self._github = Github(
            auth=Auth.Token(token),
            base_url=address,
            timeout=SECONDS,
            retry=GithubRetry(
                total=3,
                backoff_factor=pause,
                allowed_methods={"GET", "PATCH", "DELETE"},
                status_forcelist=[429, *range(500, 600)],
                max_rate_limit_wait=LONGEST_WAIT,
                secondary_rate_wait=60 * pause,
            ),
            seconds_between_requests=None,
            seconds_between_writes=pause,
            user_agent="mldebt",
            per_page=100,
            lazy=True,
        )

    @cached_property
    def _repository(self) -> Any:
        return self._github.get_repo(self._name)

    def pull(self, number: int) -> Pull:
        return _asked("read the pull request", lambda: _pull(self._repository.get_pull(number)))

    def pulls_from(self, owner: str, branch: str) -> Sequence[Pull]:
        return _asked(
            "list pull requests",
            lambda: [_pull(one) for one in self._repository.get_pulls(state="open", head=f"{owner}:{branch}")],
        )

    def comments(self, number: int) -> Sequence[Comment]:
        return _asked("list the comments", lambda: [_comment(one) for one in self._issue(number).get_comments()])

    def post(self, number: int, body: str) -> Comment:
        found = _asked("write the comment", lambda: _comment(self._issue(number).create_comment(body)))
        if not found.id:  # a redirect of a renamed repository comes back as an empty success
            raise GitHubFailed("GitHub did not say that it wrote the comment: was the repository renamed?")
        return found

    def edit(self, number: int, comment_id: int, body: str) -> None:
        _asked("edit the comment", lambda: self._issue(number).get_comment(comment_id).edit(body))

    def delete(self, number: int, comment_id: int) -> None:
        with suppress(_Gone):
            _asked("remove a second comment", lambda: self._issue(number).get_comment(comment_id).delete())

    def _issue(self, number: int) -> Any:
        return self._repository.get_issue(number)


def _pull(row: PullRequest) -> Pull:
    # What PyGithub calls always there is null where a fork or an account was deleted.
    return Pull(row.number, row.head.sha, getattr(row.head.repo, "id", None), row.state == "open")


def _comment(row: IssueComment) -> Comment:
    author = row.user
    return Comment(row.id or 0, getattr(author, "login", ""), getattr(author, "type", "") == "Bot", row.body or "")


def _asked(what: str, ask: Callable[[], _Done]) -> _Done:
    with _as_ours(what):
        return ask()


@contextmanager
def _as_ours(what: str) -> Iterator[None]:
    try:
        yield
    except GithubException as error:
        said = error.message or (error.data.get("message") if isinstance(error.data, dict) else "") or "no reason given"
        sentence = f"GitHub did not {what} ({error.status}: {str(said)[:_TOLD]})"
        if error.status == 403 and "rate limit" not in str(said).lower():
            raise NotAllowed(f"{sentence}: the token may not") from error
        if error.status == 404:
            raise _Gone(f"{sentence}: it is not there, or the token may not see it") from error
        if error.status == 401:
            raise GitHubFailed(f"{sentence}: the token is not valid, or not any more") from error
        raise GitHubFailed(f"{sentence}: run it again") from error
    except (requests.RequestException, OSError) as error:
        raise GitHubFailed(f"GitHub could not be reached to {what}: run it again") from error
