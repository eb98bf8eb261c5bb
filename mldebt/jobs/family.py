"""A process with all that it began, git in sessions of its own too, ended at once."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path


def end_family(process: int) -> None:
    """Nothing of what `process` began outlives this; `process` itself does where it is this one.

    Where the system does not tell who began whom (macOS), git ends by itself when nobody reads from it any more.
    """
    if process != os.getpid():
        with suppress(ProcessLookupError, PermissionError):
            os.kill(process, signal.SIGSTOP)  # so that it begins nothing more
    for one in list(_began(process)):
        with suppress(ProcessLookupError, PermissionError):
            os.kill(one, signal.SIGKILL)
    if process != os.getpid():
        with suppress(ProcessLookupError, PermissionError):
            os.kill(process, signal.SIGKILL)


def _began(process: int) -> Iterator[int]:
    """Directly or not, those first that were begun last."""
    for listed in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):
            for child in listed.read_text("ascii").split():
                yield from _began(int(child))
                yield int(child)


def die_with_the_parent() -> None:
    """Who began this process holds the other end of its standard input, which the system closes whatever ends that."""
    while os.read(0, 4_096):  # not sys.stdin, whose lock the end of this program could not get
        pass
    end_family(os.getpid())
    with suppress(ProcessLookupError):
        os.killpg(0, signal.SIGKILL)  # with the git processes that it began
