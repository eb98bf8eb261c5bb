"""What an expression of a template comes to, part by part."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping

from collectors.lineage.declared.jinja_operations import (
    UNKNOWN,
    Unknown,
    Value,
    added,
    at,
    compared,
    filtered,
    joined,
    same,
)


def value_of(  # noqa: PLR0912  each is a kind of expression
    node: ast.expr, names: Mapping[str, Value], inner: Callable[[ast.expr], Value], call: Callable[[ast.Call], Value]
) -> Value:
    """`inner` tells what a part comes to, `call` what a call does."""
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Name(id=name):
            constants = {"true": True, "false": False, "none": None}
            return names[name] if name in names else constants.get(name, UNKNOWN)
        case ast.List(elts=parts) | ast.Tuple(elts=parts):
            return [inner(part) for part in parts[:500]]
        case ast.Dict(keys=keys, values=values):
            made = ((inner(key), inner(value)) for key, value in zip(keys, values, strict=True) if key is not None)
            return {key: value for key, value in made if isinstance(key, str)}
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return filtered(inner(left), right, inner)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return added(inner(left), inner(right))
        case ast.BinOp(left=left, right=right):
            inner(left), inner(right)
            return UNKNOWN
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            found = inner(operand)
            return found if isinstance(found, Unknown) else not found
        case ast.BoolOp(op=op, values=parts):
            return joined([inner(part) for part in parts], isinstance(op, ast.And))
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            return compared(inner(left), op, right, inner)
        case ast.IfExp(test=test, body=yes, orelse=no):
            condition = inner(test)
            if isinstance(condition, Unknown):
                first, second = inner(yes), inner(no)
                return first if same(first, second) else UNKNOWN
            return inner(yes) if condition else inner(no)
        case ast.Subscript(value=base, slice=place):
            return at(inner(base), inner(place))
        case ast.Attribute(value=base, attr=name):
            return at(inner(base), name)
        case ast.Call():
            return call(node)
        case _:
            return UNKNOWN
