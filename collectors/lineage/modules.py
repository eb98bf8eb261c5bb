"""Imports across the tree, and what a name means."""

from __future__ import annotations

import ast
import builtins

from collectors.lineage.apis import normal
from collectors.lineage.machine import CONSTANTS, Run, execute
from collectors.lineage.naming import ROOT
from collectors.lineage.values import Const, External, Items, Module, Names, Scope, Table, Unknown, Value

_BUILTINS = frozenset(dir(builtins))
_STAR = "*"


def named(run: Run, scope: Scope, name: str) -> Value:
    place: Scope | None = scope
    while place is not None:
        names = place.elsewhere.get(name, place.names) if place.elsewhere else place.names
        found = names.get(name)
        if found is not None:
            return found
        place = place.outer
    found = scope.module.names.get(name)
    if found is not None:
        return found
    if name in _BUILTINS:
        return External(name)
    stars = scope.module.names.get(_STAR)
    if isinstance(stars, Items) and len(stars.items) == 1 and isinstance(stars.items[0], External):
        return External(normal(f"{stars.items[0].name}.{name}"))
    return Unknown(f"no definition of {name} was found", name)


def run_module(run: Run, module: Module) -> None:
    """Its names, as they are once it ran. Names of a module that is imported meanwhile are those so far."""
    module.names.update(
        {
            "__name__": Const(module.name),
            "__file__": Const(f"{ROOT}/{module.path}"),
            "__doc__": Const(None),
            "__package__": Const(module.name.rpartition(".")[0]),
        }
    )
    scope = Scope(module, module.names)
    unsure, run.unsure = run.unsure, 0
    stack, run.stack = run.stack, []
    try:
        execute(run, scope, module.body)
    finally:
        run.unsure, run.stack = unsure, stack


def load(run: Run, path: str, name: str) -> Module:
    """An imported module, run once for each working directory unless it looked at the command line."""
    if found := run.modules.get(path):
        return found
    place = (path, run.folder)
    kept = run.project.finished.get(place)
    if kept is not None:
        module, log = kept
        run.modules[path] = module
        run.log.update(log)
        return module
    if path.endswith("/"):
        module = run.modules[path] = Module(path, name)
        return module
    module = run.modules[path] = run.project.module(path, name)
    outer, run.log = run.log, {}
    before, run.uses_argv = run.uses_argv, False
    try:
        run_module(run, module)
        if not run.uses_argv:
            run.project.finished[place] = (module, dict(run.log))
    finally:
        mine, run.log = run.log, outer
        outer.update(mine)
        run.uses_argv |= before
    return module


def brought_in(run: Run, scope: Scope, name: str) -> Value:
    """`import a.b.c`; folders above are packages, whose code runs too."""
    path = run.project.found(name, scope.module.path, run.script, run.folder)
    if path is None:
        top = name.partition(".")[0]
        inside = run.project.found(top, scope.module.path, run.script, run.folder) if top != name else None
        return Unknown(f"no module {name} was found", name) if inside else External(normal(name + ".")[:-1])
    return load(run, path, name)


def from_import(run: Run, scope: Scope, node: ast.ImportFrom) -> Names:
    if node.level:
        path = run.project.relative(node.module or "", node.level, scope.module.path)
        if path is None:
            return {alias.asname or alias.name: Unknown("its module was not found", alias.name) for alias in node.names}
        module: Value = load(run, path, node.module or "")
    else:
        module = brought_in(run, scope, node.module or "")
    found: Names = {}
    for alias in node.names:
        if alias.name == _STAR:
            found |= _everything(scope, module)
        else:
            found[alias.asname or alias.name] = member(run, scope, module, alias.name)
    return found


def _everything(scope: Scope, module: Value) -> Names:
    if isinstance(module, Module):
        return {name: value for name, value in module.names.items() if not name.startswith("_")}
    if isinstance(module, External):
        before = scope.module.names.get(_STAR)
        items = [*before.items] if isinstance(before, Items) else []
        return {_STAR: Items([*items, module])}
    return {}


def member(run: Run, scope: Scope, module: Value, name: str) -> Value:
    """A name of a module, or a module below it."""
    if isinstance(module, External):
        whole = normal(f"{module.name}.{name}")
        return CONSTANTS[whole](run) if whole in CONSTANTS else External(whole)
    if not isinstance(module, Module):
        return Unknown("its module was not found", name)
    found = module.names.get(name)
    if found is not None:
        return found
    if name == "__dict__":
        return Table(dict(module.names))
    path = _below(run, module, name)
    if path is not None:
        return load(run, path, f"{module.name}.{name}")
    stars = module.names.get(_STAR)
    if isinstance(stars, Items) and len(stars.items) == 1 and isinstance(stars.items[0], External):
        return External(normal(f"{stars.items[0].name}.{name}"))
    return Unknown(module.unread or f"its module does not define {name}", name)


def _below(run: Run, module: Module, name: str) -> str | None:
    if module.path.endswith("/"):
        return run.project.relative(name, 1, f"{module.path}x" if module.path != "/" else "x")
    if module.path.endswith("__init__.py"):
        return run.project.relative(name, 1, module.path)
    return None
