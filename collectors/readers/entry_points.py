"""Scripts and plug-ins that packaging declares; tasks that runners read from pyproject.toml and package.json."""

from __future__ import annotations

import re
from collections.abc import Iterator

from collectors.facts.settings import Started, StartKind, ValueKind
from collectors.readers.nodes import Node, Scalar, Sequence, child, followed, pairs, text_at, texts
from collectors.readers.rows import Row
from collectors.readers.shell import started_by

_REFERENCE = re.compile(r"[A-Za-z_][\w.]*(?::[A-Za-z_][\w.]*)?")
_TASKS = (
    ("tool", "pdm", "scripts"),
    ("tool", "poe", "tasks"),
    ("tool", "taskipy", "tasks"),
    ("tool", "pixi", "tasks"),
    ("tool", "rye", "scripts"),
    ("tool", "doit", "commands"),
    ("tool", "uv", "scripts"),
    ("tool", "tox", "env_run_base"),
)


def entry_point(text: str, line: int) -> Iterator[Started]:
    """`name = package.module:function [extra]`.

    Source: https://packaging.python.org/en/latest/specifications/entry-points/
    """
    name, equals, target = text.partition("=")
    if equals and name.strip():
        yield from reference(target, line, name.strip())


def reference(text: str, line: int, by: str) -> Iterator[Started]:
    target = text.partition("[")[0].strip()
    if _REFERENCE.fullmatch(target):
        yield Started(target, StartKind.FUNCTION if ":" in target else StartKind.MODULE, line, by[:100])


def pyproject_starts(document: Node) -> Iterator[Row]:
    """Source: https://packaging.python.org/en/latest/specifications/pyproject-toml/ and each tool's manual."""
    scripts = [child(document, "project", "scripts"), child(document, "project", "gui-scripts")]
    scripts += [value for _, value in pairs(child(document, "project", "entry-points"))]
    scripts += [child(document, "tool", "poetry", "scripts"), child(document, "tool", "flit", "scripts")]
    scripts += [value for _, value in pairs(child(document, "tool", "poetry", "plugins"))]
    for table in scripts:
        for name, value in pairs(table):
            target = text_at(value, "callable") or text_at(value, "reference") or _text(value)
            yield from reference(target, name.line, name.text)
    for where in _TASKS:
        yield from _tasks(child(document, *where))
    for _, env in pairs(child(document, "tool", "hatch", "envs")):
        yield from _tasks(child(env, "scripts"))
    yield from _named_by_tools(document)


def _named_by_tools(document: Node) -> Iterator[Row]:
    backend = child(document, "build-system", "build-backend")
    if isinstance(backend, Scalar) and child(document, "build-system", "backend-path") is not None:
        yield from reference(backend.text, backend.line, "build-backend")
    service = child(document, "tool", "bentoml", "build", "service")
    if isinstance(service, Scalar):
        yield Started(service.text, StartKind.FUNCTION, service.line, "bentoml")
    package = child(document, "tool", "kedro", "package_name")
    if isinstance(package, Scalar):
        for module in ("pipeline_registry", "settings", "__main__"):
            yield Started(f"{package.text}.{module}", StartKind.MODULE, package.line, "kedro")
    for _, value in pairs(child(document, "tool", "setuptools", "dynamic")):
        attribute = child(value, "attr")
        if isinstance(attribute, Scalar):
            yield Started(attribute.text, StartKind.FUNCTION, attribute.line, "attr")


def _text(node: Node) -> str:
    node = followed(node) or node
    return node.text if isinstance(node, Scalar) and node.kind is ValueKind.TEXT else ""


def _tasks(table: Node | None) -> Iterator[Row]:
    """Tasks are a command, a list of commands, or a table with one of a few keys."""
    for name, value in pairs(table):
        for told in (
            value,
            *(child(value, key) for key in ("cmd", "shell", "script", "call", "sequence", "commands", "composite")),
        ):
            node = followed(told)
            if isinstance(node, Scalar | Sequence):
                for command in texts(node, depth=1):
                    called = re.fullmatch(r"([\w.]+:\w+)(?:\(.*\))?", command.text, re.DOTALL)
                    if called:
                        yield from reference(called[1], command.line, name.text)
                    else:
                        yield from started_by(command.text, command.first_line, name.text)


def setup_cfg_starts(document: Node) -> Iterator[Row]:
    for _, value in pairs(child(document, "options.entry_points")):
        for item in texts(value, depth=0):
            for offset, row in enumerate(item.text.split("\n")):
                yield from entry_point(row, item.line + offset)
    for item in texts(child(document, "options", "scripts"), depth=0):
        for offset, row in enumerate(item.text.split("\n")):
            yield Started(row.strip(), StartKind.FILE, item.line + offset, "scripts")


def entry_points_txt(document: Node) -> Iterator[Row]:
    """An INI file whose options are entry points."""
    for _, section in pairs(document):
        for name, value in pairs(section):
            yield from reference(_text(value), name.line, name.text)


def package_json(document: Node) -> Iterator[Row]:
    """Source: the manual of npm on package.json."""
    for name, value in pairs(child(document, "scripts")):
        if isinstance(value, Scalar):
            yield from started_by(value.text, name.line, name.text)
    for key in ("main", "module", "browser", "bin", "types"):
        node = child(document, key)
        found = [node] if isinstance(node, Scalar) else [value for _, value in pairs(node)]
        for value in found:
            if isinstance(value, Scalar) and value.kind is ValueKind.TEXT and value.text:
                yield Started(value.text.removeprefix("./"), StartKind.FILE, value.line, key)
