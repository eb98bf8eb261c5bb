"""Options of a command line: sys.argv and argparse."""

from __future__ import annotations

from dataclasses import dataclass, field

from collectors.facts.lineage import HOLE
from collectors.lineage.machine import Run, attributes, called, constant, library
from collectors.lineage.naming import ROOT
from collectors.lineage.telling import joined, text_of, truth
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
    Items,
    Names,
    Native,
    PathText,
    Scope,
    Table,
    Unknown,
    Value,
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
            return Native(name, lambda run, scope, call: added(parser, call))
        case "add_argument_group" | "add_mutually_exclusive_group":
            return Native(name, lambda run, scope, call: parser)
        case "add_subparsers":
            return Native(name, lambda run, scope, call: _subparsers(parser, call))
        case "add_parser":
            return Native(name, lambda run, scope, call: _subparser(parser, call))
        case "set_defaults":
            return Native(name, lambda run, scope, call: _defaults(parser, call))
        case "parse_args" | "parse_intermixed_args":
            return Native(name, lambda run, scope, call: parsed(run, scope, parser, words_of(run, call)))
        case "parse_known_args":
            return Native(
                name,
                lambda run, scope, call: Items([parsed(run, scope, parser, words_of(run, call)), Items([])], "tuple"),
            )
        case _:
            pass
    return Native(name, lambda run, scope, call: NONE)


def words_of(run: Run, call: Call) -> tuple[str, ...] | None:
    given = call.given(0, "args")
    if isinstance(given, Items) and given.rest is None:
        return tuple(text_of(item) or HOLE for item in given.items)
    run.uses_argv = True
    return run.argv


def added(parser: Parser, call: Call) -> Value:
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
            None if truth(call.keywords.get("required", FALSE)) else call.keywords.get("default"),
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


def parsed(
    run: Run, scope: Scope, parser: Parser, words: tuple[str, ...] | None, left: list[Value] | None = None
) -> Table:
    """The namespace that the words give; without words the defaults. `left` takes the words that no option has."""
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
        elif left is not None:
            left.append(Const(word))
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
    is_asked = not option.flags and option.nargs not in {"?", "*"}  # whatever its default
    if is_open and (is_asked or text_of(option.default or NONE) == ""):
        return Unknown(GIVEN, option.dest)  # an empty text stands for what is to be given
    if option.default is None or (isinstance(option.default, Const) and option.default.value is None):
        return _settings(run, option.dest) or Unknown(GIVEN, option.dest) if is_open else NONE
    if is_open and (text := text_of(option.default)) and not run.project.holds(text):
        moved = run.project.settings_called(text.rpartition("/")[2])
        return Const(f"{ROOT}/{moved}") if moved else _converted(run, scope, option, option.default)
    return _converted(run, scope, option, option.default) if isinstance(option.default, Const) else option.default


def _settings(run: Run, name: str) -> Value | None:
    """`--config` of which no command says the file: the only one of the tree that it can mean."""
    path = run.project.settings_of(name)
    return Const(f"{ROOT}/{path}") if path else None


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
