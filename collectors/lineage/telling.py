"""What can be told of values: which mean the same, which data flowed into them, whether they are true."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from collectors.facts.lineage import HOLE
from collectors.lineage.values import (
    MOST_OPTIONS,
    NONE,
    Bound,
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
    Table,
    Unknown,
    Value,
)

_MOST_SOURCES = 24
_FIXED = frozenset((Const, PathText, External, Unknown, Function, Class))


def key(value: Value) -> object:
    """The same for values that mean the same."""
    if isinstance(value, Unknown):  # most are
        return (Unknown, value.why, value.name, value.taint, value.is_parameter)
    if isinstance(value, Instance):
        return id(value)
    match value:
        case Const(value=inner):
            return (type(inner), inner) if inner == inner else "nan"  # noqa: PLR0124
        case PathText(text=text):
            return (PathText, text)
        case External(name=name):
            return (External, name)
        case OneOf(options=options):
            return (OneOf, frozenset(map(key, options)))
        case Bound(function=function, self=self):
            return (Bound, id(function), id(self))
        case Items(items=items, kind="tuple", rest=None) if len(items) <= MOST_OPTIONS:
            return ("tuple", *map(key, items))
        case Function(node=node, scope=scope):
            return (Function, id(node), id(scope))
        case _:
            pass
    return id(value)


def is_fixed(value: Value) -> bool:
    """Whether nothing can change it later."""
    kind = value.__class__
    if kind in _FIXED:
        return True
    if isinstance(value, OneOf):
        return all(map(is_fixed, value.options))
    return isinstance(value, Items) and value.kind == "tuple" and all(map(is_fixed, value.items))


def options(value: Value) -> tuple[Value, ...]:
    return value.options if isinstance(value, OneOf) else (value,)


def joined(values: Iterable[Value]) -> Value:
    """Any of them."""
    given = list(values)
    if len(given) == 1:
        return given[0]
    if len(given) == 2 and given[0].__class__ is not OneOf and given[1].__class__ is not OneOf:
        return _either(*given)
    found: dict[object, Value] = {}
    for value in given:
        for option in value.options if value.__class__ is OneOf else (value,):
            found.setdefault(key(option), option)
    rest = list(found.values())
    if len(rest) == 1:
        return rest[0]
    if not rest:
        return NONE
    unknown = [value for value in rest if value.__class__ is Unknown]
    if len(unknown) > 1:
        first = unknown[0]
        merged = Unknown(
            first.why, first.name, united(*(value.taint for value in unknown)), any(v.is_parameter for v in unknown)
        )
        rest = [value for value in rest if value.__class__ is not Unknown] + [merged]
    if unknown and len(rest) > 1 and any(not value.is_parameter for value in unknown):
        rest = [value for value in rest if not _is_number(value)]  # where a loop begins to look for the best
    if len(rest) == 1:
        return rest[0]
    if len(rest) > MOST_OPTIONS:
        return Unknown(f"it has more than {MOST_OPTIONS} possible values", taint=taint(*rest[: 2 * MOST_OPTIONS]))
    return OneOf(tuple(rest))


def _either(one: Value, other: Value) -> Value:
    """As `joined` of two that have no alternatives."""
    if one is other or key(one) == key(other):
        return one
    if isinstance(one, Unknown) and isinstance(other, Unknown):
        return Unknown(one.why, one.name, united(one.taint, other.taint), one.is_parameter or other.is_parameter)
    if isinstance(one, Unknown) and not one.is_parameter and _is_number(other):
        return one
    if isinstance(other, Unknown) and not other.is_parameter and _is_number(one):
        return other
    return OneOf((one, other))


def _is_number(value: Value) -> bool:
    return isinstance(value, Const) and isinstance(value.value, int | float) and not isinstance(value.value, bool)


def united(*taints: frozenset[str]) -> frozenset[str]:
    found = frozenset().union(*taints) if len(taints) > 1 else taints[0] if taints else frozenset()
    return found if len(found) <= _MOST_SOURCES else frozenset(sorted(found)[:_MOST_SOURCES])


_PLAIN = frozenset((Const, PathText, External, Function, Class, Module, Bound))
_NOTHING: frozenset[str] = frozenset()


def taint(*values: Value) -> frozenset[str]:
    """Names of the data that flowed into any of them."""
    for value in values:
        kind = value.__class__
        if value.taint if kind is Unknown or kind is Handle else kind not in _PLAIN:  # type: ignore[attr-defined]
            break
    else:
        return _NOTHING  # mostly so
    todo = [(value, 3) for value in values if _may_hold(value)]
    if len(todo) == 1 and isinstance(only := todo[0][0], Unknown | Handle):
        return united(only.taint)
    return _gathered(todo)


def _gathered(todo: list[tuple[Value, int]]) -> frozenset[str]:
    """`todo`: values with how deep each is looked into."""
    found: set[str] = set()
    looked_at = 0
    while todo and looked_at < 60:
        looked_at += 1
        value, depth = todo.pop()
        match value:
            case Unknown() | Handle():
                found |= value.taint
            case OneOf(options=inner):
                todo += [(option, depth) for option in inner if _may_hold(option)]
            case Items() if depth:
                todo += [(item, depth - 1) for item in value.items[:MOST_OPTIONS] if _may_hold(item)]
                todo += [(value.rest, depth - 1)] if value.rest else []
            case Table() if depth:
                todo += [(item, depth - 1) for item in list(value.entries.values())[:MOST_OPTIONS] if _may_hold(item)]
                todo += [(value.rest, depth - 1)] if value.rest else []
            case Instance() if depth:
                some = islice(value.names.values(), 2 * MOST_OPTIONS)
                todo += [(item, depth - 1) for item in some if _may_hold(item)]
            case _:
                pass
    return united(frozenset(found)) if found else _NOTHING


def _may_hold(value: Value) -> bool:
    kind = value.__class__
    if kind is Unknown or kind is Handle:
        return bool(value.taint)  # type: ignore[attr-defined]
    return kind not in _PLAIN


def truth(value: Value) -> bool | None:
    """None where it may be either."""
    kind = value.__class__
    if kind is Unknown:
        return None
    if kind in _TRUE:
        return True
    match value:
        case Const(value=inner):
            return None if isinstance(inner, str) and HOLE in inner and not inner.strip(HOLE) else bool(inner)
        case Items(items=items, rest=rest):
            return True if items else None if rest else False
        case Table(entries=entries, rest=rest):
            return True if entries else None if rest else False
        case OneOf(options=inner):
            found = {truth(option) for option in inner}
            return found.pop() if len(found) == 1 else None
        case _:
            pass
    return None


_TRUE = frozenset((PathText, Function, Class, Bound, Module, External, Native, Partial))


def text_of(value: Value) -> str | None:
    """The text that str() would make, its unknown parts as holes; None where it is no plain value."""
    if value.__class__ is Unknown:
        return None
    match value:
        case Const(value=str() as text) | PathText(text=text):
            return text
        case Const(value=bytes() as raw):
            return raw.decode("utf-8", "replace")
        case Const(value=None | bool() | int() | float() as number):
            return str(number) if not isinstance(number, int) or number.bit_length() < 256 else HOLE
        case Instance(names={"value": Const(value=str() as text)}):
            return text
        case _:
            pass
    return None
