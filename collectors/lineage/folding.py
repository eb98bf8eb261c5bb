"""Operators on known values, never so that a short program makes a long text."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Mapping
from posixpath import join

from collectors.facts.lineage import HOLE
from collectors.lineage.machine import Run
from collectors.lineage.telling import joined, key, taint, text_of
from collectors.lineage.values import (
    LONGEST_TEXT,
    Class,
    Const,
    External,
    Handle,
    Instance,
    Items,
    OneOf,
    PathText,
    Table,
    Unknown,
    Value,
)

_TYPES = {"list", "tuple", "set", "dict", "str", "bytes", "int", "float", "bool"}
_LARGEST = 2**64
_SPEC = re.compile(r"[<>=^ 0,+#_-]{0,3}\d{0,2}(?:\.\d{1,2})?[a-zA-Z%]?")
_PERCENT = re.compile(r"%(?:\((\w+)\))?[-+ #0]{0,3}(\d{0,2}|\*)(?:\.\d{1,2})?([a-zA-Z%])")
_NUMERIC: Mapping[type[ast.AST], Callable[[float, float], object]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
}


def in_text(value: Value, spec: str = "") -> str:
    """A value as a part of a longer text; a hole where it is not known."""
    if spec and isinstance(value, Const) and isinstance(value.value, int | float | str):
        if HOLE in spec or not _SPEC.fullmatch(spec):
            return HOLE
        try:
            return format(value.value, spec)
        except (ValueError, TypeError, OverflowError):
            return HOLE
    if isinstance(value, Const) and (value.value is None or isinstance(value.value, bytes)):
        return HOLE  # where a path is made of None, something else is given before
    found = text_of(value)
    if found is None and isinstance(value, External) and value.name.endswith("__file__"):
        return HOLE
    return HOLE if found is None else found[:LONGEST_TEXT]


def computed(kind: type[ast.operator], left: Value, right: Value) -> Value:
    if isinstance(left, Const) and isinstance(right, Const):
        found = _of_constants(kind, left.value, right.value)
        if found is not None:
            return found
    if kind is ast.Div and (isinstance(left, PathText) or isinstance(right, PathText)):
        return below(left, right)
    if kind is ast.Add and (isinstance(left, Const | PathText) or isinstance(right, Const | PathText)):
        one, other = in_text(left), in_text(right)
        if isinstance(getattr(left, "value", None), str) or isinstance(getattr(right, "value", None), str):
            return Const((one + other)[:LONGEST_TEXT])
    if kind is ast.Mod and isinstance(left, Const) and isinstance(left.value, str):
        return Const(percent(left.value, right))
    if kind is ast.Add and isinstance(left, Items) and isinstance(right, Items):
        rest = [part for part in (left.rest, right.rest) if part is not None]
        return Items([*left.items, *right.items][:200], left.kind, joined(rest) if rest else None)
    if kind is ast.BitOr and isinstance(left, Table) and isinstance(right, Table):
        return Table({**left.entries, **right.entries}, right.rest or left.rest)
    if kind is ast.BitOr and isinstance(left, Class | OneOf) and isinstance(right, Class | OneOf):
        return joined((left, right))  # of types
    if kind is ast.Div and isinstance(left, Unknown) and isinstance(right, Const) and isinstance(right.value, str):
        return PathText(f"{HOLE}/{right.value}") if not left.is_parameter else left
    return Unknown("it is computed", taint=taint(left, right), is_parameter=_is_parameter(left, right))


def _is_parameter(*values: Value) -> bool:
    return any(isinstance(value, Unknown) and value.is_parameter for value in values)


def _of_constants(kind: type[ast.operator], left: object, right: object) -> Value | None:
    if isinstance(left, str) and isinstance(right, str) and kind is ast.Add:
        return Const((left + right)[:LONGEST_TEXT])
    if isinstance(left, str) and isinstance(right, int) and kind is ast.Mult:
        return Const(left * min(right, LONGEST_TEXT // max(1, len(left))))
    act = _NUMERIC.get(kind)
    if act and isinstance(left, int | float) and isinstance(right, int | float):
        if abs(left) > _LARGEST or abs(right) > _LARGEST:
            return None
        try:
            return Const(act(left, right))
        except (ArithmeticError, ValueError):
            return None
    return None


def below(left: Value, right: Value) -> Value:
    """pathlib's `/`."""
    one, other = (None if isinstance(each, Const) and each.value is None else text_of(each) for each in (left, right))
    if one is None and other is None:
        return Unknown("its path is not known", is_parameter=_is_parameter(left, right))
    return PathText(join(HOLE if one is None else one, HOLE if other is None else other)[:LONGEST_TEXT])


def percent(template: str, right: Value) -> str:
    values = right.items if isinstance(right, Items) and right.kind == "tuple" else [right]
    place = 0

    def one(match: re.Match[str]) -> str:
        nonlocal place
        if match[3] == "%":
            return "%"
        if match[1]:
            value = right.entries.get(match[1]) if isinstance(right, Table) else None
        else:
            value = values[place] if place < len(values) else None
            place += 1
        if not isinstance(value, Const | PathText | Instance):
            return HOLE
        inner = value.value if isinstance(value, Const) else in_text(value)
        if match[2] == "*" or match[3] not in "sdifrg" or match[0] in {"%s", "%r"}:
            return in_text(value) if match[0] == "%s" else HOLE
        try:
            return str(("%" + match[0].partition(")")[2] if match[1] else match[0]) % inner)
        except (TypeError, ValueError, OverflowError):
            return HOLE

    return _PERCENT.sub(one, template)[:LONGEST_TEXT]


def compared(kind: type[ast.cmpop], left: Value, right: Value) -> bool | None:
    if kind in {ast.In, ast.NotIn}:
        found = _contains(right, left)
        return None if found is None else found is (kind is ast.In)
    if kind in {ast.Is, ast.IsNot, ast.Eq, ast.NotEq}:
        said = _same(left, right)
        return None if said is None else said is (kind in {ast.Is, ast.Eq})
    if isinstance(left, Const) and isinstance(right, Const):
        one, other = left.value, right.value
        if isinstance(one, int | float) and isinstance(other, int | float):
            return {ast.Lt: one < other, ast.LtE: one <= other, ast.Gt: one > other, ast.GtE: one >= other}.get(kind)
    return None


def _same(left: Value, right: Value) -> bool | None:
    none = isinstance(left, Const) and left.value is None, isinstance(right, Const) and right.value is None
    if any(none):
        if all(none):
            return True
        return None if isinstance(right if none[0] else left, Unknown | OneOf) else False
    if isinstance(left, Const | PathText) and isinstance(right, Const | PathText):
        one, other = text_of(left), text_of(right)
        if HOLE in (one or "") or HOLE in (other or ""):
            return None
        return key(left) == key(right) or _values_equal(left, right)
    if isinstance(left, External) and isinstance(right, External) and {left.name, right.name} <= _TYPES:
        return left.name == right.name
    if isinstance(left, Instance) and isinstance(right, Instance) and "value" in left.names:
        return left is right or key(left.names["value"]) == key(right.names.get("value", left))
    return None


def _values_equal(left: Value, right: Value) -> bool:
    return isinstance(left, Const) and isinstance(right, Const) and bool(left.value == right.value)


def _contains(box: Value, item: Value) -> bool | None:
    if isinstance(box, Const) and isinstance(box.value, str) and isinstance(item, Const):
        text = item.value
        if isinstance(text, str) and HOLE not in text + box.value:
            return text in box.value
        return None
    if not isinstance(item, Const) or (isinstance(item.value, str) and HOLE in item.value):
        return None
    if isinstance(box, Items):
        if any(isinstance(one, Const) and one.value == item.value for one in box.items):
            return True
        return False if box.rest is None and all(isinstance(one, Const) for one in box.items) else None
    if isinstance(box, Table):
        return True if item.value in box.entries else False if box.rest is None else None
    return None


def indexed(run: Run, base: Value, place: Value) -> Value | None:
    """`base[place]`; None where nothing is known of it."""
    where = place.value if isinstance(place, Const) else None
    if isinstance(base, Items):
        everything = [*base.items, *([base.rest] if base.rest is not None else [])]
        if isinstance(where, int) and base.rest is None and -len(base.items) <= where < len(base.items):
            return base.items[where]
        if isinstance(where, int) and 0 <= where < len(base.items):
            return base.items[where]
        if isinstance(where, int) and where >= 0 and base.rest is not None:
            return base.rest
        return joined(everything) if everything else None
    if isinstance(base, Table):
        if isinstance(place, Const) and (not isinstance(where, str) or HOLE not in where):
            found = base.entries.get(where)
            return found if found is not None else base.rest
        values = [*base.entries.values(), *([base.rest] if base.rest is not None else [])]
        return joined(values) if values else None
    if isinstance(base, Const) and isinstance(base.value, str):
        return Const(base.value[where]) if isinstance(where, int) and _fits(base.value, where) else Const(HOLE)
    if isinstance(base, Handle):
        return Unknown("it is a part of what was read", taint=base.taint | base.names)
    return None


def _fits(text: str, place: int) -> bool:
    return HOLE not in text and -len(text) <= place < len(text)
