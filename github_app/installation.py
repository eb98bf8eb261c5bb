"""The App on one repository: a token for that repository alone, with the least permissions, and what is done by it.

A fresh one for each job. The repository is meant by its id: a token is asked for by it, and tells how it is called now.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol
from urllib.parse import quote

from github_app.client import Door, as_app, as_token, odd
from github_app.comments import Comment
from github_app.conversation import GitHubConversation, author_of, comment_of, known, of, whole
from github_app.port import Annotation, Check, Gone, Hosted, Issue, Verdict

ASSESSING = {"metadata": "read", "contents": "read", "pull_requests": "write", "checks": "write"}
"""Permissions of a job that assesses a pull request, in GitHub's words."""
AT_ONCE = 50
"""Annotations that GitHub takes in one request."""
LONGEST_WAIT = 5.0
"""Seconds that a job waits at a rate limit; longer ones it leaves to be asked for anew."""


class Access(Protocol):
    """What an App is known by (`mldebt.app_access.AppAccess` has more)."""

    @property
    def app_id(self) -> int: ...
    @property
    def private_key(self) -> str: ...
    @property
    def slug(self) -> str: ...
    @property
    def api(self) -> str: ...


def as_installation(
    access: Access,
    installation_id: int,
    repository_id: int,
    permissions: Mapping[str, str],
    *,
    pause: float = 1.0,
) -> AppOnRepository:
    """Raises GitHubFailed: Gone where the App is not installed there, NotAllowed where it is suspended."""
    return AppOnRepository(access, installation_id, repository_id, permissions, pause=pause)


class AppOnRepository(GitHubConversation):
    def __init__(
        self,
        access: Access,
        installation_id: int,
        repository_id: int,
        permissions: Mapping[str, str],
        *,
        pause: float,
    ) -> None:
        self._app = Door(access.api, as_app(access.app_id, access.private_key), pause=pause, longest_wait=LONGEST_WAIT)
        self._app_id, self.login = access.app_id, f"{access.slug}[bot]"
        self._asks = f"/app/installations/{installation_id}/access_tokens"
        self._wanted = {"repository_ids": [repository_id], "permissions": dict(permissions)}
        self.token, rows = self._minted()
        door = Door(access.api, as_token(self.token), self._renewed, pause=pause, longest_wait=LONGEST_WAIT)
        if not rows:  # an answer may leave them out
            rows = door.rows("name the repository", "/installation/repositories", {}, "repositories")
        hosted = next((one for one in map(_hosted, rows) if one and one.id == repository_id), None)
        if hosted is None:
            raise Gone(f"GitHub gave a token, and not for repository {repository_id}: the App may not see it any more")
        self.hosted = hosted
        self._begin(door, hosted.full_name)

    def _minted(self) -> tuple[str, Sequence[Any]]:
        what = "give a token for the repository"
        # A second token does no harm: each ends by itself.
        answer = self._app.asked(what, "POST", self._asks, 201, self._wanted, is_safe=True)
        token, rows = of(answer, "token"), of(answer, "repositories")
        if not isinstance(token, str) or not token.isascii() or not token.isprintable():
            raise odd(what)
        return token, rows if isinstance(rows, list) else []

    def _renewed(self) -> Any:
        self.token, _ = self._minted()
        return as_token(self.token)

    def checks(self, head: str, name: str) -> Sequence[Check]:
        what = "list the checks"
        asked = {"check_name": name, "filter": "all"}
        rows = self._door.rows(what, f"{self._path}/commits/{head}/check-runs", asked, "check_runs")
        ours = [one for one in whole(what, [_check(row) for row in rows]) if one.app == self._app_id]
        return sorted(ours, key=lambda one: one.id)

    def add_check(self, head: str, name: str, verdict: Verdict) -> int:
        what = "write the check"
        first, rest = verdict.annotations[:AT_ONCE], verdict.annotations[AT_ONCE:]
        sent = {"name": name, "head_sha": head, **_ended(verdict, first)}
        found = known(what, _check(self._door.asked(what, "POST", f"{self._path}/check-runs", 201, sent)))
        if rest:
            self.edit_check(found.id, verdict._replace(annotations=rest))
        return found.id

    def edit_check(self, check_id: int, verdict: Verdict) -> None:
        what = "edit the check"
        some = verdict.annotations
        for start in range(0, max(1, len(some)), AT_ONCE):
            sent = _ended(verdict, some[start : start + AT_ONCE])
            path = f"{self._path}/check-runs/{check_id}"
            row = self._door.asked(what, "PATCH", path, sent=sent, is_safe=not some)
            if known(what, _check(row)).id != check_id:
                raise odd(what)

    def comment(self, comment_id: int) -> Comment:
        what = "read the comment"
        return known(what, comment_of(self._door.asked(what, "GET", f"{self._path}/issues/comments/{comment_id}")))

    def pull_of(self, comment_id: int) -> int | None:
        row = self._door.asked("read the comment", "GET", f"{self._path}/issues/comments/{comment_id}")
        number = str(of(row, "issue_url") or "").rpartition("/")[2]
        return int(number) if number.isascii() and number.isdigit() else None

    def permission(self, login: str) -> str:
        what = "tell what a person may do"
        try:
            row = self._door.asked(what, "GET", f"{self._path}/collaborators/{quote(login, safe='')}/permission")
        except Gone:
            return "none"
        found = of(row, "permission")
        return found if isinstance(found, str) else "none"

    def react(self, comment_id: int, content: str) -> None:
        path = f"{self._path}/issues/comments/{comment_id}/reactions"
        self._door.asked("react to the comment", "POST", path, (200, 201), {"content": content}, is_safe=True)

    def issues(self, label: str, state: str = "all") -> Sequence[Issue]:
        what = "list the issues"
        rows = self._door.rows(what, f"{self._path}/issues", {"labels": label, "state": state})
        return whole(what, [_issue(row) for row in rows if not of(row, "pull_request")])

    def open_issue(self, title: str, body: str, labels: Sequence[str]) -> Issue:
        what = "open the issue"
        sent = {"title": title, "body": body, "labels": list(labels)}
        return known(what, _issue(self._door.asked(what, "POST", f"{self._path}/issues", 201, sent)))

    def edit_issue(self, number: int, *, title: str, body: str, is_open: bool = True) -> None:
        what = "edit the issue"
        sent = {"title": title, "body": body, "state": "open" if is_open else "closed"}
        row = self._door.asked(what, "PATCH", f"{self._path}/issues/{number}", sent=sent)
        if known(what, _issue(row)).number != number:
            raise odd(what)


def _ended(verdict: Verdict, annotations: Sequence[Annotation]) -> dict[str, Any]:
    output: dict[str, Any] = {"title": verdict.title, "summary": verdict.summary}
    if annotations:
        output["annotations"] = [
            {
                "path": one.path,
                "start_line": one.start,
                "end_line": one.end,
                "annotation_level": "warning",
                "title": one.title,
                "message": one.message,
            }
            for one in annotations
        ]
    return {
        "status": "completed",
        "conclusion": verdict.conclusion,
        "external_id": verdict.external_id,
        "output": output,
    }


def _hosted(row: object) -> Hosted | None:
    row_id, name = of(row, "id"), of(row, "full_name")
    branch, size = of(row, "default_branch"), of(row, "size")
    if not isinstance(row_id, int) or not isinstance(name, str) or name.count("/") != 1:
        return None
    return Hosted(
        row_id,
        name,
        branch if isinstance(branch, str) else "",
        size if isinstance(size, int) else 0,
        is_archived=of(row, "archived") is True,
    )


def _check(row: object) -> Check | None:
    row_id, app, count = of(row, "id"), of(of(row, "app"), "id"), of(of(row, "output"), "annotations_count")
    if not isinstance(row_id, int):
        return None
    return Check(
        id=row_id,
        app=app if isinstance(app, int) else None,
        name=str(of(row, "name") or ""),
        status=str(of(row, "status") or ""),
        conclusion=str(of(row, "conclusion") or ""),
        external_id=str(of(row, "external_id") or ""),
        annotations=count if isinstance(count, int) else 0,
    )


def _issue(row: object) -> Issue | None:
    number, title, body = of(row, "number"), of(row, "title"), of(row, "body") or ""
    if not isinstance(number, int) or not isinstance(title, str) or not isinstance(body, str):
        return None
    return Issue(number, title, body, *author_of(row), is_open=of(row, "state") == "open")
