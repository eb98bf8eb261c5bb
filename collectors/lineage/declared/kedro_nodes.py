"""Nodes of Kedro's pipelines: `create_pipeline` followed without running it, Kedro's own functions known by heart.

Source: https://docs.kedro.org/en/stable/build/pipeline_introduction/, …/namespaces/
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from collectors.facts.lineage import HOLE
from collectors.lineage import entries as _entries  # noqa: F401  it knows all of Python
from collectors.lineage.declared.rows import Tree
from collectors.lineage.machine import Run, SpentError, attributes, called
from collectors.lineage.modules import load
from collectors.lineage.project import Project
from collectors.lineage.telling import text_of
from collectors.lineage.values import (
    NONE,
    Bound,
    Call,
    Const,
    Function,
    Items,
    Module,
    Native,
    OneOf,
    Partial,
    Scope,
    Table,
    Unknown,
    Value,
)

_STEPS = 600_000
_MOST_NODES = 2_000
_NOT_PIPELINES = re.compile(r"(?:^|/)(?:tests?|docs|node_modules|site-packages|\.venv|venv)/")
_KEDRO = tuple(
    f"kedro/{name}.py"
    for name in (
        "__init__", "pipeline/__init__", "pipeline/node", "pipeline/pipeline", "pipeline/modular_pipeline",
        "framework/__init__", "framework/project",
    )
)  # fmt: skip


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


@dataclass(slots=True)
class Pipelines:
    nodes: list[KedroNode] = field(default_factory=list)
    why: list[tuple[str, str]] = field(default_factory=list)  # path, and why nodes may be missing


class _Sources(Mapping[str, str]):
    """Python of one project, read when it is imported; Kedro's own is empty."""

    def __init__(self, tree: Tree, root: str) -> None:
        start = f"{root}/" if root else ""
        self._tree = tree
        self._start = start
        found = (path for path in tree.below(root) if path.endswith(".py"))
        self._paths = dict.fromkeys(path for path in sorted(found) if not _NOT_PIPELINES.search(path))
        self._paths |= dict.fromkeys(_KEDRO)

    def __getitem__(self, path: str) -> str:
        if path not in self._paths:
            raise KeyError(path)
        return "" if path in _KEDRO else self._tree.read(path) or ""

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def pipelines(tree: Tree, root: str) -> Pipelines:
    """All nodes of the pipelines that a project registers; of all that it can create, where that is not known."""
    sources = _Sources(tree, root)
    makers = [path for path in sources if path not in _KEDRO and "def create_pipeline" in sources[path]]
    registries = [path for path in sources if path not in _KEDRO and "def register_pipelines" in sources[path]]
    follow = _Follower(Project(sources), makers)
    for path in registries[:3]:
        if any(_nodes(value) for value in follow.result(path, "register_pipelines")):
            follow.keep(path, follow.result(path, "register_pipelines"))
    if not follow.found.nodes:
        for path in makers:
            follow.keep(path, follow.result(path, "create_pipeline"))
    return follow.found


class _Follower:
    def __init__(self, project: Project, makers: list[str]) -> None:
        self.found = Pipelines()
        self._project = project
        self._makers = makers
        self._made: list[KedroNode] = []
        self._results: dict[tuple[str, str], list[Value]] = {}
        self._seen: set[tuple[str, tuple[str, ...], tuple[str, ...], str]] = set()
        self._steps = _STEPS

    def result(self, path: str, name: str) -> list[Value]:
        """What a function of a module gives, called without arguments."""
        if (path, name) not in self._results:
            self._results[path, name] = []
            self._results[path, name] = list(self._called(path, name))
        return self._results[path, name]

    def _called(self, path: str, name: str) -> Iterator[Value]:
        run = Run(self._project, "", None, path, min(150_000, max(0, self._steps)), modules=self._kedro())
        before, steps = len(self._made), run.steps
        try:
            module = load(run, path, path.removesuffix(".py").replace("/", "."))
            function = module.names.get(name)
            found = called(run, Scope(module, module.names), function, Call()) if function is not None else NONE
            if name == "create_pipeline" and not _nodes(found) and len(self._made) > before:
                found = Items([*self._made[before:]])  # filtered in a way that is not followed
            yield from _options(found)
        except (SpentError, RecursionError):
            self.found.why.append((path, "its pipelines go on beyond what is followed"))
            yield from self._made[before:]
        finally:
            self._steps -= steps - max(0, run.steps)

    def keep(self, path: str, values: Iterable[Value]) -> None:
        for value in values:
            for node in _nodes(value):
                place = (node.name, node.inputs, node.outputs, node.path)
                if place not in self._seen and len(self.found.nodes) < _MOST_NODES:
                    self._seen.add(place)
                    self.found.nodes.append(node)
            if _has_more(value):
                self.found.why.append((path, "some of its nodes are put together while it runs"))

    def _kedro(self) -> dict[str, Module]:
        names: dict[str, Value] = {
            name: Native(name, handler)
            for handler, several in (
                (self._node, ("node", "Node")),
                (self._llm_node, ("llm_context_node",)),
                (_pipeline, ("pipeline", "Pipeline", "modular_pipeline")),
            )
            for name in several
        }
        framework: dict[str, Value] = {"find_pipelines": Native("find_pipelines", self._everything)}
        return {
            path: Module(path, path.removesuffix(".py"), dict(framework if "framework" in path else names))
            for path in _KEDRO
        }

    def _everything(self, run: Run, scope: Scope, call: Call) -> Value:  # noqa: ARG002
        found: dict[str, Value] = {}
        for path in self._makers:
            if "/pipelines/" in path:
                found[path] = Items([*self.result(path, "create_pipeline")])
        return Table(dict(found))

    def _node(self, run: Run, scope: Scope, call: Call) -> Value:  # noqa: ARG002
        function = call.given(0, "func")
        inputs, open_in = _names(call.given(1, "inputs"))
        outputs, open_out = _names(call.given(2, "outputs"))
        said, script = _function(function)
        name = text_of(call.given(3, "name") or NONE) or ""
        namespace = text_of(call.given(None, "namespace") or NONE)
        if name in {"", "None"}:
            name = said or f"{'-'.join(outputs) or HOLE}"
        if namespace not in {None, "None", ""}:
            name = f"{namespace}.{name}"
        made = KedroNode(
            name, said, inputs, outputs, scope.module.path, call.line, script, open_in or open_out,
            _tags(call.given(4, "tags")),
        )  # fmt: skip
        self._made.append(made)
        return made

    def _llm_node(self, run: Run, scope: Scope, call: Call) -> Value:
        """Builds a context of a model, its prompts and tools."""
        parts = [call.given(None, "llm"), call.given(None, "prompts")]
        given = Items(
            [part for one in parts if one is not None for part in (one.items if isinstance(one, Items) else [one])]
        )
        keywords = {
            "inputs": given,
            "outputs": call.given(None, "outputs") or NONE,
            "name": call.given(None, "name") or NONE,
        }
        return self._node(run, scope, Call((), keywords, call.line))


def _options(value: Value) -> tuple[Value, ...]:
    return value.options if isinstance(value, OneOf) else (value,)


def _nodes(value: Value, depth: int = 12) -> list[KedroNode]:
    if isinstance(value, KedroNode):
        return [value]
    inner: Iterable[Value] = ()
    if isinstance(value, Items) and depth:
        inner = [*value.items, *([value.rest] if value.rest else [])]
    elif isinstance(value, Table) and depth:
        inner = value.entries.values()
    elif isinstance(value, OneOf) and depth:
        inner = value.options
    found = [node for part in list(inner)[:_MOST_NODES] for node in _nodes(part, depth - 1)]
    return list(dict.fromkeys(found))[:_MOST_NODES]


def _has_more(value: Value) -> bool:
    return isinstance(value, Items) and (
        value.rest is not None or any(isinstance(part, Unknown) for part in value.items)
    )


def _pipeline(run: Run, scope: Scope, call: Call) -> Value:
    """Nodes, put into a namespace where one is given: all data but what is named outright gets its prefix."""
    given = call.given(0, "pipe", "nodes") or Items([])
    namespace = text_of(call.given(None, "namespace") or NONE)
    namespace = "" if namespace in {None, "None"} else namespace or ""
    is_plain = text_of(call.given(None, "prefix_datasets_with_namespace") or NONE) == "False"
    kept: dict[str, str] = {}
    for word in ("inputs", "outputs", "parameters"):
        kept |= _mapping(call.given(None, word))
    rename: Callable[[str], str] = lambda name: _renamed(name, kept, "" if is_plain else namespace)  # noqa: E731
    tags = _tags(call.given(None, "tags"))
    found: list[Value] = [
        replace(
            node,
            name=f"{namespace}.{node.name}" if namespace else node.name,
            inputs=tuple(map(rename, node.inputs)),
            outputs=tuple(map(rename, node.outputs)),
            tags=node.tags | tags,
        )
        for node in _nodes(given)
    ]
    more = Unknown("further nodes") if _has_more(given) or isinstance(given, Unknown) else None
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
            return Native(name, lambda run, scope, call: _tagged(value, _tags(call.given(0, "tags"))))
        case "inputs" | "outputs" | "datasets" | "data_sets" | "all_inputs" | "all_outputs" | "describe" | "to_json":
            return Native(name, lambda run, scope, call: Unknown("it is what the pipeline needs"))
        case _:
            return Native(name, lambda run, scope, call: value)


def _with_tags(value: Piped, call: Call) -> Value:
    wanted = _tags(Items([*call.args]))
    found: list[Value] = [node for node in _nodes(value) if node.tags & wanted or not wanted]
    return Piped(found, "list", value.rest)


def _tagged(value: Piped, tags: frozenset[str]) -> Value:
    return Piped([replace(node, tags=node.tags | tags) for node in _nodes(value)], "list", value.rest)


def _tags(value: Value | None) -> frozenset[str]:
    return frozenset(_names(value)[0])


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
    names, _ = _names(value)
    return {name: name for name in names}


def _names(value: Value | None) -> tuple[tuple[str, ...], bool]:
    """Datasets, and whether there may be others."""
    match value:
        case None | Const(value=None):
            return (), False
        case Items(items=items, rest=rest):
            inner = [_names(item) for item in items[:500]]
            return tuple(name for names, _ in inner for name in names), rest is not None or any(
                more for _, more in inner
            )
        case Table(entries=entries, rest=rest):
            inner = [_names(item) for item in list(entries.values())[:500]]
            return tuple(name for names, _ in inner for name in names), rest is not None or any(
                more for _, more in inner
            )
        case OneOf(options=options):
            inner = [_names(option) for option in options]
            return tuple(dict.fromkeys(name for names, _ in inner for name in names)), any(more for _, more in inner)
        case _:
            text = text_of(value)
            is_known = text is not None and text.strip(HOLE) != ""
            return (((text or "")[:200],) if is_known else ()), not is_known


def _function(value: Value | None) -> tuple[str, str]:
    """A function's name and the module it stands in."""
    for _ in range(5):
        if isinstance(value, Partial | Bound):
            value = value.function
    if isinstance(value, Function):
        return value.name, value.scope.module.path
    named = getattr(value, "name", "")
    return named.rpartition(".")[2] if isinstance(named, str) else "", ""
