"""What a tracker asks a GitHub for: lists of pull requests and issues, reviews, files."""

from __future__ import annotations

import time
from typing import Any

from tests.builders import at
from tests.github.contract import made
from tests.github.fake import Answer, FakeGitHub, Request, Route, not_found, user


def written(day: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at(day)))


def _list_pulls(fake: FakeGitHub, request: Request) -> Answer:
    rows = list(fake.pulls.values())
    if request.query.get("sort") == "updated":
        rows.sort(key=lambda row: row["updated_at"], reverse=request.query.get("direction") == "desc")
    state = request.query.get("state", "open")
    return Answer(200, [row for row in rows if state in ("all", row["state"])])


def _list_issues(fake: FakeGitHub, request: Request) -> Answer:
    since = request.query.get("since", "")
    rows = [row for row in fake.rows.get("issues", {}).values() if row["updated_at"] >= since]
    rows.sort(key=lambda row: (row["updated_at"], row["number"]), reverse=request.query.get("direction") != "asc")
    return Answer(200, rows)


def _part(name: str) -> Route:
    def route(fake: FakeGitHub, request: Request) -> Answer:
        number = request.number("pull_number")
        return Answer(200, fake.rows.get(name, {}).get(number, [])) if number in fake.pulls else not_found()

    return route


def _repository(fake: FakeGitHub, request: Request) -> Answer:
    return Answer(200, made("full-repository", id=fake.rows.get("id", 1), full_name=fake.repository, name="name"))


ROUTES: dict[str, Route] = {
    "GET /repos/{owner}/{repo}": _repository,
    "GET /repos/{owner}/{repo}/pulls": _list_pulls,
    "GET /repos/{owner}/{repo}/issues": _list_issues,
    "GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews": _part("reviews"),
    "GET /repos/{owner}/{repo}/pulls/{pull_number}/files": _part("files"),
}


def pull(
    fake: FakeGitHub,
    number: int,
    created: float,
    *,
    by: str = "ada",
    merged: float | None = None,
    updated: float | None = None,
    files: tuple[str, ...] = ("train.py",),
) -> dict[str, Any]:
    """A pull request of day `created`."""
    listed = made("pull-request-simple", number=number, user=user(by), author_association="NONE", draft=False)
    ends = written(merged) if merged is not None else None
    listed |= {
        "created_at": written(created),
        "updated_at": written(updated if updated is not None else merged if merged is not None else created),
        "closed_at": ends,
        "merged_at": ends,
        "state": "open" if merged is None else "closed",
        "url": f"{fake.address}/repos/{fake.repository}/pulls/{number}",
    }
    if by.endswith("[bot]"):
        listed["user"]["type"] = "Bot"
    fake.pulls[number] = listed
    fake.comments.setdefault(number, [])
    fake.rows.setdefault("files", {})[number] = [made("diff-entry", filename=path, status="modified") for path in files]
    return listed


def review(fake: FakeGitHub, number: int, day: float, by: str = "bo", state: str = "APPROVED") -> None:
    row = made("pull-request-review", user=user(by), state=state, submitted_at=written(day), id=fake.new_id())
    fake.rows.setdefault("reviews", {}).setdefault(number, []).append(row)


def comment(fake: FakeGitHub, number: int, day: float, by: str = "bo", body: str = "thanks") -> None:
    fake.write_comment(number, body, by)["created_at"] = written(day)


def issue(fake: FakeGitHub, number: int, created: float, closed: float | None = None, *labels: str) -> dict[str, Any]:
    row = made("issue", number=number, user=user("ada"), labels=[made("label", name=name) for name in labels])
    row.pop("pull_request", None)
    row |= {
        "created_at": written(created),
        "closed_at": written(closed) if closed is not None else None,
        "updated_at": written(created if closed is None else closed),
        "state": "open" if closed is None else "closed",
    }
    fake.rows.setdefault("issues", {})[number] = row
    return row
