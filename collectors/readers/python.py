"""Python: one walk over the syntax tree gives imports, models, deciding calls, docstrings and comments.

Text that Python 3 cannot parse is read by pattern, and says so.
"""

from __future__ import annotations

import ast
import gc
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from collectors.facts.files import DebtNote
from collectors.facts.sites import Site
from collectors.facts.units import Unit
from collectors.readers.handed import handed
from collectors.readers.lines import Comment, Lines, comments, count, line_count
from collectors.readers.notes import notes_in
from collectors.readers.python_names import Names, resolved
from collectors.readers.python_pattern import names_by_pattern
from collectors.readers.python_sites import sites
from collectors.readers.python_units import units
from collectors.readers.python_walk import walk
from collectors.readers.switched import switched


class Module(NamedTuple):
    """What one Python text says."""

    lines: Lines
    imports: tuple[str, ...] = ()
    reaches: tuple[str, ...] = ()
    estimators: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    notes: tuple[DebtNote, ...] = ()
    sites: tuple[Site, ...] = ()
    handed: str = ""
    switched: str = ""
    units: tuple[Unit, ...] = ()
    unread: str | None = None


def read_python(text: str, has_notes: bool) -> Module:
    """`text` has "\\n" as its line end. `has_notes`: whether looking for notes is worth the while."""
    with _not_collecting():
        return _read(text, has_notes)


def _read(text: str, has_notes: bool) -> Module:
    found = tuple(comments_in(text)) if has_notes else ()
    try:
        tree = _parsed(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        names = resolved(names_by_pattern(text))
        return Module(count(text, "Python"), *names, notes=notes_in(found), unread=_reason(error))
    seen = walk(tree)
    rows = text.split("\n")
    return Module(
        _count(text, rows, seen),
        *resolved(seen),
        notes=notes_in(found),
        sites=sites(seen, text, rows),
        units=units(seen, rows),
        handed=handed(seen.marks),
        switched=switched(text),
    )


@contextmanager
def _not_collecting() -> Iterator[None]:
    """Without looking for cycles: a syntax tree is all new objects, holds none, and goes as a whole after a reading."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _parsed(text: str) -> ast.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # old escapes in strings
        return ast.parse(text)


def comments_in(text: str) -> Iterator[Comment]:
    """What Python's tokenizer calls a comment, at a tenth of its cost: docstrings are none."""
    return (comment for comment in comments(text, "Python") if comment.text.startswith("#"))


def _reason(error: Exception) -> str:
    if isinstance(error, RecursionError | MemoryError):
        return "it is nested too deeply to parse; only names were looked for"
    return "it is not valid Python 3; only names were looked for"


def _count(text: str, rows: list[str], names: Names) -> Lines:
    blank = rows.count("") + sum(map(str.isspace, rows))
    # lines that begin with "#"
    alone = {number for number, row in enumerate(rows, 1) if "#" in row and row.lstrip()[0] == "#"}
    if alone and not all(alone.isdisjoint(range(first + 1, last + 1)) for first, last in names.long_strings):
        alone &= {comment.line for comment in comments_in(text)}  # some may stand in a string
    comment = len(alone | _docstring_lines(rows, names.docstrings))
    total = line_count(text)
    blank -= len(rows) - total
    return Lines(total - blank - comment, comment, blank)


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
