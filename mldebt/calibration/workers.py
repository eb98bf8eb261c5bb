"""A process for each repository, so that one which takes too long or too much is ended, and the others go on."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any

from mldebt.calibration.journal import TOO_MUCH
from mldebt.calibration.measuring import Limits, Order, measured
from mldebt.memory import peak_bytes

Found = Mapping[str, Any]
Measure = Callable[[Order], Found]

TOO_LARGE, TOO_LONG = 75, 76
"""Statuses of a worker that took more memory, or more of a processor's time, than it may."""
PATIENCE = 4
"""Times its seconds that a worker may take by the clock: on a busy machine the same repositories come to their end."""
LOOK_SECONDS = 0.25


@dataclass
class _Worker:
    order: Order
    process: SpawnProcess
    answers: Connection
    until: float


def worked(orders: Iterable[Order], jobs: int, measure: Measure = measured) -> Iterator[tuple[Order, Found]]:
    """Each order with what came of it, as they end. `measure` is importable: each runs in a process of its own.

    Whatever ends this ends the processes too.
    """
    waiting = deque(orders)
    running: list[_Worker] = []
    try:
        while waiting or running:
            while waiting and len(running) < max(jobs, 1):
                running.append(_started(waiting.popleft(), measure))
            ended = _ended(running)
            running = [one for one in running if one not in ended]
            for one in ended:
                yield one.order, _result(one)
    finally:
        for one in running:
            _kill(one)


def _started(order: Order, measure: Measure) -> _Worker:
    # The language rules run Go inside, which no fork survives.
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(order, measure, theirs, os.getpid()))
    process.start()
    theirs.close()
    return _Worker(order, process, ours, time.monotonic() + PATIENCE * order.limits.seconds)


def _ended(running: list[_Worker]) -> list[_Worker]:
    """Waits until some have an answer, or are dead, or are out of time."""
    left = min(one.until for one in running) - time.monotonic()
    ready = wait([one.answers for one in running], timeout=max(left, 0))
    now = time.monotonic()
    return [one for one in running if one.answers in ready or one.until <= now]


def _result(one: _Worker) -> Found:
    """What it answered; else how it ended."""
    answer: Found | None = None
    try:
        if one.answers.poll():
            with suppress(EOFError, OSError):
                answer = one.answers.recv()
            one.process.join(LOOK_SECONDS * 20)
        is_late = one.process.exitcode is None and answer is None
    finally:
        _kill(one)
    if answer is not None:
        return answer
    limits = one.order.limits
    if is_late or one.process.exitcode == TOO_LONG:
        return {"outcome": f"failed: it takes more than {limits.seconds:,} seconds", TOO_MUCH: "time"}
    if one.process.exitcode == TOO_LARGE:
        return {"outcome": f"failed: it takes more than {limits.memory:,} MB of memory", TOO_MUCH: "memory"}
    return {"outcome": f"failed: its process ended with status {one.process.exitcode}"}


def _kill(one: _Worker) -> None:
    """It leads a group of its own, once it has begun."""
    for end in (os.killpg, os.kill):
        if one.process.pid is not None and one.process.exitcode is None:
            with suppress(ProcessLookupError, PermissionError):
                end(one.process.pid, signal.SIGKILL)
    one.process.join()
    one.answers.close()


def _work(order: Order, measure: Measure, answers: Connection, parent: int) -> None:
    os.setsid()  # ctrl-C is the parent's to answer
    threading.Thread(target=_watch, args=(order.limits, parent), daemon=True).start()
    found = measure(order)
    if found:
        found = {**found, "seconds": round(_worked(), 1), "megabytes": peak_bytes() >> 20}
    answers.send(found)
    answers.close()


def _watch(limits: Limits, parent: int) -> None:
    """Ends this process where it takes too much, or nobody waits for it any more."""
    while True:
        if peak_bytes() > limits.memory << 20:
            os._exit(TOO_LARGE)
        if _worked() > limits.seconds:
            os._exit(TOO_LONG)
        if os.getppid() != parent:
            os._exit(1)
        time.sleep(LOOK_SECONDS)


def _worked() -> float:
    """Seconds of a processor that this process took, and the commands that it waited for."""
    return sum(os.times()[:4])
