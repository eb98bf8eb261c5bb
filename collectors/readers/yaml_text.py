"""YAML into nodes, from libyaml's events: nothing is constructed, no alias is expanded, depth and size are bounded.

Plain values are what YAML 1.1 makes of them, as PyYAML does, with two departures: 1e-3 is a number (to OmegaConf and
YAML 1.2 it is), 12:30 and 22:22 are text (to people they are).
Source: https://yaml.org/type/
"""

from __future__ import annotations

import re

import yaml

from collectors.facts.settings import Value, ValueKind
from collectors.readers.nodes import (
    DEEPEST,
    MOST_NODES,
    TOO_DEEP,
    TOO_MANY,
    Alias,
    Mapping,
    Node,
    Scalar,
    Sequence,
    Text,
    UnreadError,
)

_OWN = "tag:yaml.org,2002:"
_NULL = {"", "~", "null", "Null", "NULL"}
_TRUE = {"yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"}
_FALSE = {"no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"}
_INTEGER = re.compile(r"[-+]?(?:0b[01_]+|0x[\da-fA-F_]+|0o?[0-7_]+|(?:0|[1-9][\d_]*))")
_NUMBER = re.compile(r"[-+]?(?:\d[\d_]*\.[\d_]*|\.\d[\d_]*|\d[\d_]*(?=[eE]))(?:[eE][-+]?\d+)?")
_SPECIAL = re.compile(r"([-+]?)\.(?:(inf|Inf|INF)|(nan|NaN|NAN))")
_DATE = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}(?:[Tt \t]+\d{1,2}:\d{2}:\d{2}(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d{1,2}(?::?\d{2})?))?)?"
)
_LONGEST = 64  # characters of a number that is read as one
_TEMPLATE = re.compile(r"\{\{.{0,300}?\}\}|\{%")
_TAB = re.compile(r"^ *\t\s*\S", re.MULTILINE)

TEMPLATE = "it is a template (Jinja, Helm or Go): only its program knows the text"


def read_yaml(text: str) -> Text:
    """All documents. Raises UnreadError with the reason."""
    reader = _Reader()
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            reader.take(event)
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        raise UnreadError(_reason(text, error)) from None
    if reader.has_odd_keys and _TEMPLATE.search(text):
        raise UnreadError(TEMPLATE)
    return Text(tuple(reader.documents), len(reader.anchors), reader.aliases)


class _Reader:
    """Builds nodes as events come. A table's next key waits in `keys` until its value is there."""

    def __init__(self) -> None:
        self.documents: list[Node] = []
        self.anchors: dict[str, Node] = {}
        self.aliases = 0
        self.has_odd_keys = False  # tables or lists as keys
        self._open: list[Sequence | Mapping] = []
        self._keys: list[Scalar | None] = []
        self._count = 0

    def take(self, event: yaml.Event) -> None:
        match event:
            case yaml.ScalarEvent():
                self._put(_scalar(event), event.anchor)
            case yaml.AliasEvent():
                self.aliases += 1
                name = str(event.anchor)
                self._put(Alias(name, _line(event), self.anchors.get(name)), None)
            case yaml.SequenceStartEvent():
                self._enter(Sequence(_line(event), _tag(event.tag)), event.anchor)
            case yaml.MappingStartEvent():
                self._enter(Mapping(_line(event), _tag(event.tag)), event.anchor)
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                self._open.pop()
                self._keys.pop()
            case _:
                pass  # a stream or document begins or ends

    def _enter(self, node: Sequence | Mapping, anchor: str | None) -> None:
        if len(self._open) >= DEEPEST:
            raise UnreadError(TOO_DEEP)
        self._put(node, anchor)
        self._open.append(node)
        self._keys.append(None)

    def _put(self, node: Node, anchor: str | None) -> None:
        self._count += 1
        if self._count > MOST_NODES:
            raise UnreadError(TOO_MANY)
        if anchor is not None:
            self.anchors[anchor] = node
        if not self._open:
            self.documents.append(node)
            return
        inside = self._open[-1]
        if isinstance(inside, Sequence):
            inside.items.append(node)
        elif self._keys[-1] is None:
            self._keys[-1] = self._key(node)
        else:
            inside.pairs.append((self._keys[-1], node))
            self._keys[-1] = None

    def _key(self, node: Node) -> Scalar:
        if isinstance(node, Scalar):
            return node
        self.has_odd_keys = self.has_odd_keys or not isinstance(node, Alias)
        name = f"*{node.name}" if isinstance(node, Alias) else "?"
        return Scalar(name, name, ValueKind.TEXT, node.line)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark is not None else 1


def _tag(tag: str | None) -> str:
    """The program's own tags, as written short; YAML's own are none."""
    if tag is None or tag == "!":
        return ""
    if tag.startswith(_OWN):
        name = tag.removeprefix(_OWN)
        return f"!!{name}" if name.startswith("python/") else ""
    return tag


def _scalar(event: yaml.ScalarEvent) -> Scalar:
    line = _line(event)
    text: str = event.value
    tag = _tag(event.tag)
    text_line = line + 1 if event.style in {"|", ">"} else 0
    if tag:
        return Scalar(text, text, ValueKind.OPAQUE, line, text_line, tag)
    said = event.tag or ""
    if event.style or said == f"{_OWN}str":
        return Scalar(text, text, ValueKind.TEXT, line, text_line)
    return resolved(text, line)


def resolved(text: str, line: int) -> Scalar:
    """A value without quotes or tag."""
    value, kind = _read(text) if len(text) <= _LONGEST else (text, ValueKind.TEXT)
    return Scalar(text, value, kind, line)


def _read(text: str) -> tuple[Value, ValueKind]:
    if text in _NULL:
        return None, ValueKind.NULL
    if text in _TRUE or text in _FALSE:
        return text in _TRUE, ValueKind.BOOLEAN
    if _INTEGER.fullmatch(text) and (number := _integer(text)) is not None:
        return number, ValueKind.INTEGER
    if _NUMBER.fullmatch(text):
        return finite(float(text.replace("_", ""))), ValueKind.NUMBER
    if special := _SPECIAL.fullmatch(text):
        sign = "-" if special[1] == "-" and special[2] else ""
        return f"{sign}{(special[2] or special[3]).lower()}", ValueKind.NUMBER
    return text, ValueKind.DATE if _DATE.fullmatch(text) else ValueKind.TEXT


def finite(number: float) -> float | str:
    """JSON and tables have no place for what is no finite number: those are kept as text."""
    return number if abs(number) < float("inf") else str(number)


_BASES = {"0b": 2, "0x": 16, "0o": 8}


def _integer(text: str) -> int | None:
    digits = text.replace("_", "").lower()
    bare = digits.lstrip("+-")
    base = _BASES.get(bare[:2], 8 if len(bare) > 1 and bare[0] == "0" else 10)
    try:
        number = int(bare[2:] if bare[:2] in _BASES else bare, base)
    except ValueError:  # 0x_, 0b_
        return None
    return -number if digits.startswith("-") else number


def _reason(text: str, error: Exception) -> str:
    if _TEMPLATE.search(text):
        return TEMPLATE
    mark = getattr(error, "problem_mark", None)
    where = f" (line {mark.line + 1})" if mark is not None else ""
    problem = str(getattr(error, "problem", "") or "")
    if "cannot start any token" in problem and _TAB.search(text):
        return f"it is not valid YAML: a tab stands where only spaces may{where}"
    if "undefined alias" in problem:
        return f"it is not valid YAML: an alias is not defined{where}"
    return f"it is not valid YAML{where}"
