"""Many blobs are read by two processes: parsing Python is what a first scan spends its time on."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import NamedTuple

from collectors.facts.files import Summary
from collectors.readers.reading import summarise, unread

PROCESSES = 2
WORTH_BYTES = 6 << 20
"""Bytes of blobs from which the start of two processes is earned back."""
BATCH, BATCH_BYTES, AHEAD = 40, 1 << 20, 6
"""Blobs and bytes that travel together, and how many such batches are on their way: what bounds the memory."""


class Text(NamedTuple):
    path: str
    content: bytes | None
    unread: str = ""  # why there is no content


def summaries(texts: Iterable[Text], size: int) -> Iterator[Summary]:
    """What readers see in each text, in order. `size`: bytes of all, about."""
    is_one_of_several = multiprocessing.parent_process() is not None
    if size < WORTH_BYTES or (os.cpu_count() or 1) < PROCESSES or is_one_of_several:
        yield from map(_summary, texts)
        return
    # The language rules run Go inside, which no fork survives.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(PROCESSES, context, initializer=_leave_ctrl_c_to_the_parent)
    try:
        yield from _by_two(pool, iter(texts))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _by_two(pool: ProcessPoolExecutor, texts: Iterator[Text]) -> Iterator[Summary]:
    waiting: deque[tuple[list[Text], Future[list[Summary]] | None]] = deque()
    while True:
        while len(waiting) < AHEAD and (batch := _batch(texts)):
            waiting.append((batch, _submitted(pool, batch)))
        if not waiting:
            return
        batch, future = waiting.popleft()
        yield from _result(batch, future)


def _batch(texts: Iterator[Text]) -> list[Text]:
    found: list[Text] = []
    size = 0
    for text in texts:
        found.append(text)
        size += len(text.content or b"")
        if len(found) >= BATCH or size >= BATCH_BYTES:
            break
    return found


def _submitted(pool: ProcessPoolExecutor, batch: list[Text]) -> Future[list[Summary]] | None:
    try:
        return pool.submit(_read, batch)
    except BrokenProcessPool:
        return None


def _result(batch: list[Text], future: Future[list[Summary]] | None) -> list[Summary]:
    """Where a process was killed, this one goes on alone."""
    try:
        return future.result() if future else _read(batch)
    except BrokenProcessPool:
        return _read(batch)


def _read(batch: list[Text]) -> list[Summary]:
    return list(map(_summary, batch))


def _summary(text: Text) -> Summary:
    return unread(text.path, text.unread) if text.content is None else summarise(text.path, text.content)


def _leave_ctrl_c_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
