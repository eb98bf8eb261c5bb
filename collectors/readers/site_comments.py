"""Code that was commented out."""

from __future__ import annotations

import ast
import re
import textwrap
import warnings
from collections.abc import Iterator

from collectors.facts.sites import SiteKind
from collectors.readers.site_text import Found, Text

LEAST, MOST = 3, 300
"""Lines of a block: fewer may be a note, more are an archive."""
_BLOCKS = re.compile(r"#[^\n]*+(?:\n[ \t]*+#[^\n]*+){2,}")  # begins with what is quick to find
_CODE = re.compile(r"^[ \t]*+#[^\n]*?[\w\])](?:\(|[ \t]*=|:[ \t]*$)", re.MULTILINE)
_SIGNS = "(=:"  # of which each line of code has one
_MARKED = re.compile(r"^[ \t]*+#(?:!|:|[ \t]?%%|[ \t]?\+|[ \t]?///|[ \t]?>>>|[ \t]?\.\.\.|[ \t]?In ?\[)", re.MULTILINE)
_SHOWN = re.compile(
    r"\b(?:examples?|usage|e\.g|i\.e|for instance|equivalent|same as|correspond\w*|pseudo\w*|looks? like|becomes?|would"
    r"|instead of|such as|note|output|generated|expected|returns?|format|should|means?|above|below|schema|syntax"
    r"|un-?comment\w*|for debug\w*|debug(?=:)|to debug|run locally|local (?:run|development))\b",
    re.IGNORECASE,
)
_GONE = re.compile(
    r"\b(?:old|older|previous\w*|disabled?|original|legacy|deprecated|unused|removed?|dead)\b", re.IGNORECASE
)
_PROSE = 3
"""Lines of words that may stand before or after the code of a block."""


def commented(text: Text) -> Iterator[Found]:
    for match in _BLOCKS.finditer(text.source):
        begins = text.source.rfind("\n", 0, match.start()) + 1
        block = text.source[begins : match.end()]
        if not block.lstrip(" \t").startswith("#"):  # the first stands behind code
            begins, block = begins + block.index("\n") + 1, block.partition("\n")[2]
        lines = block.count("\n") + 1
        if not LEAST <= lines <= MOST or sum(map(block.count, _SIGNS)) < LEAST - 1:
            continue
        if len(_CODE.findall(block)) < LEAST - 1 or _MARKED.search(block):
            continue
        first = text.source.count("\n", 0, begins) + 1
        if text.in_string(first):
            continue
        found = _code_in(block.split("\n"))
        if found:
            start, end, rows = found
            last = rows[end - 1]
            yield Found(
                SiteKind.COMMENTED_CODE,
                ast.Pass(
                    lineno=first + start,
                    end_lineno=first + end - 1,
                    col_offset=len(rows[start]) - len(rows[start].lstrip()),
                    end_col_offset=len(last.encode()),
                ),
                f"{end - start} lines",
            )


def _code_in(rows: list[str]) -> tuple[int, int, list[str]] | None:
    """The longest run of lines that is code, words before and after it left out; None where they explain it."""
    bare = [row.lstrip()[1:] for row in rows]
    for start in range(min(_PROSE, len(rows) - LEAST) + 1):
        for end in range(len(rows), max(len(rows) - _PROSE, start + LEAST) - 1, -1):
            if end - start >= LEAST and _is_code(bare[start:end]):
                said = next((at for at in range(start, end) if not bare[at].lstrip().startswith("#")), end)
                words = " ".join(bare[:said] + bare[end:])
                explained = _SHOWN.search(words) or (words.rstrip().endswith(":") and not _GONE.search(words))
                return None if explained else (start, end, rows)
    return None


def _is_code(rows: list[str]) -> bool:
    if not rows[0].strip() or not rows[-1].strip() or sum(bool(row.strip()) for row in rows) < LEAST:
        return False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(textwrap.dedent("\n".join(rows)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    strong = 0
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            if not isinstance(node.value, ast.Call | ast.Await | ast.Yield) and not _is_text(node.value):
                return False  # words that happen to parse
            strong += isinstance(node.value, ast.Call)
        elif isinstance(node, ast.AnnAssign) and node.value is None:
            return False  # "Author: somebody"
        elif isinstance(node, ast.Assign):
            strong += isinstance(node.value, ast.Call) and isinstance(node.value.func, ast.Attribute)
        elif isinstance(node, _SURE):
            strong += 1
    return strong >= 2


_SURE = (
    ast.Import, ast.ImportFrom, ast.Return, ast.Raise, ast.FunctionDef, ast.ClassDef, ast.If, ast.For, ast.While,
    ast.With, ast.Try, ast.Delete, ast.Assert,
)  # fmt: skip


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
