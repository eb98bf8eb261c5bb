"""Functions that look into objects, hand functions on, or ask the environment."""

from __future__ import annotations

from collectors.facts.lineage import HOLE
from collectors.lineage.elements import elements
from collectors.lineage.machine import Run, attribute, called, library
from collectors.lineage.modules import load
from collectors.lineage.targets import set_attribute
from collectors.lineage.telling import joined, options, taint, text_of
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
    Native,
    Partial,
    Scope,
    Super,
    Table,
    Unknown,
    Value,
)

_MOST_NUMBERS = 12


@library("getattr")
def got(run: Run, scope: Scope, call: Call) -> Value:
    base, name = call.given(0) or NONE, text_of(call.given(1) or NONE) or HOLE
    if HOLE not in name:
        found = attribute(run, scope, base, name, call.line)
        default = call.given(2)
        is_missing = isinstance(found, Unknown) and default is not None
        return joined((default, found)) if is_missing and default is not None else found
    if isinstance(base, Instance | Module | Class):
        return Unknown("the attribute's name is known only while it runs", taint=taint(base))
    return Unknown("the attribute's name is known only while it runs")


@library("setattr", "object.__setattr__")
def put(run: Run, scope: Scope, call: Call) -> Value:
    name = text_of(call.given(1) or NONE) or HOLE
    if HOLE not in name and len(call.args) > 2:
        for option in options(call.args[0]):
            set_attribute(run, option, name, call.args[2])
    return NONE


@library("super")
def parent(run: Run, scope: Scope, call: Call) -> Value:
    place: Scope | None = scope
    while place is not None and place.owner is None:
        place = place.outer
    owner = place.owner if place is not None else None
    if owner is None or place is None:
        return Unknown("super() stands in no class")
    self = call.given(1)
    if self is None:
        self = next((place.names[name] for name in ("self", "cls") if name in place.names), NONE)
    return Super(owner, self)


@library("type")
def kind(run: Run, scope: Scope, call: Call) -> Value:
    given = call.given(0)
    if isinstance(given, Instance) and len(call.args) == 1:
        return given.cls
    if len(call.args) == 1 and (name := _builtin(given)):
        return External(name)
    return Unknown("it is a type")


def _builtin(value: Value | None) -> str:
    """Name of its type, where Python itself has that."""
    if isinstance(value, Const) and value.value is not None:
        return type(value.value).__name__
    if isinstance(value, Items):
        return value.kind if value.kind in {"list", "tuple", "set"} else ""
    return "dict" if isinstance(value, Table) else ""


@library("print", "setattr", "delattr", "breakpoint", "warnings.warn", "logging.info", "logging.basicConfig",
         "time.sleep",
         "gc.collect", "random.seed", "numpy.random.seed", "torch.manual_seed", "sys.path.append", "sys.path.insert",
         "logging.debug", "logging.warning", "logging.error",  "print_function")  # fmt: skip
def nothing(run: Run, scope: Scope, call: Call) -> Value:
    return NONE


@library("eval", "exec", "compile", "__import__")
def executed(run: Run, scope: Scope, call: Call) -> Value:
    return Unknown("it comes out of code that is made while it runs")


@library("globals", "locals")
def names(run: Run, scope: Scope, call: Call) -> Value:
    return Table(dict(scope.module.names) | dict(scope.names))


@library("importlib.import_module")
def imported(run: Run, scope: Scope, call: Call) -> Value:
    name = text_of(call.given(0, "name") or NONE) or HOLE
    path = None if HOLE in name else run.project.found(name.lstrip("."), scope.module.path, run.script, run.folder)
    return load(run, path, name) if path else Unknown("the module's name is known only while it runs")


@library("functools.partial")
def partial(run: Run, scope: Scope, call: Call) -> Value:
    if not call.args:
        return NONE
    return Partial(call.args[0], Call(call.args[1:], call.keywords, call.line, call.rest))


@library("functools.wraps", "functools.update_wrapper", "functools.lru_cache", "functools.cache",
         "contextlib.contextmanager",
         "typing.no_type_check", "torch.no_grad", "torch.inference_mode", "staticmethod", "joblib.delayed",
         "ray.remote", "dask.delayed", "joblib.wrap_non_picklable_objects", "tensorflow.function")  # fmt: skip
def wraps(run: Run, scope: Scope, call: Call) -> Value:
    given = call.given(0)
    if isinstance(given, Function | Bound | Partial) and len(call.args) == 1 and not call.keywords:
        return given
    return Native("wraps", lambda run, scope, call: call.given(0) or NONE)


@library("typing.cast")
def cast(run: Run, scope: Scope, call: Call) -> Value:
    return call.given(1, "val") or NONE


@library("asyncio.run", "asyncio.get_event_loop().run_until_complete", "asyncio.gather", "asyncio.create_task",
         "iter_once",
         "streamlit.cache_data", "streamlit.cache_resource", "streamlit.cache", "anyio.run")  # fmt: skip
def awaited(run: Run, scope: Scope, call: Call) -> Value:
    return call.given(0) or NONE


@library(".submit", ".apply_async", ".map", ".starmap", ".imap", ".imap_unordered", ".run_in_executor")
def sent(run: Run, scope: Scope, call: Call) -> Value:
    """Executors and pools: the first argument is a function, the next are what it is given."""
    place = 1 if len(call.args) < 2 or not isinstance(call.args[1], Const) else 2
    function = call.given(place)
    if not isinstance(function, Function | Bound | Partial):
        return NONE
    more = call.args[place + 1 :]
    if more and isinstance(more[0], Items):
        known, rest = elements(run, scope, more[0])
        values = [*known[:_MOST_NUMBERS], *([rest] if rest is not None else [])]
        found = [called(run, scope, function, Call((value,), {}, call.line)) for value in values]
        return Items([], "list", joined(found) if found else None)
    given = called(run, scope, function, Call(more, call.keywords, call.line, call.rest))
    return Unknown("it runs beside", "submit()") if given is NONE else given


@library("threading.Thread", "multiprocessing.Process", "threading.Timer")
def started(run: Run, scope: Scope, call: Call) -> Value:
    function = call.given(None, "target")
    if function is not None:
        given = call.given(None, "args")
        args = tuple(given.items) if isinstance(given, Items) else ()
        called(run, scope, function, Call(args, {}, call.line))
    return Unknown("it runs beside", "threading.Thread()")


@library(
    "dataclasses.field",
    "pydantic.Field",
    "attr.ib",
    "attrs.field",
    "attr.field",
    "sqlmodel.Field",
    "pydantic.fields.Field",
)
def field(run: Run, scope: Scope, call: Call) -> Value:
    factory = call.given(None, "default_factory", "factory")
    if factory is not None:
        return Native("field", lambda run, scope, _call: called(run, scope, factory, Call((), {}, _call.line)))
    default = call.given(0, "default")
    if default is None or (isinstance(default, Const) and default.value is ...):
        return Unknown("the field is not set")
    return default


# The environment.


@library("os.getenv", "os.environ.get", "environ.get", "decouple.config", "os.environ.setdefault", "environs.Env().str",
         "os.environ.pop", "os.environ.__getitem__")  # fmt: skip
def environment(run: Run, scope: Scope, call: Call) -> Value:
    name = text_of(call.given(0, "key") or NONE) or "of some name"
    default = call.given(1, "default")
    if default is None or (isinstance(default, Const) and default.value is None):
        return Unknown(f"it comes from the environment variable {name}"[:200])
    return default


@library("sys.exit", "exit", "quit", "os._exit")
def ended(run: Run, scope: Scope, call: Call) -> Value:
    return NONE
