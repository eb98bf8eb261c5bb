"""Of all that Streamlit's server answers, what the pages use. The rest is closed: uploads, counters, other doors.

Of what a browser may ask over its WebSocket the same holds: nobody empties the caches of all, or has the server look
through the folder that it runs from.
"""

from __future__ import annotations

from google.protobuf.message import DecodeError
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

CLOSED = ("/_stcore/", "/component/", "/oauth2callback", "/auth/", "/app/static/")
"""Beginnings of addresses that the library answers."""
USED = frozenset({"/_stcore/health", "/_stcore/host-config", "/_stcore/stream"})
ANSWERED = frozenset({"rerun_script", "stop_script", "app_heartbeat"})
"""Kinds of messages; and the one that asks for a file to download."""


class WhatPagesUse:
    """`own`: addresses of ours that begin like those that are closed."""

    def __init__(self, app: ASGIApp, own: frozenset[str] = frozenset()) -> None:
        self.app, self.open = app, USED | own

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if scope["type"] == "http" and path.startswith(CLOSED) and path not in self.open:
            await PlainTextResponse("Not Found", 404)(scope, receive, send)
        elif scope["type"] == "websocket":
            await self.app(scope, lambda: _answered(receive), send)
        else:
            await self.app(scope, receive, send)


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
