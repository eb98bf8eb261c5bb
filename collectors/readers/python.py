"""Python: one walk over the syntax tree gives imports, models, deciding calls, docstrings and comments.

Text that Python 3 cannot parse is read by pattern, and says so.
"""

from __future__ import annotations

import ast
import io
import tokenize
import warnings
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from collectors.facts.files import DebtNote
from collectors.readers.lines import Comment, Lines, comments, count, line_count
from collectors.readers.notes import notes_in
from collectors.readers.python_names import Names, resolved, walk
from collectors.readers.python_pattern import names_by_pattern


class Module(NamedTuple):
    """What one Python text says."""

    lines: Lines
    imports: tuple[str, ...] = ()
    estimators: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    notes: tuple[DebtNote, ...] = ()
    unread: str | None = None


def read_python(text: str, has_notes: bool) -> Module:
    """`text` has "\\n" as its line end. `has_notes`: whether looking for notes is worth the while."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # old escapes in strings
            tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        notes = notes_in(comments(text, "Python")) if has_notes else ()
        names = resolved(names_by_pattern(text))
        return Module(count(text, "Python"), *names, notes=notes, unread=_reason(error))
    seen = walk(tree)
    lines, certain = _count(text, seen)
    found = None
    if has_notes or not certain:
        found = tuple(_comment_tokens(text))
    if found is not None and not certain:
        lines = _recount(text, seen, found)
    return Module(lines, *resolved(seen), notes=notes_in(found or ()) if has_notes else ())


def _reason(error: Exception) -> str:
    if isinstance(error, RecursionError | MemoryError):
        return "it is nested too deeply to parse; only names were looked for"
    return "it is not valid Python 3; only names were looked for"


def _count(text: str, names: Names) -> tuple[Lines, bool]:
    """Lines, and whether they are certain: a "#" at the start of a line inside a long string needs a closer look."""
    rows = text.split("\n")
    docs = _docstring_lines(rows, names.docstrings)
    blank = 0
    hashes = set()
    for number, row in enumerate(rows, 1):
        stripped = row.lstrip()
        if not stripped:
            blank += 1
        elif stripped[0] == "#":
            hashes.add(number)
    total = line_count(text)
    blank -= len(rows) - total
    comment = len(hashes | docs)
    in_strings = any(number in hashes for first, last in names.long_strings for number in range(first + 1, last + 1))
    return Lines(total - blank - comment, comment, blank), not in_strings


def _recount(text: str, names: Names, found: Iterable[Comment]) -> Lines:
    rows = text.split("\n")
    alone = {comment.line for comment in found if rows[comment.line - 1].lstrip().startswith("#")}
    comment = len(alone | _docstring_lines(rows, names.docstrings))
    total = line_count(text)
    full = sum(1 for row in rows if row.strip())
    return Lines(full - comment, comment, total - full)


def _docstring_lines(rows: list[str], docstrings: Iterable[ast.Constant]) -> set[int]:
    """Lines that hold nothing but (a part of) a string that is a statement of its own."""
    found: set[int] = set()
    seen: set[int] = set()
    for node in docstrings:
        first, last = node.lineno, node.end_lineno or node.lineno
        if first == last and first in seen:
            continue  # a million on one line would take for ever
        seen.add(first)
        alone_before = not rows[first - 1].encode()[: node.col_offset].strip()
        after = rows[last - 1].encode()[node.end_col_offset :].lstrip(b" \t\f;")
        alone_after = not after or after.startswith(b"#")
        start = first if alone_before and (alone_after or first != last) else first + 1
        end = last if alone_after and (alone_before or first != last) else last - 1
        found.update(number for number in range(start, end + 1) if rows[number - 1].strip())
    return found


def _comment_tokens(text: str) -> Iterator[Comment]:
    """Comments as Python's own tokenizer finds them, to the point where it gives up."""
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT:
                yield Comment(token.start[0], token.string)
    except (tokenize.TokenError, SyntaxError):
        return
