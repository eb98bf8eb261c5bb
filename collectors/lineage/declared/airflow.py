"""Airflow: what tasks say they read and write, the data that starts a DAG, and what operators run.

Sources: https://airflow.apache.org/docs/apache-airflow/stable/authoring-and-scheduling/assets.html,
…/administration-and-deployment/lineage.html
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from collectors.facts.lineage import HOLE, Access, DataAccess, NodeKind, Origin, Resolution
from collectors.lineage.declared.assets import uri_of
from collectors.lineage.declared.commands import Job, entries
from collectors.lineage.declared.naming import kind_of, named
from collectors.lineage.declared.python_files import Function, PythonFile, given, last, parts, text
from collectors.lineage.declared.rows import Entry, Row
from collectors.lineage.declared.sql import tables_of

_JINJA = re.compile(r"\{\{.{0,300}?\}\}")


def airflow(file: PythonFile) -> Iterator[Row]:
    if not file.imports_any("airflow"):
        return
    dags = [found for node in file.nodes if (found := _dag_id(node))]
    dag = dags[0] if len(set(dags)) == 1 else ""
    for node in file.nodes:
        if isinstance(node, Function):
            for mark in node.decorator_list:
                if isinstance(mark, ast.Call) and last(mark) != "dag":
                    yield from _listed(file, mark, _job(file, dag, text(given(mark, "task_id")) or node.name))
                elif isinstance(mark, ast.Call):
                    yield from _started(file, mark, text(given(mark, "dag_id")) or node.name)
        elif isinstance(node, ast.Call):
            if last(node) == "DAG":
                yield from _started(file, node, _dag_id(node) or dag)
            elif task := text(given(node, "task_id")):
                yield from _operator(file, node, _job(file, _of(file, node) or dag, task))


def _dag_id(node: ast.AST) -> str:
    if isinstance(node, ast.Call) and last(node) == "DAG":
        return text(given(node, "dag_id")) or (text(node.args[0]) if node.args else "")
    if isinstance(node, Function):
        for mark in node.decorator_list:
            if last(mark) == "dag":
                return (text(given(mark, "dag_id")) if isinstance(mark, ast.Call) else "") or node.name
    return ""


def _of(file: PythonFile, task: ast.Call) -> str:
    """The DAG that a task names as its own."""
    dag = given(task, "dag")
    if not isinstance(dag, ast.Name):
        return ""
    for node in file.module.body:
        if isinstance(node, ast.Assign) and any(isinstance(one, ast.Name) and one.id == dag.id for one in node.targets):
            return _dag_id(node.value)
    return ""


def _job(file: PythonFile, dag: str, task: str) -> str:
    return f"{dag}.{task}" if dag else f"{file.path}:{task}"


def _started(file: PythonFile, call: ast.Call, dag: str) -> Iterator[DataAccess]:
    """A DAG that runs when data was written."""
    for word in ("schedule", "schedule_on"):
        for part in _assets_in(given(call, word)):
            yield from _access(file, Access.READ, part, "schedule", dag or file.path)


def _assets_in(node: ast.expr | None) -> Iterator[ast.expr]:
    """Of a list, and of conditions: `(a | b) & c`."""
    todo = parts(node)
    for _ in range(200):
        if not todo:
            return
        part = todo.pop(0)
        if isinstance(part, ast.BinOp):
            todo += [part.left, part.right]
        elif isinstance(part, ast.Name | ast.Call):
            yield part


def _listed(file: PythonFile, call: ast.Call, job: str) -> Iterator[DataAccess]:
    for word, way in (("inlets", Access.READ), ("outlets", Access.WRITE)):
        for part in parts(given(call, word)):
            yield from _access(file, way, part, word, job)


def _access(file: PythonFile, way: Access, node: ast.expr, word: str, job: str) -> Iterator[DataAccess]:
    address = _JINJA.sub(HOLE, uri_of(file, node))
    if address:
        name, resolution = named(file.tree, address)
        yield DataAccess(
            way, name, kind_of(name), Origin.DECLARED, file.path, node.lineno, resolution, f"airflow.{word}", job
        )


def _operator(file: PythonFile, call: ast.Call, job: str) -> Iterator[Row]:
    yield from _listed(file, call, job)
    command = given(call, "bash_command")
    if command is not None and (said := _said(file, command)):
        yield from entries(file.tree, said, Job(job, file.path), command.lineno)
    function = given(call, "python_callable")
    if isinstance(function, ast.Name) and (found := file.function(function.id)) is not None:
        yield Entry(found[0].path, (), "", job, file.path, call.lineno, True, found[1].name)
    sql = given(call, "sql")
    for part in parts(sql):
        said = _said(file, part)
        if " " in said.strip():
            tables = tables_of(said)
            for way, names in ((Access.READ, tables.reads), (Access.WRITE, tables.writes)):
                for table in names:
                    yield DataAccess(
                        way, f"sql://{HOLE}/{table}", NodeKind.DATASET, Origin.DECLARED, file.path, part.lineno,
                        Resolution.TEMPLATE, "airflow.sql", job,
                    )  # fmt: skip


def _said(file: PythonFile, node: ast.expr) -> str:
    """A text, what is filled into it as holes."""
    if isinstance(node, ast.Name):
        return _JINJA.sub(HOLE, file.constants.get(node.id, ""))
    if isinstance(node, ast.JoinedStr):
        return "".join(text(part) if isinstance(part, ast.Constant) else HOLE for part in node.values)
    return _JINJA.sub(HOLE, text(node))
