"""Functions whose steps hand data on: flows of ZenML, Kubeflow, Prefect, Flyte, Airflow and Dagster.

What a step gives is called by the step and the variable that holds it, "zenml://folder/pipeline/step/variable".
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

from collectors.facts.lineage import Access, DataAccess, Origin
from collectors.lineage.declared.naming import kind_of
from collectors.lineage.declared.python_files import Function, PythonFile, given, last, parts, text
from collectors.lineage.declared.rows import Entry, Row

_FLOWS = {
    "zenml": ("pipeline",),
    "kfp": ("pipeline",),
    "prefect": ("flow",),
    "flytekit": ("workflow", "dynamic"),
    "airflow": ("dag",),
    "dagster": ("job", "graph", "graph_asset"),
}
_STEPS = {
    "step", "task", "component", "op", "flow", "container_component", "short_circuit", "branch", "python", "virtualenv",
    "asset", "create_component_from_func", "func_to_container_op", "load_component_from_file", "load_component",
    "load_component_from_url", "load_component_from_text",
}  # fmt: skip
_MAKERS = {name for name in _STEPS if name.startswith(("create_", "func_", "load_"))}
_METHODS = {
    "submit", "map", "with_options", "options", "override", "partial", "expand", "after", "with_retry", "call",
    "with_overrides", "set_display_name", "set_caching_options",
}  # fmt: skip
_MOST = 3_000


def step_flows(file: PythonFile) -> Iterator[Row]:
    for node in file.nodes:
        if isinstance(node, Function):
            for tool, words in _FLOWS.items():
                if file.imports_any(tool) and any(_is(file, mark, tool, words) for mark in node.decorator_list):
                    yield from _Flow(file, node, tool).rows()
                    break


def _is(file: PythonFile, mark: ast.expr, tool: str, words: tuple[str, ...]) -> bool:
    called = mark.func if isinstance(mark, ast.Call) else mark
    return last(called) in words and file.origin(called).startswith(tool)


@dataclass
class _Flow:
    file: PythonFile
    node: Function
    tool: str
    held: dict[str, list[str]] = field(default_factory=dict)  # variable to what it may be called
    branches: int = 0  # around this place
    makers: dict[str, str] = field(default_factory=dict)  # variable of a component
    count: int = 0

    def rows(self) -> Iterator[Row]:
        for node in self.file.module.body:
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and last(node.value) in _MAKERS:
                self.makers |= {target.id: target.id for target in node.targets if isinstance(target, ast.Name)}
        yield from self._body(self.node.body)

    def _body(self, body: list[ast.stmt]) -> Iterator[Row]:
        for node in body:
            self.count += 1
            if self.count > _MOST:
                return
            match node:
                case (
                    ast.Assign(targets=[target, *_], value=value)
                    | ast.AnnAssign(target=target, value=ast.expr() as value)
                ):
                    yield from self._assigned(target, value)
                case ast.Expr(value=value) | ast.Return(value=ast.expr() as value):
                    yield from self._asked(value)
                case ast.If(body=inner, orelse=other) | ast.For(body=inner, orelse=other):
                    self.branches += 1
                    yield from self._body(inner)
                    yield from self._body(other)
                    self.branches -= 1
                case ast.With(body=inner) | ast.AsyncWith(body=inner) | ast.Try(body=inner):
                    yield from self._body(inner)
                case _:
                    continue

    def _assigned(self, target: ast.expr, value: ast.expr) -> Iterator[Row]:
        value = value.value if isinstance(value, ast.Await) else value
        names = [part.id for part in parts(target) if isinstance(part, ast.Name)]
        call = self._step_call(value)
        if call is not None:
            yield from self._step(*call, names)
            return
        rows = list(self._asked(value))
        yield from rows
        sources = self._sources(value)
        if len(names) == 1 and len(sources) == 1:  # another name for the same, or a part of it
            self.held[names[0]] = sources

    def _asked(self, value: ast.expr) -> Iterator[Row]:
        call = self._step_call(value)
        if call is not None:
            yield from self._step(*call, [])
            return
        for part in ast.iter_child_nodes(value):
            if isinstance(part, ast.expr):
                yield from self._asked(part)

    def _step_call(self, value: ast.expr) -> tuple[str, list[ast.Call]] | None:
        """The step that is called and its calls, `step.submit(x)` and `step.after(y)(x)` alike."""
        value = value.value if isinstance(value, ast.Await) else value
        calls: list[ast.Call] = []
        node = value
        while isinstance(node, ast.Call | ast.Attribute) and len(calls) < 10:
            if isinstance(node, ast.Call):
                calls.append(node)
                node = node.func
            elif node.attr in _METHODS:
                node = node.value
            else:
                return None
        if not calls or not isinstance(node, ast.Name) or not self._is_step(node.id):
            return None
        return node.id, calls

    def _is_step(self, name: str) -> bool:
        if name in self.makers:
            return True
        found = self.file.function(name)
        if found is None:
            return False
        return any(last(mark) in _STEPS for mark in found[1].decorator_list)

    def _step(self, name: str, calls: list[ast.Call], targets: list[str]) -> Iterator[Row]:
        given_ = [part for call in calls for part in (*call.args, *(word.value for word in call.keywords))]
        reads: list[str] = []
        for part in given_:
            inner = self._step_call(part)
            if inner is not None:
                yield from self._step(*inner, [""])
                reads.append(self._address(inner[0], ""))
            else:
                reads += self._sources(part)
        line = calls[-1].lineno
        writes = [self._address(name, target) for target in targets if target != "_"]
        for target in filter(None, targets):
            before = self.held.get(target, []) if self.branches else []
            self.held[target] = list(dict.fromkeys([*before, self._address(name, target)]))
        job = self._job(name)
        for way, names, word in ((Access.READ, reads, "inputs"), (Access.WRITE, writes, "outputs")):
            for each in dict.fromkeys(names):
                yield DataAccess(
                    way, each, kind_of(each), Origin.DECLARED, self.file.path, line, call=f"{self.tool}.{word}", job=job
                )
        found = self.file.function(name)
        if found is not None:
            yield Entry(found[0].path, (), "", job, self.file.path, line, True, found[1].name)

    def _sources(self, node: ast.expr) -> list[str]:
        """Data that an expression names: `x`, `x.output`, `x.outputs["y"]`, and lists of them."""
        match node:
            case ast.Name(id=name):
                return self.held.get(name, [])
            case ast.Subscript(value=ast.Attribute(value=ast.Name(id=name), attr="outputs"), slice=place):
                return [f"{each}/{text(place)}" if text(place) else each for each in self.held.get(name, [])]
            case ast.Lambda() | ast.Constant():
                return []
            case _:
                inner = (part.value if isinstance(part, ast.keyword) else part for part in ast.iter_child_nodes(node))
                return [name for part in inner if isinstance(part, ast.expr) for name in self._sources(part)][:200]

    def _address(self, step: str, variable: str) -> str:
        folder = f"{self.file.folder}/" if self.file.folder else ""
        return f"{self.tool}://{folder}{self._name}/{step}/{variable}".rstrip("/")

    @property
    def _name(self) -> str:
        for mark in self.node.decorator_list:
            if isinstance(mark, ast.Call) and (name := text(given(mark, "name") or given(mark, "dag_id"))):
                return name[:100]
        return self.node.name

    def _job(self, step: str) -> str:
        if self.tool == "airflow":
            return f"{self._name}.{step}"
        return f"{self.file.path}:{self._name}.{step}" if self.file.folder else f"{self._name}.{step}"
