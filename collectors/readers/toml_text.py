"""TOML into nodes. `tomllib` reads it; a scanner over the valid text says where each key and item stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, NamedTuple

from collectors.facts.settings import ValueKind
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
from collectors.readers.yaml_text import finite

_Path = tuple[str | int, ...]
_TOKEN = re.compile(
    r'(?P<text>"""(?:[^"\\]|\\(?s:.)|"(?!""))*+"{3,5}|\'\'\'(?:[^\']|\'(?!\'\'))*+\'{3,5}'
    r'|"(?:[^"\\\n]|\\.)*+"|\'[^\'\n]*+\')'
    r"|(?P<comment>\#[^\n]*+)|(?P<mark>[\[\]{},=\n.])|(?P<bare>[^\s\[\]{},=.\"'#]++)"
)
_DEEP_KEY = re.compile(
    r"""(?<![\w-])(?:(?:[\w-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){%d}""" % DEEPEST  # noqa: UP031
)
"""tomllib's time grows with the square of these."""
_LONGEST = 64  # characters of a number that is read as one
_WHERE = re.compile(r"at line (\d+)")


class _Token(NamedTuple):
    text: str
    line: int
    is_name: bool  # a string or bare word


def read_toml(text: str) -> Text:
    """One document. Raises UnreadError with the reason."""
    if _DEEP_KEY.search(text):
        raise UnreadError(TOO_DEEP)
    try:
        document = tomllib.loads(text)
    except RecursionError:
        raise UnreadError(TOO_DEEP) from None
    except ValueError as error:
        where = _WHERE.search(str(error))
        raise UnreadError(f"it is not valid TOML{f' (line {where[1]})' if where else ''}") from None
    lines = _Lines()
    lines.scan(text)
    return Text((_Builder(lines.at).built(document),))


class _Builder:
    def __init__(self, lines: dict[_Path, int]) -> None:
        self._lines = lines
        self._count = 0

    def built(self, value: Any, path: _Path = (), line: int = 1) -> Node:
        """`line`: where what holds it stands, for a table that has no header of its own."""
        line = self._lines.get(path, line)
        self._count += 1
        if self._count > MOST_NODES:
            raise UnreadError(TOO_MANY)
        if len(path) > DEEPEST:
            raise UnreadError(TOO_DEEP)
        if isinstance(value, dict):
            made = Mapping(line)
            for name, inner in value.items():
                node = self.built(inner, (*path, name), line)
                made.pairs.append((Scalar(name, name, ValueKind.TEXT, node.line), node))
            return made
        if isinstance(value, list):
            return Sequence(line, "", [self.built(inner, (*path, place), line) for place, inner in enumerate(value)])
        return _scalar(value, line)


def _scalar(value: Any, line: int) -> Scalar:
    match value:
        case bool():
            return Scalar(str(value).lower(), value, ValueKind.BOOLEAN, line)
        case int():
            short = value.bit_length() < 3 * _LONGEST
            text = str(value) if short else hex(value)
            return Scalar(text, value if short else text, ValueKind.INTEGER, line)
        case float():
            number = finite(value) if value == value else "nan"  # noqa: PLR0124
            return Scalar(str(value), number, ValueKind.NUMBER, line)
        case datetime() | date() | time():
            return Scalar(value.isoformat(), value.isoformat(), ValueKind.DATE, line)
        case _:
            return Scalar(str(value), str(value), ValueKind.TEXT, line)


class _Lines:
    """Where keys, items and headers of a valid text stand."""

    def __init__(self) -> None:
        self.at: dict[_Path, int] = {}
        self._last: dict[_Path, int] = {}  # index of the last table of an array of tables

    def scan(self, text: str) -> None:
        tokens = _tokens(text)
        table: _Path = ()
        names: list[str] = []
        for token in tokens:
            if token.text == "[" and not token.is_name:
                table = self._header(tokens, token.line)
            elif token.text == "=" and not token.is_name:
                self._value(tokens, self._note(table, names, token.line))
                names = []
            elif token.is_name:
                names.append(token.text)

    def _header(self, tokens: Iterator[_Token], line: int) -> _Path:
        names: list[str] = []
        opened = 1
        for token in tokens:
            if token.is_name:
                names.append(token.text)
            elif token.text == "[":
                opened = 2
            elif token.text == "\n":
                break
        for end in range(1, len(names)):
            self.at.setdefault(self._resolved(names[:end]), line)
        path = (*self._resolved(names[:-1]), *names[-1:])
        if opened == 2:
            self.at.setdefault(path, line)
            self._last[path] = self._last.get(path, -1) + 1
        path = self._resolved(names)
        self.at.setdefault(path, line)
        return path

    def _resolved(self, names: list[str]) -> _Path:
        path: _Path = ()
        for name in names:
            path = (*path, name)
            if path in self._last:
                path = (*path, self._last[path])
        return path

    def _note(self, table: _Path, names: list[str], line: int) -> _Path:
        path = table
        for name in names:
            path = (*path, name)
            self.at.setdefault(path, line)
        return path

    def _value(self, tokens: Iterator[_Token], path: _Path) -> None:
        """Up to the value's end: the line end that stands in no bracket."""
        open_: list[tuple[str, _Path, int]] = []  # bracket, path, index
        names: list[str] = []
        for token in tokens:
            mark = "" if token.is_name else token.text
            here = (*open_[-1][1], open_[-1][2]) if open_ and open_[-1][0] == "[" else path
            if mark == "\n" and not open_:
                return
            if open_ and open_[-1][0] == "[" and (token.is_name or mark in {"[", "{"}):
                self.at.setdefault(here, token.line)
            if mark in {"[", "{"}:
                open_.append((mark, here, 0))
                names = []
            elif mark in {"]", "}"} and open_:
                open_.pop()
                path = open_[-1][1] if open_ else path
            elif mark == "," and open_:
                bracket, above, index = open_[-1]
                open_[-1] = (bracket, above, index + 1)
                names = []
            elif mark == "=" and open_:
                path = self._note(open_[-1][1], names, token.line)
                names = []
            elif token.is_name:
                names.append(token.text)


def _tokens(text: str) -> Iterator[_Token]:
    line, seen = 1, 0
    for match in _TOKEN.finditer(text):
        if match.lastgroup == "comment":
            continue
        line += text.count("\n", seen, match.start())
        seen = match.start()
        if match.lastgroup == "text":
            yield _Token(_unquoted(match[0]), line, True)
        else:
            yield _Token(match[0], line, match.lastgroup == "bare")
    yield _Token("\n", line, False)


def _unquoted(text: str) -> str:
    if text.startswith("'") or "\\" not in text:
        return text[1:-1]
    return text[1:-1] if text.startswith('"""') else str(tomllib.loads(f"x = {text}")["x"])
