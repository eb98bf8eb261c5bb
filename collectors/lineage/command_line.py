"""Values from the command line: argparse, click, typer, fire, absl, sys.argv."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from collectors.facts.lineage import HOLE
from collectors.lineage.calls import invoke
from collectors.lineage.machine import STARTERS, Run, attributes, callable_, called, constant, evaluate, library
from collectors.lineage.values import (
    FALSE,
    NONE,
    TRUE,
    Bound,
    Call,
    Class,
    Const,
    External,
    Function,
    Instance,
    Items,
    Mark,
    Names,
    Native,
    PathText,
    Scope,
    Table,
    Unknown,
    Value,
    joined,
    options,
    text_of,
)

GIVEN = "it is given on the command line"


@dataclass(slots=True, eq=False)
class Option:
    dest: str
    flags: tuple[str, ...] = ()  # none: it has a place
    default: Value | None = None
    kind: Value | None = None
    action: str = ""
    nargs: str = ""
    constant: Value = TRUE


@dataclass(slots=True, eq=False)
class Parser(Value):
    """An ArgumentParser, or its kin."""

    options: list[Option] = field(default_factory=list)
    defaults: Names = field(default_factory=dict)
    below: dict[str, Parser] = field(default_factory=dict)
    below_name: str = ""


@constant("sys.argv")
def argv(run: Run) -> Value:
    run.uses_argv = True
    first = Const(run.script or HOLE)
    if run.argv is None:
        return Items([first], "list", Unknown(GIVEN, "sys.argv[]"))
    return Items([first, *(Const(word) for word in run.argv)])


@library("argparse.ArgumentParser", "configargparse.ArgumentParser", "jsonargparse.ArgumentParser",
         "configargparse.ArgParser",
         "tap.Tap", "HfArgumentParser")  # fmt: skip
def made(run: Run, scope: Scope, call: Call) -> Value:
    parents = call.given(None, "parents")
    found = Parser()
    for one in parents.items if isinstance(parents, Items) else ():
        if isinstance(one, Parser):
            found.options += one.options
    return found


@attributes(Parser)
def parser_attribute(run: Run, scope: Scope, parser: Parser, name: str, line: int) -> Value:
    match name:
        case "add_argument":
            return Native(name, lambda run, scope, call: _added(parser, call))
        case "add_argument_group" | "add_mutually_exclusive_group":
            return Native(name, lambda run, scope, call: parser)
        case "add_subparsers":
            return Native(name, lambda run, scope, call: _subparsers(parser, call))
        case "add_parser":
            return Native(name, lambda run, scope, call: _subparser(parser, call))
        case "set_defaults":
            return Native(name, lambda run, scope, call: _defaults(parser, call))
        case "parse_args" | "parse_intermixed_args":
            return Native(name, lambda run, scope, call: parsed(run, scope, parser, _words(run, call)))
        case "parse_known_args":
            return Native(
                name,
                lambda run, scope, call: Items([parsed(run, scope, parser, _words(run, call)), Items([])], "tuple"),
            )
        case _:
            pass
    return Native(name, lambda run, scope, call: NONE)


def _words(run: Run, call: Call) -> tuple[str, ...] | None:
    given = call.given(0, "args")
    if isinstance(given, Items) and given.rest is None:
        return tuple(text_of(item) or HOLE for item in given.items)
    run.uses_argv = True
    return run.argv


def _added(parser: Parser, call: Call) -> Value:
    names = [text for arg in call.args if (text := text_of(arg))]
    if not names:
        return NONE
    flags = tuple(name for name in names if name.startswith("-"))
    dest = text_of(call.keywords.get("dest", NONE))
    if dest in {None, "None"}:
        long = next((flag for flag in flags if flag.startswith("--")), flags[0] if flags else names[0])
        dest = long.lstrip("-").replace("-", "_")
    parser.options.append(
        Option(
            dest or names[0],
            flags,
            call.keywords.get("default"),
            call.keywords.get("type"),
            text_of(call.keywords.get("action", Const(""))) or "",
            text_of(call.keywords.get("nargs", Const(""))) or "",
            call.keywords.get("const", TRUE),
        )
    )
    return NONE


def _subparsers(parser: Parser, call: Call) -> Value:
    dest = text_of(call.keywords.get("dest", NONE))
    parser.below_name = "" if dest in {None, "None"} else dest or ""
    return parser


def _subparser(parser: Parser, call: Call) -> Value:
    name = text_of(call.given(0, "name") or NONE) or HOLE
    return parser.below.setdefault(name, Parser())


def _defaults(parser: Parser, call: Call) -> Value:
    parser.defaults |= call.keywords
    return NONE


def parsed(run: Run, scope: Scope, parser: Parser, words: tuple[str, ...] | None) -> Table:
    """The namespace that the words give; without words the defaults."""
    found = Table({option.dest: _default(run, scope, option, words is None) for option in parser.options})
    found.entries |= parser.defaults
    if words is None:
        _any_below(run, scope, parser, found)
        return found
    flags = {flag: option for option in parser.options for flag in option.flags}
    places = [option for option in parser.options if not option.flags]
    place = 0
    while place < len(words):
        word = words[place]
        name, equals, text = word.partition("=")
        place += 1
        option = flags.get(name) or _shortened(flags, name)
        if option is not None:
            given = [text] if equals else []
            if not equals and option.action in {"", "store", "append", "extend"}:
                many = option.nargs in {"*", "+", "?"} or option.nargs.isdigit()
                while place < len(words) and (many or not given) and not _is_flag(words[place], flags):
                    given.append(words[place])
                    place += 1
            found.entries[option.dest] = _taken(run, scope, option, given)
        elif word in parser.below:
            if parser.below_name:
                found.entries[parser.below_name] = Const(word)
            found.entries |= parsed(run, scope, parser.below[word], words[place:]).entries
            break
        elif places and not (word.startswith("-") and len(word) > 1 and not word[1:2].isdigit()):
            option = places.pop(0)
            given = [word]
            while option.nargs in {"*", "+"} and place < len(words) and not words[place].startswith("-"):
                given.append(words[place])
                place += 1
            found.entries[option.dest] = _taken(run, scope, option, given)
    return found


def _is_flag(word: str, flags: dict[str, Option]) -> bool:
    return word.partition("=")[0] in flags or (word.startswith("--") and len(word) > 2)


def _shortened(flags: dict[str, Option], name: str) -> Option | None:
    if not name.startswith("--") or len(name) < 4:
        return None
    found = [
        option
        for flag, option in flags.items()
        if flag.startswith(name) or flag.replace("_", "-") == name.replace("_", "-")
    ]
    return found[0] if len({id(option) for option in found}) == 1 else None


def _any_below(run: Run, scope: Scope, parser: Parser, found: Table) -> None:
    """Of which subcommand is not known: what any of them may give."""
    for inner in list(parser.below.values())[:12]:
        for name, value in parsed(run, scope, inner, None).entries.items():
            before = found.entries.get(name)
            found.entries[name] = value if before is None else joined((before, value))
    if parser.below_name:
        found.entries[parser.below_name] = Unknown(GIVEN, parser.below_name)


def _default(run: Run, scope: Scope, option: Option, is_open: bool) -> Value:
    if option.action == "store_true":
        return Unknown(GIVEN, option.dest) if is_open else option.default or FALSE
    if option.action == "store_false":
        return Unknown(GIVEN, option.dest) if is_open else option.default or TRUE
    if option.default is None or (isinstance(option.default, Const) and option.default.value is None):
        return Unknown(GIVEN, option.dest) if is_open else NONE
    return _converted(run, scope, option, option.default) if isinstance(option.default, Const) else option.default


def _taken(run: Run, scope: Scope, option: Option, given: list[str]) -> Value:
    if option.action == "store_true":
        return TRUE
    if option.action == "store_false":
        return FALSE
    if option.action in {"store_const", "append_const"}:
        return option.constant
    values = [_converted(run, scope, option, Const(word)) for word in given]
    if option.nargs in {"*", "+"} or option.nargs.isdigit() or option.action in {"append", "extend"}:
        return Items(values)
    return values[0] if values else option.constant


def _converted(run: Run, scope: Scope, option: Option, value: Value) -> Value:
    return converted(run, scope, option.kind, value)


def converted(run: Run, scope: Scope, kind: Value | None, value: Value) -> Value:
    text = text_of(value)
    if kind is None or text is None:
        return value
    name = kind.name if isinstance(kind, External) else ""
    if name.endswith("Path") and name.startswith(("pathlib", "click")):
        return PathText(text) if name.startswith("pathlib") else value
    if name in {"int", "float"}:
        try:
            return Const(int(text) if name == "int" else float(text))
        except ValueError:
            return Unknown("it is a number")
    if name == "bool":
        return Unknown("it is a condition")
    if isinstance(kind, Function | Bound | Class):
        return called(run, scope, kind, Call((value,)))
    return value


# click and typer


@library("click.option", "click.argument", "typer.Option", "typer.Argument")
def declared(run: Run, scope: Scope, call: Call) -> Value:
    """As a default of a parameter: typer's."""
    default = call.given(0, "default")
    return (
        default if default is not None and not (isinstance(default, Const) and default.value is ...) else Unknown(GIVEN)
    )


def _start_click(run: Run, scope: Scope, function: Function, call: Call) -> Value:
    run.uses_argv = True
    return start(run, scope, function, run.argv)


for _name in ("click.command", "click.group", "typer.command", "rich_click.command", "rich_click.group"):
    STARTERS[_name] = _start_click
for _name in ("main.command", "cli.command", "group.command", "app.command"):
    STARTERS[_name] = _start_click


def start(run: Run, scope: Scope, function: Function, words: tuple[str, ...] | None) -> Value:
    """A command with what its decorators or its signature take from the words."""
    parser = Parser()
    by_decorator = [mark for mark in function.marks if mark.name.endswith((".option", ".argument"))]
    if by_decorator:
        for mark in reversed(by_decorator):
            parser.options.append(_click_option(mark))
    else:
        parser.options += _signature(run, function, scope)
    group = function.commands
    given = parsed(run, scope, parser, _before(words, group) if group else words)
    keywords = {name: value for name, value in given.entries.items() if isinstance(name, str)}
    places = {arg.arg for arg in (*function.node.args.args, *function.node.args.kwonlyargs)}
    keywords = {name: value for name, value in keywords.items() if name in places or function.node.args.kwarg}
    args = (Unknown("it is click's context", "click.Context()"),) if _wants_context(function) else ()
    found = invoke(run, function, Call(args, keywords))
    for name, inner in group.items():
        if isinstance(inner, Function) and (words is None or name in words):
            found = start(run, scope, inner, None if words is None else words[words.index(name) + 1 :])
    return found


def _before(words: tuple[str, ...] | None, group: dict[str, Value]) -> tuple[str, ...] | None:
    if words is None:
        return None
    end = next((place for place, word in enumerate(words) if word in group), len(words))
    return words[:end]


def _wants_context(function: Function) -> bool:
    return any(mark.name.endswith("pass_context") for mark in function.marks)


def _click_option(mark: Mark) -> Option:
    call = mark.call
    names = [text for arg in call.args if (text := text_of(arg))]
    flags = tuple(part for name in names if name.startswith("-") for part in name.split("/"))
    plain = [name for name in names if not name.startswith("-")]
    long = next((flag for flag in flags if flag.startswith("--")), flags[0] if flags else "")
    dest = (plain[0] if plain else long.lstrip("-")).replace("-", "_")
    is_flag = text_of(call.keywords.get("is_flag", NONE)) == "True" or any("/" in name for name in names)
    kind = call.keywords.get("type")
    many = text_of(call.keywords.get("nargs", Const(""))) or ""
    is_many = many == "-1" or text_of(call.keywords.get("multiple", NONE)) == "True"
    return Option(
        dest.lower() if not plain else dest,
        () if mark.name.endswith(".argument") else flags,
        call.keywords.get("default"),
        None if isinstance(kind, Unknown) else kind,
        "store_true" if is_flag else "append" if is_many and flags else "",
        "*" if is_many and not flags else "",
    )


def _signature(run: Run, function: Function, scope: Scope) -> list[Option]:
    """Typer's and fire's: parameters with a default are options, the others have their place."""
    found = []
    spec = function.node.args
    for parameter in (*spec.posonlyargs, *spec.args, *spec.kwonlyargs):
        if parameter.arg in {"self", "cls", "ctx"}:
            continue
        default = function.defaults.get(parameter.arg)
        is_option = default is not None or parameter in spec.kwonlyargs or _is_option(parameter.annotation)
        flag = f"--{parameter.arg.replace('_', '-')}"
        annotation = parameter.annotation
        kind: Value | None = None
        if isinstance(annotation, ast.Name | ast.Attribute):
            kind = evaluate(run, function.scope, annotation)
            kind = kind if isinstance(kind, External) else None
        found.append(Option(parameter.arg, (flag, f"--{parameter.arg}") if is_option else (), default, kind))
    return found


def _is_option(annotation: ast.expr | None) -> bool:
    return annotation is not None and "Option" in ast.dump(annotation)[:2_000]


@dataclass(slots=True, eq=False)
class App(Value):
    """A typer application."""

    commands: dict[str, Value] = field(default_factory=dict)
    first: Function | None = None


@library("typer.Typer", "cyclopts.App")
def application(run: Run, scope: Scope, call: Call) -> Value:
    return App()


@attributes(App)
def app_attribute(run: Run, scope: Scope, app: App, name: str, line: int) -> Value:
    if name in {"command", "callback", "default"}:
        return Native(name, lambda run, scope, call: _command(app, call, name))
    if name == "add_typer":
        return Native(name, lambda run, scope, call: _included(app, call))
    return Native(name, lambda run, scope, call: NONE)


def _command(app: App, call: Call, what: str) -> Value:
    given = call.given(0)
    if isinstance(given, Function):
        return _enlisted(app, given, "", what)
    name = text_of(call.given(0, "name") or NONE)
    name = "" if name in {None, "None"} else name or ""
    return Native("command", lambda run, scope, inner: _enlisted(app, inner.given(0) or NONE, name, what))


def _enlisted(app: App, value: Value, name: str, what: str) -> Value:
    if isinstance(value, Function):
        if what == "callback":
            app.first = value
        else:
            app.commands[name or value.name.replace("_", "-")] = value
    return value


def _included(app: App, call: Call) -> Value:
    inner = call.given(0)
    if isinstance(inner, App):
        name = text_of(call.keywords.get("name", NONE)) or HOLE
        app.commands[name] = inner
    return NONE


@callable_(App)
def run_app(run: Run, scope: Scope, app: App, call: Call) -> Value:
    run.uses_argv = True
    return _run_app(run, scope, app, run.argv)


def _run_app(run: Run, scope: Scope, app: App, words: tuple[str, ...] | None) -> Value:
    if app.first is not None:
        start(run, scope, app.first, _before(words, app.commands))
    found: Value = NONE
    single = len(app.commands) == 1 and app.first is None
    for name, value in app.commands.items():
        if words is not None and not single and name not in words:
            continue
        rest = None if words is None else words[words.index(name) + 1 :] if name in words else words
        if isinstance(value, Function):
            found = start(run, scope, value, rest)
        elif isinstance(value, App):
            found = _run_app(run, scope, value, rest)
    return found


@library("typer.run", "defopt.run", "tyro.cli", "clize.run", "plac.call", "jsonargparse.CLI")
def run_function(run: Run, scope: Scope, call: Call) -> Value:
    run.uses_argv = True
    return by_signature(run, scope, call.given(0) or NONE, run.argv)


def by_signature(run: Run, scope: Scope, value: Value, words: tuple[str, ...] | None) -> Value:
    if isinstance(value, Function):
        return start(run, scope, value, words)
    if isinstance(value, Class):
        return called(run, scope, value, Call((), {}, 0, Unknown(GIVEN) if words is None else None))
    return called(run, scope, value, Call())


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
