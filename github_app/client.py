"""The port over PyGithub. A fresh one for each run: PyGithub's connections are not to be shared.

Of PyGithub the requests are used (tokens, retries, rate limits) and not the objects: those complete themselves from
whatever an answer holds, and fail in ways of their own where it is not what GitHub describes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any, TypeVar
from urllib.parse import quote

import requests
from github import Auth, Github, GithubException, GithubRetry

from github_app.comments import Comment
from github_app.port import GitHubFailed, NotAllowed, Pull

SECONDS = 20
LONGEST_WAIT = 120
"""Seconds that a rate limit may ask for; a run that would wait longer ends."""
_PAGE = 100
_MOST_PAGES = 100
_TOLD = 200
"""Characters of GitHub's own words."""
_Row = TypeVar("_Row")


class _Gone(GitHubFailed):
    """It is not there, or not any more."""


class GitHubConversation:
    """One repository, by its full name. `address` is GITHUB_API_URL."""

    def __init__(self, address: str, token: str, repository: str, *, pause: float = 1.0) -> None:
        self._path = f"/repos/{quote(repository)}"
        # A post is not repeated: it may have been stored although its answer was lost.
        self._requester = Github(
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
        ).requester

    def pull(self, number: int) -> Pull:
        what = "read the pull request"
        found = _pull(self._asked(what, "GET", f"/pulls/{number}", 200))
        if found is None or found.number != number:
            raise _odd(what)
        return found

    def pulls_from(self, owner: str, branch: str) -> Sequence[Pull]:
        what = "list pull requests"
        rows = self._rows(what, "/pulls", {"state": "open", "head": f"{owner}:{branch}"})
        return _whole(what, [_pull(row) for row in rows])

    def comments(self, number: int) -> Sequence[Comment]:
        what = "list the comments"
        return _whole(what, [_comment(row) for row in self._rows(what, f"/issues/{number}/comments", {})])

    def post(self, number: int, body: str) -> Comment:
        what = "write the comment"
        found = _comment(self._asked(what, "POST", f"/issues/{number}/comments", 201, {"body": body}))
        if found is None:
            raise _odd(what)
        return found

    def edit(self, comment_id: int, body: str) -> None:
        what = "edit the comment"
        found = _comment(self._asked(what, "PATCH", f"/issues/comments/{comment_id}", 200, {"body": body}))
        if found is None or found.id != comment_id:
            raise _odd(what)

    def delete(self, comment_id: int) -> None:
        with suppress(_Gone):
            self._asked("remove a second comment", "DELETE", f"/issues/comments/{comment_id}", 204)

    def _rows(self, what: str, path: str, asked: Mapping[str, str]) -> list[Any]:
        rows: list[Any] = []
        for page in range(1, _MOST_PAGES + 1):
            found = self._asked(what, "GET", path, 200, query={**asked, "per_page": _PAGE, "page": page})
            if not isinstance(found, list):
                raise _odd(what)
            rows += found
            if len(found) < _PAGE:
                return rows
        raise GitHubFailed(f"GitHub did not {what}: there are more than {_PAGE * _MOST_PAGES:,}")

    def _asked(
        self,
        what: str,
        verb: str,
        path: str,
        expected: int,
        sent: object = None,
        query: Mapping[str, Any] | None = None,
    ) -> Any:
        with _as_ours(what):
            status, _, text = self._requester.requestJson(
                verb, f"{self._path}{path}", dict(query) if query else None, None, sent
            )
        try:
            value = json.loads(text) if text else None
        except (ValueError, RecursionError):
            value = None
        if status == expected:
            return value
        if status < 300:
            raise _odd(what)
        said = value.get("message") if isinstance(value, dict) else None
        raise _refused(what, status, str(said or "no reason given")[:_TOLD])


def _refused(what: str, status: int, said: str) -> GitHubFailed:
    sentence = f"GitHub did not {what} ({status}: {said})"
    if status == 403 and "rate limit" not in said.lower():
        return NotAllowed(f"{sentence}: the token may not")
    if status in (404, 410):
        return _Gone(f"{sentence}: it is not there, or the token may not see it")
    if status == 401:
        return GitHubFailed(f"{sentence}: the token is not valid, or not any more")
    if 300 <= status < 400:
        return GitHubFailed(f"{sentence}: the repository has moved; run it again")
    return GitHubFailed(f"{sentence}: run it again")


def _odd(what: str) -> GitHubFailed:
    return GitHubFailed(f"GitHub did not {what}, or answered what cannot be read: run it again")


@contextmanager
def _as_ours(what: str) -> Iterator[None]:
    try:
        yield
    except GithubException as error:  # of rate limits: the other statuses are looked at here
        raise _refused(what, error.status, str(error.message or error.data)[:_TOLD]) from error
    except (requests.RequestException, OSError) as error:
        raise GitHubFailed(f"GitHub could not be reached to {what}: run it again") from error
    except RuntimeError as error:  # PyGithub's word for a redirect that it does not follow
        raise _refused(what, 301, "Moved Permanently") from error


def _pull(row: object) -> Pull | None:
    """None where a row lacks what it must have. The head's repository is null where it was deleted."""
    number, head, sha = _of(row, "number"), _of(row, "head"), _of(_of(row, "head"), "sha")
    repository = _of(_of(head, "repo"), "id")
    if not isinstance(number, int) or not isinstance(sha, str):
        return None
    return Pull(number, sha, repository if isinstance(repository, int) else None, _of(row, "state") == "open")


def _comment(row: object) -> Comment | None:
    """None where a row lacks what it must have. The author is null where the account was deleted."""
    row_id, body = _of(row, "id"), _of(row, "body") or ""
    login, kind = _of(_of(row, "user"), "login"), _of(_of(row, "user"), "type")
    if not isinstance(row_id, int) or not isinstance(body, str):
        return None
    return Comment(row_id, login if isinstance(login, str) else "", kind == "Bot", body)


def _of(value: object, key: str) -> Any:
    return value.get(key) if isinstance(value, Mapping) else None


def _whole(what: str, rows: Sequence[_Row | None]) -> list[_Row]:
    found = [row for row in rows if row is not None]
    if len(found) < len(rows):
        raise _odd(what)
    return found
