"""Calls of functions and classes of the tree."""

from __future__ import annotations

import ast

from collectors.lineage.definitions import foreign_base, is_enum, method
from collectors.lineage.machine import (
    MOST_CALLS,
    MOST_OPEN_CALLS,
    STARTERS,
    Run,
    Seen,
    callable_,
    called,
    evaluate,
    execute,
)
from collectors.lineage.models import fill
from collectors.lineage.telling import is_fixed, joined, key, options, taint
from collectors.lineage.values import (
    NONE,
    Bound,
    Call,
    Class,
    Const,
    External,
    Function,
    Instance,
    Items,
    Module,
    Names,
    Native,
    Partial,
    Scope,
    Table,
    Unknown,
    Value,
)


@callable_(Function)
def function(run: Run, scope: Scope, function: Function, call: Call) -> Value:
    if not call.args and not call.keywords:
        for mark in function.marks:
            if starter := STARTERS.get(mark.name):
                return starter(run, scope, function, call)
    return invoke(run, function, call)


@callable_(Bound)
def bound(run: Run, scope: Scope, function: Bound, call: Call) -> Value:
    return invoke(run, function.function, Call((function.self, *call.args), call.keywords, call.line, call.rest))


@callable_(Partial)
def part(run: Run, scope: Scope, function: Partial, call: Call) -> Value:
    before = function.call
    whole = Call((*before.args, *call.args), before.keywords | call.keywords, call.line, call.rest or before.rest)
    return called(run, scope, function.function, whole)


@callable_(Native)
def native(run: Run, scope: Scope, function: Native, call: Call) -> Value:
    return function.run(run, scope, call)


@callable_(Instance)
def instance(run: Run, scope: Scope, value: Instance, call: Call) -> Value:
    if found := method(value, "__call__"):
        return called(run, scope, found, call)
    if found := method(value, "forward"):
        return called(run, scope, found, call)
    return Unknown(
        "what its library's class gives is not known", f"{foreign_base(value.cls)}()", taint(value, *call.all)
    )


def invoke(run: Run, function: Function, call: Call) -> Value:
    """What a function gives. What is known of an equal call before is used again."""
    node = function.node
    path = function.scope.module.path
    run.called.add((path, node.lineno))
    is_deep = len(run.stack) >= (MOST_OPEN_CALLS if run.is_open else MOST_CALLS)
    if is_deep or run.stack.count(node) >= 2:
        run.cuts += 1
        why = f"calls are nested deeper than {MOST_CALLS}" if is_deep else "the function calls itself"
        return Unknown(why, function.name, taint(*call.all))
    names = bind(function, call)
    is_plain = run.is_open and not any(map(says_something, names.values()))
    if is_plain and (found := run.project.openly.get((path, node.lineno))) is not None:
        return found
    place, is_shared, held = _memo_key(run, function, names)
    kept = run.memo.get(place) or (run.project.memo.get((run.folder, place)) if is_shared else None)
    if kept is not None:
        run.log.update(kept[1])
        return kept[0]
    cuts = run.cuts
    found, log, used = _logged(run, function, names)
    if run.cuts == cuts:
        run.memo[place] = found, log, held
        if is_shared and not used and is_fixed(found):
            run.project.memo[run.folder, place] = found, log, held
        if is_plain:
            run.project.openly[path, node.lineno] = found
    return found


def _logged(run: Run, function: Function, names: Names) -> tuple[Value, dict[Seen, None], bool]:
    """The result, what was read and written meanwhile, and whether the command line was looked at."""
    outer, run.log = run.log, {}
    before, run.uses_argv = run.uses_argv, False
    run.stack.append(function.node)
    try:
        found = _body(run, function, names)
        return found, run.log, run.uses_argv
    finally:
        run.stack.pop()
        run.uses_argv |= before
        mine, run.log = run.log, outer
        outer.update(mine)


def says_something(value: Value) -> bool:
    """Whether a call with it may show more than a call with nobody knows what."""
    if isinstance(value, Items):
        return any(map(says_something, value.items[:20]))
    if isinstance(value, Const):
        return value.value is None or isinstance(value.value, str)
    return not isinstance(value, Unknown | Instance | External | Class | Module)


def _memo_key(run: Run, function: Function, names: Names) -> tuple[object, bool, list[Value]]:
    """What a result hangs on; whether it is the same for every entry; and what must live as long as the key, which
    tells some values by their place in memory."""
    spec = function.node.args
    fresh = {spec.vararg.arg if spec.vararg else "", spec.kwarg.arg if spec.kwarg else ""}
    given: list[object] = []
    held: list[Value] = [function]
    are_fixed = True
    for name, value in names.items():
        if name not in fresh:
            are_fixed = are_fixed and is_fixed(value)
            given.append((name, key(value)))
            held.append(value)
            continue
        inner = _parts(value)
        are_fixed = are_fixed and all(map(is_fixed, inner))
        given.append((name, *map(key, inner)))
        held += inner
    changes = 0 if are_fixed else run.changes
    is_shared = (
        are_fixed and function.scope.names is function.scope.module.names and function.scope.module.name != "__main__"
    )
    return (id(function.node), id(function.scope), changes, tuple(given), run.unsure > 0), is_shared, held


def _parts(value: Value) -> tuple[Value, ...]:
    """Of what was made for this call alone."""
    rest = (value.rest,) if isinstance(value, Items | Table) and value.rest is not None else ()
    if isinstance(value, Items):
        return (*value.items, *rest)
    if isinstance(value, Table):
        return (*(part for name, inner in value.entries.items() for part in (Const(name), inner)), *rest)
    return (value,)


def _body(run: Run, function: Function, names: Names) -> Value:
    node = function.node
    owner = function.owner
    symbol = f"{owner.name}.{function.name}" if owner else function.name
    scope = Scope(function.scope.module, names, _outer(function), symbol, owner)
    if isinstance(node, ast.Lambda):
        scope.symbol = function.scope.symbol
        return evaluate(run, scope, node.body)
    is_generator = run.project.is_generator(node, scope.module.path)
    if is_generator:
        scope.yields = []
    execute(run, scope, node.body)
    if is_generator:
        values = scope.yields or []
        return Items(values, "list", joined(values) if values else None)
    return joined(scope.returns) if scope.returns else NONE


def _outer(function: Function) -> Scope | None:
    """Names around it. A method does not see those of its class."""
    scope: Scope | None = function.scope
    if scope is not None and function.owner is not None and scope.names is function.owner.names:
        scope = scope.outer
    return None if scope is None or scope.names is scope.module.names else scope


def bind(function: Function, call: Call) -> Names:
    """Parameters with their values."""
    spec = function.node.args
    places = [place.arg for place in (spec.posonlyargs + spec.args if spec.posonlyargs else spec.args)]
    names: Names = dict(zip(places, call.args, strict=False))
    known = places + [place.arg for place in spec.kwonlyargs] if spec.kwonlyargs else places
    more: Names = {}
    for name, value in call.keywords.items():
        if name not in known:
            more[name] = value
        elif name not in names:
            names[name] = value
    if len(names) < len(known):
        for name in known:
            if name not in names:
                names[name] = _missing(function, name, call)
    if spec.vararg:
        names[spec.vararg.arg] = Items(list(call.args[len(places) :]), "tuple", _one_of(call.rest))
    if spec.kwarg:
        names[spec.kwarg.arg] = Table(more, call.rest)
    return names


def _one_of(rest: Value | None) -> Value | None:
    return (
        None if rest is None else Unknown("its arguments are not known one by one", "", taint(rest), is_parameter(rest))
    )


def is_parameter(value: Value) -> bool:
    return any(isinstance(option, Unknown) and option.is_parameter for option in options(value))


def _missing(function: Function, name: str, call: Call) -> Value:
    default = function.defaults.get(name)
    if call.rest is not None:
        unknown = Unknown(f"{name} is handed over", name, taint(call.rest), is_parameter(call.rest))
        is_set = default is not None and not (isinstance(default, Const) and default.value is None)
        return default if is_set and default is not None else unknown
    return default if default is not None else Unknown(f"{name} is not given", name)


@callable_(Class)
def instantiated(run: Run, scope: Scope, cls: Class, call: Call) -> Value:
    if is_enum(cls):
        return _member(cls, call)
    made = Instance(cls)
    found = method(made, "__init__")
    if found is not None:
        made.is_new = True
        called(run, scope, found, call)
        made.is_new = False
        return made
    if new := method(made, "__new__"):
        result = called(run, scope, new.function, call._replace(args=(cls, *call.args)))
        if isinstance(result, Instance):
            return result
    fill(run, scope, made, call)
    if after := method(made, "__post_init__") or method(made, "model_post_init"):
        called(run, scope, after, Call((), {}, call.line))
    return made


def _member(cls: Class, call: Call) -> Value:
    asked = call.given(0)
    for name, value in cls.names.items():
        if asked is not None and isinstance(value, Const) and key(value) == key(asked):
            return Instance(cls, {"value": value, "name": Const(name)})
    return asked if asked is not None else Unknown("it is one of an enumeration")


def entered(run: Run, scope: Scope, value: Value, line: int) -> Value:
    """What `with value as x` calls x."""
    found: list[Value] = []
    for option in options(value):
        if isinstance(option, Instance) and (enter := method(option, "__enter__")):
            found.append(called(run, scope, enter, Call((), {}, line)))
        elif isinstance(option, Items) and option.items:  # of a generator that is a context
            found.append(option.items[0])
        else:
            found.append(option)
    return joined(found)
