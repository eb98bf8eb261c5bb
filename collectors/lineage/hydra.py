"""Hydra: a configuration that is composed from a folder of YAML, and handed to a decorated function."""

from __future__ import annotations

from posixpath import join

from collectors.facts.lineage import HOLE
from collectors.lineage.calls import invoke
from collectors.lineage.machine import STARTERS, Run, called, library
from collectors.lineage.modules import brought_in, member
from collectors.lineage.naming import named
from collectors.lineage.paths import parent
from collectors.lineage.settings import interpolated, merge, override, settings_at
from collectors.lineage.telling import options, text_of
from collectors.lineage.values import NONE, Call, Const, External, Function, Items, Scope, Table, Unknown, Value

_DEEPEST = 6


def _start(run: Run, scope: Scope, function: Function, call: Call) -> Value:
    mark = next(mark for mark in function.marks if mark.name in STARTERS)
    folder, name = mark.call.given(0, "config_path"), mark.call.given(1, "config_name")
    base = parent(function.scope.module.path) if "/" in function.scope.module.path else ""
    found = composed(run, _joined(base, text_of(folder or NONE)), text_of(name or NONE), run.argv)
    run.uses_argv = True
    return invoke(run, function, Call((found,)))


STARTERS["hydra.main"] = _start


def _joined(base: str, folder: str | None) -> str:
    return base if folder in {None, "None", "."} else join(base, folder or "")


def composed(run: Run, folder: str, name: str | None, words: tuple[str, ...] | None) -> Value:
    if name in {None, "None"} or name is None:
        found: Value = Table({})
    else:
        chosen = dict(word.split("=", 1) for word in words or () if "=" in word and not word.startswith("-"))
        found = _composed(run, named(run.project, folder or ".").name, name, chosen, _DEEPEST)
    if isinstance(found, Table):
        for word in words or ():
            if not _is_group(run, folder, word):
                override(found, word)
        return interpolated(found, run)
    return found


def _is_group(run: Run, folder: str, word: str) -> bool:
    name = named(run.project, join(folder, word.partition("=")[0])).name
    return name in run.project.folders


def _composed(run: Run, folder: str, name: str, chosen: dict[str, str], depth: int) -> Value:
    stem = name.removesuffix(".yaml").removesuffix(".yml")
    place = named(run.project, join(folder, stem)).name if folder not in {"", "."} else stem
    own = settings_at(run, f"{place}.yaml") or settings_at(run, f"{place}.yml")
    if own is None:
        return Unknown(f"the configuration {place}.yaml is not in the tree")
    if not isinstance(own, Table) or depth == 0:
        return own
    defaults = own.entries.pop("defaults", None)
    whole = Table({})
    is_placed = False
    for item in defaults.items if isinstance(defaults, Items) else ():
        if isinstance(item, Const) and item.value == "_self_":
            merge(whole, own)
            is_placed = True
            continue
        group, choice = _choice(item)
        choice = chosen.get(group, choice)
        if not choice or choice == "null":
            continue
        inner = _composed(run, join(folder, group) if group else folder, choice, chosen, depth - 1)
        if not isinstance(inner, Table):
            continue
        if group and not _is_global(run, folder, group, choice):
            for part in reversed(group.split("@")[-1].split("/")):
                inner = Table({part: inner})
        merge(whole, inner)
    if not is_placed:
        merge(whole, own)
    return whole


def _choice(item: Value) -> tuple[str, str]:
    if isinstance(item, Table):
        for key, value in item.entries.items():
            group = str(key).removeprefix("override ").removeprefix("optional ").lstrip("/")
            return group, text_of(value) or ""
    text = text_of(item) or ""
    group, _, choice = text.rpartition("/")
    return group, choice


def _is_global(run: Run, folder: str, group: str, choice: str) -> bool:
    path = named(run.project, join(folder, group, choice)).name
    text = run.project.settings(f"{path}.yaml") if f"{path}.yaml" in run.project.paths else None
    return text is not None and "@package _global_" in text[:500]


@library("hydra.compose")
def compose(run: Run, scope: Scope, call: Call) -> Value:
    name = text_of(call.given(0, "config_name") or NONE)
    folder = run.flags.get("hydra")
    return composed(run, text_of(folder) or "" if folder is not None else "", name, ())


@library("hydra.initialize", "hydra.initialize_config_dir")
def initialize(run: Run, scope: Scope, call: Call) -> Value:
    text = text_of(call.given(0, "config_path", "config_dir") or NONE) or HOLE
    base = parent(scope.module.path) if "/" in scope.module.path else ""
    run.flags["hydra"] = Const(text if text.startswith("/") else _joined(base, text))
    return Unknown("it is a context", "hydra.initialize()")


@library("hydra.utils.instantiate", "hydra.utils.call")
def instantiate(run: Run, scope: Scope, call: Call) -> Value:
    """`_target_` names what is called with the other keys."""
    found: list[Value] = []
    for option in options(call.given(0, "config") or NONE):
        if not isinstance(option, Table):
            continue
        target = text_of(option.entries.get("_target_", NONE)) or HOLE
        words = {str(key): value for key, value in option.entries.items() if isinstance(key, str) and key[:1] != "_"}
        found.append(
            called(run, scope, by_name(run, scope, target), Call(call.args[1:], words | call.keywords, call.line))
        )
    return found[0] if found else Unknown("what is made of it is not known")


def by_name(run: Run, scope: Scope, name: str) -> Value:

    module, _, last = name.rpartition(".")
    if HOLE in name or not module:
        return Unknown("its class is not known")
    found = brought_in(run, scope, module)
    return External(name) if isinstance(found, External) else member(run, scope, found, last)
