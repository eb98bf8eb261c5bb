"""Jinja templates cut into blocks. Nothing is compiled or run.

Source: https://jinja.palletsprojects.com/en/stable/templates/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

_MOST_TOKENS = 20_000
_DEEPEST = 40
_NAME = re.compile(r"[-+]?\s*([A-Za-z_]\w*)\s*(.*?)\s*[-+]?", re.DOTALL)
_ENDS = {"{{": "}}", "{%": "%}", "{#": "#}"}
_RAW_END = re.compile(r"\{%[-+]?\s*endraw\s*[-+]?%\}")


class Token(NamedTuple):
    kind: str  # "text", "{{" or "{%"
    text: str
    line: int


@dataclass(slots=True)
class Block:
    """What stands between a word and its end. Of `if` and `for` each part is one, the first word its own."""

    word: str  # "text", "show", "if", "elif", "else", "for", "set", "macro", "snapshot", …
    rest: str
    line: int
    body: list[Block] = field(default_factory=list)
    others: list[Block] = field(default_factory=list)  # of an if: elif and else; of a for: else


_HOLDING = {"if", "for", "macro", "snapshot", "test", "materialization", "call", "filter", "block", "data_test"}
_PARTING = {"elif", "else"}


def blocks(text: str) -> list[Block]:
    """The blocks of a template. Ends that are missing or too many are passed over."""
    top = Block("", "", 1)
    opened: list[Block] = [top]
    holders: list[Block] = []
    for token in _tokens(text):
        if token.kind != "{%":
            opened[-1].body.append(Block("text" if token.kind == "text" else "show", token.text, token.line))
            continue
        found = _NAME.fullmatch(token.text.strip())
        if found is None:
            continue
        word, rest = found[1], found[2]
        block = Block(word, rest, token.line)
        if word in _HOLDING or (word == "set" and "=" not in rest):
            if len(opened) > _DEEPEST:
                break
            opened[-1].body.append(block)
            opened.append(block)
            holders.append(block)
        elif word in _PARTING and holders:
            holders[-1].others.append(block)
            opened[-1] = block
        elif word.startswith("end"):
            if holders:
                holders.pop()
                opened.pop()
        else:
            opened[-1].body.append(block)
    return top.body


def _tokens(text: str) -> Iterator[Token]:
    place, line, seen = 0, 1, 0
    for _ in range(_MOST_TOKENS):
        start = re.compile(r"\{[{%#]").search(text, place)
        end = text.find(_ENDS[start[0]], start.end()) if start else -1
        if start is None or end < 0:
            break
        if start.start() > place:
            yield Token("text", text[place : start.start()], line)
        line += text.count("\n", seen, start.start())
        seen = start.start()
        inner = text[start.end() : end]
        place = end + 2
        if start[0] == "{%" and inner.strip("-+ \t\n") == "raw":
            stop = _RAW_END.search(text, place)
            yield Token("text", text[place : stop.start() if stop else len(text)], line)
            place = stop.end() if stop else len(text)
        elif start[0] != "{#":
            yield Token(start[0], inner.strip("-+") if start[0] == "{{" else inner, line)
    if place < len(text):
        yield Token("text", text[place:], line)
