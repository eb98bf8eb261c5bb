"""Nodes of Kedro's pipelines: `create_pipeline` followed without running it, Kedro's own functions known by heart.

Source: https://docs.kedro.org/en/stable/build/pipeline_introduction/, …/namespaces/
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from collectors.facts.lineage import HOLE
from collectors.lineage import entries as _entries  # noqa: F401  it knows all of Python
from collectors.lineage.declared.kedro_values import (
    MOST_NODES,
    KedroNode,
    function_of,
    has_more,
    names_in,
    nodes_in,
    pipeline,
    tags_in,
)
from collectors.lineage.declared.rows import Tree
from collectors.lineage.machine import Run, SpentError, called
from collectors.lineage.modules import load
from collectors.lineage.project import Project
from collectors.lineage.telling import options, text_of
from collectors.lineage.values import (
    NONE,
    Call,
    Items,
    Module,
    Native,
    Scope,
    Table,
    Value,
)

_STEPS = 600_000
_NOT_PIPELINES = re.compile(r"(?:^|/)(?:tests?|docs|node_modules|site-packages|\.venv|venv)/")
_KEDRO = tuple(
    f"kedro/{name}.py"
    for name in (
        "__init__", "pipeline/__init__", "pipeline/node", "pipeline/pipeline", "pipeline/modular_pipeline",
        "framework/__init__", "framework/project",
    )
)  # fmt: skip


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
        if any(nodes_in(value) for value in follow.result(path, "register_pipelines")):
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
            if name == "create_pipeline" and not nodes_in(found) and len(self._made) > before:
                found = Items([*self._made[before:]])  # filtered in a way that is not followed
            yield from options(found)
        except (SpentError, RecursionError):
            self.found.why.append((path, "its pipelines go on beyond what is followed"))
            yield from self._made[before:]
        finally:
            self._steps -= steps - max(0, run.steps)

    def keep(self, path: str, values: Iterable[Value]) -> None:
        for value in values:
            for node in nodes_in(value):
                place = (node.name, node.inputs, node.outputs, node.path)
                if place not in self._seen and len(self.found.nodes) < MOST_NODES:
                    self._seen.add(place)
                    self.found.nodes.append(node)
            if has_more(value):
                self.found.why.append((path, "some of its nodes are put together while it runs"))

    def _kedro(self) -> dict[str, Module]:
        names: dict[str, Value] = {
            name: Native(name, handler)
            for handler, several in (
                (self._node, ("node", "Node")),
                (self._llm_node, ("llm_context_node",)),
                (pipeline, ("pipeline", "Pipeline", "modular_pipeline")),
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
        inputs, open_in = names_in(call.given(1, "inputs"))
        outputs, open_out = names_in(call.given(2, "outputs"))
        said, script = function_of(function)
        name = text_of(call.given(3, "name") or NONE) or ""
        namespace = text_of(call.given(None, "namespace") or NONE)
        if name in {"", "None"}:
            name = said or f"{'-'.join(outputs) or HOLE}"
        if namespace not in {None, "None", ""}:
            name = f"{namespace}.{name}"
        made = KedroNode(
            name, said, inputs, outputs, scope.module.path, call.line, script, open_in or open_out,
            tags_in(call.given(4, "tags")),
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
