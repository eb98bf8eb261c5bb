"""The dashboard's server, started from the command line."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress

from mldebt.failure import Failure
from mldebt.jobs.beside import Beside
from mldebt.settings import Settings

PATIENCE_SECONDS = 60.0


def serve_dashboard(port: int, ready: str, settings: Settings) -> None:
    """Serve on 127.0.0.1 until interrupted; print the address, and `ready` after it, once it answers.

    Raises Failure where the port is taken, or another process runs the jobs and no second one may.
    """
    if _answers(port):
        raise Failure(f"port {port} is taken: stop what listens there, or choose another with --port")
    jobs = Beside.claimed(settings, "serve")
    from app import serve

    threading.Thread(target=_announce, args=(port, ready), daemon=True).start()
    serve(port, jobs)


def _announce(port: int, ready: str) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        if _answers(port):
            print(f"Dashboard: http://127.0.0.1:{port}  (Ctrl-C stops it)", flush=True)  # noqa: T201
            if ready:
                print(ready, flush=True)  # noqa: T201
            return
        time.sleep(0.1)


def _answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False
