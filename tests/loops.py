"""What waits for nothing but itself, run to its end."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def run_apart(work: Coroutine[Any, Any, T]) -> T:
    """In a thread of its own: a browser that is open in this process keeps an event loop running in ours."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(lambda: asyncio.run(work)).result()
