"""Sign-in as the server has it: the three routes under `/auth/`, and the gate before everything else.

The address under which people reach the server is told by its owner (`MLDEBT_URL`), never by a request: forwarded
headers are not looked at, so nobody gains by sending them.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from github_app import oauth
from github_app.oauth import CALLBACK, Forged, Refused
from github_app.port import GitHubFailed
from github_app.seats import Seats
from github_app.sign_in_page import page
from github_app.signed_in import SignedIn
from mldebt.access import OUT_OF_REACH
from mldebt.app_access import AppAccess, read_app_access
from mldebt.settings import read_settings
from mldebt.store.engine import Store, open_store
from mldebt.store.errors import StoreError

LOGIN, LOGOUT = "/auth/login", "/auth/logout"
OPEN = frozenset({LOGIN, CALLBACK, LOGOUT, "/github/webhook", "/healthz"})
OPEN_FOLDERS = ("/fonts/", ""), ("/badge/", ".svg")
"""What is reached without a session: the routes there answer for themselves."""
AT_ONCE = 8
"""Sign-ins that wait for GitHub; others wait for their turn."""
WAITS = 5.0
"""Seconds for a scan that writes to the store: a person waits meanwhile."""
log = logging.getLogger("mldebt.server")

GO = (LOGIN, "Sign in with GitHub")
NAMED = "mldebt", "mldebt-sign-in"
"""Cookies: of the session, and of the way to GitHub and back."""


@dataclass
class SigningIn:
    """Joined by `app.py`: routes, a gate, and what binds `mldebt.access.Access`."""

    client: AppAccess
    people: SignedIn
    clock: Callable[[], float] = time.time
    _turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    @property
    def host(self) -> str:
        """Of the public address, without a port."""
        return urlsplit(self.client.public_url).hostname or ""

    @property
    def is_https(self) -> bool:
        return self.client.public_url.startswith("https://")

    @property
    def routes(self) -> list[Route]:
        return [
            Route(LOGIN, self.login),
            Route(CALLBACK, self.callback),
            Route(LOGOUT, self.logout, methods=["GET", "POST"]),
        ]

    async def login(self, request: Request) -> Response:
        """Off to GitHub."""
        wanted = request.query_params.get("next", "/")
        begun = oauth.begin(self.client, secrets.token_urlsafe(32), wanted, int(self.clock()))
        answer = RedirectResponse(begun.address, 303)
        self._keep(answer, self._name(1), begun.cookie, 60 * oauth.MINUTES)
        return answer

    async def callback(self, request: Request) -> Response:
        """Back from GitHub. Whatever comes of it, what was begun is over."""
        try:
            async with self._turns:
                answer = await run_in_threadpool(self._finish, request.query_params, request.cookies)
        except (Forged, Refused) as failure:
            answer = _refused(400, "You are not signed in", failure)
        except GitHubFailed as failure:
            answer = _refused(502, "GitHub did not sign you in", failure)
        except StoreError as failure:
            answer = _refused(503, "You are not signed in", failure)
        self._drop(answer, self._name(1))
        return answer

    def _finish(self, told: Mapping[str, str], cookies: Mapping[str, str]) -> Response:
        back = oauth.returned(self.client, cookies.get(self._name(1), ""), told.get("state", ""), int(self.clock()))
        if "code" not in told:
            raise Refused("GitHub did not let mldebt know who you are: you, or your organisation, said no")
        token = oauth.exchange(self.client, told["code"], back.verifier)
        value = self.people.begin(token, cookies.get(self._name(0), ""))
        answer = RedirectResponse(back.next, 303)
        self._keep(answer, self._name(0), value, token.seconds)
        return answer

    async def logout(self, request: Request) -> Response:
        """Asked for by a page of this server: what another site sends people to only asks them."""
        if not self._is_ours(request.headers):
            if request.method == "POST":
                return HTMLResponse(page("Not done", "Another site asked to sign you out."), 403)
            return HTMLResponse(page("Sign out?", button=(LOGOUT, "Sign out")))
        try:
            await run_in_threadpool(self.people.end, request.cookies.get(self._name(0), ""))
        except StoreError as failure:
            return _refused(503, "You are still signed in", failure)
        answer = HTMLResponse(page("You are signed out", "In every tab of this browser.", link=GO))
        self._drop(answer, self._name(0))
        return answer

    def gate(self, app: ASGIApp) -> ASGIApp:
        return Gate(Seats(app, self.people), self)

    def _is_ours(self, headers: Headers) -> bool:
        if "origin" in headers:
            return headers["origin"] == self.client.public_url
        return headers.get("sec-fetch-site") == "same-origin"

    def _name(self, which: int) -> str:
        """`__Host-` is a browser's word that no other host or path set it; it wants https."""
        return cookie_name(NAMED[which], is_https=self.is_https)

    def _keep(self, answer: Response, name: str, value: str, seconds: int) -> None:
        secure = self.is_https
        answer.set_cookie(name, value, max_age=seconds, path="/", secure=secure, httponly=True, samesite="lax")

    def _drop(self, answer: Response, name: str) -> None:
        answer.delete_cookie(name, path="/", secure=self.is_https, httponly=True, samesite="lax")


class Gate:
    """Nothing of the dashboard is answered without a session, its WebSocket and its files no more than its pages."""

    def __init__(self, app: ASGIApp, signing: SigningIn) -> None:
        self.app, self.signing = app, signing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        refusal = await self._refusal(scope, Headers(scope=scope))
        if refusal is None:
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await refusal(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008, "reason": "refused"})

    async def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        signing, path = self.signing, scope["path"]
        host = _host(headers.get("host", ""))
        if host != signing.host and not (path == "/healthz" and host in ("localhost", "127.0.0.1", "::1")):
            return PlainTextResponse(f"mldebt answers under {signing.client.public_url} only.\n", 403)
        if scope["type"] == "websocket" and headers.get("origin") != signing.client.public_url:
            return PlainTextResponse("another site may not connect\n", 403)
        if path in OPEN or any(path.startswith(begins) and path.endswith(ends) for begins, ends in OPEN_FOLDERS):
            return None
        cookie = HTTPConnection(scope).cookies.get(signing.people.cookie, "")
        try:
            is_open = await run_in_threadpool(lambda: signing.people.is_open(cookie))
        except StoreError as failure:
            return _refused(503, "The store does not answer", failure)
        return None if is_open else _asks(scope, headers)


def _asks(scope: Scope, headers: Headers) -> Response:
    """To sign in: a person by a page that leads back, anything else in a word."""
    if scope.get("method") != "GET" or "text/html" not in headers.get("accept", ""):
        return PlainTextResponse("sign in first\n", 401)
    wanted = quote(f"{quote(scope['path'])}?{scope['query_string'].decode('latin-1')}".rstrip("?"), safe="")
    says = "mldebt shows you the repositories that you can see on GitHub."
    return HTMLResponse(page("Sign in", says, link=(f"{LOGIN}?next={wanted}", GO[1])), 401)


def signing_in(environment: Mapping[str, str]) -> SigningIn | None:
    """None where no App is configured: then this machine alone is served. Raises SettingsError."""
    settings = read_settings(environment)
    client = read_app_access(environment, settings.home)
    if client is None:
        return None

    from github_app.people import People  # a server without an App does not pay for it

    @cache
    def store() -> Store:
        return open_store(settings.database_url, wait_seconds=WAITS)

    is_https = client.public_url.startswith("https://")
    people = SignedIn(cookie_name(NAMED[0], is_https=is_https), store, lambda token: People(client.api, token))
    return SigningIn(client, people)


def cookie_name(name: str, *, is_https: bool) -> str:
    return f"__Host-{name}" if is_https else name


def _host(header: str) -> str:
    try:
        return urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return ""


def _refused(status: int, title: str, failure: Exception) -> HTMLResponse:
    told = str(failure)
    if isinstance(failure, StoreError):  # it names a file or a host, and strangers knock here
        log.error("nobody could be let in: %s", failure)
        told = OUT_OF_REACH
    sentence = f"{told[:1].upper()}{told[1:]}."
    return HTMLResponse(page(title, sentence, link=(LOGIN, "Try again")), status)
