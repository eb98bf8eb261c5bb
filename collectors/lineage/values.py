"""What an expression may stand for, as far as the text tells."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collectors.lineage.machine import Run

MOST_OPTIONS = 8
"""Alternatives that one value may have; more are unknown."""
LONGEST_TEXT = 4_000
Names = dict[str, "Value"]


class Value:
    """Base of all. Values are compared by identity; `key` tells which mean the same."""

    __slots__ = ()


@dataclass(slots=True, eq=False)
class Const(Value):
    """None, a number, bytes, or a text, whose unknown parts are holes."""

    value: object


@dataclass(slots=True, eq=False)
class PathText(Value):
    """A pathlib path."""

    text: str


@dataclass(slots=True, eq=False)
class Items(Value):
    """A list, tuple or set."""

    items: list[Value]
    kind: str = "list"
    rest: Value | None = None  # what further items are, of which nobody knows how many


@dataclass(slots=True, eq=False)
class Table(Value):
    """A dict, or an object that is used like one: a namespace, a configuration."""

    entries: dict[Any, Value]
    rest: Value | None = None  # what stands under keys that are not known


@dataclass(slots=True, eq=False)
class Unknown(Value):
    """What the text does not tell. `name`: how it was come by, dotted, calls with (): "pandas.read_csv().head()"."""

    why: str
    name: str = ""
    taint: frozenset[str] = frozenset()  # names of the data that flowed into it
    is_parameter: bool = False
    holder: Unknown | None = None  # whose attribute it is


@dataclass(slots=True, eq=False)
class External(Value):
    """A name of a library."""

    name: str


@dataclass(slots=True, eq=False)
class OneOf(Value):
    """Any of two to MOST_OPTIONS."""

    options: tuple[Value, ...]


@dataclass(slots=True, eq=False)
class Handle(Value):
    """An open file, what was read from it, or a connection to a database."""

    target: Value
    writes: bool
    names: frozenset[str] = frozenset()
    taint: frozenset[str] = frozenset()
    scope: Scope | None = None  # where it was opened
    line: int = 0
    call: str = "open"
    is_either: bool = False  # nobody knows whether it was opened to read or to write; what is done with it tells


@dataclass(slots=True, eq=False)
class Scope(Value):
    """Names of a module or of a running function."""

    module: Module
    names: Names
    outer: Scope | None = None
    symbol: str = ""
    owner: Class | None = None
    returns: list[Value] = field(default_factory=list)
    yields: list[Value] | None = None
    elsewhere: dict[str, Names] = field(default_factory=dict)  # names declared global or nonlocal


@dataclass(slots=True, eq=False)
class Module(Value):
    path: str
    name: str  # "__main__" where it is run
    names: Names = field(default_factory=dict)
    body: list[ast.stmt] = field(default_factory=list)
    unread: str = ""


class Mark(NamedTuple):
    """A decorator, with what it was called with."""

    name: str
    call: Call


@dataclass(slots=True, eq=False)
class Function(Value):
    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
    scope: Scope
    name: str
    defaults: dict[str, Value] = field(default_factory=dict)
    owner: Class | None = None
    kind: str = ""  # "static", "class", "property"
    marks: tuple[Mark, ...] = ()
    commands: dict[str, Value] = field(default_factory=dict)  # of a group of click's


@dataclass(slots=True, eq=False)
class Bound(Value):
    function: Function
    self: Value


@dataclass(slots=True, eq=False)
class Partial(Value):
    function: Value
    call: Call


@dataclass(slots=True, eq=False)
class Class(Value):
    name: str
    module: Module
    bases: tuple[Value, ...]
    names: Names
    fields: dict[str, ast.expr] = field(default_factory=dict)  # annotated names, in order
    line: int = 0


@dataclass(slots=True, eq=False)
class Instance(Value):
    cls: Class
    names: Names = field(default_factory=dict)
    is_new: bool = False  # its `__init__` has not ended


@dataclass(slots=True, eq=False)
class Super(Value):
    cls: Class
    self: Value


@dataclass(slots=True, eq=False)
class Native(Value):
    """A function that is known without its text."""

    name: str
    run: Callable[[Run, Scope, Call], Value]


class Call(NamedTuple):
    """What a call hands over."""

    args: tuple[Value, ...] = ()
    keywords: dict[str, Value] = {}  # noqa: RUF012  never written to
    line: int = 0
    rest: Value | None = None  # further arguments, not known how many

    def given(self, place: int | None, *names: str) -> Value | None:
        for name in names:
            if name in self.keywords:
                return self.keywords[name]
        if place is not None and place < len(self.args):
            return self.args[place]
        return None

    @property
    def all(self) -> tuple[Value, ...]:
        return (*self.args, *self.keywords.values()) if self.keywords else self.args


NONE = Const(None)
TRUE, FALSE = Const(True), Const(False)
