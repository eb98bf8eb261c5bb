"""The common shape of settings: tables, lists, values and their lines. YAML, TOML, JSON and INI are read into it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from collectors.facts.settings import Value, ValueKind

DEEPEST = 60
"""Levels that settings are nested at most: nobody finds their way deeper."""
MOST_NODES = 100_000
"""Values and tables of one text. What holds more is data."""
TOO_DEEP = f"it is nested deeper than {DEEPEST} levels"
TOO_MANY = f"it holds more than {MOST_NODES:,} values: data, not settings"
_MERGES = 2  # of merges that merge others in turn
_MOST_MERGED = 200  # keys that a table gets by merging: the same thousands may be merged thousands of times
_MOST_TEXTS = 2_000


class UnreadError(Exception):
    """The text cannot be read; the message says why, as a clause about it."""


class Scalar(NamedTuple):
    text: str  # as written, without quotes
    value: Value
    kind: ValueKind
    line: int
    text_line: int = 0  # where the first line of a block of text stands; 0: where the value does
    tag: str = ""  # the program's own

    @property
    def first_line(self) -> int:
        return self.text_line or self.line


@dataclass(slots=True)
class Sequence:
    line: int
    tag: str = ""
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Mapping:
    line: int
    tag: str = ""
    pairs: list[tuple[Scalar, Node]] = field(default_factory=list)  # a key may stand twice


@dataclass(slots=True)
class Alias:
    """YAML's *name. What it stands for is pointed at, never copied: following is for those who count their steps."""

    name: str
    line: int
    target: Node | None = None


Node = Scalar | Sequence | Mapping | Alias


class Text(NamedTuple):
    """All documents of a text; only YAML has more than one."""

    documents: tuple[Node, ...]
    anchors: int = 0
    aliases: int = 0


def plain(text: str, line: int) -> Scalar:
    return Scalar(text, text, ValueKind.TEXT, line)


def followed(node: Node | None) -> Node | None:
    """What an alias stands for; any other node is itself."""
    for _ in range(8):
        if not isinstance(node, Alias):
            return node
        node = node.target
    return None


def pairs(node: Node | None, _merges: int = _MERGES) -> Iterator[tuple[Scalar, Node]]:
    """Keys and values of a table; those that it merges come after its own. Nothing for other nodes."""
    node = followed(node)
    if not isinstance(node, Mapping):
        return
    yield from (pair for pair in node.pairs if pair[0].text != "<<")
    if _merges:
        merged = (inner for key, value in node.pairs if key.text == "<<" for inner in items(value)[:10])
        yield from islice((pair for inner in merged for pair in pairs(inner, _merges - 1)), _MOST_MERGED)


def child(node: Node | None, *names: str) -> Node | None:
    """The value below these keys, one within the other; None where there is none."""
    for name in names:
        node = next((value for key, value in pairs(node) if key.text == name), None)
    return followed(node)


def items(node: Node | None) -> list[Node]:
    """A list's items; any other value is a list of one, nothing is none."""
    node = followed(node)
    if isinstance(node, Sequence):
        return node.items
    return [] if node is None or (isinstance(node, Scalar) and node.kind is ValueKind.NULL) else [node]


def texts(node: Node | None, depth: int = 3) -> Iterator[Scalar]:
    """The plain values of a list, of lists within it down to `depth`, or the one value; at most 2,000."""
    todo = [(item, depth) for item in reversed(items(node)[:_MOST_TEXTS])]
    looked_at = 0
    while todo and looked_at < _MOST_TEXTS:
        looked_at += 1
        item, below = todo.pop()
        found = followed(item)
        if isinstance(found, Scalar) and found.kind is not ValueKind.NULL:
            yield found
        elif isinstance(found, Sequence) and below:
            todo += [(inner, below - 1) for inner in reversed(found.items[:_MOST_TEXTS])]


def text_at(node: Node | None, *names: str) -> str:
    found = child(node, *names)
    return found.text if isinstance(found, Scalar) and found.kind is not ValueKind.NULL else ""


def tables(root: Node) -> Iterator[tuple[tuple[str, ...], Mapping]]:
    """Every table of a document with the keys above it, aliases not followed: each is met once."""
    todo: list[tuple[tuple[str, ...], Node]] = [((), root)]
    while todo:
        above, node = todo.pop()
        if isinstance(node, Mapping):
            yield above, node
            todo += [((*above, key.text), value) for key, value in reversed(node.pairs)]
        elif isinstance(node, Sequence):
            todo += [(above, item) for item in reversed(node.items)]
