"""The server: the dashboard as an ASGI application, with the headers and refusals that a page needs."""

from __future__ import annotations

import logging
import os
from base64 import b64encode
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from functools import cache
from hashlib import sha256
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from app_pages import _shell
from app_pages._serving import WhatPagesUse
from github_app import badge, seats
from github_app.door import Webhooks
from github_app.signing_in import SigningIn, signing_in
from mldebt import access
from mldebt.jobs.beside import Beside
from mldebt.logs import keep_secrets_out_of_logs

ROOT = Path(__file__).resolve().parent
MAIN = ROOT / "app_pages" / "_main.py"
LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})
FORWARDED = ("forwarded", "x-forwarded-", "x-real-ip", "x-original-host")
SAME_FOR_ALL = ("/static/", badge.PATH)
"""Beginnings of addresses whose answers may be kept: they say themselves for how long."""
# Tried with every page: charts are drawn without eval, and no inline script runs but those of the page.
CONTENT_POLICY = (
    "default-src 'self'; "
    "script-src 'self' {inline}; "
    "style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; "
    "font-src 'self' data:; "
    "connect-src 'self' {socket}; "
    "worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
log = logging.getLogger("mldebt.server")


class LocalOnly:
    """Without a GitHub App there is no sign-in, so only this machine is served.

    Refuses requests from other addresses, for other host names (a rebinding attack), and any that
    passed a proxy: what a proxy lets through would be seen by people whom nobody let in.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = why_refused(headers, (scope.get("client") or ("",))[0])
        if scope["type"] == "websocket" and not _is_same_site(headers):
            refusal = "another site may not connect\n"
        if refusal is None:
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await PlainTextResponse(refusal, status_code=403)(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008, "reason": "refused"})


def why_refused(headers: Headers, client: str) -> str | None:
    """A sentence, or None where the request may pass."""
    if any(name.startswith(FORWARDED) for name in headers):
        return "mldebt has no sign-in: it does not answer through a proxy.\n"
    if _host(headers.get("host", "")) not in LOCAL_NAMES:
        return "mldebt has no sign-in: it answers under localhost and 127.0.0.1 only.\n"
    if not _is_loopback(client):
        return "mldebt has no sign-in: it answers this machine only.\n"
    return None


def _is_same_site(headers: Headers) -> bool:
    """Refused here: of an origin that it does not know the library would ask outside for this machine's address."""
    origin = headers.get("origin")
    return origin is None or origin.partition("://")[2] == headers.get("host")


class SecurityHeaders:
    """The same headers on every response. Fonts never change under their name, so they may be kept.

    With sign-in no page is kept: who signed out leaves nothing to go back to.
    """

    def __init__(self, app: ASGIApp, signing: SigningIn | None = None) -> None:
        self.app = app
        self.signing = signing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        # Some browsers do not count a WebSocket to the same host as 'self'.
        host = Headers(scope=scope).get("host", "")
        socket = f"ws://{host} wss://{host}" if _host(host) in LOCAL_NAMES else ""
        signing = self.signing
        if signing is not None and _host(host) == signing.host:
            socket = f"{'wss' if signing.is_https else 'ws'}://{host}"

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update({name: value for name, value in HEADERS.items() if not _is_own(name, scope, headers)})
                headers["Content-Security-Policy"] = CONTENT_POLICY.format(inline=inline_hashes(), socket=socket)
                if scope["path"].startswith("/fonts/"):
                    headers["Cache-Control"] = "public, max-age=31536000, immutable"
                elif signing is not None and not scope["path"].startswith(SAME_FOR_ALL):
                    headers["Cache-Control"] = "no-store"
                if signing is not None and signing.is_https:
                    headers["Strict-Transport-Security"] = "max-age=31536000"
                    secure_cookies(headers)
            await send(message)

        await self.app(scope, receive, send_with_headers)


def secure_cookies(headers: MutableHeaders) -> None:
    """The library knows of TLS only where it ends at the library itself: its cookies too go over https alone."""
    cookies = headers.getlist("set-cookie")
    if cookies:
        del headers["set-cookie"]
    for cookie in cookies:
        is_secure = "secure" in (part.strip().lower() for part in cookie.split(";")[1:])
        headers.append("set-cookie", cookie if is_secure else f"{cookie}; Secure")


def _is_own(name: str, scope: Scope, headers: MutableHeaders) -> bool:
    """A badge is an image on other sites' pages, and says so itself."""
    return scope["path"].startswith(badge.PATH) and name == "Cross-Origin-Resource-Policy" and name in headers


@cache
def inline_hashes() -> str:
    """The scripts that stand in the page, as the content policy names them: by what they say."""
    digests = (b64encode(sha256(script.encode()).digest()).decode() for script in _shell.scripts())
    return " ".join(f"'sha256-{digest}'" for digest in digests)


def _host(header: str) -> str:
    """The host header without its port, lower case."""
    name, colon, port = header.rpartition(":")
    return (name if colon and port.isdecimal() else header).lower()


def _is_loopback(client: str) -> bool:
    try:
        return ip_address(client).is_loopback
    except ValueError:
        return False


async def healthz(_request: Request) -> JSONResponse:
    """Whether the store answers. 503 where it does not."""
    from starlette.concurrency import run_in_threadpool

    from app_pages._door import store_answers

    is_well = await run_in_threadpool(store_answers)
    return JSONResponse({"status": "ok" if is_well else "the store does not answer"}, 200 if is_well else 503)


def show_error(error: Exception) -> bool:
    """A sentence on the page, the traceback in the log."""
    from app_pages import _refusals

    if _refusals.show(error):
        return True
    log.error("a page failed", exc_info=error)
    st.error(
        "This page could not be shown. What went wrong is in the server's log; nothing that is stored was changed."
    )
    st.button("Try again", key="try_again")
    return True


def serve(port: int, jobs: Beside) -> None:
    """Serve on 127.0.0.1, and run jobs, until interrupted.

    Changes the working directory to mldebt's own root, where Streamlit looks for its configuration: never
    to an analysed repository's `.streamlit/`.
    """
    os.chdir(ROOT)
    try:
        st.App(MAIN, **around(jobs)).run(config={"server.port": port, "server.address": "127.0.0.1"})
    finally:
        jobs.end()


def middleware(signing: SigningIn | None = None) -> tuple[Middleware, ...]:
    """Outermost first: a refusal carries the headers too."""
    own = frozenset(route.path for route in signing.routes) if signing else frozenset[str]()
    return (
        Middleware(SecurityHeaders, signing),
        Middleware(signing.gate if signing else LocalOnly),
        Middleware(WhatPagesUse, own),
    )


def around(jobs: Beside | None = None) -> dict[str, Any]:
    """What the application has around its pages. Without `jobs` it runs them if no other process does."""
    keep_secrets_out_of_logs()
    webhooks, signing = Webhooks(), signing_in(os.environ)
    if signing is not None:
        access.bind(signing.people)

    @asynccontextmanager
    async def lifespan(_app: st.App) -> AsyncGenerator[None, None]:
        """Imports and first queries before the first visitor waits for them; then jobs, for which nobody waits."""
        from starlette.concurrency import run_in_threadpool

        from app_pages._door import warm_up
        from app_pages._memory import collect_less

        if signing is not None:
            config.set_option("server.allowedHosts", [*LOCAL_NAMES, signing.host])
            config.set_option("server.trustedUserHeaders", {seats.HEADER: "seat"})
            config.set_option("browser.serverAddress", signing.host)  # else it may ask outside for its own address
        await run_in_threadpool(warm_up)
        collect_less()
        await run_in_threadpool(webhooks.begin, os.environ)
        beside = jobs or await run_in_threadpool(Beside.if_free, os.environ)
        if beside is not None:
            beside.begin("github_app.jobs")
        yield
        await run_in_threadpool(webhooks.end)
        if beside is not None:
            await run_in_threadpool(beside.end)

    return {
        "lifespan": lifespan,
        "routes": [
            Route("/healthz", healthz),
            webhooks.route,
            *badge.routes(),
            *(signing.routes if signing else ()),
            *_shell.routes(),
            Mount("/fonts", StaticFiles(directory=ROOT / ".streamlit" / "fonts")),
        ],
        "middleware": middleware(signing),
        "on_script_error": show_error,
    }


app = st.App(MAIN, **around())  # `streamlit run` looks for this very assignment in the text
