"""Methods of lists and tables."""

from __future__ import annotations

from collectors.facts.lineage import HOLE
from collectors.lineage.machine import Run
from collectors.lineage.telling import joined, options, taint
from collectors.lineage.values import NONE, Call, Const, Items, Native, Scope, Table, Unknown, Value

_MOST_ITEMS = 200


def item_method(items: Items, name: str) -> Value:
    if name in {"append", "add", "insert", "appendleft"}:
        place = 1 if name == "insert" else 0
        return Native(name, lambda run, scope, call: _appended(run, items, call.given(place)))
    if name in {"extend", "update"}:
        return Native(name, lambda run, scope, call: _extended(run, items, call.given(0)))
    if name in {"copy", "union"}:
        return Native(name, lambda run, scope, call: Items(list(items.items), items.kind, items.rest))
    if name in {"pop", "popleft"}:
        return Native(name, lambda run, scope, call: _any(items))
    if name in {"sort", "reverse", "remove", "clear", "discard"}:
        return Native(name, lambda run, scope, call: NONE)
    if name in {"index", "count"}:
        return Native(name, lambda run, scope, call: Unknown("it is a number"))
    return Unknown("it is an attribute of a list", name, taint(items))


def _any(items: Items) -> Value:
    values = [*items.items, *([items.rest] if items.rest is not None else [])]
    return joined(values) if values else Unknown("the list is empty")


def _appended(run: Run, items: Items, value: Value | None) -> Value:
    run.changes += 1
    if value is not None:
        if run.unsure or len(items.items) >= _MOST_ITEMS:
            items.rest = value if items.rest is None else joined((items.rest, value))
        else:
            items.items.append(value)
    return NONE


def _extended(run: Run, items: Items, value: Value | None) -> Value:
    run.changes += 1
    for option in options(value) if value is not None else ():
        if isinstance(option, Items):
            items.items += option.items[: max(0, _MOST_ITEMS - len(items.items))]
            if option.rest is not None:
                items.rest = option.rest if items.rest is None else joined((items.rest, option.rest))
        else:
            items.rest = Unknown("what was added is not known", taint=taint(option))
    return NONE


def table_method(table: Table, name: str) -> Value | None:
    match name:
        case "get" | "getint" | "getfloat" | "getboolean" | "setdefault" | "pop" | "get_or_default":
            return Native(name, lambda run, scope, call: _got(run, table, name, call))
        case "items":
            return Native(name, lambda run, scope, call: Items(_pairs(table), "list", _further_pair(table)))
        case "keys":
            rest = Const(HOLE) if table.rest is not None else None
            return Native(name, lambda run, scope, call: Items([Const(key) for key in table.entries], "list", rest))
        case "values":
            return Native(name, lambda run, scope, call: Items(list(table.entries.values()), "list", table.rest))
        case "update" | "merge_with" | "merge_update":
            return Native(name, lambda run, scope, call: _updated(run, table, call))
        case "copy" | "to_dict" | "toDict" | "_asdict" | "to_container":
            return Native(name, lambda run, scope, call: Table(dict(table.entries), table.rest))
        case "sections":
            return Native(name, lambda run, scope, call: Items([Const(key) for key in table.entries]))
        case "__dict__":
            return table
        case "read":
            return Native(name, lambda run, scope, call: _read(run, scope, table, call))
        case "has_section" | "has_option" | "freeze" | "defrost" | "__contains__" | "clear":
            return Native(name, lambda run, scope, call: Unknown("it is a condition"))
        case _:
            pass
    return None


def _got(run: Run, table: Table, name: str, call: Call) -> Value:
    place, default = call.given(0, "key", "section"), call.given(1, "default", "option", "fallback")
    where = place.value if isinstance(place, Const) else HOLE
    found = table.entries.get(where)
    if isinstance(found, Table) and isinstance(default, Const) and default.value in found.entries and name != "pop":
        return found.entries[default.value]  # of configparser: get(section, option)
    if found is not None:
        return found
    if name == "setdefault" and default is not None and isinstance(place, Const):
        run.changes += 1
        table.entries[where] = default
    if isinstance(where, str) and HOLE in where:
        return (
            joined([*table.entries.values(), *([default] if default is not None else [])])
            if table.entries
            else Unknown("its key is not known")
        )
    fallback = default if default is not None else NONE
    return fallback if table.rest is None else joined((table.rest, fallback)) if default is not None else table.rest


def _pairs(table: Table) -> list[Value]:
    return [Items([Const(key), value], "tuple") for key, value in table.entries.items()]


def _further_pair(table: Table) -> Value | None:
    return Items([Const(HOLE), table.rest], "tuple") if table.rest is not None else None


def _updated(run: Run, table: Table, call: Call) -> Value:
    run.changes += 1
    table.entries.update(call.keywords)
    for option in options(call.given(0) or NONE):
        if isinstance(option, Table):
            table.entries.update(option.entries)
            table.rest = option.rest or table.rest
        elif option is not NONE:
            table.rest = Unknown("what was added is not known", taint=taint(option))
    return NONE


def _read(run: Run, scope: Scope, table: Table, call: Call) -> Value:
    """configparser's: the table is filled from a file."""
    from collectors.lineage.settings import loaded

    run.changes += 1
    found = loaded(run, scope, "configparser.ConfigParser.read", call.given(0, "filenames") or NONE, call.line)
    if isinstance(found, Table):
        table.entries.update(found.entries)
    else:
        table.rest = found
    return NONE
