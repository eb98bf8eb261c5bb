"""One Python text as the kinds of sites see it: calls under their full names, and what a plain name holds."""

from __future__ import annotations

import ast
import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from collectors.facts.sites import SiteKind
from collectors.readers.python_marks import Marks
from collectors.readers.python_names import Names, absolute_name, dotted_name


class Found(NamedTuple):
    kind: SiteKind
    node: ast.expr | ast.stmt
    detail: str = ""


class Text:
    def __init__(self, names: Names, source: str, rows: list[str]) -> None:
        self.source = source
        self.rows = rows
        self._held: dict[re.Pattern[str], bool] = {}
        self.marks: Marks = names.marks
        self.aliases = names.aliases
        self.imports = names.imports
        self._strings = (names.long_strings, names.docstrings)
        self.used = names.places

    def holds(self, pattern: re.Pattern[str]) -> bool:
        if pattern not in self._held:
            self._held[pattern] = pattern.search(self.source) is not None
        return self._held[pattern]

    @cached_property
    def top_level(self) -> frozenset[int]:
        """Lines on which a statement of the module itself begins that gives a name a value."""
        return frozenset(node.lineno for node in self.marks.assigns if not node.col_offset)

    def in_string(self, line: int) -> bool:
        """Whether a text of several lines goes on in this one."""
        return line in self._inside

    @cached_property
    def _inside(self) -> frozenset[int]:
        long, docstrings = self._strings
        spans = {*long, *((node.lineno, node.end_lineno or node.lineno) for node in docstrings)}
        return frozenset(line for first, last in spans for line in range(first + 1, last + 1))

    @cached_property
    def values(self) -> dict[str, list[ast.expr]]:
        """What is assigned to each plain name, anywhere in the text."""
        found: dict[str, list[ast.expr]] = {}
        for node in self.marks.assigns:
            for target in node.targets:
                if isinstance(target, ast.Name):
                    found.setdefault(target.id, []).append(node.value)
        return found

    @cached_property
    def parameters(self) -> dict[str, list[ast.expr | None]]:
        """The defaults of parameters of each name, in any function; None for one without."""
        found: dict[str, list[ast.expr | None]] = {}
        for scope in self.marks.scopes:
            if isinstance(scope, ast.ClassDef):
                continue
            given = scope.args
            plain = [*given.posonlyargs, *given.args]
            defaults: list[ast.expr | None] = [*[None] * (len(plain) - len(given.defaults)), *given.defaults]
            for argument, default in [
                *zip(plain, defaults, strict=True),
                *zip(given.kwonlyargs, given.kw_defaults, strict=True),
            ]:
                found.setdefault(argument.arg, []).append(default)
        return found

    def name_of(self, call: ast.Call) -> str:
        """Dotted; absolute where it comes from an import; "" where it hangs on no name."""
        dotted = dotted_name(call.func)
        if dotted is None:
            return ""
        return absolute_name(dotted, self.aliases) or dotted

    def text_of(self, node: ast.expr | None) -> ast.Constant | None:
        """The text that stands here, or that the name here was given once, and nothing else."""
        if isinstance(node, ast.Name):
            given = self.values.get(node.id, [])
            if len(given) != 1 or node.id in self.parameters:
                return None
            node = given[0]
        return node if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


class Lines:
    """Lines that belong to some statements, asked for many times."""

    def __init__(self, nodes: Iterable[ast.stmt]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted((node.lineno, node.end_lineno or node.lineno) for node in nodes):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(end, self._ends[-1])
            else:
                self._starts.append(start)
                self._ends.append(end)

    def __contains__(self, line: int) -> bool:
        place = bisect_right(self._starts, line) - 1
        return place >= 0 and line <= self._ends[place]


def keywords(call: ast.Call) -> dict[str, ast.expr] | None:
    """None where some come from elsewhere: `**settings`."""
    if any(keyword.arg is None for keyword in call.keywords):
        return None
    return {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}


def called(call: ast.Call) -> str:
    """The last part of the name; "" where there is none."""
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def number(node: ast.expr | None) -> float | None:
    """A number as written; None for anything else."""
    value = node.value if isinstance(node, ast.Constant) else None
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def root_of(node: ast.AST) -> str | None:
    """The plain name that an expression hangs on: "df" for df["a"].values."""
    while True:
        if isinstance(node, ast.Attribute | ast.Subscript | ast.Starred):
            node = node.value
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            node = node.func.value
        else:
            return node.id if isinstance(node, ast.Name) else None
