"""Servers on this machine, for as long as a block lasts."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@contextmanager
def listening(
    handler: type[BaseHTTPRequestHandler], *, by: ssl.SSLContext | None = None, are_left: bool = False
) -> Iterator[int]:
    """The port on which it answers. `are_left`: it is meant that some hang up before they have their answer."""
    quiet = type("Quiet", (handler,), {"log_message": lambda *_: None})
    server = ThreadingHTTPServer(("127.0.0.1", 0), quiet)
    if are_left:
        server.handle_error = lambda *_: None  # type: ignore[method-assign]
    if by is not None:
        server.socket = by.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
