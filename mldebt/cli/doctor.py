"""Whether this machine has what a scan needs."""

from __future__ import annotations

import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from http.client import HTTPConnection, HTTPException

from collectors.git.errors import CollectError
from collectors.git.process import git_version
from mldebt.cli.checks import Check
from mldebt.settings import Settings
from mldebt.store.engine import open_store
from mldebt.store.errors import StoreError

OLDEST_GIT = (2, 32)
SMALL_DISK = 1 << 30


def checks(settings: Settings) -> Iterator[Check]:
    """One after another, so that a slow one does not hide the others."""
    yield Check(
        "python", (3, 11) <= sys.version_info[:2] < (3, 14), f"{sys.version.split()[0]} (3.11 to 3.13 is supported)"
    )
    yield _tried("git", _git)
    yield _tried("store", lambda: _store(settings))
    yield _disk(settings)
    yield _port(settings.port)


def _tried(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name, True, look())
    except (CollectError, StoreError) as error:
        return Check(name, False, str(error))


def _git() -> str:
    version = git_version()
    if version < OLDEST_GIT:
        raise CollectError(f"git {'.'.join(map(str, version))} is too old: install 2.32 or newer")
    return ".".join(map(str, version))


def _store(settings: Settings) -> str:
    open_store(settings.database_url).close()
    return f"opens at {settings.shown_database_url}"


def _disk(settings: Settings) -> Check:
    free = shutil.disk_usage(settings.home).free
    return Check("disk", free >= SMALL_DISK, f"{free / (1 << 30):.1f} GiB free at {settings.home}; mirrors need room")


def _port(port: int) -> Check:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except OSError:
            if _is_ours(port):
                return Check("port", True, f"{port} is where mldebt serves already")
            return Check("port", False, f"{port} is taken: set PORT to another, or stop what listens there")
    return Check("port", True, f"{port} is free for the dashboard")


def _is_ours(port: int) -> bool:
    try:
        connection = HTTPConnection("127.0.0.1", port, timeout=1)
        try:
            connection.request("GET", "/healthz")
            return b'"status"' in connection.getresponse().read(100)
        finally:
            connection.close()
    except (OSError, HTTPException):
        return False
