"""The text of R as calls with their arguments. Nothing is run, and nothing is parsed beyond brackets and strings."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

_TOKEN = re.compile(
    r"""(?P<raw>[rR](?P<q>["'])(?P<dashes>-*)\((?s:.{0,2000}?)\)(?P=dashes)(?P=q))
    |(?P<string>"(?:[^"\\]|\\(?s:.))*+"|'(?:[^'\\]|\\(?s:.))*+')
    |(?P<name>`[^`\n]*`|[A-Za-z.][\w.]*(?::::?(?:[A-Za-z.][\w.]*|`[^`\n]*`))?)
    |(?P<comment>\#[^\n]*)|(?P<assign><<?-|=(?!=)|->>?)|(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<comma>,)|(?P<other>\S)
    |(?P<newline>\n)""",
    re.VERBOSE,
)
_MOST_TOKENS = 400_000
_MOST_FUNCTIONS, _LONGEST_BODY = 1_000, 10_000
_CHUNK = re.compile(r"^[ \t]*```+[ \t]*\{[ \t]*[rR]\b[^}\n]*\}[ \t]*$")
_FENCE = re.compile(r"^[ \t]*```+[ \t]*$")


class Token(NamedTuple):
    kind: str  # "string", "name", "assign", "open", "close", "comma", "other"
    text: str  # of a string what stands in it
    start: int  # place in the text


class Call(NamedTuple):
    package: str  # "" where it is not said
    function: str
    arguments: tuple[tuple[str, tuple[Token, ...]], ...]  # name ("" for none) and tokens, in order
    line: int  # from 1
    at: int  # number of its first token
    is_piped: bool = False  # its first argument comes from before it


class Script:
    """One file of R; of R Markdown and Quarto the chunks of R, at their own lines."""

    def __init__(self, path: str, text: str) -> None:
        self._text = _chunks(text) if path.lower().endswith((".rmd", ".qmd")) else text
        self.tokens = tuple(_tokens(self._text))
        self._lines = [match.start() for match in re.finditer("\n", self._text)]

    def calls(self, functions: Iterable[str]) -> Iterator[Call]:
        wanted = frozenset(functions)
        for place, token in enumerate(self.tokens[:-1]):
            follows = self.tokens[place + 1]
            if token.kind == "name" and follows.kind == "open" and follows.text == "(":
                package, _, function = token.text.rpartition("::")
                is_method = place > 0 and self.tokens[place - 1].text in {"$", "@"}
                if function in wanted and not is_method:
                    found = tuple(self._arguments(place + 2))
                    is_piped = place > 1 and self.tokens[place - 1].text in {">", "%"}
                    yield Call(package.strip(":"), function, found, self.line(token.start), place, is_piped)

    def line(self, start: int) -> int:
        return bisect_right(self._lines, start - 1) + 1

    def _arguments(self, place: int) -> Iterator[tuple[str, tuple[Token, ...]]]:
        depth, start = 0, place
        for here in range(place, min(len(self.tokens), place + 2_000)):
            token = self.tokens[here]
            if token.kind == "open":
                depth += 1
            elif token.kind == "close":
                depth -= 1
            if depth < 0 or (depth == 0 and token.kind == "comma"):
                if here > start:
                    yield _argument(self.tokens[start:here])
                start = here + 1
            if depth < 0:
                return

    @cached_property
    def assigned(self) -> dict[str, list[tuple[Token, ...]]]:
        """What names are set to outside functions' arguments, each time."""
        found: dict[str, list[tuple[Token, ...]]] = {}
        depth = 0
        for place, token in enumerate(self.tokens):
            if token.text in {"(", "["} and token.kind == "open":
                depth += 1
            elif token.text in {")", "]"} and token.kind == "close":
                depth = max(0, depth - 1)
            elif token.kind == "assign" and place and not depth:
                if token.text.endswith(">"):  # value -> name
                    target = self.tokens[place + 1 : place + 2]
                    value: tuple[Token, ...] = ()
                else:
                    target = self.tokens[place - 1 : place]
                    value = self._value(place + 1)
                if target and target[0].kind in {"name", "string"}:
                    found.setdefault(target[0].text.strip("`"), []).append(value)
        return found

    def _value(self, place: int) -> tuple[Token, ...]:
        """To the end of its line, or of its brackets."""
        depth = 0
        for here in range(place, min(len(self.tokens), place + 200)):
            token = self.tokens[here]
            if here > place and not depth and "\n" in self._text[self.tokens[here - 1].start : token.start]:
                return self.tokens[place:here]
            depth += (token.kind == "open") - (token.kind == "close")
            if depth < 0 or token.text == ";":
                return self.tokens[place:here]
        return self.tokens[place : place + 200]

    @cached_property
    def _functions(self) -> tuple[tuple[int, int, frozenset[str]], ...]:
        """First and last token of each function's body, with the names of what it is given."""
        found: list[tuple[int, int, frozenset[str]]] = []
        for place, token in enumerate(self.tokens[:-1]):
            if len(found) == _MOST_FUNCTIONS:
                break
            if token.text == "function" and self.tokens[place + 1].text == "(":
                end = self._closed(place + 1)
                names = frozenset(_formals(self.tokens[place + 2 : end]))
                is_block = end + 1 < len(self.tokens) and self.tokens[end + 1].text == "{"
                found.append((end, self._closed(end + 1) if is_block else end + 60, names))
        return tuple(found)

    def is_given(self, name: str, at: int) -> bool:
        """Whether a function around token `at` is given `name` by its caller."""
        return any(first < at < last and name in names for first, last, names in self._functions)

    def _closed(self, place: int) -> int:
        depth = 0
        for here in range(place, min(len(self.tokens), place + _LONGEST_BODY)):
            depth += (self.tokens[here].kind == "open") - (self.tokens[here].kind == "close")
            if not depth:
                return here
        return min(len(self.tokens), place + _LONGEST_BODY) - 1


def _formals(tokens: tuple[Token, ...]) -> Iterator[str]:
    depth = 0
    is_first = True
    for token in tokens:
        depth += (token.kind == "open") - (token.kind == "close")
        if token.kind == "name" and is_first and not depth:
            yield token.text
        is_first = token.kind == "comma" and not depth


def _argument(tokens: tuple[Token, ...]) -> tuple[str, tuple[Token, ...]]:
    if len(tokens) > 2 and tokens[1].text == "=" and tokens[0].kind in {"name", "string"}:
        return tokens[0].text, tokens[2:]
    return "", tokens


def _tokens(text: str) -> Iterator[Token]:
    for number, match in enumerate(_TOKEN.finditer(text)):
        if number > _MOST_TOKENS:
            return
        kind = match.lastgroup or ""
        if match["raw"]:
            inner = match["raw"][2 + len(match["dashes"]) + 1 : -(len(match["dashes"]) + 2)]
            yield Token("string", inner, match.start())
        elif match["string"]:
            yield Token("string", re.sub(r"\\(.)", r"\1", match["string"][1:-1].replace("\\\\", "/")), match.start())
        elif kind not in {"comment", "newline"}:
            yield Token(kind, match[0], match.start())


def _chunks(text: str) -> str:
    rows, is_inside = [], False
    for row in text.split("\n"):
        if _FENCE.match(row) and is_inside:
            is_inside = False
        rows.append(row if is_inside else "")
        if not is_inside and _CHUNK.match(row):
            is_inside = True
    return "\n".join(rows)
