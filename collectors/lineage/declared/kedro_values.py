"""A node and a pipeline of Kedro as values: made, filtered, tagged and put into a namespace."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from collectors.facts.lineage import HOLE
from collectors.lineage.machine import Run, attributes
from collectors.lineage.telling import text_of
from collectors.lineage.values import (
    NONE,
    Bound,
    Call,
    Const,
    Function,
    Items,
    Native,
    OneOf,
    Partial,
    Scope,
    Table,
    Unknown,
    Value,
)

MOST_NODES = 2_000


@dataclass(slots=True, eq=False)
class KedroNode(Value):
    name: str
    function: str  # as written; "" for none
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    path: str
    line: int
    script: str = ""  # where the function stands
    is_open: bool = False  # some of its data is not known
    tags: frozenset[str] = frozenset()


@dataclass(slots=True, eq=False)
class Piped(Items):
    """A pipeline: a list of nodes that can be filtered."""


def nodes_in(value: Value, depth: int = 12) -> list[KedroNode]:
    if isinstance(value, KedroNode):
        return [value]
    inner: Iterable[Value] = ()
    if isinstance(value, Items) and depth:
        inner = [*value.items, *([value.rest] if value.rest else [])]
    elif isinstance(value, Table) and depth:
        inner = value.entries.values()
    elif isinstance(value, OneOf) and depth:
        inner = value.options
    found = [node for part in list(inner)[:MOST_NODES] for node in nodes_in(part, depth - 1)]
    return list(dict.fromkeys(found))[:MOST_NODES]


def has_more(value: Value) -> bool:
    return isinstance(value, Items) and (
        value.rest is not None or any(isinstance(part, Unknown) for part in value.items)
    )


def pipeline(run: Run, scope: Scope, call: Call) -> Value:
    """Nodes, put into a namespace where one is given: all data but what is named outright gets its prefix."""
    given = call.given(0, "pipe", "nodes") or Items([])
    namespace = text_of(call.given(None, "namespace") or NONE)
    namespace = "" if namespace in {None, "None"} else namespace or ""
    is_plain = text_of(call.given(None, "prefix_datasets_with_namespace") or NONE) == "False"
    kept: dict[str, str] = {}
    for word in ("inputs", "outputs", "parameters"):
        kept |= _mapping(call.given(None, word))
    rename: Callable[[str], str] = lambda name: _renamed(name, kept, "" if is_plain else namespace)  # noqa: E731
    tags = tags_in(call.given(None, "tags"))
    found: list[Value] = [
        replace(
            node,
            name=f"{namespace}.{node.name}" if namespace else node.name,
            inputs=tuple(map(rename, node.inputs)),
            outputs=tuple(map(rename, node.outputs)),
            tags=node.tags | tags,
        )
        for node in nodes_in(given)
    ]
    more = Unknown("further nodes") if has_more(given) or isinstance(given, Unknown) else None
    return Piped(found, "list", more)


@attributes(Piped)
def _of_pipeline(run: Run, scope: Scope, value: Piped, name: str, line: int) -> Value:
    """Its nodes, and what its methods give: of those that leave out nodes by their place in the graph, all."""
    match name:
        case "nodes":
            return Items(value.items, "list", value.rest)
        case "only_nodes_with_tags":
            return Native(name, lambda run, scope, call: _with_tags(value, call))
        case "tag":
            return Native(name, lambda run, scope, call: _tagged(value, tags_in(call.given(0, "tags"))))
        case "inputs" | "outputs" | "datasets" | "data_sets" | "all_inputs" | "all_outputs" | "describe" | "to_json":
            return Native(name, lambda run, scope, call: Unknown("it is what the pipeline needs"))
        case _:
            return Native(name, lambda run, scope, call: value)


def _with_tags(value: Piped, call: Call) -> Value:
    wanted = tags_in(Items([*call.args]))
    found: list[Value] = [node for node in nodes_in(value) if node.tags & wanted or not wanted]
    return Piped(found, "list", value.rest)


def _tagged(value: Piped, tags: frozenset[str]) -> Value:
    return Piped([replace(node, tags=node.tags | tags) for node in nodes_in(value)], "list", value.rest)


def tags_in(value: Value | None) -> frozenset[str]:
    return frozenset(names_in(value)[0])


def _renamed(name: str, kept: Mapping[str, str], namespace: str) -> str:
    bare, at, way = name.partition("@")
    if name in kept:
        return kept[name]
    if bare in kept:
        return f"{kept[bare]}{at}{way}"
    if not namespace or bare == "parameters":
        return name
    return f"params:{namespace}.{bare[7:]}" if bare.startswith("params:") else f"{namespace}.{name}"


def _mapping(value: Value | None) -> dict[str, str]:
    if isinstance(value, Table):
        return {key: text_of(inner) or HOLE for key, inner in value.entries.items() if isinstance(key, str)}
    names, _ = names_in(value)
    return {name: name for name in names}


def names_in(value: Value | None) -> tuple[tuple[str, ...], bool]:
    """Datasets, and whether there may be others."""
    match value:
        case None | Const(value=None):
            return (), False
        case Items(items=items, rest=rest):
            inner = [names_in(item) for item in items[:500]]
            return tuple(name for names, _ in inner for name in names), rest is not None or any(
                more for _, more in inner
            )
        case Table(entries=entries, rest=rest):
            inner = [names_in(item) for item in list(entries.values())[:500]]
            return tuple(name for names, _ in inner for name in names), rest is not None or any(
                more for _, more in inner
            )
        case OneOf(options=options):
            inner = [names_in(option) for option in options]
            return tuple(dict.fromkeys(name for names, _ in inner for name in names)), any(more for _, more in inner)
        case _:
            text = text_of(value)
            is_known = text is not None and text.strip(HOLE) != ""
            return (((text or "")[:200],) if is_known else ()), not is_known


def function_of(value: Value | None) -> tuple[str, str]:
    """A function's name and the module it stands in."""
    for _ in range(5):
        if isinstance(value, Partial | Bound):
            value = value.function
    if isinstance(value, Function):
        return value.name, value.scope.module.path
    named = getattr(value, "name", "")
    return named.rpartition(".")[2] if isinstance(named, str) else "", ""
