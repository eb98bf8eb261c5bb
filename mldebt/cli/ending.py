"""Commands that run until they are told to end, and then tidy up."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from mldebt.failure import Failure

LOOKS = 0.25
"""Seconds. A signal that comes a moment before a wait begins does not end that wait."""


class Told:
    """Whether to end. What runs in a signal's handler takes no lock: the code that it interrupts may hold it."""

    def __init__(self) -> None:
        self.signal = 0
        self._lost = threading.Event()

    def by(self, number: int, _frame: FrameType | None) -> None:
        self.signal = number

    def lost(self) -> None:
        """The database let go of this process: from any thread."""
        self._lost.set()

    def wait(self, seconds: float = float("inf")) -> bool:
        """Whether it was told to end within so many seconds."""
        end = time.monotonic() + seconds
        while not self.signal and not self._lost.is_set():
            left = end - time.monotonic()
            if left <= 0:
                return False
            self._lost.wait(min(LOOKS, left))
        return True

    def end(self) -> None:
        """As any command ends that is told so: 130 after Ctrl-C. Raises Failure where the database let go."""
        if self.signal:
            signal.raise_signal(self.signal)
        elif self._lost.is_set():
            raise Failure("the database broke off the connection: others go on with the jobs; start this again")


@contextmanager
def told_to_end() -> Iterator[Told]:
    """Within this block Ctrl-C and SIGTERM are only noted; after it they do what they did before."""
    told = Told()
    before = {number: signal.signal(number, told.by) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield told
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    told.end()
