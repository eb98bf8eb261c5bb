"""What a chip of the graph shows of a name: the part that tells it apart. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import takewhile

from app_pages._text import shortened

ROOM = 20
"""Characters that a chip shows on a wide screen."""
TABLES = ("sql://", "dbt://")


def labelled(names: Collection[str]) -> dict[str, str]:
    """The end of a name tells it apart: with its folder where there is room for both, or where others end alike."""
    found = {name: _last(name) for name in names}
    for alike in _alike(found):
        found |= {name: shortened(name, ROOM) for name in alike}
    for alike in _alike(found):
        found |= _apart(alike)
    return found


def _alike(labels: dict[str, str]) -> list[list[str]]:
    by_label: defaultdict[str, list[str]] = defaultdict(list)
    for name, label in labels.items():
        by_label[label].append(name)
    return [names for names in by_label.values() if len(names) > 1]


def _last(name: str) -> str:
    shown = list(_ends(name))
    return next((end for end in shown if len(end) <= ROOM), shortened(shown[-1], ROOM))


def _ends(name: str) -> Iterator[str]:
    """From long to short, each with a word in it where the name has one."""
    _, scheme, rest = name.rpartition("://")
    parts = rest.strip("/").split("/")
    telling = max((at for at, part in enumerate(parts) if _tells(part)), default=len(parts) - 1)
    yield "/".join(parts[min(telling, max(len(parts) - 2, 0)) :])
    yield "/".join(parts[telling:])
    if scheme and name.startswith(TABLES) and "." in parts[-1].strip("."):
        yield parts[-1].rpartition(".")[2]


def _tells(part: str) -> bool:
    """Holes and dots tell nothing."""
    return any(letter.isalnum() for letter in part.partition(".")[0] or part)


def _apart(names: list[str]) -> dict[str, str]:
    """Of names that begin and end alike: where they begin to differ."""
    begin = len(list(takewhile(lambda letters: len(set(letters)) == 1, zip(*names, strict=False))))
    return {name: f"…{shortened(name[max(0, begin - 2) :], ROOM - 1)}" for name in names}
