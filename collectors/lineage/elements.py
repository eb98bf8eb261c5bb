"""What a loop over a value gives."""

from __future__ import annotations

from collections.abc import Callable

from collectors.facts.lineage import HOLE
from collectors.lineage.definitions import is_enum, method
from collectors.lineage.machine import Run, called
from collectors.lineage.telling import joined, taint
from collectors.lineage.values import (
    NONE,
    Call,
    Class,
    Const,
    External,
    Function,
    Handle,
    Instance,
    Items,
    OneOf,
    Scope,
    Table,
    Unknown,
    Value,
)

_LONGEST = 200
Elements = tuple[list[Value], Value | None]


def elements(run: Run, scope: Scope, value: Value) -> Elements:
    """The known first ones, and what further ones are, if there may be some."""
    if isinstance(value, OneOf):
        several = [elements(run, scope, option) for option in value.options if option is not NONE]
        everything = [item for known, rest in several for item in [*known, *([rest] if rest is not None else [])]]
        return [], joined(everything) if everything else None
    reader: Callable[..., Elements] | None = _ELEMENTS.get(type(value))
    return reader(run, scope, value) if reader else ([], None)


def _of_items(run: Run, scope: Scope, value: Items) -> Elements:
    return list(value.items), value.rest


def _of_table(run: Run, scope: Scope, value: Table) -> Elements:
    return [Const(name) for name in value.entries], Const(HOLE) if value.rest is not None else None


def _of_text(run: Run, scope: Scope, value: Const) -> Elements:
    if isinstance(value.value, str):
        return ([Const(letter) for letter in value.value], None) if len(value.value) <= 12 else ([], Const(HOLE))
    return [], None


def _of_handle(run: Run, scope: Scope, value: Handle) -> Elements:
    return [], Unknown("it is read from a file", f"{value.call}()[]", value.names | value.taint)


def _of_unknown(run: Run, scope: Scope, value: Unknown) -> Elements:
    return [], Unknown(value.why, f"{value.name}[]"[-_LONGEST:], value.taint, value.is_parameter)


def _of_external(run: Run, scope: Scope, value: External) -> Elements:
    return [], Unknown(f"it is one of {value.name}", f"{value.name}[]")


def _of_class(run: Run, scope: Scope, value: Class) -> Elements:
    if not is_enum(value):
        return [], None
    names = [name for name in value.names if not name.startswith("_") and not isinstance(value.names[name], Function)]
    return [Instance(value, {"value": value.names[name], "name": Const(name)}) for name in names], None


def _of_instance(run: Run, scope: Scope, value: Instance) -> Elements:
    if over := method(value, "__iter__"):
        found = called(run, scope, over, Call())
        return elements(run, scope, found) if found is not value else ([], None)
    if one := method(value, "__getitem__"):
        return [], called(run, scope, one, Call((Unknown("it is a number"),)))
    return [], Unknown("it comes from a library's class", "", taint(value))


_ELEMENTS: dict[type[Value], Callable[..., Elements]] = {
    Items: _of_items,
    Table: _of_table,
    Const: _of_text,
    Handle: _of_handle,
    Unknown: _of_unknown,
    External: _of_external,
    Class: _of_class,
    Instance: _of_instance,
}
