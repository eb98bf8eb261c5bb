"""Attributes of values, and what a loop over them gives."""

from __future__ import annotations

from collectors.lineage.containers import item_method, table_method
from collectors.lineage.definitions import foreign_base, is_enum, lineage_of, method
from collectors.lineage.elements import elements
from collectors.lineage.files import handle_method
from collectors.lineage.machine import Run, attribute, attributes, called
from collectors.lineage.modules import member
from collectors.lineage.paths import path_attribute
from collectors.lineage.telling import joined, options, taint, united
from collectors.lineage.texts import text_method
from collectors.lineage.values import (
    NONE,
    Bound,
    Call,
    Class,
    Const,
    External,
    Function,
    Handle,
    Instance,
    Items,
    Module,
    Native,
    OneOf,
    Partial,
    PathText,
    Scope,
    Super,
    Table,
    Unknown,
    Value,
)

_LONGEST = 200
_POURS = frozenset(
    [
        "fit",
        "fit_transform",
        "partial_fit",
        "train",
        "add",
        "append",
        "update",
        "extend",
        "insert",
        "set_data",
        "from_pandas",
        "register",
    ]
)
_SENT = frozenset(
    [
        "remote",
        "delay",
        "apply_async",
        "submit",
        "fn",
        "map",
        "func",
        "__wrapped__",
        "run",
        "apply",
        "with_options",
        "override",
    ]
)


def flowed_into(receiver: Unknown, name: str, flowed: frozenset[str]) -> None:
    """A model that is fitted bears the names of its data."""
    if flowed and name in _POURS:
        receiver.taint = united(receiver.taint, flowed)


@attributes(Unknown)
def of_unknown(run: Run, scope: Scope, value: Unknown, name: str, line: int) -> Value:
    return Unknown(value.why, f"{value.name}.{name}"[-_LONGEST:], value.taint, value.is_parameter, value)


@attributes(External)
def of_external(run: Run, scope: Scope, value: External, name: str, line: int) -> Value:
    return member(run, scope, value, name)


@attributes(Module)
def of_module(run: Run, scope: Scope, value: Module, name: str, line: int) -> Value:
    return member(run, scope, value, name)


@attributes(Const)
def of_constant(run: Run, scope: Scope, value: Const, name: str, line: int) -> Value:
    if isinstance(value.value, str):
        return text_method(value.value, name)
    return Unknown("it is an attribute of a plain value")


@attributes(PathText)
def of_path(run: Run, scope: Scope, value: PathText, name: str, line: int) -> Value:
    return path_attribute(run, value.text, name)


@attributes(Items)
def of_items(run: Run, scope: Scope, value: Items, name: str, line: int) -> Value:
    return item_method(value, name)


@attributes(Table)
def of_table(run: Run, scope: Scope, value: Table, name: str, line: int) -> Value:
    found = value.entries.get(name)
    if found is not None:
        return found
    return table_method(value, name) or value.rest or Unknown(f"{name} is not set", name)


@attributes(Handle)
def of_handle(run: Run, scope: Scope, value: Handle, name: str, line: int) -> Value:
    return handle_method(value, name)


@attributes(Class)
def of_class(run: Run, scope: Scope, value: Class, name: str, line: int) -> Value:
    for cls in lineage_of(value):
        found = cls.names.get(name)
        if found is None:
            continue
        if isinstance(found, Function) and found.kind == "class":
            return Bound(found, value)
        if is_enum(cls) and not isinstance(found, Function) and not name.startswith("__"):
            return Instance(cls, {"value": found, "name": Const(name)})
        return found
    made = _maker(value, name)
    return made or Unknown("it comes from a library's class", f"{foreign_base(value) or value.name}.{name}")


def _maker(cls: Class, name: str) -> Value | None:
    """What pydantic and its like give every class."""
    if name in {"parse_obj", "model_validate", "from_dict", "validate", "model_construct"}:
        return Native(name, lambda run, scope, call: _from_table(run, scope, cls, call))
    return None


def _from_table(run: Run, scope: Scope, cls: Class, call: Call) -> Value:
    for option in options(call.given(0, "obj") or NONE):
        if isinstance(option, Table):
            words = {key: value for key, value in option.entries.items() if isinstance(key, str)}
            return called(run, scope, cls, Call((), words, call.line, option.rest))
    return called(run, scope, cls, call)


@attributes(Instance)
def of_instance(run: Run, scope: Scope, value: Instance, name: str, line: int) -> Value:
    found = value.names.get(name)
    if found is not None:
        return found
    for cls in lineage_of(value.cls):
        found = cls.names.get(name)
        if found is not None:
            return _bound(run, scope, found, value, line)
    if name == "__class__":
        return value.cls
    if name == "__dict__":
        return Table(dict(value.names))
    if name == "value" and is_enum(value.cls):
        return Unknown("it is one of an enumeration")
    if name in {"model_dump", "dict", "_asdict"}:
        return Native(name, lambda _run, _scope, _call: Table(dict(value.names)))
    if getter := method(value, "__getattr__"):
        result = called(run, scope, getter, Call((Const(name),), {}, line))
        if not isinstance(result, Unknown):
            return result
    base = foreign_base(value.cls)
    why = "it comes from a library's class" if base else f"{name} is not set"
    return Unknown(why, f"{base or value.cls.name}().{name}", taint(value))


def _bound(run: Run, scope: Scope, found: Value, self: Value, line: int) -> Value:
    if not isinstance(found, Function):
        if isinstance(found, OneOf):
            return joined(_bound(run, scope, option, self, line) for option in found.options)
        if isinstance(found, Native) and found.name == "field":
            return found.run(run, scope, Call((), {}, line))
        return found
    if found.kind == "property":
        return called(run, scope, Bound(found, self), Call((), {}, line))
    if found.kind == "class":
        return Bound(found, self.cls if isinstance(self, Instance) else self)
    return found if found.kind == "static" or found.owner is None else Bound(found, self)


@attributes(Super)
def of_super(run: Run, scope: Scope, value: Super, name: str, line: int) -> Value:
    self = value.self
    start = self.cls if isinstance(self, Instance) else value.cls
    order = lineage_of(start)
    after = order[order.index(value.cls) + 1 :] if value.cls in order else lineage_of(value.cls)[1:]
    for cls in after:
        found = cls.names.get(name)
        if found is not None:
            return _bound(run, scope, found, self, line)
    if name == "__init__":
        return Native(name, lambda run, scope, call: _base_fields(value, call))
    return Unknown("it comes from a library's class", f"{foreign_base(value.cls)}().{name}", taint(self))


def _base_fields(value: Super, call: Call) -> Value:
    """pydantic's `super().__init__(**values)` sets them."""
    if isinstance(value.self, Instance):
        for name, given in call.keywords.items():
            if name in value.self.cls.fields:
                value.self.names.setdefault(name, given)
    return NONE


@attributes(Function, Bound, Partial, Native)
def of_function(run: Run, scope: Scope, value: Value, name: str, line: int) -> Value:
    if isinstance(value, Function):
        if name in value.commands:
            return value.commands[name]
        if name in {"command", "group"}:
            return Native(name, lambda _run, _scope, _call: _registers(value))
        if name in {"setter", "getter", "deleter"}:
            return Native("setter", lambda _run, _scope, call: call.given(0) or NONE)
        if name == "__name__":
            return Const(value.name)
        if name == "callback":
            return value
        if name == "add_command":
            return Native(name, lambda _run, _scope, call: _added(value, call))
    if name == "map":
        return Native(name, lambda run, scope, call: _mapped(run, scope, value, call))
    if name == "starmap":
        return value
    if name in _SENT:
        return value
    if isinstance(value, Partial):
        return attribute(run, scope, value.function, name, line)
    return Unknown("it is an attribute of a function", name)


def _registers(group: Function) -> Value:
    def add(run: Run, scope: Scope, call: Call) -> Value:
        value = call.given(0) or NONE
        if isinstance(value, Function):
            group.commands[value.name.replace("_", "-")] = value
        return value

    return Native("command", add)


def _added(group: Function, call: Call) -> Value:
    value = call.given(0) or NONE
    if isinstance(value, Function):
        group.commands[value.name.replace("_", "-")] = value
    return NONE


def _mapped(run: Run, scope: Scope, function: Value, call: Call) -> Value:
    known, rest = elements(run, scope, call.given(0) or NONE)
    found = [called(run, scope, function, Call((value,), {}, call.line)) for value in known[:12]]
    more = called(run, scope, function, Call((rest,), {}, call.line)) if rest is not None else None
    return Items(found, "list", more)
