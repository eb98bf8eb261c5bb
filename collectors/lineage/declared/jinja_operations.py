"""What operators, filters and methods of a template give, as far as their values are known. All is bounded."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any, NamedTuple

LONGEST = 200_000
"""Characters of any text that is made."""


class Unknown:
    """Whatever the text does not tell."""

    def __str__(self) -> str:
        return "__unknown__"


UNKNOWN = Unknown()
Value = Any


class Relation(NamedTuple):
    number: int

    def __str__(self) -> str:
        return f"__asked_{self.number}__"


def shown(value: Value) -> str:
    return "" if value is None else str(value)[:LONGEST] if not isinstance(value, list | dict) else str(UNKNOWN)


def dotted(node: ast.expr) -> str:
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else ""


def same(one: Value, other: Value) -> bool:
    return type(one) is type(other) and isinstance(one, str | int | float | bool | None) and one == other


def added(left: Value, right: Value) -> Value:
    if isinstance(left, list) and isinstance(right, list):
        return (left + right)[:500]
    if isinstance(left, Unknown | list | dict) or isinstance(right, Unknown | list | dict):
        return UNKNOWN
    return f"{left}{right}"[:LONGEST]


def joined(values: list[Value], is_and: bool) -> Value:
    decided = next((value for value in values if not isinstance(value, Unknown) and bool(value) is not is_and), UNKNOWN)
    if not isinstance(decided, Unknown):
        return decided
    return UNKNOWN if any(isinstance(value, Unknown) for value in values) else values[-1]


def compared(left: Value, op: ast.cmpop, right: ast.expr, inner: Callable[[ast.expr], Value]) -> Value:
    if isinstance(op, ast.Is | ast.IsNot) and isinstance(right, ast.Name) and right.id != "none":
        return UNKNOWN  # a test: defined, string, …
    other = inner(right)
    if isinstance(left, Unknown) or isinstance(other, Unknown) or isinstance(left, Relation):
        return UNKNOWN
    match op:
        case ast.Eq() | ast.Is():
            return equal(left, other)
        case ast.NotEq() | ast.IsNot():
            found = equal(left, other)
            return found if isinstance(found, Unknown) else not found
        case ast.In() | ast.NotIn() if isinstance(other, str | list | dict) and isinstance(left, str):
            return (left in other) is isinstance(op, ast.In)
        case ast.Gt() if isinstance(left, int) and isinstance(other, int):
            return left > other
        case ast.Lt() if isinstance(left, int) and isinstance(other, int):
            return left < other
    return UNKNOWN


def equal(left: Value, right: Value) -> Value:
    """Lists within lists are not looked into: few words can make them endless."""
    if isinstance(left, list | dict) and isinstance(right, list | dict):
        return type(left) is type(right) and not left and not right if not (left and right) else UNKNOWN
    return UNKNOWN if isinstance(right, Relation) else bool(left == right)


def filtered(value: Value, by: ast.expr, inner: Callable[[ast.expr], Value]) -> Value:
    name = dotted(by.func) if isinstance(by, ast.Call) else dotted(by)
    for arg in by.args if isinstance(by, ast.Call) else ():
        inner(arg)
    if name in {"as_bool", "as_native", "as_text", "list"}:
        return value
    if name in {"length", "count"} and isinstance(value, list | str | dict):
        return len(value)
    return method(value, {"trim": "strip"}.get(name, name), []) if name in {"upper", "lower", "trim"} else UNKNOWN


def at(base: Value, place: Value) -> Value:
    if isinstance(base, dict) and isinstance(place, str):
        return base.get(place, UNKNOWN)
    if isinstance(base, list) and isinstance(place, int) and -len(base) <= place < len(base):
        return base[place]
    return UNKNOWN


def method(base: Value, name: str, args: list[Value]) -> Value:
    match base, name:
        case list(), "append":
            if len(base) < 500 and args:
                base.append(args[0])
            return None
        case dict(), "items":
            return [[key, value] for key, value in base.items()]
        case dict(), "keys":
            return list(base)
        case dict(), "values":
            return list(base.values())
        case dict(), "get" if args and isinstance(args[0], str):
            return base.get(args[0], args[1] if len(args) > 1 else None)
        case str(), "upper" | "lower" | "strip" | "title":
            return getattr(base, name)()
        case str(), "split" if args and isinstance(args[0], str) and args[0]:
            return base.split(args[0])[:500]
        case str(), "replace" if len(args) == 2 and all(isinstance(arg, str) for arg in args) and args[0]:
            return base.replace(*args)[:LONGEST] if len(base) * len(args[1]) < LONGEST else UNKNOWN
    return UNKNOWN
