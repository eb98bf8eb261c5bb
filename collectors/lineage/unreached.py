"""Calls that the budget did not reach: seen in the text alone, so that nobody takes their absence for an answer."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from collectors.facts.lineage import Access, NodeKind, Resolution
from collectors.lineage.apis import Api, apis_of, normal
from collectors.lineage.machine import LIBRARY, Seen
from collectors.lineage.naming import kind_of

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_NO_CALLS = frozenset(
    [ast.Name, ast.Constant, ast.Load, ast.Store, ast.Del, ast.alias, ast.Import, ast.ImportFrom]
    + [ast.Pass, ast.Break, ast.Continue, ast.Global, ast.Nonlocal]
    + [kind for base in (ast.operator, ast.unaryop, ast.boolop, ast.cmpop) for kind in base.__subclasses__()]
    + [str, int, float, bool, bytes, complex, type(None), type(Ellipsis)]
)
"""Kinds of nodes that hold no call, and what nodes hold beside nodes."""
WHY = "the budget of steps was used up before it was reached"
_OPEN = Api(Access.READ, NodeKind.DATASET, 0, ("file",))


def unreached(body: list[ast.stmt], path: str, called: set[tuple[str, int]]) -> Iterator[Seen]:
    """Accesses of functions that did not run. `called`: paths and lines of those that did."""
    names = dict(_imports(body))
    todo: list[tuple[ast.AST, bool]] = [(node, False) for node in body]
    while todo:
        node, is_inside = todo.pop()
        if isinstance(node, ast.Call):
            if is_inside:
                yield from _seen(node, path, names)
        elif isinstance(node, _FUNCTIONS):
            is_inside = is_inside or (path, node.lineno) not in called
        for part in node.__dict__.values():
            if part.__class__ is list:
                todo += [(inner, is_inside) for inner in part if inner.__class__ not in _NO_CALLS]
            elif part.__class__ not in _NO_CALLS:
                todo.append((part, is_inside))


def _seen(node: ast.Call, path: str, names: dict[str, str]) -> Iterator[Seen]:
    name = _dotted(node.func, names)
    if not name or (name in LIBRARY and name != "open"):
        return
    for api in (_OPEN,) if name == "open" else apis_of(name):
        is_given = len(node.args) > (api.place or 0) or any(word.arg in api.names for word in node.keywords)
        if is_given and not api.is_weak:
            kind = kind_of("", api.kind)
            yield Seen(api.access, "", kind, path, node.lineno, Resolution.UNRESOLVED, name, "", WHY, ())


def _imports(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    for node in body:
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield (
                    alias.asname or alias.name.partition(".")[0],
                    alias.name if alias.asname else alias.name.partition(".")[0],
                )
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                yield alias.asname or alias.name, f"{node.module}.{alias.name}"


def _dotted(node: ast.expr, names: dict[str, str]) -> str:
    parts: list[str] = []
    while isinstance(node, ast.Attribute) and len(parts) < 12:
        parts.append(node.attr)
        node = node.value
    first = names.get(node.id, node.id) if isinstance(node, ast.Name) else "()" if parts else ""
    return normal(".".join([first, *reversed(parts)])) if first else ""
