"""Lists, tables and comprehensions."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from collectors.facts.lineage import HOLE
from collectors.lineage.elements import elements
from collectors.lineage.machine import MOST_TURNS, Run, evaluate, expression
from collectors.lineage.targets import assign
from collectors.lineage.telling import joined, options, truth
from collectors.lineage.values import Const, Items, Scope, Table, Unknown, Value

_MOST_ITEMS = 100


@expression(ast.List, ast.Tuple, ast.Set)
def items(run: Run, scope: Scope, node: ast.List | ast.Tuple | ast.Set) -> Value:
    kind = type(node).__name__.lower()
    found = Items([], kind)
    for element in node.elts[:_MOST_ITEMS]:
        if isinstance(element, ast.Starred):
            inner, rest = elements(run, scope, evaluate(run, scope, element.value))
            found.items += inner
            found.rest = rest or found.rest
        else:
            found.items.append(evaluate(run, scope, element))
    if len(node.elts) > _MOST_ITEMS:
        found.rest = Unknown("the literal is long")
    return found


@expression(ast.Dict)
def table(run: Run, scope: Scope, node: ast.Dict) -> Value:
    found = Table({})
    for place, part in list(zip(node.keys, node.values, strict=True))[:_MOST_ITEMS]:
        value = evaluate(run, scope, part)
        if place is None:
            for option in options(value):
                if isinstance(option, Table):
                    found.entries.update(option.entries)
                    found.rest = option.rest or found.rest
                else:
                    found.rest = option
            continue
        where = evaluate(run, scope, place)
        if isinstance(where, Const) and not (isinstance(where.value, str) and HOLE in where.value):
            found.entries[where.value] = value
        else:
            found.rest = value if found.rest is None else joined((found.rest, value))
    if len(node.keys) > _MOST_ITEMS:
        found.rest = Unknown("the literal is long")
    return found


@expression(ast.ListComp, ast.SetComp, ast.GeneratorExp)
def comprehension(run: Run, scope: Scope, node: ast.ListComp | ast.SetComp | ast.GeneratorExp) -> Value:
    found: list[Value] = []
    inner = Scope(scope.module, {}, scope, scope.symbol, scope.owner)
    is_whole = True
    for is_sure in _turns(run, inner, node.generators):
        found.append(evaluate(run, inner, node.elt))
        is_whole &= is_sure
    if is_whole:
        return Items(found)
    return Items([], "list", joined(found) if found else None)


@expression(ast.DictComp)
def table_comprehension(run: Run, scope: Scope, node: ast.DictComp) -> Value:
    found = Table({})
    inner = Scope(scope.module, {}, scope, scope.symbol, scope.owner)
    for _ in _turns(run, inner, node.generators):
        place, value = evaluate(run, inner, node.key), evaluate(run, inner, node.value)
        if isinstance(place, Const) and not (isinstance(place.value, str) and HOLE in place.value):
            found.entries[place.value] = value
        else:
            found.rest = value if found.rest is None else joined((found.rest, value))
    return found


def _turns(run: Run, scope: Scope, generators: list[ast.comprehension]) -> Iterator[bool]:
    """Each turn with its names set; whether nothing is left out or put together."""
    first, *others = generators
    values, rest = elements(run, scope, evaluate(run, scope, first.iter))
    is_whole = rest is None and len(values) <= MOST_TURNS
    if len(values) > MOST_TURNS:
        values, rest = [], joined([*values, *([rest] if rest else [])])
    for value in [*values, *([rest] if rest is not None else [])]:
        assign(run, scope, first.target, value)
        said: bool | None = True
        for test in first.ifs:
            one = truth(evaluate(run, scope, test))
            said = False if one is False else None if one is None and said is not False else said
        if said is False:
            continue
        if not others:
            yield is_whole and said is True
            continue
        for inner in _turns(run, scope, others):
            yield is_whole and said is True and inner
