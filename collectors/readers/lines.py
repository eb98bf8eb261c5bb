"""Lines of code, comment and blank."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from collectors.readers.syntax import ends_with_line, may_hold_comments, tokens


class Lines(NamedTuple):
    """A line that holds code and comment is code; a blank line is blank wherever it stands, in strings too."""

    code: int = 0
    comment: int = 0
    blank: int = 0


class Comment(NamedTuple):
    line: int  # from 1
    text: str  # with its markers; may span lines


def line_count(text: str) -> int:
    """Lines of decoded text: a last line without an end counts."""
    return text.count("\n") + (not text.endswith("\n") and text != "")


Span = tuple[int, int]
"""Where a comment begins in the text, and where it ends."""


def count(text: str, language: str | None) -> Lines:
    return count_around(text, spans(text, language))


def count_around(text: str, found: Sequence[Span]) -> Lines:
    """Lines of a text whose comments are known."""
    total = line_count(text)
    full = _full(text)
    code = _full(_without(text, found)) if found else full
    return Lines(code, full - code, total - full)


def _full(text: str) -> int:
    rows = text.split("\n")
    return len(rows) - rows.count("") - sum(map(str.isspace, rows))


def without_comments(text: str, language: str | None) -> str:
    """Comments taken out; every line end stays where it was."""
    found = spans(text, language)
    return _without(text, found) if found else text


def _without(text: str, found: Sequence[Span]) -> str:
    kept: list[str] = []
    seen = 0
    for start, end in found:
        kept += text[seen:start], "\n" * text.count("\n", start, end)
        seen = end
    return "".join(kept) + text[seen:]


def comments(text: str, language: str | None) -> Iterator[Comment]:
    return comments_at(text, spans(text, language))


def comments_at(text: str, found: Iterable[Span]) -> Iterator[Comment]:
    line = 1
    seen = 0
    for start, end in found:
        line += text.count("\n", seen, start)
        seen = start
        yield Comment(line, text[start:end])


def spans(text: str, language: str | None) -> list[Span]:
    """Of every comment, in their order."""
    finder = tokens(language)
    if finder is None or not may_hold_comments(text, language):
        return []
    if ends_with_line(language):
        return list(_in_lines(text, finder))
    return [match.span() for match in finder.finditer(text) if match.lastgroup == "comment"]


def _in_lines(text: str, finder: re.Pattern[str]) -> Iterator[Span]:
    """Where neither comments nor strings cross the end of a line, unless a backslash stands there: lines with "#"."""
    place = text.find("#")
    while place >= 0:
        start = text.rfind("\n", 0, place) + 1
        while start > 1 and text[start - 2] == "\\":
            start = text.rfind("\n", 0, start - 1) + 1
        end = text.find("\n", place)
        while end > 0 and text[end - 1] == "\\":
            end = text.find("\n", end + 1)
        end = len(text) if end < 0 else end
        yield from (match.span() for match in finder.finditer(text, start, end) if match.lastgroup == "comment")
        place = text.find("#", end)
