"""What stands left of an assignment."""

from __future__ import annotations

import ast

from collectors.facts.lineage import HOLE
from collectors.lineage.elements import elements
from collectors.lineage.machine import Run, evaluate
from collectors.lineage.telling import joined, options, taint, united
from collectors.lineage.values import Class, Const, Function, Instance, Items, Module, Scope, Table, Unknown, Value

_MOST_NAMES = 2_000


def assign(run: Run, scope: Scope, target: ast.expr, value: Value) -> None:
    if isinstance(target, ast.Name):  # most are
        names = scope.elsewhere.get(target.id, scope.names) if scope.elsewhere else scope.names
        names[target.id] = value
        return
    match target:
        case ast.Attribute(value=base, attr=name):
            for option in options(evaluate(run, scope, base)):
                set_attribute(run, option, name, value)
        case ast.Subscript(value=base, slice=place):
            where = evaluate(run, scope, place)
            for option in options(evaluate(run, scope, base)):
                _set_item(run, option, where, value)
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            _unpack(run, scope, parts, value)
        case ast.Starred(value=inner):
            assign(run, scope, inner, value)
        case _:
            pass


def set_attribute(run: Run, base: Value, name: str, value: Value) -> None:
    if not (isinstance(base, Instance) and base.is_new):
        run.changes += 1
    match base:
        case Instance(names=names) | Class(names=names) | Module(names=names):
            if len(names) < _MOST_NAMES:
                names[name] = joined((names[name], value)) if run.unsure and name in names else value
        case Table():
            _put(run, base, name, value)
        case Unknown():
            base.taint = united(base.taint, taint(value))
        case Function() if isinstance(value, Function):
            base.commands[name] = value
        case _:
            pass


def _set_item(run: Run, base: Value, where: Value, value: Value) -> None:
    run.changes += 1
    match base:
        case Table():
            if isinstance(where, Const) and not (isinstance(where.value, str) and HOLE in where.value):
                _put(run, base, where.value, value)
            else:
                base.rest = value if base.rest is None else joined((base.rest, value))
        case Items():
            place = where.value if isinstance(where, Const) else None
            if isinstance(place, int) and 0 <= place < len(base.items):
                base.items[place] = joined((base.items[place], value)) if run.unsure else value
            else:
                base.rest = value if base.rest is None else joined((base.rest, value))
        case Unknown():
            base.taint = united(base.taint, taint(value))
        case _:
            pass


def _put(run: Run, table: Table, name: object, value: Value) -> None:
    if len(table.entries) < _MOST_NAMES:
        before = table.entries.get(name)
        table.entries[name] = joined((before, value)) if run.unsure and before is not None else value


def _unpack(run: Run, scope: Scope, parts: list[ast.expr], value: Value) -> None:
    tuples = [option for option in options(value) if isinstance(option, Items) and option.rest is None]
    starred = any(isinstance(part, ast.Starred) for part in parts)
    if tuples and not starred and all(len(option.items) == len(parts) for option in tuples):
        for place, part in enumerate(parts):
            assign(run, scope, part, joined(option.items[place] for option in tuples))
        return
    known, rest = elements(run, scope, value)
    for place, part in enumerate(parts):
        if isinstance(part, ast.Starred):
            assign(run, scope, part.value, Items([], "list", joined([*known, *([rest] if rest else [])])))
        elif not starred and place < len(known):
            assign(run, scope, part, known[place])
        else:
            assign(run, scope, part, rest or (joined(known) if known else _one_of(value)))


def _one_of(value: Value) -> Unknown:
    unknown = next((option for option in options(value) if isinstance(option, Unknown)), None)
    return Unknown("it is one of several", f"{unknown.name}[]" if unknown else "", taint(value))
