"""Lines of code, comment and blank."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from collectors.readers.syntax import may_hold_comments, tokens


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


def count(text: str, language: str | None) -> Lines:
    total = line_count(text)
    full = _full(text)
    bare = without_comments(text, language)
    code = full if bare is text else _full(bare)
    return Lines(code, full - code, total - full)


def _full(text: str) -> int:
    rows = text.split("\n")
    return len(rows) - rows.count("") - sum(map(str.isspace, rows))


def without_comments(text: str, language: str | None) -> str:
    """Comments taken out; every line end stays where it was."""
    finder = tokens(language)
    if finder is None:
        return text
    if not may_hold_comments(text, language):
        return text
    kept: list[str] = []
    seen = 0
    for match in finder.finditer(text):
        if match.lastgroup == "comment":
            start, end = match.span()
            kept += text[seen:start], "\n" * text.count("\n", start, end)
            seen = end
    return "".join(kept) + text[seen:] if seen else text


def comments(text: str, language: str | None) -> Iterator[Comment]:
    finder = tokens(language)
    if finder is None:
        return
    line = 1
    seen = 0
    for match in finder.finditer(text):
        if match.lastgroup == "comment":
            line += text.count("\n", seen, match.start())
            seen = match.start()
            yield Comment(line, match[0])
