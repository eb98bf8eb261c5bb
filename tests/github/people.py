"""A GitHub where people sign in through the App, each seeing other repositories: its API, and its pages."""

from __future__ import annotations

import json
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.github.contract import Operation, made
from tests.github.fake import Answer, FakeGitHub, Request, Route, not_found, user
from tests.servers_by_hand import listening

CLIENT_ID, CLIENT_SECRET = "Iv1.0123456789abcdef", "the-secret-of-the-client"
SEE = {"admin": False, "maintain": False, "push": False, "triage": False, "pull": True}
DECIDE = {**SEE, "push": True}


@dataclass
class Person:
    id: int
    login: str
    installations: dict[int, dict[int, dict[str, bool]]] = field(default_factory=dict)
    """Permissions, by installation and repository."""
    public: dict[str, tuple[int, dict[str, bool]]] = field(default_factory=dict)
    """What is seen by name alone."""


@dataclass
class _Asked:
    """What a browser came with to the page that asks whether the App may."""

    redirect_uri: str
    challenge: str
    person: Person


class GitHubWithPeople(FakeGitHub):
    """Its `tokens` are those that hold: take one away, and it was taken back."""

    def __init__(self, *people: Person) -> None:
        super().__init__(PEOPLE)
        self.people = people
        self.tokens: dict[str, Person] = {}
        self.given: list[str] = []  # tokens, those that were taken back too
        self.codes: dict[str, _Asked] = {}
        self.asking: Person | None = None
        self.suspended: set[int] = set()  # installations
        self.names: dict[int, str] = {}  # of repositories
        self.token_lives: int | None = 28_800
        self.wrong: list[str] = []  # how the App broke the rules of signing in
        self.web = ""
        self.admits = self._by_person

    def _by_person(self, _method: str, _path: str, authorization: str) -> Answer | None:
        self.asking = self.tokens.get(authorization.partition(" ")[2])
        return Answer(401, {"message": "Bad credentials"}) if self.asking is None else None

    def _elsewhere(self, _method: str, _found: Operation | None) -> Answer | None:
        return None

    def signed_in(self, person: Person) -> str:
        """A token of the person, as if by the browser."""
        token = f"ghu_{secrets.token_hex(18)}"
        self.tokens[token] = person
        self.given.append(token)
        return token

    def row_of(self, number: int, permissions: dict[str, bool], schema: str = "repository") -> dict[str, Any]:
        name = self.names.get(number, f"shop/r{number}")
        owner, _, short = name.partition("/")
        return made(schema, id=number, full_name=name, name=short, owner=user(owner), permissions=permissions)


def _of(fake: FakeGitHub) -> tuple[GitHubWithPeople, Person]:
    assert isinstance(fake, GitHubWithPeople)
    assert fake.asking is not None
    return fake, fake.asking


def _who(fake: FakeGitHub, _request: Request) -> Answer:
    _, person = _of(fake)
    return Answer(200, made("public-user", id=person.id, login=person.login, user_view_type="public"))


def _installations(fake: FakeGitHub, _request: Request) -> Answer:
    github, person = _of(fake)
    rows = [made("installation", id=number, account=user("shop")) for number in person.installations]
    for row in rows:
        row["suspended_at"] = "2026-11-01T09:00:00Z" if row["id"] in github.suspended else None
    return Answer(200, {"total_count": len(rows), "installations": rows})


def _repositories(fake: FakeGitHub, request: Request) -> Answer:
    github, person = _of(fake)
    found = person.installations.get(request.number("installation_id"))
    if found is None:
        return not_found()
    rows = [github.row_of(number, may) for number, may in found.items()]
    return Answer(200, {"total_count": len(rows), "repositories": rows})


def _repository(fake: FakeGitHub, request: Request) -> Answer:
    github, person = _of(fake)
    name = f"{request.values['owner']}/{request.values['repo']}"
    found = person.public.get(name)
    if found is None:
        return not_found()
    github.names[found[0]] = name
    return Answer(200, github.row_of(*found, schema="full-repository"))


PEOPLE: dict[str, Route] = {
    "GET /user": _who,
    "GET /user/installations": _installations,
    "GET /user/installations/{installation_id}/repositories": _repositories,
    "GET /repos/{owner}/{repo}": _repository,
}


@contextmanager
def web(fake: GitHubWithPeople) -> Iterator[str]:
    """The address of GitHub's pages. A browser is asked there who it is: a link for each person, and one to refuse."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
            with fake.lock:
                if parts.path == "/login/oauth/authorize":
                    self._page(_asks(fake, asked))
                elif parts.path == "/as":
                    self._leave(back(fake, asked))
                else:
                    self.send_error(404)

        def do_POST(self) -> None:
            sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with fake.lock:
                fake.wrong += [] if self.headers["Accept"] == "application/json" else ["Accept"]
                told = _token(fake, sent) if self.path == "/login/oauth/access_token" else {"error": "not_found"}
            self._send(200, json.dumps(told), "application/json")

        def _page(self, text: str) -> None:
            self._send(200 if text else 404, text, "text/html; charset=utf-8")

        def _leave(self, to: str) -> None:
            self.send_response(302)
            self.send_header("Location", to)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def _send(self, status: int, text: str, kind: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(text.encode())))
            self.end_headers()
            self.wfile.write(text.encode())

    with listening(Handler) as port:
        fake.web = f"http://localhost:{port}"
        yield fake.web


def _asks(fake: GitHubWithPeople, asked: dict[str, str]) -> str:
    """The page; empty where GitHub would not show it."""
    if asked.get("client_id") != CLIENT_ID or asked.get("code_challenge_method") != "S256":
        fake.wrong.append(f"asked with {sorted(asked)}")
        return ""
    links = [(one.login, {**asked, "login": one.login}) for one in fake.people] + [("refuse", {**asked, "login": ""})]
    shown = "".join(f'<p><a href="/as?{escape(urlencode(query))}">{name}</a></p>' for name, query in links)
    return f"<!doctype html><title>GitHub</title>{shown}"


def back(fake: GitHubWithPeople, asked: dict[str, str]) -> str:
    person = next((one for one in fake.people if one.login == asked.get("login")), None)
    if person is None:
        told = {"error": "access_denied", "error_description": "no", "state": asked["state"]}
        return f"{asked['redirect_uri']}?{urlencode(told)}"
    code = secrets.token_hex(10)
    fake.codes[code] = _Asked(asked["redirect_uri"], asked["code_challenge"], person)
    return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"


def _token(fake: GitHubWithPeople, sent: dict[str, str]) -> dict[str, Any]:
    """Once for each code, and for whoever has the secret, and the verifier that the challenge was made of."""
    asked = fake.codes.pop(sent.get("code", ""), None)
    if (sent.get("client_id"), sent.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
        return {"error": "incorrect_client_credentials"}
    if asked is None or sent.get("redirect_uri") != asked.redirect_uri:
        return {"error": "bad_verification_code"}
    digest = sha256(sent.get("code_verifier", "").encode()).digest()
    if urlsafe_b64encode(digest).decode().rstrip("=") != asked.challenge:
        return {"error": "bad_verification_code", "error_description": "the verifier does not fit"}
    told: dict[str, Any] = {"access_token": fake.signed_in(asked.person), "token_type": "bearer", "scope": ""}
    if fake.token_lives is not None:
        told |= {"expires_in": fake.token_lives, "refresh_token": "ghr_x", "refresh_token_expires_in": 15_811_200}
    return told
