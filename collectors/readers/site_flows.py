"""What flows where within one function: rows into a step that is fitted on them, before they are split."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from collectors.facts.sites import SiteKind
from collectors.readers.site_names import FITTED_ON_ROWS, RESAMPLED, words
from collectors.readers.site_text import Found, Text, called, root_of

_SPLITS = frozenset({"train_test_split"})
_STEPS = FITTED_ON_ROWS | RESAMPLED
_KEEP = words("DataFrame Series array asarray concat concatenate hstack vstack column_stack csr_matrix")
"""Functions whose result still holds the rows that they were given."""
_KEEP_METHODS = words(
    """
    drop copy toarray todense fillna reshape join merge assign to_numpy dropna reset_index astype rename
    transpose set_index
    """
)


_DEEPEST = 20
"""Calls within calls that are looked through."""


def flows(text: Text) -> Iterator[Found]:
    names = {name for name, _ in text.marks.calls}
    if names & _SPLITS:
        yield from (Found(SiteKind.SPLIT, call) for name, call in text.marks.calls if name in _SPLITS)
        if names & _STEPS:
            for events in _by_function(text):
                yield from _Rows(text).leaks(events)


Event = ast.Assign | ast.Call


def _by_function(text: Text) -> Iterable[list[Event]]:
    """Assignments and calls of each function, and of the text outside them, in their order."""
    functions = [scope for scope in text.marks.scopes if not isinstance(scope, ast.ClassDef)]
    nodes: list[Event | ast.FunctionDef | ast.AsyncFunctionDef] = [
        *functions,
        *text.marks.assigns,
        *(call for _, call in text.marks.calls),
    ]
    nodes.sort(key=lambda node: (node.lineno, node.col_offset))
    found: defaultdict[ast.AST | None, list[Event]] = defaultdict(list)
    around: list[ast.FunctionDef | ast.AsyncFunctionDef] = []
    for node in nodes:
        while around and (around[-1].end_lineno or 0) < node.lineno:
            around.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            around.append(node)
        else:
            found[around[-1] if around else None].append(node)
    return found.values()


def _names(node: ast.expr) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def _targets(node: ast.Assign) -> Iterator[tuple[str, bool]]:
    """Names that are assigned to, and whether all of what they held goes."""
    for target in node.targets:
        for one in target.elts if isinstance(target, ast.Tuple | ast.List) else [target]:
            root = root_of(one)
            if root:
                yield root, isinstance(one, ast.Name)


class Fit(NamedTuple):
    call: ast.Call
    step: str  # its class


@dataclass
class _Rows:
    """Rows that a step has seen as a whole."""

    text: Text
    steps: dict[str, str] = field(default_factory=dict)  # name of a step: its class
    seen: dict[str, ast.Call] = field(default_factory=dict)  # name of a step: where it was fitted
    held: dict[str, Fit] = field(default_factory=dict)  # by the name of the rows
    told: set[ast.Call] = field(default_factory=set)

    def leaks(self, events: list[Event]) -> Iterator[Found]:
        for event in events:
            if isinstance(event, ast.Assign):
                if isinstance(event.value, ast.Call) and called(event.value) in _SPLITS:
                    yield from self._split(event.value)  # before what it divides gets new values
                self._assign(event)
            elif called(event) in _SPLITS:
                yield from self._split(event)
            elif called(event) == "fit":
                self._fit(event)

    def _class_of(self, node: ast.expr) -> str:
        if isinstance(node, ast.Name):
            return self.steps.get(node.id, "")
        if isinstance(node, ast.Call):
            name = called(node)
            if name in _STEPS and self.text.name_of(node).startswith(("sklearn.", "imblearn.")):
                return name
        return ""

    def _fit(self, call: ast.Call) -> None:
        if isinstance(call.func, ast.Attribute) and self._class_of(call.func.value) and not _is_part(call):
            root = root_of(call.func)
            if root:
                self.seen[root] = call

    def _assign(self, node: ast.Assign) -> None:
        value = node.value
        name = self._class_of(value) if isinstance(value, ast.Call) else ""
        origin = None if name else self._origin(value)
        for target, is_whole in _targets(node):
            if name and is_whole:
                self.steps[target] = name
            elif origin:
                self.held[target] = origin
            elif is_whole:
                self.held.pop(target, None)
                self.steps.pop(target, None)
                self.seen.pop(target, None)

    def _origin(self, value: ast.expr, depth: int = 0) -> Fit | None:
        """The fit that these rows went through."""
        if depth > _DEEPEST:
            return None
        match value:
            case ast.Name():
                return self.held.get(value.id)
            case ast.Subscript() | ast.Attribute():
                return self._origin(value.value, depth + 1)
            case ast.List() | ast.Tuple():
                return self._first(value.elts, depth)
            case ast.Call() if called(value) not in _SPLITS:
                return self._result(value, depth)
            case _:
                return None

    def _first(self, parts: list[ast.expr], depth: int) -> Fit | None:
        return next((found for part in parts if (found := self._origin(part, depth + 1))), None)

    def _result(self, call: ast.Call, depth: int) -> Fit | None:
        last = called(call)
        if isinstance(call.func, ast.Attribute):
            made_by = call.func.value
            step = self._class_of(made_by)
            if step:
                return self._stepped(call, made_by, step)
            if last in _KEEP_METHODS and (found := self._origin(made_by, depth + 1)):
                return found
        return self._first(call.args, depth) if last in _KEEP or last in _KEEP_METHODS else None

    def _stepped(self, call: ast.Call, made_by: ast.expr, step: str) -> Fit | None:
        if _is_part(call):
            return None
        if called(call) in ("fit_transform", "fit_resample", "fit_sample"):
            return Fit(call, step)
        if called(call) == "transform" and isinstance(made_by, ast.Name) and made_by.id in self.seen:
            return Fit(self.seen[made_by.id], step)
        return None

    def _split(self, call: ast.Call) -> Iterator[Found]:
        for argument in call.args:
            origin = self._origin(argument)
            if origin and origin.call not in self.told:
                self.told.add(origin.call)
                yield Found(SiteKind.LEAK, origin.call, f"{origin.step}, before the split in line {call.lineno}")


def _is_part(call: ast.Call) -> bool:
    """Fitted on what is a part already."""
    return any(
        word in name.lower() for argument in call.args for name in _names(argument) for word in ("train", "test", "val")
    )
