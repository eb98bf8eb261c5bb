"""Calls of libraries become accesses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from posixpath import dirname, normpath

from collectors.facts.lineage import HOLE, Access, NodeKind, Resolution
from collectors.lineage.apis import Api
from collectors.lineage.endings import ending_given
from collectors.lineage.machine import Run, Seen
from collectors.lineage.naming import Named, kind_of, names_of
from collectors.lineage.telling import taint, united
from collectors.lineage.values import NONE, Call, Const, Handle, Scope, Table, Unknown, Value

_MOST_SEEN = 5_000
_HOST = re.compile(r"localhost\b|[\w.-]+:\d+(?:/|$)|\d+(?:\.\d+){3}\b|www\.")


def note(  # noqa: PLR0913  what an access is made of
    run: Run,
    scope: Scope,
    call: str,
    line: int,
    access: Access,
    target: Value,
    kind: NodeKind = NodeKind.DATASET,
    *,
    is_hub: bool = False,
    is_weak: bool = False,
    sources: frozenset[str] = frozenset(),
) -> frozenset[str]:
    """An access for each name that the target may have; the names that are known."""
    known: set[str] = set()
    for found in names_of(run.project, target, run.folder, is_hub):
        if kind is NodeKind.SERVICE:
            found = _address(found)  # noqa: PLW2901
        if not run.is_started:
            found = _elsewhere(run, found)  # noqa: PLW2901
        if is_weak and found.resolution in {Resolution.UNRESOLVED, Resolution.PARAMETER}:
            continue
        if len(run.log) < _MOST_SEEN:
            run.log[_seen(scope, call, line, access, found, kind, sources)] = None
        if found.name:
            known.add(found.name)
    return frozenset(known)


def _address(found: Named) -> Named:
    """What is asked over the net is no file, whatever its name."""
    is_one = not found.name or "://" in found.name or found.name.startswith(HOLE) or _HOST.match(found.name)
    return found if is_one else Named("", Resolution.UNRESOLVED, "its address is not known")


def placed(run: Run, found: Named) -> Named:
    """Where a name lies, as `note` tells it, and nothing is noted."""
    if run.is_started:
        return found
    homes, homeless = dict(run.homes), dict(run.homeless)
    moved = _elsewhere(run, found)
    run.homes, run.homeless = homes, homeless
    return moved


def _elsewhere(run: Run, found: Named) -> Named:
    """Nobody said where the script runs: beside it, or at the root, where the tree has the path or its folder."""
    name = found.name
    if run.project.holds(name):
        if run.script.endswith(".ipynb") and not found.is_absolute:
            run.homes[run.folder] = run.homes.get(run.folder, 0) + 1
        return found
    is_below = not run.folder or name.startswith((f"{run.folder}/", ".."))
    inside = name.removeprefix(f"{run.folder}/") if run.folder else name
    if name.startswith("..") and run.folder:
        inside = "../" * (run.folder.count("/") + 1) + name
    if found.is_absolute or not is_below or not name or inside.startswith((HOLE, "/", "~")) or "://" in name:
        return found
    if found.resolution not in {Resolution.RESOLVED, Resolution.TEMPLATE}:
        return found
    if name.startswith(".."):
        whole = normpath(f"{dirname(run.script)}/{inside}")
        return found if whole.startswith("..") else found._replace(name=whole)
    bases = dict.fromkeys((run.folder, dirname(run.script), ""))
    if run.script.endswith(".ipynb"):  # runs in its own folder, but for one that says otherwise by what is there
        bases = dict.fromkeys((run.folder, *(base for base in bases if run.project.mentions(_joined(base, inside)))))
    depths = {base: _depth(run, base, inside) for base in bases}
    best = max(bases, key=depths.__getitem__)
    if depths[best]:
        if run.project.holds(normpath(_joined(best, inside))):
            run.homes[best] = run.homes.get(best, 0) + 1
    else:
        run.homeless[name] = inside
    return found._replace(name=normpath(_joined(best, inside)))


def at_home(run: Run) -> Iterable[Seen]:
    """What a script or notebook that nobody starts reads and writes: all from the folder where it finds something."""
    home = max(run.homes, key=run.homes.__getitem__) if run.homes and run.folder not in run.homes else None
    for seen in run.log:
        inside = run.homeless.get(seen.name) if home is not None else None
        yield seen if inside is None else seen._replace(name=normpath(_joined(home or "", inside)))


def _joined(base: str, inside: str) -> str:
    return f"{base}/{inside}" if base else inside


def _depth(run: Run, base: str, inside: str) -> int:
    """How many parts of a path are in the tree, counted from a folder."""
    parts = inside.split("/")
    for count in range(len(parts), 0, -1):
        if run.project.holds("/".join([*([base] if base else []), *parts[:count]])):
            return count
    return 0


def _seen(
    scope: Scope, call: str, line: int, access: Access, found: Named, kind: NodeKind, sources: frozenset[str]
) -> Seen:
    if kind is NodeKind.SERVICE and found.name.rpartition(".")[2].lower() in {"csv", "zip", "parquet", "gz", "json"}:
        kind = NodeKind.DATASET
    return Seen(
        access,
        found.name,
        kind_of(found.name, kind),
        scope.module.path,
        line,
        found.resolution,
        call,
        scope.symbol,
        found.why,
        tuple(sorted(sources - {found.name})) if access is Access.WRITE else (),
    )


def use(run: Run, scope: Scope, name: str, apis: tuple[Api, ...], call: Call, receiver: Value = NONE) -> Value:
    """A call that the table of libraries knows. What it gives bears the names of what it read."""
    flowed = taint(receiver, *call.all)
    seen = frozenset[str]()
    said = _shown(name)
    for api in apis:
        target = call.given(api.place, *api.names)
        if target is None or (isinstance(target, Const) and target.value is None):
            if not api.is_weak and call.rest is not None:
                target = Unknown("its arguments are not known one by one")
            else:
                continue
        if api.access is Access.WRITE:
            target = ending_given(name, target, call)
        if isinstance(target, Handle):
            if target.is_either and target.scope is not None:
                note(run, target.scope, target.call, target.line, api.access, target.target, sources=flowed)
            seen |= target.names | target.taint
            continue
        if api.is_weak and isinstance(target, Table):
            continue  # what is written, not where
        known = note(
            run, scope, said, call.line, api.access, target, api.kind,
            is_hub=api.is_hub, is_weak=api.is_weak, sources=flowed,
        )  # fmt: skip
        if api.access is Access.READ:
            seen |= known
    return Unknown(f"it is what {said} gives", f"{name}()", united(flowed, seen))


def _shown(name: str) -> str:
    """As the library names it; of a method what it belongs to matters only as far as it is short."""
    parts = name.split(".")
    return name if len(name) <= 60 else ".".join(parts[-2:])[-60:]
