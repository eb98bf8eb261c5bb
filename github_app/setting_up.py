"""A server on this machine that leads a browser to GitHub and back, until the App is there: `mldebt setup`.

Whoever has the address with its token may use the page, so it is printed, and handed to no other program, whose
arguments others on the machine could read. What comes back from GitHub carries the state, which that page alone holds.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hmac import compare_digest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from github_app import setup_page
from github_app.registering import CODE, NotNow, Registered, Wanted, registered
from mldebt.app_access import keep_app
from mldebt.failure import Failure
from mldebt.settings import SettingsError

BACK = "made"
_SLOW = 30  # seconds for one request


class Page(NamedTuple):
    status: int
    title: str
    body: str  # HTML


@dataclass
class Setup:
    """What a browser is answered until the App is there, or cannot be."""

    wanted: Wanted
    home: Path
    base: str  # the page's address as the browser sees it, without the token
    hosts: frozenset[str]  # what requests may call this server: a page elsewhere could come here under its own name
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    state: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    made: Registered | None = None
    failed: Failure | SettingsError | None = None
    _one: threading.Lock = field(default_factory=threading.Lock)

    @property
    def address(self) -> str:
        return f"{self.base}/{self.token}"

    @property
    def is_over(self) -> bool:
        return self.made is not None or self.failed is not None

    def answer(self, target: str, host: str) -> Page:
        """To a GET."""
        parts = urlsplit(target)
        asked = parts.path.strip("/")
        if host not in self.hosts:
            return _REFUSED
        if asked == BACK:
            query = parse_qs(parts.query)
            code, state = query.get("code", [""])[0], query.get("state", [""])[0]
            if not CODE.fullmatch(code) or not compare_digest(state.encode(), self.state.encode()):
                return _REFUSED
            with self._one:
                return self._come_back(code)
        if compare_digest(asked.encode(), self.token.encode()):
            form = setup_page.form(self.wanted, f"{self.base}/{BACK}", self.state)
            return Page(200, "Make the GitHub App", form)
        return _REFUSED

    def _come_back(self, code: str) -> Page:
        if not self.is_over:
            try:
                found = registered(self.wanted, code)
                keep_app(found.access, self.home)
                self.made = found
            except NotNow as error:
                again = "<p>Reload this page to try again.</p>"
                return Page(502, "Not yet", f"{setup_page.sentence(str(error))}{again}")
            except (Failure, SettingsError) as error:
                self.failed = error
        if self.made is None:
            return Page(409, "The App was not kept", setup_page.sentence(str(self.failed)))
        return Page(200, "The App is there", setup_page.made(self.made))


_REFUSED = Page(403, "Not this way", setup_page.sentence("Open the address that `mldebt setup` has printed"))


def set_up(wanted: Wanted, home: Path, port: int, forwarded: str, announce: Callable[[str], None]) -> Registered:
    """Serve until the App is there. `forwarded` is an address with {port} that leads here, empty where there is none.

    Raises Failure, or SettingsError where it could not be kept.
    """
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), BaseHTTPRequestHandler)
    except OSError:
        raise Failure(f"port {port} is taken: choose another with --port") from None
    with server:
        here = f"127.0.0.1:{server.server_port}"
        base = forwarded.format(port=server.server_port) or f"http://{here}"
        hosts = frozenset({here, f"localhost:{server.server_port}", urlsplit(base).netloc})
        setup = Setup(wanted, home, base, hosts)
        over = threading.Event()
        server.RequestHandlerClass = _handler(setup, over)
        threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
        try:
            announce(setup.address)
            over.wait()
        finally:
            server.shutdown()
    if setup.made is None:
        raise setup.failed or Failure("the App was not made: run `mldebt setup` again")
    return setup.made


def forwarded_address(environment: Mapping[str, str]) -> str:
    """Where a GitHub Codespace shows a port of its own to its user's browser; empty elsewhere."""
    name = environment.get("CODESPACE_NAME", "")
    domain = environment.get("GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN", "")
    return f"https://{name}-{{port}}.{domain}" if name and domain and "{" not in name + domain else ""


def _handler(setup: Setup, over: threading.Event) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = _SLOW

        def do_GET(self) -> None:
            page = setup.answer(self.path, self.headers.get("Host", ""))
            raw = setup_page.page(page.title, page.body).encode()
            self.send_response(page.status)
            for name, value in {
                "Content-Type": "text/html; charset=utf-8",
                "Content-Length": str(len(raw)),
                "Content-Security-Policy": setup_page.POLICY,
                "Cache-Control": "no-store",
                "Referrer-Policy": "no-referrer",
                "X-Content-Type-Options": "nosniff",
            }.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(raw)
            self.wfile.flush()
            if setup.is_over:  # only now: the page is to be seen
                over.set()

        def log_message(self, *_: object) -> None:
            """Nothing: requests hold the token and the code."""

    return Handler
