"""A GitHub with an App on it: tokens for one repository with some permissions, checks, reactions, issues."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.github.contract import made
from tests.github.fake import ROUTES, Answer, FakeGitHub, Request, Route, forbidden, not_found, user

APP, INSTALLATION, REPOSITORY = 4711, 77, 1
NEEDED = (  # what of a path tells the permission that writing and reading it take
    ("/check-runs", "checks"),
    ("/pulls", "pull_requests"),
    ("/issues/{issue_number}/comments", "pull_requests"),
    ("/issues/comments/", "pull_requests"),
    ("/issues", "issues"),
    ("/collaborators/", "metadata"),
    ("/installation/repositories", "metadata"),
    ("/repos/{owner}/{repo}", "metadata"),
)
GRANTED = {"metadata": "read", "contents": "read", "pull_requests": "write", "checks": "write", "issues": "write"}
_LEVELS = ("", "read", "write")


@cache
def key() -> str:
    """Of the App: PEM."""
    made_now = rsa.generate_private_key(public_exponent=65_537, key_size=2_048)
    return made_now.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    ).decode()


@cache
def _public() -> Any:
    return serialization.load_pem_private_key(key().encode(), None).public_key()


@dataclass(frozen=True)
class AccessByHand:
    api: str
    private_key: str
    server: str = "https://github.invalid"
    app_id: int = APP
    slug: str = "mldebt"


class Minted(NamedTuple):
    repositories: list[int]
    permissions: dict[str, str]


def install(fake: FakeGitHub) -> FakeGitHub:
    """Put the App on its repository. `fake.rows["tokens"]` are those that hold: take one away and it has ended."""
    fake.login = "mldebt[bot]"
    fake.rows |= {"tokens": {}, "checks": [], "granted": dict(GRANTED), "people": {}, "repository": {}, "suspended": 0}
    fake.admits = lambda method, path, authorization: _refused(fake, method, path, authorization)
    return fake


def _refused(fake: FakeGitHub, method: str, path: str, authorization: str) -> Answer | None:
    token = authorization.partition(" ")[2]
    if path.startswith("/app") or path.endswith("/installation"):
        return _signed(token)
    minted = fake.rows["tokens"].get(token)
    if minted is None:
        return Answer(401, {"message": "Bad credentials"})
    needed = next((name for part, name in NEEDED if part in path), "")
    wanted = "read" if method == "GET" else "write"
    if _LEVELS.index(minted.permissions.get(needed, "")) < _LEVELS.index(wanted):
        return forbidden()
    return None if REPOSITORY in minted.repositories else not_found()


def _signed(token: str) -> Answer | None:
    try:
        claims = jwt.decode(token, _public(), ["RS256"], options={"require": ["exp", "iat", "iss"]})
    except jwt.PyJWTError as error:
        return Answer(401, {"message": f"A JSON web token could not be decoded: {type(error).__name__}"})
    too_long = claims["exp"] - claims["iat"] > 600
    return Answer(401, {"message": "odd claims"}) if too_long or str(claims["iss"]) != str(APP) else None


def _repository(fake: FakeGitHub) -> dict[str, Any]:
    owner, name = fake.repository.split("/")
    told = {"default_branch": "main", "size": 100, "private": True, "archived": False, **fake.rows["repository"]}
    return made("repository", id=REPOSITORY, full_name=fake.repository, name=name, owner=user(owner), **told)


def _mint(fake: FakeGitHub, request: Request) -> Answer:
    if request.number("installation_id") != INSTALLATION:
        return not_found()
    if fake.rows["suspended"]:
        return Answer(403, {"message": "This installation has been suspended", "documentation_url": "https://x"})
    ids, permissions = request.sent.get("repository_ids", [REPOSITORY]), request.sent.get("permissions", {})
    if request.sent.get("repositories") == [fake.repository.partition("/")[2]]:
        ids = [REPOSITORY]
    granted = fake.rows["granted"]
    if ids != [REPOSITORY] or any(
        _LEVELS.index(level) > _LEVELS.index(granted.get(name, "")) for name, level in permissions.items()
    ):
        return Answer(422, {"message": "The permissions requested are not granted to this installation."})
    token = f"ghs_{fake.new_id():036d}"
    fake.rows["tokens"][token] = Minted(ids, permissions)
    fake.rows.setdefault("minted", []).append(token)
    value = {
        "token": token,
        "expires_at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 3_600)),
        "permissions": permissions,
        "repository_selection": "selected",
    }
    if not fake.rows.get("tells no repositories"):
        value["repositories"] = [_repository(fake)]
    return Answer(201, value)


def _installed_repositories(fake: FakeGitHub, _: Request) -> Answer:
    return Answer(200, {"total_count": 1, "repositories": [_repository(fake)]})


def _add_check(fake: FakeGitHub, request: Request) -> Answer:
    dates = dict.fromkeys(("created_at", "updated_at"), "2026-11-01T09:00:00Z")
    app = {"id": APP, "slug": "mldebt", "node_id": "", "owner": user("owner"), "name": "mldebt", "description": None}
    app |= {**dates, "external_url": "https://x.invalid/", "html_url": "https://x.invalid/", "permissions": {}}
    app["events"] = []
    head, row_id = request.sent["head_sha"], fake.new_id()
    row = made("check-run", id=row_id, name=request.sent["name"], head_sha=head, app=app, status="queued")
    row["output"] = {**row["output"], "title": None, "summary": None, "text": None, "annotations_count": 0}
    fake.rows["checks"].append(row)
    _told(fake, row, request.sent)
    return Answer(201, row)


def _edit_check(fake: FakeGitHub, request: Request) -> Answer:
    row = _check(fake, request)
    if row is None:
        return not_found()
    _told(fake, row, request.sent)
    return Answer(200, row)


def _told(fake: FakeGitHub, row: dict[str, Any], sent: Any) -> None:
    row |= {key: sent[key] for key in ("status", "conclusion", "external_id") if key in sent}
    output = dict(sent.get("output", {}))
    kept = fake.rows.setdefault("annotations", {}).setdefault(row["id"], [])
    kept += output.pop("annotations", [])  # GitHub puts them behind those that are there
    row["output"] = {**row["output"], **output, "annotations_count": len(kept)}


def _check(fake: FakeGitHub, request: Request) -> dict[str, Any] | None:
    wanted = request.number("check_run_id")
    return next((row for row in fake.rows["checks"] if row["id"] == wanted), None)


def _list_checks(fake: FakeGitHub, request: Request) -> Answer:
    rows = [
        row
        for row in fake.rows["checks"]
        if row["head_sha"] == request.values["ref"] and row["name"] == request.query.get("check_name", row["name"])
    ]
    return Answer(200, {"total_count": len(rows), "check_runs": rows})


def _permission(fake: FakeGitHub, request: Request) -> Answer:
    found = fake.rows["people"].get(request.values["username"])
    if found is None:
        return not_found()
    return Answer(200, {"permission": found, "role_name": found, "user": None})


def _react(fake: FakeGitHub, request: Request) -> Answer:
    there = fake.rows.setdefault("reactions", [])
    one = (request.number("comment_id"), request.sent["content"])
    is_new = one not in there
    there += [one] if is_new else []
    return Answer(201 if is_new else 200, made("reaction", content=one[1]))


def _list_issues(fake: FakeGitHub, request: Request) -> Answer:
    wanted, state = request.query.get("labels"), request.query.get("state", "open")
    return Answer(
        200,
        [
            row
            for row in reversed(fake.rows.get("issues", []))
            if state in ("all", row["state"]) and wanted in (None, *(one["name"] for one in row["labels"]))
        ],
    )


def _open_issue(fake: FakeGitHub, request: Request) -> Answer:
    rows = fake.rows.setdefault("issues", [])
    labels = [made("label", name=name) for name in request.sent.get("labels", [])]
    row = made("issue", number=len(rows) + 500, title=request.sent["title"], user=user(fake.login, "Bot"), state="open")
    row.pop("pull_request", None)
    row |= {"labels": labels, "body": request.sent.get("body", "")}
    rows.append(row)
    return Answer(201, row)


def _edit_issue(fake: FakeGitHub, request: Request) -> Answer:
    wanted = request.number("issue_number")
    row = next((row for row in fake.rows.get("issues", []) if row["number"] == wanted), None)
    if row is None:
        return not_found()
    row |= json.loads(json.dumps({key: request.sent[key] for key in ("title", "body", "state") if key in request.sent}))
    return Answer(200, row)


INSTALLED: dict[str, Route] = {
    **ROUTES,
    "POST /app/installations/{installation_id}/access_tokens": _mint,
    "GET /installation/repositories": _installed_repositories,
    "POST /repos/{owner}/{repo}/check-runs": _add_check,
    "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}": _edit_check,
    "GET /repos/{owner}/{repo}/commits/{ref}/check-runs": _list_checks,
    "GET /repos/{owner}/{repo}/collaborators/{username}/permission": _permission,
    "POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions": _react,
    "GET /repos/{owner}/{repo}/issues": _list_issues,
    "POST /repos/{owner}/{repo}/issues": _open_issue,
    "PATCH /repos/{owner}/{repo}/issues/{issue_number}": _edit_issue,
}
