"""What a signed-in person's own tab holds stays that person's: its session in the server, and the files it was handed.

Streamlit keeps what a tab typed when its connection breaks off, and gives it to whoever comes back with the tab's
number; a file for download lies under an address that whoever learns it may ask for. Both are held here to the session
that is signed in.
"""

from __future__ import annotations

from hashlib import sha256

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from github_app.signed_in import SignedIn
from mldebt import access
from mldebt.access import AccessFailed
from mldebt.store.errors import StoreError

HEADER = "x-mldebt-seat"
"""Told to Streamlit with each WebSocket (`server.trustedUserHeaders`); what a browser sends under it is dropped."""
FILES = "/media/"
_CHANGES_BYTES = {b"range", b"if-range", b"accept-encoding"}


class Seats:
    """Behind the gate: somebody is signed in."""

    def __init__(self, app: ASGIApp, people: SignedIn) -> None:
        self.app, self.people = app, people

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            seat = sha256(f"seat:{self._cookie(scope)}".encode("utf-8", "surrogatepass")).hexdigest()
            headers = [(name, value) for name, value in scope["headers"] if name.lower() != HEADER.encode()]
            scope = {**scope, "headers": [*headers, (HEADER.encode(), seat.encode())]}
        elif scope["type"] == "http" and scope["path"].startswith(FILES):
            await self._file(scope, receive, send)
            return
        await self.app(scope, receive, send)

    async def _file(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Only whole, and only to who may see now what it is of; anything else is answered as what is not there."""
        headers = [(name, value) for name, value in scope["headers"] if name.lower() not in _CHANGES_BYTES]
        sent: list[Message] = []

        async def keep(message: Message) -> None:
            sent.append(message)

        if scope["method"] == "GET":
            await self.app({**scope, "headers": headers}, receive, keep)
        if not sent or sent[0]["status"] != 200 or not await run_in_threadpool(self._may, scope, sent):
            await PlainTextResponse("File not found", 404)(scope, receive, send)
            return
        for message in sent:
            await send(message)

    def _may(self, scope: Scope, sent: list[Message]) -> bool:
        """What is no download is the page's icon."""
        start, *bodies = sent
        if all(name.lower() != b"content-disposition" for name, _ in start["headers"]):
            return True
        body = b"".join(message.get("body", b"") for message in bodies)
        try:
            viewer = self.people.viewer({self.people.cookie: self._cookie(scope)})
        except (AccessFailed, StoreError):
            return False
        return any(map(viewer.may_see, access.handed_out.repositories(body)))

    def _cookie(self, scope: Scope) -> str:
        return HTTPConnection(scope).cookies.get(self.people.cookie, "")
