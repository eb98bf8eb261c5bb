"""setup.py read as text: what stands there literally, or under a name that a literal was given. It is never run."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator

from collectors.facts.settings import Inherited, Requirement, Started, StartKind
from collectors.readers.entry_points import entry_point
from collectors.readers.nodes import UnreadError
from collectors.readers.requirement import pep508
from collectors.readers.rows import Row

_GROUPS = {"install_requires": "", "requires": "", "setup_requires": "build", "tests_require": "test"}
_FILE = re.compile(r"[\w./-]*(?:requirements?|constraints)[\w./-]*\.(?:txt|in|pip)|requirements/[\w./-]+\.txt")
_DEPTH = 6
_String = tuple[str, int]


def setup_py(text: str) -> Iterator[Row]:
    """Raises UnreadError for what is not Python 3."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except (SyntaxError, ValueError):
        raise UnreadError("it is not valid Python 3") from None
    except (RecursionError, MemoryError):
        raise UnreadError("it is nested too deeply to parse") from None
    names = _names(tree)
    for node in ast.walk(tree):
        for name, value in _told(node):
            yield from _argument(name, value, names)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _FILE.fullmatch(node.value[:200]):
            yield Inherited(node.value, "reads", node.lineno)


def _told(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Arguments of setup(…), of dict(…), and a few keys of a dictionary that may be handed to it."""
    if isinstance(node, ast.Call) and _last(node.func) in {"setup", "dict"}:
        yield from ((keyword.arg, keyword.value) for keyword in node.keywords if keyword.arg is not None)
    elif isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant) and key.value in {"install_requires", "extras_require", "entry_points"}:
                yield str(key.value), value


def _names(tree: ast.Module) -> dict[str, ast.expr]:
    """Names at the top that are given a value once; what is given twice, or added to, isn't known."""
    found: dict[str, ast.expr] = {}
    lost: set[str] = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
            continue
        for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
            if isinstance(target, ast.Name):
                if target.id in found:
                    lost.add(target.id)
                found[target.id] = node.value
            elif isinstance(target, ast.Subscript):  # extras["dev"] = […]
                table = found.get(_last(target.value))
                if isinstance(table, ast.Dict):
                    table.keys.append(target.slice)
                    table.values.append(node.value)
    return {name: value for name, value in found.items() if name not in lost}


def _last(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _argument(name: str, value: ast.expr, names: dict[str, ast.expr]) -> Iterator[Row]:
    value = _followed(value, names)
    if name in _GROUPS:
        for text, line in _strings(value, names):
            yield from pep508(text, _GROUPS[name], line)
    elif name in {"extras_require", "extras"} and isinstance(value, ast.Dict):
        for key, inner in zip(value.keys, value.values, strict=True):
            group = str(key.value) if isinstance(key, ast.Constant) else "*"
            for text, line in _strings(_followed(inner, names), names):
                yield from pep508(text, group.partition(":")[0], line)
    elif name == "python_requires":
        for text, line in _strings(value, names):
            yield Requirement("python", text[:100], False, "python", line)
    elif name == "entry_points":
        yield from _entry_points(value, names)
    elif name == "scripts":
        yield from (Started(text, StartKind.FILE, line, "scripts") for text, line in _strings(value, names))


def _entry_points(value: ast.expr, names: dict[str, ast.expr]) -> Iterator[Row]:
    if isinstance(value, ast.Dict):
        for inner in value.values:
            for text, line in _strings(_followed(inner, names), names):
                yield from entry_point(text, line)
    else:  # the text of an INI file
        for text, line in _strings(value, names):
            for offset, row in enumerate(text.split("\n")):
                yield from entry_point(row, line + offset)


def _followed(node: ast.expr, names: dict[str, ast.expr]) -> ast.expr:
    for _ in range(_DEPTH):
        if not (isinstance(node, ast.Name) and node.id in names):
            break
        node = names[node.id]
    return node


def _strings(node: ast.expr, names: dict[str, ast.expr], depth: int = _DEPTH) -> Iterator[_String]:
    """Strings of lists and tuples, joined by "+" or by names, each with its line. What is computed is passed over."""
    node = _followed(node, names)
    if depth <= 0:
        return
    match node:
        case ast.Constant(value=str() as text):
            yield text, node.lineno
        case ast.List() | ast.Tuple() | ast.Set():
            for item in node.elts:
                yield from _strings(item.value if isinstance(item, ast.Starred) else item, names, depth - 1)
        case ast.BinOp(op=ast.Add()):
            yield from _strings(node.left, names, depth - 1)
            yield from _strings(node.right, names, depth - 1)
        case ast.Subscript(value=ast.Name() as table, slice=ast.Constant(value=key)):
            found = _followed(table, names)
            if isinstance(found, ast.Dict):
                for name, value in zip(found.keys, found.values, strict=True):
                    if isinstance(name, ast.Constant) and name.value == key:
                        yield from _strings(value, names, depth - 1)
        case _:
            pass  # computed
