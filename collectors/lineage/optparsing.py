"""optparse, argparse's older kin: it gives the options and, beside them, the words that are none."""

from __future__ import annotations

from dataclasses import dataclass

from collectors.lineage.machine import Run, attributes, library
from collectors.lineage.options import GIVEN, Parser, added, parsed, parser_attribute, words_of
from collectors.lineage.values import NONE, Call, Items, Native, Scope, Unknown, Value


@dataclass(slots=True, eq=False)
class OldParser(Parser):
    """An OptionParser, a group of its options, or one option."""


@library("optparse.OptionParser")
def made(run: Run, scope: Scope, call: Call) -> Value:
    found = OldParser()
    listed = call.given(1, "option_list")
    for one in listed.items if isinstance(listed, Items) else ():
        if isinstance(one, OldParser):
            found.options += one.options
    return found


@library("optparse.make_option", "optparse.Option")
def option(run: Run, scope: Scope, call: Call) -> Value:
    found = OldParser()
    added(found, call)
    return found


@library("optparse.OptionGroup")
def group(run: Run, scope: Scope, call: Call) -> Value:
    """What it is told goes to the parser that it belongs to."""
    return call.given(0, "parser") or NONE


@attributes(OldParser)
def attribute_of(run: Run, scope: Scope, parser: OldParser, name: str, line: int) -> Value:
    if name == "add_option":
        return Native(name, lambda run, scope, call: _added(parser, call))
    if name == "parse_args":
        return Native(name, lambda run, scope, call: _parsed(run, scope, parser, call))
    return parser_attribute(run, scope, parser, name, line)


def _added(parser: OldParser, call: Call) -> Value:
    given = call.given(0)
    if isinstance(given, OldParser):
        parser.options += given.options
        return NONE
    return added(parser, call)


def _parsed(run: Run, scope: Scope, parser: OldParser, call: Call) -> Value:
    words = words_of(run, call)
    left: list[Value] = []
    found = parsed(run, scope, parser, words, left)
    return Items([found, Items(left, "list", Unknown(GIVEN, "args[]") if words is None else None)], "tuple")
