"""Heavy steps, each in a process of its own: it can be ended at once, and ends with the process that began it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Container, Mapping
from contextlib import suppress
from typing import Any

from mldebt.jobs.engine import Stopped
from mldebt.jobs.failed import JobFailed
from mldebt.jobs.family import end_family

MOST_SAID = 4 << 20
"""Bytes of what a process says."""


class Processes:
    """Those that run now. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: set[subprocess.Popen[bytes]] = set()
        self._is_ending = False

    def run(
        self,
        module: str,
        *args: str,
        environment: Mapping[str, str],
        seconds: float,
        told: bytes = b"",
        without: Container[str] = (),
    ) -> dict[str, Any]:
        """What `module` says in its one line of JSON. Raises JobFailed, or Stopped.

        It is `told` one line on its standard input, where nobody else reads: secrets go there. Of this process's
        environment it has all but what is named by `without`.
        """
        whole = {name: value for name, value in os.environ.items() if name not in without} | dict(environment)
        with self._begun([sys.executable, "-P", "-m", module, *args], whole) as process:
            try:
                _tell(process, told)
                out = self._heard(process, seconds)
            finally:
                with self._lock:
                    self._running.discard(process)
        if self._is_ending:
            raise Stopped
        return _understood(out, process.returncode)

    def end(self) -> None:
        """End all, and begin no more."""
        with self._lock:
            self._is_ending = True
            running = list(self._running)
        for process in running:
            _kill(process)

    def begin_anew(self) -> None:
        self._is_ending = False

    def _begun(self, command: list[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._is_ending:
                raise Stopped
            process = subprocess.Popen(
                command,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=True,  # so that its own children end with it
            )
            self._running.add(process)
            return process

    def _heard(self, process: subprocess.Popen[bytes], seconds: float) -> bytes:
        out = bytearray()
        assert process.stdout is not None  # noqa: S101  it was asked for
        reader = threading.Thread(target=lambda: out.extend(process.stdout.read(MOST_SAID)), daemon=True)  # type: ignore[union-attr]
        reader.start()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise JobFailed(f"it took more than {_long(seconds)} and was ended: scan it by hand") from None
        finally:
            _kill(process)
            process.wait()
        reader.join(5)
        return bytes(out)


def _tell(process: subprocess.Popen[bytes], told: bytes) -> None:
    """Its standard input stays open: the process ends when that closes."""
    if told and process.stdin is not None:
        with suppress(BrokenPipeError):  # it died at once: how it did is told below
            process.stdin.write(told + b"\n")
            process.stdin.flush()


def _long(seconds: float) -> str:
    return f"{seconds / 3600:,.0f} hours" if seconds >= 3600 else f"{seconds / 60:,.0f} minutes"


def _kill(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        end_family(process.pid)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _understood(out: bytes, status: int) -> dict[str, Any]:
    lines = out.decode(errors="replace").splitlines()
    if status == 0 and lines:
        said: dict[str, Any] = json.loads(lines[-1])
        if "failed" in said:
            raise JobFailed(str(said["failed"]))
        return said
    if status < 0:
        hint = (
            "it may have run out of memory: set MLDEBT_JOBS lower, then retry" if -status == signal.SIGKILL else "retry"
        )
        raise JobFailed(f"the system ended it (signal {-status}): {hint}")
    raise JobFailed(f"it ended with an error of mldebt's own (exit status {status}): the log of its process has more")
