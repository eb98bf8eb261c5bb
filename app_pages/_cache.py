"""What is kept of a function's answers, for all visitors: only what is frozen, since nobody gets a copy.

Streamlit's own caches digest the type and the fields of each argument anew: a third of the script of a page.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import RLock
from typing import Generic, NamedTuple, ParamSpec, TypeVar
from weakref import WeakSet, WeakValueDictionary

P = ParamSpec("P")
T = TypeVar("T")

_all: WeakSet[Kept] = WeakSet()  # type: ignore[type-arg]


class _Answer(NamedTuple, Generic[T]):
    value: T
    until: float


class _Making:
    """Held while one answer is made: whoever asks for the same meanwhile waits for it."""

    def __init__(self) -> None:
        self.lock = RLock()


class Kept(Generic[P, T]):
    """A function whose answers are kept by its arguments, or by the first few of them."""

    def __init__(self, function: Callable[P, T], seconds: float | None, most: int, by: int | None) -> None:
        self.function, self.seconds, self.most, self.by = function, seconds, most, by
        self.answers: OrderedDict[Hashable, _Answer[T]] = OrderedDict()
        self.made: WeakValueDictionary[Hashable, _Making] = WeakValueDictionary()
        self.guard = RLock()
        _all.add(self)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> T:
        key = (args[: self.by], *sorted(kwargs.items()))
        found = self._found(key)
        if found is None:
            with self.guard:
                making = self.made.setdefault(key, _Making())
            with making.lock:
                found = self._found(key)
                if found is None:
                    found = self._keep(key, self.function(*args, **kwargs))
        return found.value

    def clear(self) -> None:
        with self.guard:
            self.answers.clear()

    def _found(self, key: Hashable) -> _Answer[T] | None:
        with self.guard:
            found = self.answers.get(key)
            if found is None:
                return None
            if found.until < time.monotonic():
                del self.answers[key]
                return None
            self.answers.move_to_end(key)
            return found

    def _keep(self, key: Hashable, value: T) -> _Answer[T]:
        found = _Answer(value, time.monotonic() + self.seconds if self.seconds is not None else float("inf"))
        with self.guard:
            self.answers[key] = found
            while len(self.answers) > self.most:
                self.answers.popitem(last=False)
        return found


def kept(*, most: int, seconds: float | None = None, by: int | None = None) -> Callable[[Callable[P, T]], Kept[P, T]]:
    """At most so many answers, those that were asked for last, for so many seconds.

    `by`: only so many arguments decide; what follows follows from them.
    """
    return lambda function: Kept(function, seconds, most, by)


def forget_all() -> None:
    for one in list(_all):
        one.clear()
