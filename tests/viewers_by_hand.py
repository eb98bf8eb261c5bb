"""Somebody in front of the pages, without a sign-in: what may be seen is set by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from mldebt import access
from mldebt.access import AccessFailed, Viewer


class Seat:
    """Whoever sits here looks at the pages; an error in place of a person is raised."""

    def __init__(self, viewer: Viewer | AccessFailed) -> None:
        self.now = viewer
        self.visited: list[str] = []
        self.opens: dict[str, Viewer] = {}  # who one is after a visit to a name

    def viewer(self, cookies: Mapping[str, str]) -> Viewer:  # noqa: ARG002
        if isinstance(self.now, AccessFailed):
            raise self.now
        return self.now

    def visit(self, cookies: Mapping[str, str], name: str) -> None:  # noqa: ARG002
        self.visited.append(name)
        self.now = self.opens.get(name, self.now)


@contextmanager
def seated(viewer: Viewer | AccessFailed) -> Iterator[Seat]:
    before, seat = access.bound(), Seat(viewer)
    access.bind(seat)
    try:
        yield seat
    finally:
        access.bind(before)


def person(number: int, *sees: int, decides: tuple[int, ...] = ()) -> Viewer:
    return Viewer(number, f"person-{number}", frozenset(sees), frozenset(decides))
