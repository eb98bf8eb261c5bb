"""The server, started from the command line."""

from __future__ import annotations

import os
import socket
import threading
import time
from contextlib import suppress

from mldebt.app_access import read_app_access
from mldebt.failure import Failure
from mldebt.jobs.beside import Beside
from mldebt.logs import keep_secrets_out_of_logs
from mldebt.settings import Settings

PATIENCE_SECONDS = 60.0


def serve_dashboard(port: int, ready: str, settings: Settings) -> None:
    """Serve on 127.0.0.1 until interrupted; print the address, and `ready` after it, once it answers.

    Raises Failure where the port is taken, or another process runs the jobs and no second one may.
    """
    _free(port)
    access = read_app_access(os.environ, settings.home)  # what is told in part is said here, not in the log
    keep_secrets_out_of_logs(*(access.secrets if access else ()))
    jobs = Beside.claimed(settings, "serve")
    from app import serve

    here = f"http://127.0.0.1:{port}"
    _announce_soon(port, f"Dashboard: {f'{access.public_url}, with sign-in, from {here}' if access else here}", ready)
    serve(port, jobs)


def serve_alone(host: str, port: int, ready: str, settings: Settings) -> None:
    """Receive what GitHub delivers, and run jobs, until interrupted. Raises Failure, or SettingsError."""
    _free(port)
    access = read_app_access(os.environ, settings.home)
    if access is None:
        raise Failure("no GitHub App is configured here, so nothing is delivered: run `mldebt setup` first")
    keep_secrets_out_of_logs(*access.secrets)
    jobs = Beside.claimed(settings, "serve --webhooks-only")
    from github_app.standalone import serve_webhooks

    _announce_soon(port, f"Webhooks of {access.slug}: http://{host}:{port}/github/webhook", ready)
    serve_webhooks(host, port, jobs)


def _free(port: int) -> None:
    if _answers(port):
        raise Failure(f"port {port} is taken: stop what listens there, or choose another with --port")


def _announce_soon(port: int, what: str, ready: str) -> None:
    threading.Thread(target=_announce, args=(port, what, ready), daemon=True).start()


def _announce(port: int, what: str, ready: str) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        if _answers(port):
            print(f"{what}  (Ctrl-C stops it)", flush=True)  # noqa: T201
            if ready:
                print(ready, flush=True)  # noqa: T201
            return
        time.sleep(0.1)


def _answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False
