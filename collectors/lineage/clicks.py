"""Commands of click and typer."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from collectors.facts.lineage import HOLE
from collectors.lineage.calls import invoke
from collectors.lineage.machine import STARTERS, Run, attributes, callable_, called, evaluate, library
from collectors.lineage.options import GIVEN, Option, Parser, parsed
from collectors.lineage.telling import text_of
from collectors.lineage.values import NONE, Call, Class, Const, External, Function, Mark, Native, Scope, Unknown, Value


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
