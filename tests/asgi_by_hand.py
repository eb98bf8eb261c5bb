"""A browser as a server meets it: requests to an ASGI application, with cookies kept as their attributes say."""

from __future__ import annotations

import asyncio
from http.cookies import Morsel, SimpleCookie
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message

from tests.loops import run_apart


class Answer(NamedTuple):
    status: int
    headers: Headers
    text: str

    @property
    def to(self) -> str:
        return self.headers.get("location", "")


class Browser:
    """One profile, at the public address of a server that stands behind a proxy."""

    def __init__(self, app: ASGIApp, address: str) -> None:
        self.app, self.address = app, address
        self.cookies: dict[str, Morsel[str]] = {}

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, {"accept": "text/html", **named(headers)})

    def click(self, path: str) -> Answer:
        """A link on a page of the server."""
        return self.get(path, sec_fetch_site="same-origin")

    def post(self, path: str, **headers: str) -> Answer:
        return self.ask("POST", path, self._by(headers))

    def ask(self, method: str, path: str, headers: dict[str, str]) -> Answer:
        start, *bodies = self._sent("http", path, headers, method)
        self._keep(Headers(raw=start["headers"]).getlist("set-cookie"))
        text = b"".join(body.get("body", b"") for body in bodies).decode()
        return Answer(start["status"], Headers(raw=start["headers"]), text)

    def connects(self, path: str = "/_stcore/stream", **headers: str) -> bool:
        """Whether its WebSocket is accepted."""
        accepted: bool = self._sent("websocket", path, self._by(headers))[0]["type"] == "websocket.accept"
        return accepted

    def _by(self, headers: dict[str, str]) -> dict[str, str]:
        return {"origin": self.address, **named(headers)}

    def _keep(self, lines: list[str]) -> None:
        for line in lines:
            parsed: SimpleCookie = SimpleCookie(line)
            for name, morsel in parsed.items():
                is_https = self.address.startswith("https")
                if name.startswith("__Host-"):
                    assert is_https
                    assert morsel["secure"]
                    assert morsel["path"] == "/"
                    assert not morsel["domain"]
                if morsel["max-age"] == "0":
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = morsel

    def _sent(self, kind: str, path: str, headers: dict[str, str], method: str = "GET") -> list[Message]:
        found: list[Message] = []
        parts = urlsplit(path)
        kept = "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items())
        sent = {"host": urlsplit(self.address).netloc, "cookie": kept} | headers
        about: dict[str, Any] = {"type": kind, "path": parts.path, "raw_path": parts.path.encode(), "root_path": ""}
        about |= {"method": method} if kind == "http" else {}
        about |= {"query_string": parts.query.encode(), "scheme": "http", "client": ("127.0.0.1", 50_000)}
        about |= {"subprotocols": [], "headers": [(n.encode(), v.encode()) for n, v in sent.items() if v]}

        waiting: list[Message] = [{"type": "websocket.connect"}]
        if kind == "http":
            waiting = [{"type": "http.request", "body": b""}]

        async def receive() -> Message:
            return waiting.pop() if waiting else await asyncio.Future()  # and nothing more, ever

        async def send(message: Message) -> None:
            found.append(message)

        run_apart(self.app(about, receive, send))  # type: ignore[arg-type]
        return found


def named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
