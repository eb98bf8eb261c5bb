"""Blobs read by one process or by two: what comes out is the same."""

from __future__ import annotations

import os
import signal
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Any

import pytest

from collectors.facts.files import Summary
from collectors.readers.reading import summarise
from mldebt.scan import reading
from mldebt.scan.reading import Text, summaries

TEXTS = [
    Text("a.py", b"import sklearn\n\n\ndef fit(x):\n    return x  # TODO seed\n"),
    Text("b.py", b"print 1\n"),
    Text("c.ipynb", b"{"),
    Text("d.yaml", None, "missing or corrupt in the repository"),
    Text("e.bin", b"\0\xff"),
    *(Text(f"{number}.py", b"x = %d\n" % number) for number in range(100)),
]
EXPECTED = [
    Summary(language="YAML", unread=text.unread) if text.content is None else summarise(text.path, text.content)
    for text in TEXTS
]


@pytest.fixture
def pids(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Of the processes that batches were given to."""
    found: list[int] = []

    class Noted(ProcessPoolExecutor):
        def submit(self, *args: Any, **named: Any) -> Future[Any]:
            future = super().submit(*args, **named)
            found.extend(pid for pid in list(self._processes) if pid not in found)
            return future

    monkeypatch.setattr(reading, "ProcessPoolExecutor", Noted)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    return found


def test_two_processes_see_what_one_sees_in_the_same_order(pids: list[int]) -> None:
    assert list(summaries(iter(TEXTS), 0)) == EXPECTED
    assert pids == []
    assert list(summaries(iter(TEXTS), reading.WORTH_BYTES)) == EXPECTED
    assert 0 < len(pids) <= reading.PROCESSES


def test_where_both_are_killed_this_process_reads_on(pids: list[int]) -> None:
    found = summaries(iter(TEXTS * 10), reading.WORTH_BYTES)
    first = next(found)
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    assert [first, *found] == EXPECTED * 10


def test_one_large_blob_travels_alone(monkeypatch: pytest.MonkeyPatch, pids: list[int]) -> None:
    monkeypatch.setattr(reading, "BATCH_BYTES", 10)
    assert list(summaries(iter(TEXTS[:3]), reading.WORTH_BYTES)) == EXPECTED[:3]
