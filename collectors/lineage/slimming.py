"""Syntax trees that take less memory: without what nobody asks for."""

from __future__ import annotations

import ast
from typing import Any

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_UNASKED = frozenset({"ctx", "col_offset", "end_col_offset", "end_lineno"})
_PLAIN = frozenset({"id", "attr", "arg", "name", "module", "level", "kind", "type_comment", "op", "ops", "conversion"})


def _has_lines(kind: type[ast.AST]) -> bool:
    return hasattr(kind, "end_lineno") or issubclass(kind, ast.pattern)


def _asked(kind: type[ast.AST]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    fields = [name for name in kind._fields if name not in _UNASKED]
    lines = ["lineno", "end_lineno"] if _has_lines(kind) else []
    below = () if kind is ast.Constant else tuple(name for name in fields if name not in _PLAIN)
    return (*fields, *(lines if kind in _DEFINITIONS else lines[:1])), below


_ASKED = {
    kind: _asked(kind)
    for kind in vars(ast).values()
    if isinstance(kind, type) and issubclass(kind, ast.AST) and (kind._fields or _has_lines(kind))
}
"""Of each kind of node, what somebody asks for, and what of it holds further syntax."""


def slim(body: list[ast.stmt]) -> None:
    """Without what nobody asks for: a node of five fields takes two thirds of the memory of one with six."""
    todo: list[Any] = list(body)
    while todo:
        node = todo.pop()
        held = node.__dict__
        kind = node.__class__
        if kind is ast.Name:  # three in four are names, attributes and constants
            node.__dict__ = {"id": held["id"], "lineno": held["lineno"]}
            continue
        if kind is ast.Attribute:
            todo.append(held["value"])
            node.__dict__ = {"value": held["value"], "attr": held["attr"], "lineno": held["lineno"]}
            continue
        kept, below = _ASKED[kind]
        node.__dict__ = {name: held[name] for name in kept}
        for name in below:
            part = held[name]
            if part.__class__ is list:
                todo += [inner for inner in part if inner.__class__ in _ASKED]
            elif part.__class__ in _ASKED:
                todo.append(part)


def cut(body: list[ast.stmt]) -> None:
    """Definitions lose what stands in them, so that whoever holds one holds little."""
    todo: list[list[ast.stmt]] = [body]
    while todo:
        some = todo.pop()
        todo += [node.body for node in some if isinstance(node, _DEFINITIONS)]
        some.clear()
