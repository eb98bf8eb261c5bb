"""Options that come of signatures, fields and definitions: fire, Hugging Face's dataclasses, absl."""

from __future__ import annotations

from dataclasses import dataclass

from collectors.facts.lineage import HOLE
from collectors.lineage.calls import invoke
from collectors.lineage.machine import Run, attributes, called, constant, library
from collectors.lineage.options import GIVEN
from collectors.lineage.telling import options, text_of
from collectors.lineage.values import (
    NONE,
    TRUE,
    Bound,
    Call,
    Class,
    Const,
    Function,
    Instance,
    Items,
    Names,
    Native,
    Scope,
    Table,
    Unknown,
    Value,
)


@library("fire.Fire")
def fire(run: Run, scope: Scope, call: Call) -> Value:
    run.uses_argv = True
    value = call.given(0, "component")
    words = run.argv
    if value is None:
        value = Table(
            {name: inner for name, inner in scope.module.names.items() if isinstance(inner, Function | Class)}
        )
    return _fire(run, scope, value, words)


def _fire(run: Run, scope: Scope, value: Value, words: tuple[str, ...] | None) -> Value:
    if isinstance(value, Function | Bound):
        call = Call((), {}, 0, Unknown(GIVEN)) if words is None else _fire_words(words)
        return invoke(run, value, call) if isinstance(value, Function) else called(run, scope, value, call)
    if isinstance(value, Class):
        value = called(run, scope, value, Call())
    members = _members(value)
    if words:
        name = words[0].replace("-", "_")
        return _fire(run, scope, members[name], words[1:]) if name in members else NONE
    found: Value = NONE
    if words is None:
        for inner in list(members.values())[:12]:
            found = _fire(run, scope, inner, None)
    return found


def _fire_words(words: tuple[str, ...]) -> Call:
    args: list[Value] = []
    keywords: Names = {}
    place = 0
    while place < len(words):
        name, equals, text = words[place].partition("=")
        place += 1
        if not name.startswith("--"):
            args.append(Const(name + equals + text))
        elif equals:
            keywords[name[2:].replace("-", "_")] = Const(text)
        elif place < len(words) and not words[place].startswith("--"):
            keywords[name[2:].replace("-", "_")] = Const(words[place])
            place += 1
        else:
            keywords[name[2:].replace("-", "_")] = TRUE
    return Call(tuple(args), keywords)


def _members(value: Value) -> dict[str, Value]:
    if isinstance(value, Table):
        return {str(name): inner for name, inner in value.entries.items()}
    if isinstance(value, Instance):
        return {
            name: Bound(inner, value)
            for name, inner in value.cls.names.items()
            if isinstance(inner, Function) and not name.startswith("_")
        }
    return {}


# Dataclasses whose fields are options: Hugging Face's


@library("transformers.HfArgumentParser", "trl.TrlParser", "simple_parsing.ArgumentParser", "trl.H4ArgumentParser")
def of_classes(run: Run, scope: Scope, call: Call) -> Value:
    given = call.given(0, "dataclass_types")
    classes = [one for option in options(given) for one in _types(option)] if given is not None else []
    return ClassParser(classes)


def _types(value: Value) -> list[Value]:
    return [*value.items] if isinstance(value, Items) else [value]


@dataclass(slots=True, eq=False)
class ClassParser(Value):
    classes: list[Value]


@attributes(ClassParser)
def class_parser_attribute(run: Run, scope: Scope, parser: ClassParser, name: str, line: int) -> Value:
    return Native(name, lambda run, scope, call: _instances(run, scope, parser))


def _instances(run: Run, scope: Scope, parser: ClassParser) -> Value:
    run.uses_argv = True
    words = _fire_words(run.argv).keywords if run.argv is not None else {}
    made: list[Value] = []
    for cls in parser.classes:
        rest = Unknown(GIVEN) if run.argv is None else None
        known = {name: value for name, value in words.items() if isinstance(cls, Class) and name in cls.fields}
        made.append(called(run, scope, cls, Call((), known, 0, rest)))
    return Items(made, "tuple")


# absl and TensorFlow's flags


@constant("absl.flags.FLAGS", "tensorflow.app.flags.FLAGS", "tensorflow.flags.FLAGS")
def flags(run: Run) -> Value:
    return Table(run.flags, Unknown(GIVEN))


def _flag(*names: str) -> None:
    @library(*names)
    def define(run: Run, scope: Scope, call: Call) -> Value:
        name = text_of(call.given(0, "name") or NONE) or HOLE
        default = call.given(1, "default") or NONE
        run.uses_argv = True
        is_open = isinstance(default, Const) and default.value is None
        run.flags[name] = Unknown(GIVEN, name) if is_open else default
        words = run.argv or ()
        for place, word in enumerate(words):
            if word.startswith(f"--{name}="):
                run.flags[name] = Const(word.partition("=")[2])
            elif word == f"--{name}" and place + 1 < len(words):
                run.flags[name] = Const(words[place + 1])
        return Unknown("it is a flag", name)


for _kind in ("string", "integer", "float", "bool", "boolean", "enum", "list", "multi_string"):
    _flag(f"absl.flags.DEFINE_{_kind}", f"tensorflow.app.flags.DEFINE_{_kind}", f"tensorflow.flags.DEFINE_{_kind}")


@library("absl.app.run", "tensorflow.app.run")
def app_run(run: Run, scope: Scope, call: Call) -> Value:
    function = call.given(0, "main") or scope.module.names.get("main", NONE)
    return called(run, scope, function, Call((Items([], "list", Const(HOLE)),), {}, call.line))
