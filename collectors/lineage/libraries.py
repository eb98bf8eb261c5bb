"""Calls of what is not in the tree."""

from __future__ import annotations

import ast

from collectors.facts.lineage import Access, NodeKind
from collectors.lineage.accesses import use
from collectors.lineage.apis import BUNDLED, Api, apis_of
from collectors.lineage.calls import invoke
from collectors.lineage.machine import (
    LIBRARY,
    MOST_CALLS,
    Run,
    callable_,
    called,
)
from collectors.lineage.objects import flowed_into
from collectors.lineage.telling import joined, options, taint
from collectors.lineage.values import (
    NONE,
    Bound,
    Call,
    Const,
    External,
    Function,
    OneOf,
    Partial,
    Scope,
    Unknown,
    Value,
)

_CALLED = frozenset((Function, Bound, Partial, OneOf))
_UNBOUND = (".DataFrame", ".Series", ".Figure", ".Booster", ".Dataset")


@callable_(External)
def external(run: Run, scope: Scope, function: External, call: Call) -> Value:
    name = function.name
    if known := LIBRARY.get(name):
        return known(run, scope, call)
    if apis := apis_of(name):
        if name.rpartition(".")[0].endswith(_UNBOUND) and call.args:  # a method with its object as first argument
            return use(run, scope, name, apis, call._replace(args=call.args[1:]), call.args[0])
        return use(run, scope, name, apis, call)
    if name.startswith(BUNDLED):
        return _bundled(run, scope, name, call)
    handed = _called_back(run, scope, call)
    return Unknown(f"it is what {name} gives", f"{name}()", taint(handed, *call.all))


def _bundled(run: Run, scope: Scope, name: str, call: Call) -> Value:
    package, _, last = name.rpartition(".")
    short = last.removeprefix("load_").removeprefix("fetch_")
    if short == "data":  # keras.datasets.mnist.load_data
        package, _, short = package.rpartition(".")
    if short.startswith(("svmlight", "files", "sample")):
        return Unknown(f"it is what {name} gives", f"{name}()")
    api = Api(Access.READ, NodeKind.DATASET, 0, ())
    target = Const(f"{package.partition('.')[0]}://{short}")
    return use(run, scope, name, (api,), Call((target,), {}, call.line))


def _called_back(run: Run, scope: Scope, call: Call) -> Value:
    """Functions that a library is handed: it will call them, with what is not known."""
    found: list[Value] = []
    for value in [*call.args, *call.keywords.values()][:20]:
        if value.__class__ not in _CALLED:
            continue
        for option in options(value):
            if isinstance(option, Function | Bound | Partial) and _node(option) not in run.stack:
                handed = Unknown("a library calls this function", taint=taint(*call.all), is_parameter=True)
                given = Call((), {}, call.line, handed)
                if _node(option) is not None and len(run.stack) < MOST_CALLS - 2:
                    found.append(
                        called(run, scope, option, given)
                        if not isinstance(option, Function)
                        else invoke(run, option, given)
                    )
    return joined(found) if found else NONE


def _node(value: Value) -> ast.AST | None:
    while isinstance(value, Partial):
        value = value.function
    if isinstance(value, Bound):
        value = value.function
    return value.node if isinstance(value, Function) else None


@callable_(Unknown)
def unknown(run: Run, scope: Scope, function: Unknown, call: Call) -> Value:
    name = function.name
    last = name.rpartition(".")[2]
    if known := LIBRARY.get("." + last):
        found = known(run, scope, call._replace(args=(function, *call.args)))
        if found is not NONE:
            return found
    if apis := apis_of(name):
        return use(run, scope, name, apis, call, function)
    handed = _called_back(run, scope, call)
    flowed = taint(function, handed, *call.all)
    if function.holder is not None:
        flowed_into(function.holder, last, taint(*call.all))
    return Unknown(function.why, f"{name}()"[:200], flowed, function.is_parameter)
