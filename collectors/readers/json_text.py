"""JSON into nodes. Comments and commas before a closing bracket are forgiven, as editors and TypeScript do.

`json` says whether a text is valid; a scanner over its tokens says where things stand, without recursion.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

from collectors.facts.settings import ValueKind
from collectors.readers.lines import without_comments
from collectors.readers.nodes import (
    DEEPEST,
    MOST_NODES,
    TOO_DEEP,
    TOO_MANY,
    Mapping,
    Node,
    Scalar,
    Sequence,
    Text,
    UnreadError,
)
from collectors.readers.yaml_text import TEMPLATE, finite

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[\]{}]|[^\s,:\[\]{}"]++')
_STRAY_COMMA = re.compile(r'("(?:[^"\\]|\\.)*+")|,(?=\s*+[}\]])')
_NAMED = {"true": True, "false": False, "null": None}
_LONGEST = 64  # characters of a number that is read as one


class _Token(NamedTuple):
    text: str
    line: int


def read_json(text: str) -> Text:
    """One document. Raises UnreadError with the reason."""
    text = _forgiven(text)
    open_: list[Sequence | Mapping] = []
    keys: list[Scalar | None] = []
    roots: list[Node] = []
    for count, token in enumerate(_tokens(text)):
        if count > 2 * MOST_NODES:
            raise UnreadError(TOO_MANY)
        if token.text in "]}":
            open_.pop()
            keys.pop()
            continue
        node = _node(token)
        inside = open_[-1] if open_ else None
        if inside is None:
            roots.append(node)
        elif isinstance(inside, Sequence):
            inside.items.append(node)
        elif (key := keys[-1]) is None:
            keys[-1] = node if isinstance(node, Scalar) else None
            continue
        else:
            inside.pairs.append((key, node))
            keys[-1] = None
        if not isinstance(node, Scalar):
            if len(open_) >= DEEPEST:
                raise UnreadError(TOO_DEEP)
            open_.append(node)
            keys.append(None)
    return Text(tuple(roots))


def _forgiven(text: str) -> str:
    """The text, or the text without comments and stray commas, whichever is JSON."""
    first = _problem(text)
    if first is None:
        return text
    bare = without_comments(text, "JSON with Comments")
    bare = _STRAY_COMMA.sub(lambda match: match[1] or "", bare)
    if first == TOO_DEEP or _problem(bare) is not None:
        raise UnreadError(TEMPLATE if re.search(r"\{\{[^{}\n]*\}\}|\{%", text) else first)
    return bare


def _problem(text: str) -> str | None:
    try:
        json.loads(text, parse_int=float, strict=False)  # int() refuses more than 4,300 digits
    except RecursionError:
        return TOO_DEEP
    except json.JSONDecodeError as error:
        return f"it is not valid JSON (line {error.lineno})"
    except ValueError:
        return "it is not valid JSON"
    return None


def _tokens(text: str) -> Iterator[_Token]:
    line, seen = 1, 0
    for match in _TOKEN.finditer(text):
        line += text.count("\n", seen, match.start())
        seen = match.start()
        yield _Token(match[0], line)


def _node(token: _Token) -> Scalar | Sequence | Mapping:
    text, line = token
    if text == "[":
        return Sequence(line)
    if text == "{":
        return Mapping(line)
    if text.startswith('"'):
        inner = text[1:-1]
        value = str(json.loads(text, strict=False)) if "\\" in inner else inner
        return Scalar(value, value, ValueKind.TEXT, line)
    if text in _NAMED:
        named = _NAMED[text]
        return Scalar(text, named, ValueKind.NULL if named is None else ValueKind.BOOLEAN, line)
    return _number(text, line)


def _number(text: str, line: int) -> Scalar:
    if text in {"NaN", "Infinity", "-Infinity"}:  # Python writes them
        return Scalar(text, text.lower().replace("infinity", "inf"), ValueKind.NUMBER, line)
    is_whole = text.lstrip("-").isdigit()
    kind = ValueKind.INTEGER if is_whole else ValueKind.NUMBER
    if len(text) > _LONGEST:
        return Scalar(text, text, kind, line)
    return Scalar(text, int(text) if is_whole else finite(float(text)), kind, line)
