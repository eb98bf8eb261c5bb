"""Functions and classes as values."""

from __future__ import annotations

import ast

from collectors.lineage.machine import Run, called, evaluate, execute
from collectors.lineage.telling import options
from collectors.lineage.values import (
    Bound,
    Call,
    Class,
    Const,
    External,
    Function,
    Instance,
    Mark,
    Native,
    Partial,
    Scope,
    Unknown,
    Value,
)

_KINDS = {
    "staticmethod": "static", "classmethod": "class", "property": "property", "functools.cached_property": "property",
    "cached_property": "property", "abc.abstractproperty": "property", "pydantic.computed_field": "property",
    "torch.jit.unused": "", "pydantic.root_validator": "class", "pydantic.validator": "class",
    "pydantic.field_validator": "class",
}  # fmt: skip


_EMPTY = {"abc.ABC", "object", "typing.Generic", "typing.Protocol", "Exception"}


def function_of(run: Run, scope: Scope, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Value:
    places = [*node.args.posonlyargs, *node.args.args]
    given = node.args.defaults
    defaults = {
        place.arg: evaluate(run, scope, value)
        for place, value in zip(places[len(places) - len(given) :], given, strict=True)
    }
    for place, inner in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True):
        if inner is not None:
            defaults[place.arg] = evaluate(run, scope, inner)
    made = Function(node, scope, node.name, defaults, scope.owner)
    found: Value = made
    for decorator in reversed(node.decorator_list):
        found = _decorated(run, scope, decorator, found, made)
    return found


def _decorated(run: Run, scope: Scope, node: ast.expr, value: Value, made: Function) -> Value:
    """The decorator's result where it is the tree's own; a library's is noted on the function."""
    call = Call()
    if isinstance(node, ast.Call):
        function = evaluate(run, scope, node.func)
        if isinstance(function, External | Unknown):
            args = tuple(evaluate(run, scope, arg) for arg in node.args if not isinstance(arg, ast.Starred))
            keywords = {word.arg: evaluate(run, scope, word.value) for word in node.keywords if word.arg}
            call = Call(args, keywords, node.lineno)
        else:
            function = evaluate(run, scope, node)
    else:
        function = evaluate(run, scope, node)
    if isinstance(function, External | Unknown):
        made.kind = _KINDS.get(function.name, made.kind)
        made.marks = (*made.marks, Mark(function.name, call))
        return value
    if isinstance(function, Native) and function.name == "setter":
        return value
    if isinstance(function, Function | Bound | Class | Partial | Native):
        found = called(run, scope, function, Call((value,), {}, node.lineno))
        is_useful = any(isinstance(option, Function | Bound | Class | Partial | Native) for option in options(found))
        return found if is_useful else value
    return value


def class_of(run: Run, scope: Scope, node: ast.ClassDef) -> Value:
    bases = tuple(evaluate(run, scope, base) for base in node.bases if not isinstance(base, ast.Starred))
    made = Class(node.name, scope.module, bases, {}, _fields(node, bases), node.lineno)
    made.names["__name__"] = made.names["__qualname__"] = Const(node.name)
    inner = Scope(scope.module, made.names, scope if scope.names is not scope.module.names else None, node.name, made)
    execute(run, inner, node.body)
    for decorator in node.decorator_list:
        function = evaluate(run, scope, decorator.func if isinstance(decorator, ast.Call) else decorator)
        if isinstance(function, Function) and not isinstance(decorator, ast.Call):
            called(run, scope, function, Call((made,), {}, node.lineno))
    return made


def _fields(node: ast.ClassDef, bases: tuple[Value, ...]) -> dict[str, ast.expr]:
    found: dict[str, ast.expr] = {}
    for base in bases:
        if isinstance(base, Class):
            found |= base.fields
    for statement in node.body:
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            found[statement.target.id] = statement.annotation
    return found


def is_enum(cls: Class) -> bool:
    return any(
        (isinstance(base, External) and base.name.endswith(("Enum", "Flag")))
        or (isinstance(base, Class) and is_enum(base))
        for base in cls.bases
    )


def lineage_of(cls: Class) -> list[Class]:
    """The class and those of the tree that it inherits from, nearest first."""
    for base in cls.bases:
        if base.__class__ is Class:
            break
    else:
        return [cls]
    found: list[Class] = []
    todo = [cls]
    while todo and len(found) < 30:
        one = todo.pop(0)
        if one not in found:
            found.append(one)
            todo[:0] = [base for base in one.bases if isinstance(base, Class)]
    return found


def foreign_base(cls: Class) -> str:
    """The first library's class that it inherits from; "" for none."""
    for one in lineage_of(cls):
        for base in one.bases:
            if isinstance(base, External | Unknown) and base.name and base.name not in _EMPTY:
                return base.name
    return ""


def method(value: Instance, name: str) -> Bound | None:
    """A method of the tree's own."""
    for cls in lineage_of(value.cls):
        found = cls.names.get(name)
        if isinstance(found, Function):
            return Bound(found, value)
    return None
