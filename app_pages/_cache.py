"""What is kept of a function's answers, for all visitors: only what is frozen, since nobody gets a copy.

Streamlit's own caches digest the type and the fields of each argument anew: a third of the script of a page.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from threading import Condition
from typing import Any, Generic, ParamSpec, TypeVar

from cachetools import Cache, LRUCache, TTLCache, cached
from cachetools.keys import hashkey

P = ParamSpec("P")
T = TypeVar("T")


class Kept(Generic[P, T]):
    """A function whose answers are kept by its arguments, or by the first few of them.

    Of several who ask for the same at once one works it out, and the others wait.
    """

    def __init__(self, function: Callable[P, T], seconds: float | None, most: int, by: int | None) -> None:
        def key(*args: Hashable, **kwargs: Hashable) -> Hashable:
            return hashkey(*args[:by], **kwargs)

        answers: Cache[Any, T] = LRUCache(most) if seconds is None else TTLCache(most, seconds, time.monotonic)
        self._cached = cached(answers, key, condition=Condition())(function)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> T:
        return self._cached(*args, **kwargs)

    def clear(self) -> None:
        self._cached.cache_clear()


def kept(*, most: int, seconds: float | None = None, by: int | None = None) -> Callable[[Callable[P, T]], Kept[P, T]]:
    """At most so many answers, those that were asked for last, for so many seconds.

    `by`: only so many arguments decide; what follows follows from them.
    """
    return lambda function: Kept(function, seconds, most, by)
