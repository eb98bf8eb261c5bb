"""Tables read with pandas: whether the code says which columns it expects, or of which types."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from collectors.facts.sites import SiteKind
from collectors.readers.site_names import words
from collectors.readers.site_text import Found, Text, keywords

_READS = words("read_csv read_table read_fwf read_excel")
_SAYS = words("dtype usecols names converters")
"""Arguments that name columns or types."""
_TYPING = words("astype convert_dtypes select_dtypes filter reindex set_axis")
"""Methods of a frame that do so afterwards."""
_DEEPEST = 50
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
    looked_at: list[ast.AST] = [node.value for node in text.marks.assigns]
    looked_at += [call for name, call in text.marks.calls if name not in _READS]
    looked_at += _functions(text)  # for what they return
    for root in looked_at:
        for node in ast.walk(root):
            if _says(node, text):
                found.update(_below(node))
    for assign in text.marks.assigns:
        for target in assign.targets:
            if isinstance(target, ast.Attribute) and target.attr in {"columns", "dtypes"}:
                found.update(_below(target))
    return found


def _functions(text: Text) -> Iterator[ast.AST]:
    """Those that stand in no other."""
    end = 0
    for scope in sorted(text.marks.scopes, key=lambda one: one.lineno):
        if scope.lineno > end and not isinstance(scope, ast.ClassDef):
            end = scope.end_lineno or scope.lineno
            yield scope


def _says(node: ast.AST, text: Text) -> bool:
    if isinstance(node, ast.Subscript):
        return _is_list(node.slice, text) or (isinstance(node.value, ast.Call) and isinstance(node.slice, ast.Constant))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.func.attr in _TYPING or node.func.attr == "validate"
    return False


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


def _is_list(node: ast.expr, text: Text) -> bool:
    """Names of columns, as a list or under a name that is given one; rows beside them do not matter."""
    if isinstance(node, ast.Tuple) and node.elts:
        node = node.elts[-1]
    if isinstance(node, ast.Name):
        given = text.values.get(node.id, [])
        return _MANY.search(node.id) is not None or any(isinstance(value, ast.List | ast.ListComp) for value in given)
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
