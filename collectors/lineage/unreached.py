"""Calls that the budget did not reach: seen in the text alone, so that nobody takes their absence for an answer."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from collectors.facts.lineage import Access, NodeKind, Resolution
from collectors.lineage.apis import Api, apis_of, normal
from collectors.lineage.machine import LIBRARY, Seen
from collectors.lineage.naming import kind_of

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
WHY = "the budget of steps was used up before it was reached"
_OPEN = Api(Access.READ, NodeKind.DATASET, 0, ("file",))


def unreached(body: list[ast.stmt], path: str, called: set[tuple[str, int]]) -> Iterator[Seen]:
    """Accesses of functions that did not run. `called`: paths and lines of those that did."""
    names = dict(_imports(body))
    todo: list[tuple[ast.AST, bool]] = [(node, False) for node in reversed(body)]
    while todo:
        node, is_inside = todo.pop()
        if isinstance(node, ast.Call):
            if is_inside:
                yield from _seen(node, path, names)
        elif isinstance(node, _FUNCTIONS):
            is_inside = is_inside or (path, node.lineno) not in called
        if node.__class__ is not ast.Name and node.__class__ is not ast.Constant:
            todo += [(inner, is_inside) for inner in reversed(below(node))]


def below(node: ast.AST) -> list[ast.AST]:
    """As `ast.iter_child_nodes`, at a third of its cost."""
    found: list[ast.AST] = []
    for name in node._fields:
        part = node.__dict__.get(name)
        if part.__class__ is list:
            found += [inner for inner in part if isinstance(inner, ast.AST)]
        elif isinstance(part, ast.AST):
            found.append(part)
    return found


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
