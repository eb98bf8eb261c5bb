"""Metaflow: what steps leave on `self` for others. Source: https://docs.metaflow.org/metaflow/basics"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator

from collectors.facts.lineage import Access, DataAccess, Origin
from collectors.lineage.declared.naming import kind_of, named
from collectors.lineage.declared.python_files import Function, PythonFile, given, last, text
from collectors.lineage.declared.rows import Row

_OWN = {"next", "input", "index", "foreach_stack", "merge_artifacts", "name", "attempt"}


def metaflow(file: PythonFile) -> Iterator[Row]:
    if not file.imports_any("metaflow"):
        return
    for node in file.nodes:
        if isinstance(node, ast.ClassDef) and any(last(base) == "FlowSpec" for base in node.bases):
            yield from _flow(file, node)


def _flow(file: PythonFile, flow: ast.ClassDef) -> Iterator[Row]:
    steps = {
        node.name: node
        for node in flow.body
        if isinstance(node, Function) and any(last(mark) == "step" for mark in node.decorator_list)
    }
    methods = {node.name for node in flow.body if isinstance(node, Function)}
    written: defaultdict[str, dict[str, int]] = defaultdict(dict)  # artifact to step and line
    read: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for name, step in steps.items():
        for part in ast.walk(step):
            if isinstance(part, ast.Attribute) and _is_artifact(part, methods):
                into = written if isinstance(part.ctx, ast.Store) else read
                into[part.attr].setdefault(name, part.lineno)
    for artifact, by in written.items():
        others = {step: line for step, line in read[artifact].items() if set(by) - {step}}
        if not others:
            continue  # of no use to another step: a variable like any other
        for name, line in by.items():
            yield _access(file, flow, Access.WRITE, artifact, name, line)
        for name, line in others.items():
            yield _access(file, flow, Access.READ, artifact, name, line)
    yield from _included(file, flow)


def _is_artifact(node: ast.Attribute, methods: set[str]) -> bool:
    """On `self`, or on one of several branches that are joined: `inputs.a.x`, `inputs[0].x`, `input.x`."""
    if node.attr in _OWN | methods or node.attr.startswith("__"):
        return False
    match node.value:
        case ast.Name(id="self" | "input" | "inp" | "i"):
            return True
        case ast.Attribute(value=ast.Name(id="inputs")) | ast.Subscript(value=ast.Name(id="inputs")):
            return True
        case _:
            return False


def _access(file: PythonFile, flow: ast.ClassDef, way: Access, artifact: str, step: str, line: int) -> DataAccess:
    folder = f"{file.folder}/" if file.folder else ""
    name = f"metaflow://{folder}{flow.name}/{artifact}"
    return DataAccess(
        way, name, kind_of(name), Origin.DECLARED, file.path, line, call="self", job=_job(file, flow, step)
    )


def _job(file: PythonFile, flow: ast.ClassDef, step: str) -> str:
    return f"{file.path}:{flow.name}.{step}" if file.folder else f"{flow.name}.{step}"


def _included(file: PythonFile, flow: ast.ClassDef) -> Iterator[Row]:
    """Files that are packed when a run starts."""
    for node in flow.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and last(node.value) == "IncludeFile":
            default = text(given(node.value, "default"))
            if default:
                name, resolution = named(file.tree, default)
                yield DataAccess(
                    Access.READ, name, kind_of(name), Origin.DECLARED, file.path, node.lineno, resolution,
                    "metaflow.IncludeFile", _job(file, flow, "start"),
                )  # fmt: skip
