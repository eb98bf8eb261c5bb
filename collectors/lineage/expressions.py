"""Expressions."""

from __future__ import annotations

import ast

from collectors.facts.lineage import HOLE
from collectors.lineage.elements import elements
from collectors.lineage.folding import compared, computed, in_text, indexed
from collectors.lineage.machine import Run, attribute, called, evaluate, expression
from collectors.lineage.modules import named
from collectors.lineage.targets import assign
from collectors.lineage.telling import joined, options, taint, text_of, truth
from collectors.lineage.values import (
    FALSE,
    NONE,
    TRUE,
    Call,
    Const,
    External,
    Function,
    Items,
    OneOf,
    Scope,
    Table,
    Unknown,
    Value,
)

_MOST_ITEMS = 100
_SHORT = {None: NONE, True: TRUE, False: FALSE}


@expression(ast.Constant)
def constant(run: Run, scope: Scope, node: ast.Constant) -> Value:
    value = node.value
    if value is None or value is True or value is False:
        return _SHORT[value]
    return Const(value)


@expression(ast.Name)
def name(run: Run, scope: Scope, node: ast.Name) -> Value:
    return named(run, scope, node.id)


@expression(ast.Attribute)
def attribute_of(run: Run, scope: Scope, node: ast.Attribute) -> Value:
    return attribute(run, scope, evaluate(run, scope, node.value), node.attr, node.lineno)


@expression(ast.JoinedStr)
def format_string(run: Run, scope: Scope, node: ast.JoinedStr) -> Value:
    found = [""]
    flowed = []
    for part in node.values:
        if isinstance(part, ast.FormattedValue):
            value = evaluate(run, scope, part.value)
            spec = "" if part.format_spec is None else text_of(evaluate(run, scope, part.format_spec)) or HOLE
            texts = [in_text(option, spec) for option in options(value)]
            flowed.append(value)
        else:
            texts = [str(part.value) if isinstance(part, ast.Constant) else HOLE]
        found = [before + text for before in found for text in texts][:8]
    return Const(found[0][:4_000]) if len(found) == 1 else joined([Const(text[:4_000]) for text in found])


@expression(ast.BinOp)
def operation(run: Run, scope: Scope, node: ast.BinOp) -> Value:
    # Long sums lean to the left: a loop saves the stack.
    chain = [node]
    while isinstance(chain[-1].left, ast.BinOp) and len(chain) < 2_000:
        chain.append(chain[-1].left)
    found = evaluate(run, scope, chain[-1].left)
    for step in reversed(chain):
        right = evaluate(run, scope, step.right)
        if found.__class__ is OneOf or right.__class__ is OneOf:
            found = joined(computed(type(step.op), one, other) for one in options(found) for other in options(right))
        else:
            found = computed(type(step.op), found, right)
    return found


@expression(ast.BoolOp)
def either(run: Run, scope: Scope, node: ast.BoolOp) -> Value:
    stops_at = isinstance(node.op, ast.Or)
    found: list[Value] = []
    for place, part in enumerate(node.values[:50]):
        value = evaluate(run, scope, part)
        said = truth(value)
        if said is stops_at or place == len(node.values) - 1:
            found.append(value)
            break
        if said is None:
            # `x or default`: what is false does not get through
            found += [option for option in options(value) if truth(option) is not (not stops_at)]
    return joined(found)


@expression(ast.UnaryOp)
def unary(run: Run, scope: Scope, node: ast.UnaryOp) -> Value:
    value = evaluate(run, scope, node.operand)
    if isinstance(node.op, ast.Not):
        said = truth(value)
        return Unknown("it is a condition") if said is None else FALSE if said else TRUE
    if isinstance(value, Const) and isinstance(value.value, int | float):
        if isinstance(node.op, ast.USub):
            return Const(-value.value)
        if isinstance(node.op, ast.UAdd):
            return value
    return Unknown("it is computed", taint=taint(value))


@expression(ast.Compare)
def comparison(run: Run, scope: Scope, node: ast.Compare) -> Value:
    left = evaluate(run, scope, node.left)
    said: bool | None = True
    for operator, part in zip(node.ops, node.comparators, strict=True):
        right = evaluate(run, scope, part)
        one = compared(type(operator), left, right)
        if one is False:
            return FALSE
        said = None if one is None else said
        left = right
    return Unknown("it is a condition") if said is None else TRUE


@expression(ast.IfExp)
def conditional(run: Run, scope: Scope, node: ast.IfExp) -> Value:
    said = truth(evaluate(run, scope, node.test))
    if said is not None:
        return evaluate(run, scope, node.body if said else node.orelse)
    return joined((evaluate(run, scope, node.body), evaluate(run, scope, node.orelse)))


@expression(ast.Subscript)
def subscript(run: Run, scope: Scope, node: ast.Subscript) -> Value:
    base = evaluate(run, scope, node.value)
    if isinstance(node.slice, ast.Slice):
        ends = [
            evaluate(run, scope, end) if end is not None else NONE
            for end in (node.slice.lower, node.slice.upper, node.slice.step)
        ]
        return joined(_sliced(option, ends) for option in options(base))
    place = evaluate(run, scope, node.slice)
    if isinstance(base, External) and base.name.startswith("typing."):
        return joined(place.items) if isinstance(place, Items) and place.items else place
    found = [indexed(run, one, other) for one in options(base) for other in options(place)]
    known = [value for value in found if value is not None]
    return joined(known or [_by_method(run, scope, base, place, node.lineno)])


def _by_method(run: Run, scope: Scope, base: Value, place: Value, line: int) -> Value:
    method = attribute(run, scope, base, "__getitem__", line)
    if isinstance(method, Unknown):
        return Unknown("it is one of many", getattr(base, "name", "") + "[]", taint(base, place), _is_parameter(base))
    return called(run, scope, method, Call((place,), {}, line))


def _is_parameter(value: Value) -> bool:
    return any(isinstance(option, Unknown) and option.is_parameter for option in options(value))


def _sliced(base: Value, ends: list[Value]) -> Value:
    places = [end.value for end in ends if isinstance(end, Const) and (end.value is None or isinstance(end.value, int))]
    if len(places) == len(ends) and places[2] != 0:
        cut = slice(*places)
        if isinstance(base, Items) and base.rest is None:
            return Items(base.items[cut], base.kind)
        if isinstance(base, Const) and isinstance(base.value, str) and HOLE not in base.value:
            return Const(base.value[cut])
    if isinstance(base, Items):
        return Items([], base.kind, joined([*base.items, *([base.rest] if base.rest else [])]))
    if isinstance(base, Const) and isinstance(base.value, str):
        return Const(HOLE)
    return Unknown("it is a part of something", getattr(base, "name", ""), taint(base), _is_parameter(base))


@expression(ast.Call)
def call(run: Run, scope: Scope, node: ast.Call) -> Value:
    function = evaluate(run, scope, node.func)
    args: list[Value] = []
    rest: Value | None = None
    for part in node.args[:_MOST_ITEMS]:
        if isinstance(part, ast.Starred):
            inner, more = elements(run, scope, evaluate(run, scope, part.value))
            args += inner
            rest = more or rest
        else:
            args.append(evaluate(run, scope, part))
    keywords: dict[str, Value] = {}
    for keyword in node.keywords[:_MOST_ITEMS]:
        value = evaluate(run, scope, keyword.value)
        if keyword.arg is not None:
            keywords[keyword.arg] = value
            continue
        for option in options(value):
            if isinstance(option, Table):
                keywords |= {key: inner for key, inner in option.entries.items() if isinstance(key, str)}
                rest = option.rest or rest
            else:
                rest = option
    return called(run, scope, function, Call(tuple(args), keywords, node.lineno, rest))


@expression(ast.Lambda)
def function(run: Run, scope: Scope, node: ast.Lambda) -> Value:
    places = [*node.args.posonlyargs, *node.args.args]
    given = node.args.defaults
    defaults = {
        place.arg: evaluate(run, scope, value)
        for place, value in zip(places[len(places) - len(given) :], given, strict=True)
    }
    return Function(node, scope, "<lambda>", defaults)


@expression(ast.NamedExpr)
def walrus(run: Run, scope: Scope, node: ast.NamedExpr) -> Value:
    value = evaluate(run, scope, node.value)
    assign(run, scope, node.target, value)
    return value


@expression(ast.Await, ast.Starred)
def waited(run: Run, scope: Scope, node: ast.Await | ast.Starred) -> Value:
    return evaluate(run, scope, node.value)


@expression(ast.Yield)
def yielded(run: Run, scope: Scope, node: ast.Yield) -> Value:
    value = NONE if node.value is None else evaluate(run, scope, node.value)
    if scope.yields is not None and len(scope.yields) < _MOST_ITEMS:
        scope.yields.append(value)
    return Unknown("it is what is sent to a generator")


@expression(ast.YieldFrom)
def yielded_from(run: Run, scope: Scope, node: ast.YieldFrom) -> Value:
    values, rest = elements(run, scope, evaluate(run, scope, node.value))
    if scope.yields is not None:
        scope.yields += [*values, *([rest] if rest else [])][:_MOST_ITEMS]
    return NONE
