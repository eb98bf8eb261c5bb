"""The door: sources of one tree, and the commands that start them, in; who reads and writes which data, out."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from posixpath import dirname
from typing import NamedTuple

from collectors.facts.lineage import Access, DataAccess, Origin
from collectors.lineage import command_line, expressions, functions, hydra, statements  # noqa: F401  they register what they know  # noqa: F401
from collectors.lineage.calls import invoke
from collectors.lineage.machine import ENTRY_STEPS, Run, Seen, SpentError, called
from collectors.lineage.modules import load, run_module
from collectors.lineage.project import Project
from collectors.lineage.values import Call, Class, Function, Instance, Module, Names, Scope, Unknown, Value

_STEPS_PER_FILE = 12_000
_LEFTOVER_STEPS = 20_000
_LEAST_STEPS = 2_000_000


class Entry(NamedTuple):
    """Something that starts code of the tree."""

    script: str  # a path of the tree
    argv: tuple[str, ...] | None = None  # words after the script; None: not known
    folder: str = ""  # where it runs
    job: str = ""  # the stage; "" for the script itself
    function: str = ""  # of the script, which is then imported: a console script's


def observed(
    sources: Mapping[str, str],
    paths: Iterable[str] = (),
    settings: Callable[[str], str | None] = lambda _path: None,
    entries: Iterable[Entry] = (),
) -> tuple[DataAccess, ...]:
    """Accesses of all entries, then of scripts that none of them starts, then of functions that nothing calls.

    `sources`: Python text by path, of a notebook its code cells joined; `paths`: of all files of the tree;
    `settings`: the text of a small settings file. Sorted; ends within a budget of steps.
    """
    project = Project(sources, frozenset(paths), settings)
    budget = max(_LEAST_STEPS, _STEPS_PER_FILE * len(sources))
    found: dict[tuple[Seen, str], None] = {}
    done: set[str] = set()
    reached: set[tuple[str, int]] = set()
    for entry in chain(sorted(set(entries), key=_order), _scripts(project, done)):
        if entry.script not in sources:
            continue
        done.add(entry.script)
        project.forget()
        steps = min(ENTRY_STEPS, budget)
        run = Run(project, entry.folder, entry.argv, entry.script, steps, is_started=bool(entry.job))
        _run(run, entry)
        budget -= steps - max(0, run.steps)
        reached |= run.called
        found.update(dict.fromkeys((seen, entry.job or entry.script) for seen in run.log))
    known = {seen for seen, _ in found}
    for path in sorted(sources):
        project.forget()
        steps = min(_LEFTOVER_STEPS, budget)
        folder = project.root_of(path)
        run = Run(project, folder, None, path, steps, called=reached, is_open=True, is_started=False)
        _leftovers(run, path)
        budget -= steps - max(0, run.steps)
        found.update(dict.fromkeys((seen, "") for seen in run.log if seen not in known))
    return _rows(found)


def _order(entry: Entry) -> tuple[str, str, tuple[str, ...], str, str]:
    return entry.script, entry.job, entry.argv or (), entry.folder, entry.function


def _scripts(project: Project, done: set[str]) -> Iterator[Entry]:
    """What can be run by itself: a main guard, or code that is neither a definition nor a constant."""
    for path in sorted(project.sources):
        if path not in done and _is_script(project.parsed(path)[0], path):
            yield Entry(path, None, dirname(path) if path.endswith(".ipynb") else project.root_of(path))


def _is_script(body: list[ast.stmt], path: str) -> bool:
    for node in body:
        match node:
            case ast.If(test=ast.Compare(left=ast.Name(id="__name__"))):
                return True
            case ast.Expr(value=ast.Call()) | ast.With() | ast.For() | ast.While():
                return not path.endswith("__init__.py")
            case ast.Assign(value=value) if path.endswith(".ipynb") or _asks(value):
                return True
    return path.endswith(".ipynb")


def _asks(value: ast.expr) -> bool:
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and not path_like(value)


def path_like(value: ast.Call) -> bool:
    """What modules compute of constants: paths, loggers, environment."""
    text = ast.unparse(value.func)[:60]
    return text.startswith(("os.", "logging.", "Path", "re.", "pathlib.", "typing.", "TypeVar", "collections."))


def _run(run: Run, entry: Entry) -> None:
    try:
        if entry.function:
            module = load(run, entry.script, entry.script.removesuffix(".py").replace("/", "."))
            _call_by_name(run, module, entry.function)
            return
        module = run.project.module(entry.script, "__main__")
        run_module(run, module)
    except (SpentError, RecursionError):
        pass


def _call_by_name(run: Run, module: Module, name: str) -> None:
    value: Value | None = module.names.get(name)
    if value is not None:
        called(run, Scope(module, module.names), value, Call())


def _leftovers(run: Run, path: str) -> None:
    """Functions that nothing called: what their callers give is not known."""
    body, _ = run.project.parsed(path)
    if not any(isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) for node in body):
        return
    try:
        module = load(run, path, path.removesuffix(".py").replace("/", "."))
        run.log.clear()
        for value in list(module.names.values()):
            if isinstance(value, Function) and value.scope.module is module:
                _call_openly(run, value)
            elif isinstance(value, Class) and value.module is module:
                _use_openly(run, value)
    except (SpentError, RecursionError):
        pass


def _call_openly(run: Run, function: Function, self: Value | None = None) -> None:
    if (function.scope.module.path, function.node.lineno) in run.called:
        return
    spec = function.node.args
    keywords: Names = {}
    places = [*spec.posonlyargs, *spec.args]
    if self is not None and places:
        keywords[places.pop(0).arg] = self
    for parameter in (*places, *spec.kwonlyargs):
        default = function.defaults.get(parameter.arg)
        is_open = default is None or getattr(default, "value", default) is None
        keywords[parameter.arg] = parameter_value(parameter.arg) if is_open or default is None else default
    rest = parameter_value("its arguments")
    invoke(run, function, Call((), keywords, function.node.lineno, rest))


def parameter_value(name: str) -> Unknown:
    return Unknown(f"callers hand over {name}", name, is_parameter=True)


def _use_openly(run: Run, cls: Class) -> None:
    methods = [value for value in cls.names.values() if isinstance(value, Function) and value.owner is cls]
    if all((value.scope.module.path, value.node.lineno) in run.called for value in methods):
        return
    made = Instance(cls)
    for name in cls.fields:
        default = cls.names.get(name)
        made.names[name] = default if default is not None else parameter_value(name)
    start = cls.names.get("__init__")
    if isinstance(start, Function):
        run.called.discard((start.scope.module.path, start.node.lineno))
        log, run.log = run.log, {}
        _call_openly(run, start, made)
        run.log = log | run.log
    for value in methods:
        if value is not start:
            _call_openly(run, value, cls if value.kind == "class" else None if value.kind == "static" else made)


def _rows(found: Iterable[tuple[Seen, str]]) -> tuple[DataAccess, ...]:
    """Accesses that differ in their sources alone are one."""
    merged: dict[tuple[Seen, str], set[str]] = {}
    for seen, job in found:
        merged.setdefault((seen._replace(sources=()), job), set()).update(seen.sources)
    rows = (
        DataAccess(
            seen.access, seen.name, seen.kind, Origin.OBSERVED, seen.path, seen.line, seen.resolution, seen.call, job,
            seen.symbol, "", seen.why, tuple(sorted(sources)) if seen.access is Access.WRITE else (),
        )
        for (seen, job), sources in merged.items()
    )  # fmt: skip
    return tuple(sorted(rows))
