"""What the walk over a syntax tree keeps for a second look: few nodes, chosen by their last name or their form."""

from __future__ import annotations

import ast
import re

from collectors.readers.site_names import WANTED

LOCAL = re.compile(r"(?:/home/|/Users/|[A-Za-z]:[\\/])[\w .\\/-]{2}")
"""How a path of somebody's own machine begins."""
_STARTS = frozenset("/ABCDEFGHIJKLMNOPQRSTUVWXYZcdefgh")


_CHOOSING = (ast.List, ast.Tuple, ast.Name, ast.BinOp)
_SEEDING = frozenset({"enable_full_determinism", "set_params"})


class Marks:
    """Nodes in no order."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, ast.Call]] = []  # with the last part of the name
        self.seeds: list[ast.Call] = []
        self.compares: list[ast.Compare] = []
        self.paths: list[ast.Constant] = []
        self.subscripts: list[ast.Subscript] = []  # by a list, by several, by a name; of a call
        self.assigns: list[ast.Assign] = []
        self.asserts: list[ast.Assert] = []
        self.branches: list[ast.If | ast.While] = []
        self.seed_loops: list[ast.For | ast.AsyncFor] = []
        self.scopes: list[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef] = []


def mark_call(name: str, node: ast.Call, marks: Marks) -> None:
    if name in WANTED:
        marks.calls.append((name, node))
    elif "seed" in name or name in _SEEDING:
        marks.seeds.append(node)


def mark_text(node: ast.Constant, marks: Marks) -> None:
    value = node.value
    if type(value) is str and value[:1] in _STARTS and LOCAL.match(value):
        marks.paths.append(node)


def mark_subscript(node: ast.Subscript, marks: Marks) -> None:
    if type(node.slice) in _CHOOSING or type(node.value) is ast.Call:
        marks.subscripts.append(node)
