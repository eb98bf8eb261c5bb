"""Instances of classes that name their fields: dataclasses, named tuples, pydantic."""

from __future__ import annotations

import ast

from collectors.lineage.definitions import foreign_base, lineage_of
from collectors.lineage.machine import Run, called, evaluate
from collectors.lineage.telling import joined, key, options, taint
from collectors.lineage.values import Call, Class, Const, Instance, Items, Names, Native, Scope, Table, Unknown, Value

_MOST_ATTRIBUTES = 2_000
_CONVERTING = ("pydantic", "sqlmodel", "typed_settings", "BaseModel", "BaseSettings", "msgspec", "dacite")
_AROUND = {"Union", "Optional", "Annotated", "list", "List", "Sequence", "Final", "ClassVar", "Type"}


def fill(run: Run, scope: Scope, made: Instance, call: Call) -> None:
    """What its class would set, without an `__init__` of its own."""
    fields, names = made.cls.fields, made.names
    for name, value in zip(fields, call.args, strict=False):
        names[name] = value
    names |= dict(list(call.keywords.items())[:_MOST_ATTRIBUTES])
    for name in fields:
        if name not in names:
            _default(run, scope, made, name, call)
    if foreign_base(made.cls).startswith(_CONVERTING):
        convert(run, made.cls, names)


def _default(run: Run, scope: Scope, made: Instance, name: str, call: Call) -> None:
    default = next((one.names[name] for one in lineage_of(made.cls) if name in one.names), None)
    if isinstance(default, Native) and default.name == "field":
        default = default.run(run, scope, Call((), {}, call.line))
    if default is not None:
        made.names[name] = default
    elif call.rest is not None:
        is_open = any(isinstance(option, Unknown) and option.is_parameter for option in options(call.rest))
        made.names[name] = Unknown(f"{name} is handed over", name, taint(call.rest), is_open)


def convert(run: Run, cls: Class, names: Names) -> None:
    """pydantic makes a table an instance of the class that the annotation names."""
    for name, annotation in cls.fields.items():
        value = names.get(name)
        holds = any(isinstance(option, Table | Items) for option in options(value)) if value is not None else False
        if value is None or not holds:
            continue
        classes = _classes(run, cls, annotation)
        if classes:
            names[name] = joined(_one(run, cls, classes, option) for option in options(value))


def _one(run: Run, cls: Class, classes: list[Class], value: Value) -> Value:
    if isinstance(value, Items):
        return Items([_one(run, cls, classes, item) for item in value.items], value.kind, value.rest)
    if not isinstance(value, Table):
        return value
    scope = Scope(cls.module, cls.module.names)
    words = {name: inner for name, inner in value.entries.items() if isinstance(name, str)}
    fitting = [one for one in classes if _fits(one, words)]
    return joined(called(run, scope, one, Call((), words, 0, value.rest)) for one in fitting) if fitting else value


def _fits(cls: Class, words: Names) -> bool:
    """No field that is fixed by its default, as a kind is, has another value."""
    for name in cls.fields:
        default = next((one.names[name] for one in lineage_of(cls) if name in one.names), None)
        is_fixed = isinstance(default, Const) and isinstance(default.value, str) and name in words
        is_kind = is_fixed and name.upper() in {"KIND", "TYPE", "NAME"}
        if is_kind and default is not None and key(default) != key(words[name]):
            return False
    return True


def _classes(run: Run, cls: Class, annotation: ast.expr, depth: int = 4) -> list[Class]:
    if depth == 0:
        return []
    match annotation:
        case ast.Constant(value=str() as text) if len(text) < 200:
            try:
                return _classes(run, cls, ast.parse(text, mode="eval").body, depth - 1)
            except SyntaxError:
                return []
        case ast.Subscript(value=around, slice=inner):
            base = around.attr if isinstance(around, ast.Attribute) else getattr(around, "id", "")
            parts = inner.elts if isinstance(inner, ast.Tuple) else [inner]
            return [one for part in parts[:8] for one in _classes(run, cls, part, depth - 1)] if base in _AROUND else []
        case ast.BinOp(left=left, right=right):
            return _classes(run, cls, left, depth - 1) + _classes(run, cls, right, depth - 1)
        case ast.Name() | ast.Attribute():
            value = evaluate(run, Scope(cls.module, cls.module.names), annotation)
            return [option for option in options(value) if isinstance(option, Class)]
        case _:
            return []
