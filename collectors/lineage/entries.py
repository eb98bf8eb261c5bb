"""The door: sources of one tree, and the commands that start them, in; who reads and writes which data, out."""

from __future__ import annotations

import ast
import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from posixpath import dirname
from typing import NamedTuple

from collectors.facts.lineage import Access, DataAccess, Origin
from collectors.lineage import (  # noqa: F401  they register what they know
    batchgenerators,
    clicks,
    databases,
    displays,
    expressions,
    fire,
    functions,
    hydra,
    introspection,
    libraries,
    loaders,
    objects,
    optparsing,
    os_paths,
    programs,
    statements,
    stores,
)
from collectors.lineage.accesses import at_home
from collectors.lineage.calls import invoke
from collectors.lineage.machine import ENTRY_STEPS, Run, Seen, SpentError, called
from collectors.lineage.modules import load, run_module
from collectors.lineage.project import Project
from collectors.lineage.settled import settled
from collectors.lineage.unreached import unreached
from collectors.lineage.values import Call, Class, Function, Instance, Module, Names, Scope, Unknown, Value

_STEPS_PER_FILE, _LEAST_STEPS = 2_500, 1_500_000
"""Of all entries together. What is left is shared among those to come, so that none gets nothing."""
_SCRIPT_STEPS, _LEFTOVER_STEPS, _FEW_STEPS = 40_000, 20_000, 1_500
_LEAST_TURN = 300
_SPREAD = 4  # few need their share: the others may take so many


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
    with _rare_collections(project):
        return _rows(settled(project, _observed(project, entries)))


@contextmanager
def _rare_collections(project: Project) -> Iterator[None]:
    """Syntax trees live long and are many: looking through all of them again and again took half of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        project.close()  # else the next collection looks through every tree
        if was_on:
            gc.enable()


def _observed(project: Project, entries: Iterable[Entry]) -> dict[tuple[Seen, str], None]:
    sources = project.sources
    budget = max(_LEAST_STEPS, _STEPS_PER_FILE * len(sources))
    found: dict[tuple[Seen, str], None] = {}
    reached: set[tuple[str, int]] = set()
    started = [entry for entry in sorted(set(entries), key=_order) if entry.script in sources]
    scripts = _scripts(project, {entry.script for entry in started})
    for place, entry in enumerate((*started, *scripts)):
        project.forget()
        left = len(started) + len(scripts) - place
        most = ENTRY_STEPS if entry.job else _SCRIPT_STEPS
        steps = min(most, max(_FEW_STEPS, _SPREAD * budget // left))
        run = Run(project, entry.folder, entry.argv, entry.script, steps, is_started=bool(entry.job))
        run.above = (entry.script,)
        _run(run, entry)
        budget -= steps - max(0, run.steps)
        reached |= run.called
        found.update(dict.fromkeys((seen, entry.job or entry.script) for seen in at_home(run)))
    known = {seen for seen, _ in found}
    for place, path in enumerate(sorted(sources)):
        project.forget()
        steps = min(_LEFTOVER_STEPS, max(_FEW_STEPS, _SPREAD * budget // (len(sources) - place)))
        folder = _folder_of(project, path)
        run = Run(project, folder, None, path, steps, called=reached, is_open=True, is_started=False)
        is_whole = _leftovers(run, path)
        budget -= steps - max(0, run.steps)
        more = () if is_whole else unreached(project.parsed(path)[0], path, reached)
        found.update(dict.fromkeys((seen, "") for seen in (*at_home(run), *more) if seen not in known))
    return found


def _order(entry: Entry) -> tuple[str, str, tuple[str, ...], str, str]:
    return entry.script, entry.job, entry.argv or (), entry.folder, entry.function


def _scripts(project: Project, done: set[str]) -> list[Entry]:
    """What can be run by itself: a main guard, or code that is neither a definition nor a constant."""
    found = []
    for path in sorted(project.sources):
        project.forget()
        if path not in done and _is_script(project.parsed(path)[0], path):
            found.append(Entry(path, None, _folder_of(project, path)))
    return found


def _folder_of(project: Project, path: str) -> str:
    """Where a script runs of which nobody says it: a notebook in its own folder."""
    return dirname(path) if path.endswith(".ipynb") else project.root_of(path)


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
    if entry.function:
        _within(run, run.steps, partial(_console, run, entry))
    else:
        _within(run, run.steps, partial(run_module, run, run.project.module(entry.script, "__main__")))


def _console(run: Run, entry: Entry) -> None:
    module = load(run, entry.script, entry.script.removesuffix(".py").replace("/", "."))
    _call_by_name(run, module, entry.function)


def _call_by_name(run: Run, module: Module, name: str) -> None:
    value: Value | None = module.names.get(name)
    if value is not None:
        called(run, Scope(module, module.names), value, Call())


def _leftovers(run: Run, path: str) -> bool:
    """Functions that nothing called: what their callers give is not known. Whether the budget was enough."""
    body, _ = run.project.parsed(path)
    if not any(isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) for node in body):
        return True
    if not _within(run, run.steps, partial(load, run, path, path.removesuffix(".py").replace("/", "."))):
        run.log.clear()  # what stands outside of functions is told of the script, from the folder where it runs
        return False
    run.log.clear()
    module = run.modules[path]
    acts = [act for value in list(module.names.values()) for act in _acts(run, module, value)]
    is_whole, left = True, run.steps
    for place, act in enumerate(acts):
        steps = min(left, max(_LEAST_TURN, _SPREAD * left // (len(acts) - place)))
        is_whole &= _within(run, steps, act)
        left -= steps - max(0, run.steps)
    run.steps = left
    return is_whole


def _acts(run: Run, module: Module, value: Value) -> Iterator[Callable[[], object]]:
    """Calls of a function, or of each method of a class, that are still to be made."""
    if isinstance(value, Function) and value.scope.module is module:
        yield partial(_call_openly, run, value)
    elif isinstance(value, Class) and value.module is module:
        yield from _uses(run, value)


def _within(run: Run, steps: int, act: Callable[[], object]) -> bool:
    """Whether it ended within so many steps."""
    run.steps = steps
    try:
        act()
    except (SpentError, RecursionError):
        run.depth = run.unsure = 0
        run.stack.clear()
        return False
    return True


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


def _uses(run: Run, cls: Class) -> Iterator[Callable[[], object]]:
    methods = [value for value in cls.names.values() if isinstance(value, Function) and value.owner is cls]
    if all((value.scope.module.path, value.node.lineno) in run.called for value in methods):
        return
    made = Instance(cls)
    for name in cls.fields:
        default = cls.names.get(name)
        made.names[name] = default if default is not None else parameter_value(name)
    start = cls.names.get("__init__")
    if isinstance(start, Function):
        yield partial(_construct, run, start, made)
    for value in methods:
        if value is not start:
            self = cls if value.kind == "class" else None if value.kind == "static" else made
            yield partial(_call_openly, run, value, self)


def _construct(run: Run, start: Function, made: Instance) -> None:
    run.called.discard((start.scope.module.path, start.node.lineno))
    _call_openly(run, start, made)


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
