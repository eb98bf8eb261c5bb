"""Python's own functions, and those of its library that hand values on."""

from __future__ import annotations

from collectors.facts.lineage import HOLE
from collectors.lineage.machine import Run, attribute, called, library
from collectors.lineage.modules import load
from collectors.lineage.objects import elements
from collectors.lineage.targets import set_attribute
from collectors.lineage.values import (
    FALSE,
    NONE,
    TRUE,
    Bound,
    Call,
    Class,
    Const,
    Function,
    Instance,
    Items,
    Module,
    Native,
    Partial,
    PathText,
    Scope,
    Super,
    Table,
    Unknown,
    Value,
    joined,
    options,
    taint,
    text_of,
    truth,
)

_MOST_NUMBERS = 12


def _list(kind: str, *names: str) -> None:
    @library(*names)
    def made(run: Run, scope: Scope, call: Call) -> Value:
        if not call.args:
            return Items([], kind)
        known, rest = elements(run, scope, call.args[0])
        flowed = taint(call.args[0])
        if flowed and rest is None and not known:
            rest = Unknown("it is one of many", taint=flowed)
        return Items(known, kind, rest)


_list("list", "list", "sorted", "reversed", "collections.deque", "natsort.natsorted", "iter", "tqdm.tqdm",
      "tqdm.auto.tqdm",
      "tqdm.notebook.tqdm", "rich.progress.track", "itertools.cycle", "tqdm.autonotebook.tqdm", "track")  # fmt: skip
_list("tuple", "tuple")
_list("set", "set", "frozenset")


@library("random.sample", "random.choices", "itertools.islice", "itertools.chain.from_iterable", "itertools.takewhile")
def some(run: Run, scope: Scope, call: Call) -> Value:
    known, rest = elements(run, scope, call.given(0, "population") or NONE)
    values = [*known, *([rest] if rest is not None else [])]
    return Items([], "list", joined(values) if values else Unknown("it is one of many", taint=taint(*call.all)))


@library("itertools.chain")
def chained(run: Run, scope: Scope, call: Call) -> Value:
    found = Items([])
    for arg in call.args[:20]:
        known, rest = elements(run, scope, arg)
        found.items += known
        found.rest = rest if found.rest is None else found.rest if rest is None else joined((found.rest, rest))
    return found


@library("dict", "collections.OrderedDict", "box.Box", "box.ConfigBox", "easydict.EasyDict", "munch.Munch",
         "munch.munchify",
         "munch.DefaultMunch", "addict.Dict", "types.SimpleNamespace", "argparse.Namespace",

         "omegaconf.DictConfig", "omegaconf.OmegaConf.to_container", "ml_collections.ConfigDict", "attrdict.AttrDict",
         "dotmap.DotMap", "dataclasses.asdict", "copy.deepcopy", "copy.copy", "omegaconf.OmegaConf.structured",
         "types.MappingProxyType", "vars", "benedict.benedict", "python_box.Box", "collections.UserDict")  # fmt: skip
def table(run: Run, scope: Scope, call: Call) -> Value:
    given = call.given(0)
    made = Table({})
    for option in options(given) if given is not None else ():
        if isinstance(option, Table):
            made.entries.update(option.entries)
            made.rest = option.rest or made.rest
        elif isinstance(option, Instance):
            made.entries.update(option.names)
        elif isinstance(option, Items):
            for pair in option.items:
                if isinstance(pair, Items) and len(pair.items) == 2 and isinstance(pair.items[0], Const):
                    made.entries[pair.items[0].value] = pair.items[1]
                else:
                    return given or NONE
            made.rest = option.rest or made.rest
        elif isinstance(option, Unknown):
            return Unknown(option.why, option.name, option.taint, option.is_parameter)
        else:
            return option
    made.entries.update(call.keywords)
    made.rest = call.rest or made.rest
    return made


@library("collections.defaultdict")
def default_table(run: Run, scope: Scope, call: Call) -> Value:
    factory = call.given(0)
    return Table({}, called(run, scope, factory, Call((), {}, call.line)) if factory is not None else None)


@library("str", "os.fspath", "repr", "os.fsdecode", "typing.cast_str", "pathlib.Path.as_posix")
def text(run: Run, scope: Scope, call: Call) -> Value:
    if not call.args:
        return Const("")
    found: list[Value] = []
    for option in options(call.args[0]):
        plain = text_of(option)
        if plain is not None:
            found.append(Const(plain))
        elif isinstance(option, Unknown) and option.is_parameter:
            found.append(option)
        elif isinstance(option, Instance) and ("__str__" in option.cls.names):
            found.append(called(run, scope, attribute(run, scope, option, "__str__"), Call((), {}, call.line)))
        else:
            why = option.why if isinstance(option, Unknown) else "it is made into a text"
            found.append(Unknown(why, taint=taint(option)))
    return joined(found)


@library("int", "float", "bool", "len", "sum", "abs", "round", "any", "all", "hash", "id", "ord", "pow", "divmod",
         "complex",
         "hasattr", "callable", "isinstance", "issubclass", "input", "bytes", "bytearray", "memoryview", "time.time",
         "random.random", "random.randint", "datetime.datetime.now", "datetime.datetime.today", "uuid.uuid4",
         "time.strftime", "datetime.date.today", "slice", "format", "chr", "hex", "bin")  # fmt: skip
def number(run: Run, scope: Scope, call: Call) -> Value:
    given = call.given(0)
    if isinstance(given, Const) and isinstance(given.value, int | float) and len(call.args) == 1:
        return given
    return Unknown("it is known only while it runs", taint=taint(*call.all))


@library("len")
def length(run: Run, scope: Scope, call: Call) -> Value:
    given = call.given(0)
    if isinstance(given, Items) and given.rest is None and not run.unsure:
        return Const(len(given.items))
    if isinstance(given, Const) and isinstance(given.value, str) and HOLE not in given.value:
        return Const(len(given.value))
    return Unknown("it is a number", taint=taint(*call.all))


@library("int")
def whole(run: Run, scope: Scope, call: Call) -> Value:
    given = call.given(0)
    if isinstance(given, Const) and isinstance(given.value, int | float | str) and len(call.args) == 1:
        try:
            return Const(int(given.value))
        except (ValueError, OverflowError):
            pass
    return Unknown("it is a number", taint=taint(*call.all))


@library("isinstance")
def is_kind(run: Run, scope: Scope, call: Call) -> Value:
    value, kind = call.given(0), call.given(1)
    names = {"str": str, "int": int, "float": float, "bool": bool}
    name = getattr(kind, "name", "")
    if isinstance(value, Const) and name in names and value.value is not None:
        return TRUE if isinstance(value.value, names[name]) else FALSE
    if isinstance(value, Const | PathText | Items) and name in {"dict", "pathlib.Path"}:
        return TRUE if isinstance(value, PathText) and name == "pathlib.Path" else FALSE
    if isinstance(value, Table) and name in {"dict", "str", "list"}:
        return TRUE if name == "dict" else FALSE
    if isinstance(value, Items) and name in {"list", "tuple", "str"}:
        return TRUE if name == value.kind else FALSE
    return Unknown("it is a condition")


@library("bool")
def boolean(run: Run, scope: Scope, call: Call) -> Value:
    said = truth(call.given(0) or FALSE)
    return Unknown("it is a condition") if said is None else TRUE if said else FALSE


@library("range")
def numbers(run: Run, scope: Scope, call: Call) -> Value:
    ends = [arg.value for arg in call.args if isinstance(arg, Const) and isinstance(arg.value, int)]
    if len(ends) == len(call.args) and 1 <= len(ends) <= 3 and (len(ends) < 3 or ends[2] != 0):
        found = range(*ends)
        if len(found) <= _MOST_NUMBERS:
            return Items([Const(number) for number in found])
    return Items([], "list", Unknown("it is one of many numbers"))


@library("enumerate")
def numbered(run: Run, scope: Scope, call: Call) -> Value:
    known, rest = elements(run, scope, call.given(0, "iterable") or NONE)
    pairs: list[Value] = [Items([Const(place), value], "tuple") for place, value in enumerate(known)]
    more = Items([Unknown("it is a number"), rest], "tuple") if rest is not None else None
    return Items(pairs, "list", more)


@library("zip", "itertools.product", "itertools.zip_longest")
def zipped(run: Run, scope: Scope, call: Call) -> Value:
    columns = [elements(run, scope, arg) for arg in call.args[:8]]
    if columns and all(rest is None for _, rest in columns) and len({len(known) for known, _ in columns}) == 1:
        return Items([Items(list(row), "tuple") for row in zip(*(known for known, _ in columns), strict=True)])
    each = [joined([*known, *([rest] if rest is not None else [])]) for known, rest in columns]
    return Items([], "list", Items(each, "tuple"))


@library("map", "itertools.starmap", "filter")
def mapped(run: Run, scope: Scope, call: Call) -> Value:
    function = call.given(0) or NONE
    known, rest = elements(run, scope, call.given(1) or NONE)
    values = [*known[:_MOST_NUMBERS], *([rest] if rest is not None else [])]
    found = [called(run, scope, function, Call((value,), {}, call.line)) for value in values]
    return Items(found if rest is None else [], "list", None if rest is None else joined(found))


@library("next", "min", "max", "random.choice", "numpy.random.choice")
def one_of(run: Run, scope: Scope, call: Call) -> Value:
    if len(call.args) > 1 and not isinstance(call.args[0], Items):
        return joined(call.args)
    known, rest = elements(run, scope, call.given(0) or NONE)
    values = [*known, *([rest] if rest is not None else [])]
    return joined(values) if values else Unknown("it is one of many", taint=taint(*call.all))


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
    return Unknown("it is a type")


@library("print", "setattr", "delattr", "breakpoint", "warnings.warn", "logging.info", "logging.basicConfig",
         "time.sleep",
         "gc.collect", "random.seed", "numpy.random.seed", "torch.manual_seed", "sys.path.append", "sys.path.insert",
         "logging.debug", "logging.warning", "logging.error", "os.chdir", "print_function")  # fmt: skip
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
    return called(run, scope, function, Call(more, call.keywords, call.line, call.rest))


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
