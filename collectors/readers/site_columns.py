"""Tables read with pandas: whether the code says which columns it expects, or of which types."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from collectors.facts.sites import SiteKind
from collectors.readers.site_names import TYPING, words
from collectors.readers.site_text import Found, Text, keywords

_READS = words("read_csv read_table read_fwf read_excel")
_SAYS = words("dtype usecols names converters")
"""Arguments that name columns or types."""
_DEEPEST = 50
_LISTS = (ast.List, ast.ListComp)
_MANY = re.compile(r"^[A-Z][A-Z_]+$|(?:^|_)(?:cols|columns|features|feats|fields|variables|predictors)$")


def columns(text: Text) -> Iterator[Found]:
    reads = [call for name, call in text.marks.calls if name in _READS and text.name_of(call) == f"pandas.{name}"]
    if not reads:
        return
    chosen = _chosen(text)
    held = _held(text)
    for call in reads:
        given = keywords(call)
        if given is None:
            continue  # some come from elsewhere
        says = not _SAYS.isdisjoint(given) or call in chosen or not chosen.isdisjoint(held.get(call, ()))
        yield Found(SiteKind.SET_COLUMNS if says else SiteKind.UNSET_COLUMNS, call)


def _chosen(text: Text) -> set[ast.Call | str]:
    """Calls and plain names of which columns are chosen by name, or that are given types or headings."""
    found: set[ast.Call | str] = set()
    lists = {name for name, given in text.values.items() if any(isinstance(one, _LISTS) for one in given)}
    for node in text.marks.subscripts:
        if _chooses(node, lists):
            found.update(_below(node))
    for name, call in text.marks.calls:
        if name in TYPING:
            found.update(_below(call))
    for assign in text.marks.assigns:
        for target in assign.targets:
            if isinstance(target, ast.Attribute) and target.attr in {"columns", "dtypes"}:
                found.update(_below(target))
    return found


def _chooses(node: ast.Subscript, lists: set[str]) -> bool:
    return _is_list(node.slice, lists) or (isinstance(node.value, ast.Call) and isinstance(node.slice, ast.Constant))


def _below(node: ast.AST) -> Iterator[ast.Call | str]:
    """What `frame[["a", "b"]]`, `frame.dropna().astype(float)` and `schema.validate(frame)` hang on."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "validate":
        yield from (given.id for given in node.args if isinstance(given, ast.Name))
    for _ in range(_DEEPEST):
        if isinstance(node, ast.Subscript | ast.Attribute):
            node = node.value
        elif isinstance(node, ast.Call):
            yield node
            node = node.func
        else:
            break
    if isinstance(node, ast.Name):
        yield node.id


def _is_list(node: ast.expr, lists: set[str]) -> bool:
    """Names of columns, as a list or under a name that is given one; rows beside them do not matter."""
    if isinstance(node, ast.Tuple) and node.elts:
        node = node.elts[-1]
    if isinstance(node, ast.Name):
        return node.id in lists or _MANY.search(node.id) is not None
    return isinstance(node, ast.List) or (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add))


def _held(text: Text) -> dict[ast.Call, list[str]]:
    """Plain names that a call's result is given, as it is or after further calls."""
    found: dict[ast.Call, list[str]] = {}
    for node in text.marks.assigns:
        names = [target.id for target in node.targets if isinstance(target, ast.Name)]
        value: ast.expr = node.value
        for _ in range(_DEEPEST):
            if isinstance(value, ast.Call):
                found.setdefault(value, []).extend(names)
                value = value.func
            elif isinstance(value, ast.Attribute | ast.Subscript):
                value = value.value
            else:
                break
    return found
