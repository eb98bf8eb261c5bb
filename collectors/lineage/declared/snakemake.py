"""Rules of Snakemake: the parts of a rule are arguments of a call, and are read as such. Nothing is run.

Source: https://snakemake.readthedocs.io/en/stable/snakefiles/rules.html
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice, product
from typing import Any

from collectors.facts.lineage import HOLE, Access
from collectors.lineage.declared.commands import Job, entries
from collectors.lineage.declared.ml_project import access
from collectors.lineage.declared.rows import Doubt, DoubtKind, Entry, Row, Tree
from collectors.lineage.declared.templates import plain_of
from collectors.readers.nodes import UnreadError
from collectors.readers.shell import joined

_RULE = re.compile(r"([ \t]*)(?:rule|checkpoint)[ \t]+(\w+)[ \t]*:[ \t]*(?:#.*)?")
_PART = re.compile(r"([ \t]+)(input|output|script|notebook|shell|params|log|benchmark|run|\w+)[ \t]*:(.*)")
_CONFIG = re.compile(r"^[ \t]*configfile[ \t]*:[ \t]*['\"]([^'\"\n]+)['\"]", re.MULTILINE)
_CONSTANT = re.compile(r"^([A-Za-z_]\w*)[ \t]*=[ \t]*([\[('\"].*)$", re.MULTILINE)
_WILDCARD = re.compile(r"(?<!\{)\{[^{}\n]+\}(?!\})")
_USE = re.compile(r"(?<!\{)\{([^{}\n]+)\}(?!\})")
_THROUGH = {"temp", "protected", "directory", "ancient", "touch", "report", "pipe", "local", "service", "ensure", "str",
            "Path", "storage", "sorted", "update", "before_update", "retrieve"}  # fmt: skip
"""Calls that mark a file, and give it."""
_ROWS, _MOST_NAMES, _MOST_MADE = 20_000, 500, 100
Given = list[tuple[str, str]]
"""Names of files with the word they are given by; an empty name is one that is not known."""


@dataclass
class _Rule:
    name: str
    line: int
    parts: dict[str, tuple[int, list[str]]] = field(default_factory=dict)  # first line, lines
    indent: int = -1

    def text(self, part: str) -> str:
        return "\n".join(self.parts[part][1]) if part in self.parts else ""


def snakefile(tree: Tree, path: str) -> Iterator[Row]:
    text = tree.read(path) or ""
    rules = _rules(text)
    folder = path.rpartition("/")[0]
    base = re.sub(r"(?:^|/)workflow(?:/rules)?$|(?:^|/)rules$", "", folder)
    known = _Known(_config(tree, text, base, folder), _constants(text))
    for rule in rules:
        known.outputs[rule.name] = known.files(rule.text("output"))
    for rule in rules:
        yield from _of_rule(tree, path, base, rule, known)


def _rules(text: str) -> list[_Rule]:
    rules: list[_Rule] = []
    rule: _Rule | None = None
    part: list[str] | None = None
    for number, row in enumerate(text.split("\n")[:_ROWS], 1):
        if found := _RULE.fullmatch(row):
            rule, part = _Rule(found[2], number), None
            rules.append(rule)
        elif row.strip() and rule is not None and row[0] not in " \t)]#":
            rule = part = None
        elif rule is not None and (found := _PART.fullmatch(row)) and rule.indent in {-1, len(found[1])}:
            rule.indent = len(found[1])
            part = [found[3]]
            rule.parts[found[2]] = (number, part)
        elif part is not None:
            part.append(row)
    return rules


def _config(tree: Tree, text: str, base: str, folder: str) -> Any:
    """Of the file that is named, else of the one that a workflow has by custom."""
    named = [match[1] for match in _CONFIG.finditer(text)]
    paths = [joined(where, name) for name in named for where in (base, folder)]
    paths += [joined(base, name) for name in ("config/config.yaml", "config.yaml", "config/config.yml")]
    for path in paths:
        try:
            document = tree.document(path)
        except UnreadError:
            continue
        if document is not None:
            return plain_of(document)
    return {}


def _constants(text: str) -> dict[str, Any]:
    found = {}
    for match in islice(_CONSTANT.finditer(text), 200):
        try:
            found[match[1]] = ast.literal_eval(match[2])
        except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
            continue
    return found


class _Known:
    """What the names of a Snakefile stand for."""

    def __init__(self, config: Any, constants: Mapping[str, Any]) -> None:
        self.config = config
        self.constants = constants
        self.outputs: dict[str, Given] = {}

    def files(self, text: str) -> Given:
        node = _call(text)
        if node is None:
            return [("", "")] if text.strip() else []
        found = [(name, "") for arg in node.args for name in self._names(arg)]
        found += [(name, word.arg or "") for word in node.keywords for name in self._names(word.value)]
        return found[:_MOST_NAMES]

    def _names(self, node: ast.expr) -> list[str]:
        """ "" for each that is not known."""
        match node:
            case ast.Starred(value=value):
                return self._names(value)
            case ast.List(elts=parts) | ast.Tuple(elts=parts):
                return [name for part in parts[:_MOST_NAMES] for name in self._names(part)]
            case ast.Dict(values=parts):
                return [name for part in parts[:_MOST_NAMES] for name in self._names(part)]
            case ast.Call(func=ast.Name(id="expand")) | ast.Call(func=ast.Name(id="collect")):
                return self._expanded(node)
            case ast.Call(func=ast.Name(id="multiext"), args=[first, *rest]):
                return [f"{start}{end}" for start in self._names(first) for one in rest for end in self._names(one)]
            case ast.Call(args=[first, *_]) if _last(node.func) in _THROUGH or _root(node.func) == "storage":
                return self._names(first)
            case ast.Attribute() | ast.Subscript() if _root(node) == "rules":
                return self._of_rule(node)
        value = self.value(node)
        texts = value if isinstance(value, list | tuple) else [value]
        return [
            _WILDCARD.sub(HOLE, one) if isinstance(one, str) and one.strip(HOLE) else "" for one in texts[:_MOST_NAMES]
        ]

    def _of_rule(self, node: ast.expr) -> list[str]:
        parts = re.findall(r"\w+", ast.unparse(node))
        if len(parts) < 3 or parts[2] != "output":
            return [""]
        files = self.outputs.get(parts[1], [("", "")])
        chosen = [name for name, word in files if len(parts) > 3 and word == parts[3]]
        return chosen or [name for name, _ in files]

    def _expanded(self, node: ast.Call) -> list[str]:
        """Every combination, where the values are written out."""
        patterns = self._raw(node.args[0]) if node.args else []
        names: dict[str, list[str]] = {}
        for word in node.keywords:
            value = self.value(word.value)
            values = value if isinstance(value, list | tuple) else [value]
            names[word.arg or ""] = [
                one if isinstance(one, str) else str(one) if isinstance(one, int) else HOLE
                for one in values[:_MOST_MADE]
            ]
        found = []
        for pattern in patterns:
            used = [name for name in names if f"{{{name}}}" in pattern]
            for chosen in islice(product(*(names[name] or [HOLE] for name in used)), _MOST_MADE):
                made = pattern
                for name, one in zip(used, chosen, strict=True):
                    made = made.replace(f"{{{name}}}", one)
                found.append(_WILDCARD.sub(HOLE, made).replace("{{", "{").replace("}}", "}"))
        return [_WILDCARD.sub(HOLE, name) for name in dict.fromkeys(found)] or [""]

    def _raw(self, node: ast.expr) -> list[str]:
        if isinstance(node, ast.List | ast.Tuple):
            return [text for part in node.elts for text in self._raw(part)]
        if isinstance(node, ast.Attribute | ast.Subscript) and _root(node) == "rules":
            return [name for name in self._of_rule(node) if name]
        value = self.value(node)
        return [value] if isinstance(value, str) else []

    def value(self, node: ast.expr) -> Any:
        """A plain value; a hole for what is not known."""
        match node:
            case ast.Constant(value=value):
                return value
            case ast.JoinedStr(values=parts):
                return "".join(str(self.value(part)) for part in parts)[:2_000]
            case ast.FormattedValue(value=value):
                found = self.value(value)
                return found if isinstance(found, str | int) else HOLE
            case ast.Name(id="config"):
                return self.config
            case ast.Name(id=name):
                return self.constants.get(name, HOLE)
            case ast.List(elts=parts) | ast.Tuple(elts=parts):
                return [self.value(part) for part in parts[:_MOST_NAMES]]
            case ast.Subscript(value=base, slice=place):
                return _at(self.value(base), self.value(place))
            case ast.Call(func=ast.Attribute(value=base, attr="get"), args=[first, *rest]):
                found = _at(self.value(base), self.value(first))
                return self.value(rest[0]) if found == HOLE and rest else found
            case ast.Call(func=function, args=args) if _last(function) == "join" and _root(function) == "os":
                return "/".join(str(self.value(part)) for part in args)[:2_000]
            case ast.BinOp(left=left, op=ast.Add() | ast.Div() as op, right=right):
                one, other = self.value(left), self.value(right)
                between = "/" if isinstance(op, ast.Div) else ""
                return f"{one}{between}{other}"[:2_000] if isinstance(one, str) and isinstance(other, str) else HOLE
            case _:
                return HOLE


def _at(base: Any, place: Any) -> Any:
    if isinstance(base, dict) and isinstance(place, str):
        return base.get(place, HOLE)
    if isinstance(base, list | tuple) and isinstance(place, int) and -len(base) <= place < len(base):
        return base[place]
    return HOLE


def _last(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _root(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _call(text: str) -> ast.Call | None:
    try:
        node = ast.parse(f"f(\n{text[:50_000]}\n)", mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return node if isinstance(node, ast.Call) else None


def _of_rule(tree: Tree, path: str, base: str, rule: _Rule, known: _Known) -> Iterator[Row]:
    job = Job(f"{base}:{rule.name}" if base else rule.name, path, base)
    given = {part: known.files(rule.text(part)) for part in ("input", "output", "params", "log", "benchmark")}
    for part, way in (("input", Access.READ), ("output", Access.WRITE)):
        line = rule.parts[part][0] if part in rule.parts else rule.line
        for name in dict.fromkeys(name for name, _ in given[part]):
            if name:
                yield from access(tree, job, way, name, line, part)
        if ("", "") in given[part] or any(not name for name, _ in given[part]):
            yield Doubt(path, line, DoubtKind.UNRESOLVED, f"its {part} is put together while it runs", job.name)
    for part in ("script", "notebook"):
        for name, _ in known.files(rule.text(part)):
            script = joined(path.rpartition("/")[0], name)
            if script.endswith((".py", ".ipynb")) and script in tree.paths:
                yield Entry(script, (), base, job.name, path, rule.parts[part][0])
    shell = known.files(rule.text("shell"))
    if shell and (node := _call(rule.text("shell"))) is not None:
        text = "".join(str(value) for arg in node.args if isinstance(value := known.value(arg), str))
        yield from entries(tree, _filled(text, given), job, rule.parts["shell"][0])


def _filled(text: str, given: Mapping[str, Given]) -> str:
    def one(match: re.Match[str]) -> str:
        part, *rest = re.findall(r"\w+", match[1])[:2] or [""]
        files = given.get(part)
        if files is None:
            return HOLE
        if rest and rest[0].isdecimal():
            return (files[int(rest[0][:4])][0] if int(rest[0][:4]) < len(files) else "") or HOLE
        return " ".join(name or HOLE for name, word in files if not rest or word == rest[0]) or HOLE

    return _USE.sub(one, text[:50_000]).replace("{{", "{").replace("}}", "}")
