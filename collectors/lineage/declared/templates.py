"""DVC's templates: values of params.yaml and of listed files, put where `${…}` stands. Nothing is run.

Source: https://dvc.org/doc/user-guide/project-structure/dvcyaml-files#templating
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from typing import Any

from collectors.facts.lineage import HOLE
from collectors.facts.settings import ValueKind
from collectors.lineage.declared.rows import Tree
from collectors.readers import nodes
from collectors.readers.nodes import Node, Scalar, UnreadError, followed, items, pairs
from collectors.readers.shell import joined

REFERENCE = re.compile(r"(?<!\\)\$\{\s*([^${}]*?)\s*\}")
_STEP = re.compile(r"\[['\"]?([^\[\]'\"]+)['\"]?\]|([^.\[\]]+)")
_MOST_VALUES = 20_000
_LONGEST = 4_000
_DEEPEST = 30

Plain = Any
"""Text, None, lists and dictionaries of them: numbers stay as they are written."""


class _Maker:
    def __init__(self) -> None:
        self.left = _MOST_VALUES

    def made(self, node: Node | None, depth: int = _DEEPEST) -> Plain:
        self.left -= 1
        if self.left < 0 or depth < 0:
            return HOLE
        found = followed(node)
        if isinstance(found, nodes.Mapping):
            table: dict[str, Plain] = {}
            for key, value in pairs(found):
                if self.left < 0:
                    break
                table.setdefault(key.text, self.made(value, depth - 1))
            return table
        if isinstance(found, nodes.Sequence):
            return [self.made(item, depth - 1) for item in found.items[: max(self.left, 0)]]
        if not isinstance(found, Scalar) or found.kind is ValueKind.NULL:
            return None
        is_boolean = found.text.lower() in {"true", "false"}  # to DVC, which reads YAML 1.2, "no" is text
        return found.text.lower() if is_boolean and found.kind is ValueKind.BOOLEAN else found.text


def plain_of(node: Node | None) -> Plain:
    """So many values and no more, however often an alias stands for the same."""
    return _Maker().made(node)


def variables(tree: Tree, given: Node | None, folder: str, default: str = "") -> tuple[dict[str, Plain], list[str]]:
    """What `vars` gives, the default file first, and why some of it is missing."""
    found: dict[str, Plain] = {}
    why: list[str] = []
    if default:
        merge(found, _file(tree, joined(folder, default), why, must=False))
    for item in map(followed, items(given)[:200]):
        if isinstance(item, Scalar):
            path, _, keys = item.text.partition(":")
            values = _file(tree, joined(folder, path), why, must=True)
            merge(found, {key: values[key] for key in keys.split(",") if key in values} if keys else values)
        elif isinstance(item, nodes.Mapping):
            merge(found, plain_of(item))
    return found, why


def _file(tree: Tree, path: str, why: list[str], *, must: bool) -> dict[str, Plain]:
    try:
        if path.endswith(".py"):
            text = tree.read(path)
            values: Plain = None if text is None else _python_values(text)
        else:
            document = tree.document(path)
            values = None if document is None else plain_of(document)
    except UnreadError as error:
        why.append(f"{path} cannot be read: {error}")
        return {}
    if values is None and must:
        why.append(f"{path} is not in the tree")
    return values if isinstance(values, dict) else {}


def _python_values(text: str) -> dict[str, Plain]:
    """Constants of a params.py, those of its classes as tables."""
    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise UnreadError("it is not valid Python 3") from None
    return dict(_constants(body, 3))


def _constants(body: list[ast.stmt], depth: int) -> Iterator[tuple[str, Plain]]:
    for node in body[:2_000]:
        if isinstance(node, ast.ClassDef) and depth:
            yield node.name, dict(_constants(node.body, depth - 1))
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            if isinstance(target, ast.Name):
                try:
                    yield target.id, _as_text(ast.literal_eval(node.value))
                except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
                    continue


def _as_text(value: object) -> Plain:
    if isinstance(value, dict):
        return {str(key): _as_text(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set):
        return [_as_text(inner) for inner in value]
    return None if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def merge(into: dict[str, Plain], other: Mapping[str, Plain], depth: int = _DEEPEST) -> None:
    for key, value in other.items():
        mine = into.get(key)
        if isinstance(mine, dict) and isinstance(value, dict) and depth:
            merged = dict(mine)
            merge(merged, value, depth - 1)
            into[key] = merged
        else:
            into[key] = value


def resolved(text: str, known: Mapping[str, Plain]) -> Plain:
    """A text with its references filled in, a hole for each that nothing tells; alone, a reference may be a table."""
    whole = REFERENCE.fullmatch(text.strip())
    if whole:
        found = _referred(whole[1], known)
        return HOLE if found is None else _without_references(found)
    return text_of(text, known)


def text_of(text: str, known: Mapping[str, Plain]) -> str:
    filled = REFERENCE.sub(lambda match: _shown(_referred(match[1], known)), text[:100_000])
    return filled.replace("\\${", "${")[:100_000]


def _shown(value: Plain) -> str:
    """In a command, DVC spells a table as options and a list as words."""
    if isinstance(value, dict):
        return " ".join(word for key, inner in list(value.items())[:100] for word in _option(key, inner))[:_LONGEST]
    if isinstance(value, list):
        return " ".join(str(item) for item in value[:100])[:_LONGEST]
    return HOLE if value is None else _without_references(value)


def _option(key: str, value: Plain) -> list[str]:
    if isinstance(value, dict):
        return [word for inner, below in list(value.items())[:100] for word in _option(f"{key}.{inner}", below)]
    if value == "false":
        return []
    if isinstance(value, list):
        return [f"--{key}", *(str(item) for item in value[:100])]
    return [f"--{key}"] if value == "true" else [f"--{key}", HOLE if value is None else str(value)]


def _without_references(value: Plain) -> Plain:
    """DVC fills in once: a value that holds a reference itself (OmegaConf's) is no text that is known."""
    return REFERENCE.sub(HOLE, value[:_LONGEST]) if isinstance(value, str) else value


def _referred(name: str, known: Mapping[str, Plain]) -> Plain:
    found: Plain = known
    for step in _STEP.finditer(name[:500]):
        key = step[1] or step[2]
        if isinstance(found, Mapping):
            found = found.get(key)
        elif isinstance(found, list) and key.isdecimal() and int(key[:9]) < len(found):
            found = found[int(key[:9])]
        else:
            return None
    return found
