"""The state of one run through the code, and the tables of what knows how to go on.

Files of this folder register themselves: `@expression`, `@statement`, `@library`. A run ends by its budget.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, NamedTuple

from collectors.facts.lineage import Access, NodeKind, Resolution
from collectors.lineage.project import Project
from collectors.lineage.telling import joined
from collectors.lineage.values import Call, Const, Function, Module, Names, OneOf, Scope, Unknown, Value

DEEPEST = 110
"""Expressions and statements within one another, calls included."""
MOST_CALLS = 12
"""Calls within one another."""
MOST_OPEN_CALLS = 4
"""The same where nobody knows what is handed over: there is less to find."""
MOST_TURNS = 12
"""Turns of a loop that are followed one by one."""
ENTRY_STEPS = 150_000
"""Of an entry that a command starts."""


class SpentError(Exception):
    """The budget of a run is used up."""


class Flow(Enum):
    """How a block of statements ends."""

    ON = auto()
    LOOP = auto()  # break or continue
    OUT = auto()  # return, raise or exit


class Seen(NamedTuple):
    """An access without the job that it belongs to."""

    access: Access
    name: str
    kind: NodeKind
    path: str
    line: int
    resolution: Resolution
    call: str
    symbol: str
    why: str
    sources: tuple[str, ...]


@dataclass(slots=True, eq=False)
class Run:
    """One entry's way through the code."""

    project: Project
    folder: str = ""  # the working directory
    argv: tuple[str, ...] | None = None  # words after the script; None: not known
    script: str = ""
    steps: int = ENTRY_STEPS
    log: dict[Seen, None] = field(default_factory=dict)
    depth: int = 0
    stack: list[ast.AST] = field(default_factory=list)
    unsure: int = 0  # branches around this place that may not be taken
    changes: int = 0  # of objects so far
    cuts: int = 0  # calls that were too deep to follow
    uses_argv: bool = False
    homes: dict[str, int] = field(default_factory=dict)  # folders from where something was found, how often
    homeless: dict[str, str] = field(default_factory=dict)  # names of what was found from nowhere, as the code has them
    entered: dict[str, str] = field(default_factory=dict)  # folders that os.chdir goes to, by the words for them
    is_started: bool = True  # a command says where and how
    is_open: bool = False  # functions run that nothing calls: nobody knows what they are given
    modules: dict[str, Module] = field(default_factory=dict)
    memo: dict[object, tuple[Value, dict[Seen, None], list[Value]]] = field(default_factory=dict)
    called: set[tuple[str, int]] = field(default_factory=set)  # functions that ran, by path and line
    above: tuple[str, ...] = ()  # scripts that started this one, itself included
    programs: set[tuple[str, tuple[str, ...], str]] = field(
        default_factory=set
    )  # that code started: script, argv, folder
    flags: Names = field(default_factory=dict)  # absl's


Expression = Callable[[Run, Scope, ast.expr], Value]
Known = Callable[[Run, Scope, Call], Value]
EXPRESSIONS: dict[type[ast.AST], Callable[[Run, Scope, ast.expr], Value]] = {}
STATEMENTS: dict[type[ast.AST], Callable[[Run, Scope, ast.stmt], Flow]] = {}
LIBRARY: dict[str, Known] = {}
CONSTANTS: dict[str, Callable[[Run], Value]] = {}
CALLABLES: dict[type[Value], Callable[[Run, Scope, Any, Call], Value]] = {}
ATTRIBUTES: dict[type[Value], Callable[[Run, Scope, Any, str, int], Value]] = {}
STARTERS: dict[str, Callable[[Run, Scope, Function, Call], Value]] = {}
"""What a decorator makes of a call without arguments: a command reads its arguments from the command line."""


def expression(*kinds: type[ast.AST]) -> Callable[[Callable[..., Value]], Callable[..., Value]]:
    def register(handler: Callable[..., Value]) -> Callable[..., Value]:
        EXPRESSIONS.update(dict.fromkeys(kinds, handler))
        return handler

    return register


def statement(*kinds: type[ast.AST]) -> Callable[[Callable[..., Flow]], Callable[..., Flow]]:
    def register(handler: Callable[..., Flow]) -> Callable[..., Flow]:
        STATEMENTS.update(dict.fromkeys(kinds, handler))
        return handler

    return register


def library(*names: str) -> Callable[[Known], Known]:
    """Of what a function of a library does to values."""

    def register(handler: Known) -> Known:
        LIBRARY.update(dict.fromkeys(names, handler))
        return handler

    return register


def constant(*names: str) -> Callable[[Callable[[Run], Value]], Callable[[Run], Value]]:
    """Of a value that a library holds."""

    def register(handler: Callable[[Run], Value]) -> Callable[[Run], Value]:
        CONSTANTS.update(dict.fromkeys(names, handler))
        return handler

    return register


def callable_(*kinds: type[Value]) -> Callable[[Callable[..., Value]], Callable[..., Value]]:
    def register(handler: Callable[..., Value]) -> Callable[..., Value]:
        CALLABLES.update(dict.fromkeys(kinds, handler))
        return handler

    return register


def attributes(*kinds: type[Value]) -> Callable[[Callable[..., Value]], Callable[..., Value]]:
    def register(handler: Callable[..., Value]) -> Callable[..., Value]:
        ATTRIBUTES.update(dict.fromkeys(kinds, handler))
        return handler

    return register


def called(run: Run, scope: Scope, function: Value, call: Call) -> Value:
    """What a call gives."""
    run.steps -= 1
    if run.steps < 0:
        raise SpentError
    if run.depth > DEEPEST:
        return Unknown("calls are nested too deeply")
    run.depth += 1
    handler = CALLABLES.get(type(function))
    if handler is not None:
        found = handler(run, scope, function, call)
    elif isinstance(function, OneOf):
        run.unsure += 1
        found = joined(called(run, scope, option, call) for option in function.options if not _is_none(option))
        run.unsure -= 1
    else:
        found = Unknown("what is called is not known")
    run.depth -= 1
    return found


def attribute(run: Run, scope: Scope, value: Value, name: str, line: int = 0) -> Value:
    """`value.name`."""
    handler = ATTRIBUTES.get(value.__class__)
    if handler is not None:
        return handler(run, scope, value, name, line)
    if isinstance(value, OneOf):
        return joined(attribute(run, scope, option, name, line) for option in value.options if not _is_none(option))
    return Unknown(f"nothing is known of its {name}")


def _is_none(value: Value) -> bool:
    return isinstance(value, Const) and value.value is None


def evaluate(run: Run, scope: Scope, node: ast.expr) -> Value:
    run.steps -= 1
    if run.steps < 0:
        raise SpentError
    kind = node.__class__
    if kind is ast.Name and run.depth <= DEEPEST and not scope.elsewhere:  # every other one is
        value = scope.names.get(node.id)  # type: ignore[attr-defined]
        if value is not None:
            return value
    handler = EXPRESSIONS.get(kind)
    if handler is None or run.depth > DEEPEST:
        return Unknown("it is nested too deeply" if handler else "it is an expression of a rare kind")
    run.depth += 1  # whatever is raised ends the run: nothing needs to be put back
    found = handler(run, scope, node)
    run.depth -= 1
    return found


def execute(run: Run, scope: Scope, body: list[ast.stmt]) -> Flow:
    for node in body:
        run.steps -= 1
        if run.steps < 0:
            raise SpentError
        handler = STATEMENTS.get(type(node))
        if handler is None or run.depth > DEEPEST:
            continue
        run.depth += 1
        flow = handler(run, scope, node)
        run.depth -= 1
        if flow is not Flow.ON:
            return flow
    return Flow.ON


def branches(run: Run, scope: Scope, *bodies: Callable[[], Flow]) -> Flow:
    """Any of the bodies may run: the names afterwards have the values of each that goes on."""
    names = scope.names
    before = names.copy()
    merged: Names | None = None
    is_loop = False
    run.unsure += 1
    for place, body in enumerate(bodies):
        if place:
            names.clear()
            names.update(before)
        flow = body()
        if flow is Flow.ON:
            if merged is None:
                merged = names.copy()
            elif merged != names:  # values are equal where they are the same
                _merge(merged, names)
        elif flow is Flow.LOOP:
            is_loop = True
    run.unsure -= 1
    names.clear()
    names.update(before if merged is None else merged)
    if merged is not None:
        return Flow.ON
    return Flow.LOOP if is_loop else Flow.OUT


def _merge(into: Names, other: Names) -> None:
    for name, value in other.items():
        mine = into.get(name)
        if mine is None:
            into[name] = value
        elif mine is not value:
            into[name] = joined((mine, value))
