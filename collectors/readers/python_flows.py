"""Python that an orchestrator starts: Airflow, Prefect, Dagster, Kedro, Luigi, Metaflow, ZenML, Flyte, Kubeflow, …

Only files that import one of them are parsed. Names are as written; nothing is imported or run.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator

from collectors.facts.settings import Stage, Started, StartKind
from collectors.readers.commands import SOURCE
from collectors.readers.nodes import UnreadError
from collectors.readers.rows import Row
from collectors.readers.shell import HOLE, joined, started_by

ORCHESTRATORS = {
    "airflow", "prefect", "dagster", "kedro", "luigi", "metaflow", "zenml", "flytekit", "kfp", "celery", "dramatiq",
    "hamilton", "burr", "taipy", "mage_ai", "invoke", "nox", "fabric", "doit", "ploomber", "apscheduler", "schedule",
    "rq", "huey", "modal", "ray", "clearml",
}  # fmt: skip
"""Packages whose flows, jobs and tasks are started by name or by a schedule."""
_IMPORT = re.compile(rf"^[ \t]*(?:from|import)[ \t]+(?:{'|'.join(sorted(ORCHESTRATORS))})\b".encode(), re.MULTILINE)
_STARTING = {
    "task", "flow", "dag", "asset", "multi_asset", "graph_asset", "op", "job", "graph", "sensor", "schedule", "step",
    "pipeline", "workflow", "dynamic", "component", "shared_task", "solid", "resource", "repository", "asset_check",
    "io_manager", "materializer", "task_group", "setup", "teardown", "actor", "function", "endpoint", "hook_impl",
    "asset_sensor", "run_status_sensor", "configured", "session", "periodic_task", "db_task", "scheduled_job",
    "data_loader", "transformer", "data_exporter", "local_entrypoint", "web_endpoint", "config", "graph_multi_asset",
    "observable_source_asset", "partitioned_config", "short_circuit", "branch", "virtualenv", "external_python",
    "docker", "bash", "pyspark", "kubernetes", "run_if", "custom_job", "pipeline_task", "deployment", "batch",
    "container_component",
}  # fmt: skip
"""Decorators, by their last name, that hand a function to an orchestrator."""
_MAKERS = {"DAG", "Definitions", "Flow", "Deployment", "ScheduleDefinition", "JobDefinition", "FlowSpec"}
_COMMANDS = {
    "bash_command", "command", "cmd", "cmds", "commands", "arguments", "args", "entrypoint", "entry_point",
}  # fmt: skip
_CALLED = {
    "python_callable", "target", "func", "function", "fn", "flow", "run_func", "execute", "on_failure_callback",
    "on_success_callback", "on_retry_callback", "condition", "job_fn",
}  # fmt: skip
_BASES = re.compile(r"(?:Task|FlowSpec|Operator|Sensor|Hook|Resource|IOManager|Asset|Step|Component)$")
_RUNS = {"run", "sudo", "local", "system", "run_always", "run_install"}
_ENTRY = {"create_pipeline", "register_pipelines", "register_catalog", "run_package"}


def is_flow(content: bytes) -> bool:
    """Whether a Python text imports an orchestrator: a look at its bytes, before anything is parsed."""
    return _IMPORT.search(content) is not None


def flows(text: str) -> Iterator[Row]:
    """Raises UnreadError for what is not Python 3."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # old escapes in strings
            tree = ast.parse(text)
    except (SyntaxError, ValueError):
        raise UnreadError("it is not valid Python 3") from None
    except (RecursionError, MemoryError):
        raise UnreadError("it is nested too deeply to parse") from None
    yield from _Flows(tree).rows()


class _Flows:
    def __init__(self, tree: ast.Module) -> None:
        self._nodes = list(ast.walk(tree))
        self._imported = dict(self._imports())
        self._local = {node.name for node in tree.body if isinstance(node, _DEFINED)}

    def _imports(self) -> Iterator[tuple[str, str]]:
        """Names in this file, and what they stand for: "module" or "module:name"."""
        for node in self._nodes:
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield (alias.asname or alias.name.partition(".")[0],
                           alias.name if alias.asname else alias.name.partition(".")[0])  # fmt: skip
            elif isinstance(node, ast.ImportFrom):
                module = "." * node.level + (node.module or "")
                for alias in node.names:
                    yield alias.asname or alias.name, f"{module}:{alias.name}"

    def rows(self) -> Iterator[Row]:
        for node in self._nodes:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield from self._function(node)
            elif isinstance(node, ast.ClassDef):
                if any(_BASES.search(_name(base)) and self._is_tools(base) for base in node.bases):
                    yield Started(f":{node.name}", StartKind.FUNCTION, node.lineno)
            elif isinstance(node, ast.Call):
                yield from self._call(node)

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[Row]:
        handed = any(_name(decorator) in _STARTING and self._is_tools(decorator) for decorator in node.decorator_list)
        if handed or node.name in _ENTRY:
            yield Started(f":{node.name}", StartKind.FUNCTION, node.lineno)

    def _is_tools(self, node: ast.expr) -> bool:
        """Whether a name leads back to an orchestrator: by an import, or as a method of something made here."""
        root = node.func if isinstance(node, ast.Call) else node
        while isinstance(root, ast.Attribute):
            root = root.value
        if not isinstance(root, ast.Name):
            return False
        origin = self._imported.get(root.id)
        if origin is None:
            return isinstance(node.func if isinstance(node, ast.Call) else node, ast.Attribute)
        return True  # the file imports an orchestrator, and a wrapper of the project's own may hand over too

    def _call(self, node: ast.Call) -> Iterator[Row]:
        name = _name(node.func)
        if name in {"node", "Node"} and self._imported.get(name, "").startswith("kedro"):
            yield from self._kedro_node(node)
            return
        if name in _MAKERS:
            yield Started(f":{name}", StartKind.FUNCTION, node.lineno, _constant(node, "dag_id"))
        by = _constant(node, "task_id") or _constant(node, "name")
        for keyword in node.keywords:
            if keyword.arg in _CALLED:
                yield from self._named(keyword.value, by)
            elif keyword.arg in _COMMANDS:
                yield from _command(keyword.value, by)
            elif keyword.arg is not None and (text := _text(keyword.value)):
                yield from _source(text, keyword.value.lineno, by)
        if isinstance(node.func, ast.Attribute) and name in _RUNS:
            yield from _words(node)

    def _named(self, value: ast.expr, by: str) -> Iterator[Started]:
        """A function that is passed, not called."""
        if isinstance(value, ast.Call) and value.args and _name(value.func) == "partial":
            value = value.args[0]
        target = self._target(value)
        if target:
            yield Started(target, StartKind.FUNCTION, value.lineno, by)

    def _target(self, value: ast.expr) -> str:
        parts: list[str] = []
        while isinstance(value, ast.Attribute):
            parts.append(value.attr)
            value = value.value
        if not isinstance(value, ast.Name):
            return ""
        origin = self._imported.get(value.id)
        if origin is None:
            return f":{value.id}" if value.id in self._local or not parts else ""
        return ".".join([origin.replace(":", ".") if parts else origin, *reversed(parts)])

    def _kedro_node(self, node: ast.Call) -> Iterator[Row]:
        given = {keyword.arg: keyword.value for keyword in node.keywords if keyword.arg}
        given |= dict(zip(("func", "inputs", "outputs"), node.args, strict=False))
        called = given.get("func")
        target = self._target(called) if called is not None else ""
        name = _constant(node, "name") or target.rpartition(":")[2]
        inputs = list(_strings(given.get("inputs")))
        yield Stage(
            name,
            node.lineno,
            deps=tuple(text for text in inputs if not _is_parameter(text)),
            outs=tuple(_strings(given.get("outputs"))),
            params=tuple(text.removeprefix("params:") for text in inputs if _is_parameter(text)),
        )
        if target:
            yield Started(target, StartKind.FUNCTION, node.lineno, name)


_DEFINED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def _is_parameter(name: str) -> bool:
    return name.startswith("params:") or name == "parameters"


def _name(node: ast.expr) -> str:
    """The last part of a dotted name, of what is called too."""
    if isinstance(node, ast.Call):
        node = node.func
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _constant(node: ast.Call, name: str) -> str:
    return next((_text(keyword.value) for keyword in node.keywords if keyword.arg == name), "")[:200]


def _text(node: ast.expr) -> str:
    """A string, what is filled into it as a hole; "" for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.sub(r"\{\{.{0,300}?\}\}", HOLE, node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(value) if isinstance(value, ast.Constant) else HOLE for value in node.values)
    return ""


def _strings(node: ast.expr | None) -> Iterator[str]:
    """The strings of a list, tuple, set, dictionary's values, or the one string."""
    match node:
        case ast.List() | ast.Tuple() | ast.Set():
            yield from (text for item in node.elts if (text := _text(item)))
        case ast.Dict():
            yield from (text for item in node.values if (text := _text(item)))
        case None:
            return
        case _:
            if text := _text(node):
                yield text


def _command(node: ast.expr, by: str) -> Iterator[Started]:
    if isinstance(node, ast.List | ast.Tuple):
        words = list(_strings(node))
        text = " ".join("'" + word.replace("'", "'\"'\"'") + "'" for word in words)
        yield from started_by(text, node.lineno, by)
    elif text := _text(node):
        yield from started_by(text, node.lineno, by)


def _words(node: ast.Call) -> Iterator[Started]:
    """`session.run("python", "x.py")` of nox, `c.run("python x.py")` of invoke."""
    words = [_text(argument) for argument in node.args]
    if words and all(words):
        text = words[0] if len(words) == 1 else " ".join("'" + word.replace("'", "") + "'" for word in words)
        yield from (
            row
            for row in started_by(text, node.lineno)
            if row.kind is not StartKind.FILE or SOURCE.fullmatch(row.target)
        )


def _source(text: str, line: int, by: str) -> Iterator[Started]:
    found = SOURCE.fullmatch(text) if len(text) < 500 and " " not in text else None
    if found:
        kind = StartKind.FUNCTION if found[2] else StartKind.ARGUMENT
        target = joined("", found[1])
        yield Started(f"{target}:{found[2]}" if found[2] else target, kind, line, by)
