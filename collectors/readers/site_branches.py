"""Branches that never run, and what conditions ask for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from collectors.facts.sites import SiteKind
from collectors.readers.site_text import Found, Text, called

_RUN_FROM_OUTSIDE = re.compile(r"\bexec\(|\bglobals\(\)|#@title|# ?@param|\bconfigurator\b")
"""What may set a name of the module that nothing here sets."""
_WEAK = (ast.Import, ast.ImportFrom, ast.Pass)
MOST_FLAGS = 500
"""Names that conditions ask for and that are looked up in one text."""
_DECIDING = frozenset({ast.Constant, ast.UnaryOp, ast.BoolOp, ast.Name})
_ASKED = frozenset({ast.UnaryOp, ast.BoolOp, ast.Name, ast.Attribute, ast.Subscript, ast.Call})
_SHORTEST, _LONGEST = 3, 60  # characters of a name


def branches(text: Text) -> Iterator[Found]:
    asked: set[str] = set()
    flags: dict[str, bool | None] = {}
    for node in text.marks.branches:
        name, is_on = _constant(node.test)
        flag = name.lstrip("!")
        if isinstance(is_on, bool):
            yield from _dead(SiteKind.DISABLED, node, is_on, "")
        elif flag and flag not in flags and len(flags) < MOST_FLAGS:
            flags[flag] = _flag(text, flag)
        held = flags.get(flag)
        if held is not None:
            yield from _dead(SiteKind.CONSTANT_FLAG, node, held is not name.startswith("!"), flag)
        if all(isinstance(one, ast.Raise) for one in node.body):
            continue  # refuses a setting, and is no way to go
        for condition in _asked(node.test):
            if condition not in asked and _SHORTEST <= len(condition) <= _LONGEST:
                asked.add(condition)
                yield Found(SiteKind.CONDITION, node.test, condition)


def _constant(test: ast.expr) -> tuple[str, bool | None]:
    """A plain name that decides, "!" before one that is denied; or what a condition always is."""
    if test.__class__ not in _DECIDING:  # most, and a match asks for longer
        return "", None
    match test:
        case ast.Constant(value=bool() | int() | None as value):
            return "", bool(value)
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            name, value = _constant(inner)
            return ("" if name.startswith("!") or not name else f"!{name}"), None if value is None else not value
        case ast.BoolOp(op=ast.And(), values=values) if any(_constant(one)[1] is False for one in values):
            return "", False
        case ast.Name(id=name):
            return name, None
        case _:
            return "", None


def _dead(kind: SiteKind, node: ast.If | ast.While, is_on: bool, name: str) -> Iterator[Found]:
    dead = node.orelse if is_on else node.body
    if isinstance(node, ast.While) and is_on:
        return
    if not dead or all(isinstance(one, _WEAK) or _says_nothing(one) for one in dead):
        return
    lines = (dead[-1].end_lineno or dead[-1].lineno) - dead[0].lineno + 1
    head = ast.Pass(
        lineno=node.lineno,
        end_lineno=dead[-1].end_lineno,
        col_offset=node.col_offset,
        end_col_offset=dead[-1].end_col_offset,
    )
    yield Found(kind, head, f"{name} {lines}".strip())


def _says_nothing(node: ast.stmt) -> bool:
    """A text, "...", or a yield that makes a function a generator."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant | ast.Yield | ast.YieldFrom)


def _flag(text: Text, name: str) -> bool | None:
    """What a name of the module always holds: true or false, given once at its top level and nowhere else."""
    given = text.values.get(name, [])
    if len(given) != 1 or name in text.parameters or not isinstance(given[0], ast.Constant):
        return None
    value = given[0].value
    if not isinstance(value, bool) or given[0].lineno not in text.top_level or text.holds(_RUN_FROM_OUTSIDE):
        return None
    word = rf"\b{re.escape(name)}\b"
    told = re.compile(
        rf"{word}[ \t]*(?::[^=\n]+)?(?:[-+*/|&^]|//)?=(?!=)|\b(?:global|nonlocal|for|as|del|import)\b[^\n]*{word}"
    )
    return value if len(told.findall(text.source)) == 1 else None


def _asked(test: ast.expr) -> Iterator[str]:
    """Names of settings without which the branch does not run: an attribute, a key, or a plain name.

    "!" stands before one that must not hold. Of `a or b` neither is needed.
    """
    todo = [(test, "")]
    while todo:
        node, sign = todo.pop()
        if node.__class__ not in _ASKED:
            continue
        match node:
            case ast.UnaryOp(op=ast.Not(), operand=inner):
                todo.append((inner, "" if sign else "!"))
            case ast.BoolOp(op=ast.And(), values=values) if not sign:
                todo.extend((one, "") for one in reversed(values))
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.Subscript(slice=ast.Constant(value=str(name))):
                yield f"{sign}{name}"
            case ast.Call(args=[ast.Constant(value=str(name)), *_]) if called(node) == "get":
                yield f"{sign}{name}"
            case _:
                pass
