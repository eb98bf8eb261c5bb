"""Data cut to a part of it, in the code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from collectors.facts.sites import SiteKind
from collectors.readers.site_names import READS, SHORTENED
from collectors.readers.site_text import Found, Lines, Text, called, number

_ROWS = re.compile(
    r"(?:^|_)(?:df\d?|data|dataset|ds|frame|train\w*|valid\w*|val|test\w*|dev|samples|texts|images|examples|records|corpus|docs"
    r"|documents|sentences|reviews|tweets|files|paths|questions)(?:_|\d|$)",
    re.IGNORECASE,
)
_FEW = 500
"""Rows that somebody looks at, or a list of the best; more are worked with."""
_RANKED = re.compile(r"sort|top|best|rank|recent|largest|latest|closest", re.IGNORECASE)
_PARTLY = re.compile(
    r"(?:^|_)(?:samp\w*|small\w*|tiny|toy|mini\w*|subset|preview|head|few|first|schema|dtypes|columns|cols|types)(?:_|\d|$)",
    re.IGNORECASE,
)
"""Names that say of what they hold that it is a part, or a look at the columns."""
_TRIED = re.compile(
    r"(?:^|_)(?:debug\w*|tests?|testing|smoke\w*|quick\w*|fast|samp\w*|small|tiny|toy|dev|dry|subset|demo)(?:_|\d|$)",
    re.IGNORECASE,
)
"""Names of switches for a short run: where one decides, the cut is somebody's choice."""
_CUTTING = frozenset({ast.Subscript, ast.Call})
_PART = re.compile(r"\w+\[\s*\d*%?\s*:\s*\d{2,}%?\s*\]|\w+\[\s*:\s*\d%\s*\]")


def scale(text: Text) -> Iterator[Found]:
    cuts: list[Found] = []
    for name, call in text.marks.calls:
        if name in READS:
            yield Found(SiteKind.DATA_LOAD, call)
            cuts += _read(call)
    for node in text.marks.assigns:
        if (
            node.value.__class__ in _CUTTING
            and _may_cut(node.value)
            and len(node.targets) == 1
            and isinstance(node.targets[0], ast.Name)
        ):
            cuts += _cut(node, node.targets[0].id)
    if cuts:
        partly = {id(node.value) for node in text.marks.assigns if any(map(_is_partly, node.targets))}
        chosen = Lines(node for node in text.marks.branches if any(map(_is_switch, ast.walk(node.test))))
        yield from (one for one in cuts if id(one.node) not in partly and one.node.lineno not in chosen)


def _is_partly(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and _PARTLY.search(node.id) is not None


def _is_switch(node: ast.AST) -> bool:
    name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
    return _TRIED.search(name) is not None


def _read(call: ast.Call) -> Iterator[Found]:
    for keyword in call.keywords:
        if keyword.arg in ("nrows", "n_rows") and (number(keyword.value) or 0) >= _FEW:
            yield Found(SiteKind.SCALE_TOGGLE, call, "nrows")
        elif (
            keyword.arg == "split" and isinstance(keyword.value, ast.Constant) and _PART.match(str(keyword.value.value))
        ):
            yield Found(SiteKind.SCALE_TOGGLE, call, "split")


def _may_cut(value: ast.expr) -> bool:
    """A cheap first look: most assignments are none of these."""
    if type(value) is ast.Subscript:
        return type(value.slice) is ast.Slice
    return type(value) is ast.Call and type(value.func) is ast.Attribute and value.func.attr in SHORTENED


def _cut(node: ast.Assign, target: str) -> Iterator[Found]:
    """`rows = rows.head(100)`, or of rows just read."""
    value = node.value
    if isinstance(value, ast.Subscript):
        source, how = value.value, "slice" if _is_cut(value.slice) and not _RANKED.search(target) else ""
    elif isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr in SHORTENED:
        source, how = value.func.value, value.func.attr if _shortens(value.func.attr, value) else ""
    else:
        return
    if how and (_is_read(source) or (isinstance(source, ast.Name) and source.id == target and _ROWS.search(target))):
        yield Found(SiteKind.SCALE_TOGGLE, node, how)


def _is_read(node: ast.expr) -> bool:
    if not isinstance(node, ast.Call):
        return False
    return called(node) in READS


def _is_cut(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Slice)
        and node.step is None
        and (node.lower is None or number(node.lower) == 0)
        and (number(node.upper) or 0) >= _FEW
    )


def _shortens(method: str, call: ast.Call) -> bool:
    first = call.args[0] if call.args else None
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    match method:
        case "sample":
            share = number(given.get("frac"))
            return (share is not None and share < 1) or (number(given.get("n", first)) or 0) >= _FEW
        case "select":
            return (
                isinstance(first, ast.Call)
                and getattr(first.func, "id", "") == "range"
                and (number(first.args[-1] if first.args else None) or 0) > 1
            )
        case _:
            return (number(given.get("n", first)) or 0) >= _FEW
