"""A GitHub of our own: it keeps what it is told, answers over HTTP, and holds both sides to GitHub's description.

Its objects are full ones. Routes are methods of `Routes` under the description's paths; further ones are given to
`FakeGitHub(routes=...)`. Whatever breaks the description is told by `violations`, also where the caller copes with it.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

from tests.github.contract import Exchange, Operation, made, operation, violations
from tests.servers_by_hand import listening

LARGEST_BODY = 65_536
"""Characters of a comment. GitHub says so when it refuses; its description does not."""


class Request(NamedTuple):
    values: Mapping[str, str]  # of the path
    query: Mapping[str, str]
    sent: Any

    def number(self, name: str) -> int:
        return int(self.values[name])


class Answer(NamedTuple):
    status: int
    value: Any = None
    headers: Mapping[str, str] = {}
    raw: bytes | None = None  # in place of the value as JSON; with DROPPED and CUT never whole
    late: float = 0  # seconds until it is sent


DROPPED = 0
"""A status: the connection ends without an answer."""
CUT = -1
"""A status: 200, and the answer ends early."""


class Fault(NamedTuple):
    """What happens to the next request of a method whose path holds `part`, in place of the answer."""

    method: str
    part: str
    answer: Answer
    is_done: bool = False  # what was asked for is done all the same


Route = Callable[["FakeGitHub", Request], Answer]


def not_found() -> Answer:
    return Answer(404, {"message": "Not Found", "documentation_url": "https://docs.github.com/rest", "status": "404"})


def forbidden() -> Answer:
    return Answer(
        403, {"message": "Resource not accessible by integration", "documentation_url": "https://docs.github.com"}
    )


def user(login: str, kind: str = "User") -> dict[str, Any]:
    return made("simple-user", login=login, id=sum(login.encode()), type=kind)


class FakeGitHub:
    """One repository, `owner/name`. Change its rows by hand to make something happen."""

    def __init__(self, routes: Mapping[str, Route] | None = None, token: str = "ghs_ours") -> None:  # noqa: S107
        self.repository = "owner/name"
        self.token = token
        self.login = "github-actions[bot]"  # whose token it is
        self.may_write = True
        self.comments: dict[int, list[dict[str, Any]]] = {}  # by the number of an issue or pull request
        self.pulls: dict[int, dict[str, Any]] = {}
        self.rows: dict[str, Any] = {}  # what further routes keep
        self.former: set[str] = set()  # names that it had before
        self.admits: Callable[[str, str, str], Answer | None] = self._by_one_token
        """Method, path as described and Authorization into a refusal."""
        self.faults: list[Fault] = []
        self.exchanges: list[Exchange] = []
        self.address = ""  # https://api.github.com, or with /api/v3, of this one
        self.lock = threading.Lock()
        self._routes = {**ROUTES, **(routes or {})}
        self._ids = 100

    @property
    def violations(self) -> list[str]:
        return [found for exchange in self.exchanges for found in violations(exchange)]

    @property
    def written(self) -> list[str]:
        """Requests that change something, in their order."""
        return [f"{one.method} {one.target}" for one in self.exchanges if one.method != "GET"]

    def new_id(self) -> int:
        self._ids += 1
        return self._ids

    def open_pull(
        self, number: int, head: str, base: str = "b" * 40, *, by: str = "ada", fork: str = ""
    ) -> dict[str, Any]:
        """`fork` is owner/name of another repository that the head is in."""
        ours = made("repository", id=1, full_name=self.repository, name="name", owner=user("owner"))
        theirs = (
            made("repository", id=2, full_name=fork, owner=user(fork.partition("/")[0]), fork=True) if fork else ours
        )
        owner = theirs["full_name"].partition("/")[0]
        address = f"{self.address}/repos/{self.repository}/pulls/{number}"
        self.pulls[number] = made(
            "pull-request",
            number=number,
            url=address,
            issue_url=f"{self.address}/repos/{self.repository}/issues/{number}",
            state="open",
            user=user(by),
            head={"label": f"{owner}:topic", "ref": "topic", "repo": theirs, "sha": head, "user": user(owner)},
            base={"label": "owner:main", "ref": "main", "repo": ours, "sha": base, "user": user("owner")},
        )
        self.comments.setdefault(number, [])
        return self.pulls[number]

    def write_comment(
        self, number: int, body: str, login: str | None = None, kind: str | None = None
    ) -> dict[str, Any]:
        by = login or self.login
        row_id = self.new_id()
        address = f"{self.address}/repos/{self.repository}/issues/comments/{row_id}"
        issue = f"{self.address}/repos/{self.repository}/issues/{number}"
        author = user(by, kind or ("Bot" if by.endswith("[bot]") else "User"))
        row = made("issue-comment", id=row_id, body=body, user=author, url=address, issue_url=issue)
        row["author_association"] = "NONE"
        self.comments.setdefault(number, []).append(row)
        return row

    def answer(self, method: str, target: str, sent: Any, authorization: str) -> Answer:
        parts = urlsplit(target)
        found = operation(method, parts.path)
        fault = next((one for one in self.faults if one.method == method and one.part in parts.path), None)
        if fault is not None:
            self.faults.remove(fault)
            if not fault.is_done:
                return fault.answer
        route = self._routes.get(f"{method} {found.path}") if found else None
        refused = self.admits(method, found.path if found else "", authorization) or self._elsewhere(method, found)
        if refused or found is None or route is None:
            return refused or not_found()
        if method != "GET" and not self.may_write:
            return forbidden()
        request = Request(found.values, dict(parse_qsl(parts.query)), sent)
        answer = route(self, request)
        if isinstance(answer.value, list):
            answer = self._page(answer.value, parts.path, request.query)
        elif request.query and isinstance(answer.value, dict) and "total_count" in answer.value:
            (under,) = set(answer.value) - {"total_count", "repository_selection"}
            page = self._page(answer.value[under], parts.path, request.query)
            answer = page._replace(value={**answer.value, under: page.value})
        return fault.answer if fault is not None else answer

    def _elsewhere(self, method: str, found: Operation | None) -> Answer | None:
        """Where it is another repository that is meant, or this one by a name that it had."""
        if found is None or "owner" not in found.values:
            return None
        name = f"{found.values['owner']}/{found.values['repo']}"
        if name in self.former:
            to = f"{self.address}/repositories/1"
            told = {"message": "Moved Permanently", "url": to}
            return Answer(301 if method == "GET" else 307, told, {"Location": to})
        return not_found() if name != self.repository else None

    def _by_one_token(self, _method: str, _path: str, authorization: str) -> Answer | None:
        return Answer(401, {"message": "Bad credentials"}) if authorization.partition(" ")[2] != self.token else None

    def _page(self, rows: Sequence[Any], path: str, query: Mapping[str, str]) -> Answer:
        size, page = min(int(query.get("per_page", 30)), 100), int(query.get("page", 1))
        headers = {}
        if path.endswith("/hook/deliveries"):  # a list that knows no numbers of pages
            page = int(query.get("cursor", "v1_1").removeprefix("v1_"))
            left = f"{self.address}{path}?per_page={size}&cursor=v1_{page + 1}"
            headers = {"Link": f'<{left}>; rel="next"'} if len(rows) > size * page else {}
        elif len(rows) > size * page:
            others = "".join(f"&{name}={value}" for name, value in query.items() if name != "page")
            headers["Link"] = f'<{self.address}{path}?page={page + 1}{others}>; rel="next"'
        return Answer(200, list(rows[size * (page - 1) : size * page]), headers)


def _list_comments(fake: FakeGitHub, request: Request) -> Answer:
    rows = fake.comments.get(request.number("issue_number"))
    return not_found() if rows is None else Answer(200, rows)


def _create_comment(fake: FakeGitHub, request: Request) -> Answer:
    number, body = request.number("issue_number"), request.sent["body"]
    if number not in fake.comments:
        return not_found()
    return _too_long(body) or Answer(201, fake.write_comment(number, body))


def _comment(fake: FakeGitHub, request: Request) -> tuple[list[dict[str, Any]], dict[str, Any]] | None:
    wanted = request.number("comment_id")
    return next(((rows, row) for rows in fake.comments.values() for row in rows if row["id"] == wanted), None)


def _get_comment(fake: FakeGitHub, request: Request) -> Answer:
    found = _comment(fake, request)
    return not_found() if found is None else Answer(200, found[1])


def _edit_comment(fake: FakeGitHub, request: Request) -> Answer:
    found = _comment(fake, request)
    if found is None:
        return not_found()
    if refused := _too_long(request.sent["body"]):
        return refused
    found[1]["body"] = request.sent["body"]
    return Answer(200, found[1])


def _delete_comment(fake: FakeGitHub, request: Request) -> Answer:
    found = _comment(fake, request)
    if found is None:
        return not_found()
    found[0].remove(found[1])
    return Answer(204)


def _too_long(body: str) -> Answer | None:
    if len(body) <= LARGEST_BODY:
        return None
    return Answer(
        422, {"message": "Validation Failed", "errors": [{"message": "body is too long", "code": "unprocessable"}]}
    )


def _get_pull(fake: FakeGitHub, request: Request) -> Answer:
    row = fake.pulls.get(request.number("pull_number"))
    return not_found() if row is None else Answer(200, row)


def _list_pulls(fake: FakeGitHub, request: Request) -> Answer:
    state, head = request.query.get("state", "open"), request.query.get("head")
    rows = [row for row in fake.pulls.values() if state in ("all", row["state"])]
    return Answer(200, [row for row in rows if head is None or row["head"]["label"] == head])


ROUTES: dict[str, Route] = {
    "GET /repos/{owner}/{repo}/issues/{issue_number}/comments": _list_comments,
    "POST /repos/{owner}/{repo}/issues/{issue_number}/comments": _create_comment,
    "GET /repos/{owner}/{repo}/issues/comments/{comment_id}": _get_comment,
    "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}": _edit_comment,
    "DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}": _delete_comment,
    "GET /repos/{owner}/{repo}/pulls": _list_pulls,
    "GET /repos/{owner}/{repo}/pulls/{pull_number}": _get_pull,
}


@contextmanager
def serving(fake: FakeGitHub, prefix: str = "") -> Iterator[FakeGitHub]:
    """Over real HTTP, on this machine alone. `prefix` is "/api/v3" for an Enterprise server."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = 1 << 16  # head and body in one packet: else each answer waits for the first to be acknowledged

        def _any(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            sent = json.loads(self.rfile.read(length)) if length else None
            target = self.path.removeprefix(prefix)
            with fake.lock:
                answer = fake.answer(self.command, target, sent, self.headers.get("Authorization", ""))
                value = json.loads(json.dumps(answer.value))  # as it was when it was answered
                if answer.raw is None and answer.status not in (DROPPED, CUT):
                    fake.exchanges.append(Exchange(self.command, target, sent, answer.status, value))
            time.sleep(answer.late)
            if answer.status == DROPPED:
                self.close_connection = True
                return
            raw = b"" if answer.status == 204 else json.dumps(value).encode()
            raw = raw if answer.raw is None else answer.raw
            self.send_response(200 if answer.status == CUT else answer.status)
            for name, text in answer.headers.items():
                self.send_header(name, text)
            self.send_header("Content-Type", "application/json; charset=utf-8")
            self.send_header("Content-Length", str(len(raw) + (1_000 if answer.status == CUT else 0)))
            self.end_headers()
            self.close_connection = answer.status == CUT
            self.wfile.write(raw)

        do_GET = do_POST = do_PATCH = do_DELETE = do_PUT = _any  # noqa: N815

    with listening(Handler, are_left=True) as port:
        fake.address = f"http://localhost:{port}{prefix}"
        yield fake
