"""Python's own functions that make and walk through values."""

from __future__ import annotations

from collectors.facts.lineage import HOLE
from collectors.lineage.elements import elements
from collectors.lineage.machine import Run, attribute, called, library
from collectors.lineage.telling import joined, options, taint, text_of, truth
from collectors.lineage.values import (
    FALSE,
    NONE,
    TRUE,
    Call,
    Const,
    Instance,
    Items,
    PathText,
    Scope,
    Table,
    Unknown,
    Value,
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
    if isinstance(value, Const | PathText) and value is not NONE and name in {"list", "tuple", "set"}:
        return FALSE
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
