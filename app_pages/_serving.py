"""Of all that Streamlit's server answers, what the pages use. The rest is closed: uploads, counters, other doors.

Where the library would begin its own page at an address that no page has, it is said that there is none.

Of what a browser may ask over its WebSocket the same holds: nobody empties the caches of all, or has the server look
through the folder that it runs from.
"""

from __future__ import annotations

from google.protobuf.message import DecodeError
from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

from app_pages import _missing, _shell

CLOSED = ("/_stcore/", "/component/", "/oauth2callback", "/auth/", "/app/static/")
"""Beginnings of addresses that the library answers."""
NAMES = [route.path[1:] for route in _shell.routes() if route.path != "/"]
PAGES = frozenset({"/", *(f"/{name}" for name in NAMES)})
FILES = ("/media/", "/fonts/", "/badge/")
"""Beginnings of addresses behind which there are no pages, but what pages show or hand out."""
USED = frozenset({"/_stcore/health", "/_stcore/host-config", "/_stcore/stream"})
ANSWERED = frozenset({"rerun_script", "stop_script", "app_heartbeat"})
"""Kinds of messages; and the one that asks for a file to download."""


class WhatPagesUse:
    """`own`: addresses of ours that begin like those that are closed."""

    def __init__(self, app: ASGIApp, own: frozenset[str] = frozenset()) -> None:
        self.app, self.own, self.open = app, own, USED | own

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if scope["type"] == "http" and path.startswith(CLOSED) and path not in self.open:
            await PlainTextResponse("Not Found", 404)(scope, receive, send)
        elif scope["type"] == "websocket":
            await self.app(scope, lambda: _answered(receive), send)
        elif scope["type"] == "http" and path not in self.own | PAGES and not path.startswith(FILES):
            await self.app(scope, receive, _no_page(scope, receive, send))
        else:
            await self.app(scope, receive, send)


def _no_page(scope: Scope, receive: Receive, send: Send) -> Send:
    """Passes everything on but a whole page of HTML: in its place stands what is said of an unknown address."""
    is_replaced = False

    async def sent(message: Message) -> None:
        nonlocal is_replaced
        if message["type"] == "http.response.start":
            is_html = Headers(raw=message["headers"]).get("content-type", "").startswith("text/html")
            is_replaced = is_html and message["status"] == 200
            if is_replaced:
                said = _missing.html(scope["path"], scope.get("query_string", b"").decode("latin-1"), NAMES)
                await HTMLResponse(said, 404, {"Cache-Control": "no-cache"})(scope, receive, send)
        if not is_replaced:
            await send(message)

    return sent


async def _answered(receive: Receive) -> Message:
    """The next message that is not to be dropped; what cannot be read is the library's to refuse."""
    while True:
        message = await receive()
        if message["type"] != "websocket.receive" or is_answered(message.get("bytes") or b""):
            return message


def is_answered(sent: bytes) -> bool:
    asked = BackMsg()
    try:
        asked.ParseFromString(sent)
    except DecodeError:
        return True
    kind = asked.WhichOneof("type")
    if kind == "backend_operation_request":
        return asked.backend_operation_request.WhichOneof("payload") == "deferred_file"
    return kind is None or kind in ANSWERED
