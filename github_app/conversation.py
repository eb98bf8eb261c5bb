"""Pull requests and their comments, of one repository by its full name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, TypeVar
from urllib.parse import quote

from github_app.client import Door, odd, with_token
from github_app.comments import Comment
from github_app.port import Gone, Pull

_Row = TypeVar("_Row")


class GitHubConversation:
    """By a token that may be anybody's. `address` is GITHUB_API_URL."""

    def __init__(self, address: str, token: str, repository: str, *, pause: float = 1.0) -> None:
        self._begin(with_token(address, token, pause=pause), repository)

    def _begin(self, door: Door, repository: str) -> None:
        self._door, self._path = door, f"/repos/{quote(repository)}"

    def pull(self, number: int) -> Pull:
        what = "read the pull request"
        found = _pull(self._door.asked(what, "GET", f"{self._path}/pulls/{number}"))
        if found is None or found.number != number:
            raise odd(what)
        return found

    def pulls(self) -> Sequence[Pull]:
        """All that are open."""
        what = "list pull requests"
        return whole(what, [_pull(row) for row in self._door.rows(what, f"{self._path}/pulls", {"state": "open"})])

    def pulls_from(self, owner: str, branch: str) -> Sequence[Pull]:
        what = "list pull requests"
        rows = self._door.rows(what, f"{self._path}/pulls", {"state": "open", "head": f"{owner}:{branch}"})
        return whole(what, [_pull(row) for row in rows])

    def comments(self, number: int) -> Sequence[Comment]:
        what = "list the comments"
        rows = self._door.rows(what, f"{self._path}/issues/{number}/comments", {})
        return whole(what, [comment_of(row) for row in rows])

    def post(self, number: int, body: str) -> Comment:
        what = "write the comment"
        path = f"{self._path}/issues/{number}/comments"
        return known(what, comment_of(self._door.asked(what, "POST", path, 201, {"body": body})))

    def edit(self, comment_id: int, body: str) -> None:
        what = "edit the comment"
        path = f"{self._path}/issues/comments/{comment_id}"
        found = comment_of(self._door.asked(what, "PATCH", path, sent={"body": body}))
        if found is None or found.id != comment_id:
            raise odd(what)

    def delete(self, comment_id: int) -> None:
        with suppress(Gone):
            path = f"{self._path}/issues/comments/{comment_id}"
            self._door.asked("remove a second comment", "DELETE", path, 204)


def _pull(row: object) -> Pull | None:
    """None where a row lacks what it must have. The head's repository is null where it was deleted."""
    number, head, sha = of(row, "number"), of(row, "head"), of(of(row, "head"), "sha")
    repository, base = of(of(head, "repo"), "id"), of(of(row, "base"), "ref")
    login, kind = author_of(row)
    if not isinstance(number, int) or not isinstance(sha, str):
        return None
    return Pull(
        number,
        sha,
        repository if isinstance(repository, int) else None,
        is_open=of(row, "state") == "open",
        is_draft=of(row, "draft") is True,
        author=login,
        by_bot=kind,
        base=base if isinstance(base, str) else "",
    )


def comment_of(row: object) -> Comment | None:
    """None where a row lacks what it must have. The author is null where the account was deleted."""
    row_id, body = of(row, "id"), of(row, "body") or ""
    if not isinstance(row_id, int) or not isinstance(body, str):
        return None
    return Comment(row_id, *author_of(row), body)


def author_of(row: object) -> tuple[str, bool]:
    """Login, and whether it is a bot."""
    login, kind = of(of(row, "user"), "login"), of(of(row, "user"), "type")
    return (login if isinstance(login, str) else "", kind == "Bot")


def of(value: object, key: str) -> Any:
    return value.get(key) if isinstance(value, Mapping) else None


def known(what: str, found: _Row | None) -> _Row:
    if found is None:
        raise odd(what)
    return found


def whole(what: str, rows: Sequence[_Row | None]) -> list[_Row]:
    return [known(what, row) for row in rows]
