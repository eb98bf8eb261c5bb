"""What the walk over a syntax tree keeps for a second look: few nodes, chosen by their last name or their form."""

from __future__ import annotations

import ast
import re

from collectors.readers.site_names import WANTED

LOCAL = re.compile(r"(?:/home/|/Users/|[A-Za-z]:[\\/])[\w .\\/-]{2}")
"""How a path of somebody's own machine begins."""
_FIRST, _SECOND = frozenset("/ABCDEFGHIJKLMNOPQRSTUVWXYZcdefgh"), frozenset("hU:")
_CHOOSING = (ast.List, ast.Tuple, ast.Name, ast.BinOp)
SETTINGS = (".yaml", ".yml", ".toml", ".ini", ".cfg", ".gin", ".json", ".conf")
"""How a name of a settings file ends."""
_ENDS = frozenset("lignfs/")  # its last character, or that of a folder of settings
_FOLDER = re.compile(r"(?:[\w.-]{1,60}/){0,6}(?:conf|configs?|cfgs?|params|settings)/?", re.ASCII)
_ADDRESS = ("http://", "https://", "s3://", "s3a://", "gs://", "abfss://", "abfs://")
_RESEARCH = re.compile(
    r"(?:src\.)?(?:notebooks?|nbs|experiments?|exploration|exploratory|playground|scratch|sandbox)\.\w"
)
"""Of a dotted name: a folder where things are tried out."""
_SEEDING = frozenset({"enable_full_determinism", "set_params"})


LONGEST_NAME = 200
WALKS = frozenset({"items", "keys", "values", "to_container", "to_dict"})
"""Methods that walk over all keys."""
PARTS = frozenset({ast.Attribute, ast.Subscript, ast.Name})
"""Kinds of nodes that may name a table of settings."""


class Marks:
    """Nodes in no order."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, ast.Call]] = []  # with the last part of the name
        self.seeds: list[ast.Call] = []
        self.compares: list[ast.Compare] = []
        self.paths: list[ast.Constant] = []
        self.subscripts: list[ast.Subscript] = []  # by a list, by several, by a name; of a call
        self.assigns: list[ast.Assign] = []
        self.tables: list[ast.Dict | ast.DictComp] = []
        self.asserts: list[ast.Assert] = []
        self.handed: list[ast.expr] = []  # unpacked into a call, given to one, or walked
        self.unpacked: list[ast.expr] = []  # of these, `**x`
        self.branches: list[ast.If | ast.While] = []
        self.seed_loops: list[ast.For | ast.AsyncFor] = []
        self.built: list[ast.Call] = []  # of what may be a class, with arguments
        self.environment: list[ast.Call | ast.Subscript] = []  # variables of the environment that are read
        self.fallen_back: set[int] = set()  # what stands before an `or`, or is tested: without it something else holds
        self.addresses: list[ast.Constant] = []
        self.settings: list[ast.Constant] = []  # names of settings files and of their folders
        self.research: list[tuple[str, ast.Import | ast.ImportFrom]] = []
        self.scopes: list[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef] = []


def is_marked(name: str) -> bool:
    """Whether a call of something with this last name may be kept."""
    return name in WANTED or "seed" in name or name in _SEEDING or name[:1].isupper() or name in {"getenv", "get"}


def mark_call(name: str, node: ast.Call, marks: Marks) -> None:
    if name in WANTED:
        marks.calls.append((name, node))
    elif "seed" in name or name in _SEEDING:
        marks.seeds.append(node)
    if name[:1].isupper() and (node.keywords or node.args):
        marks.built.append(node)
    elif name == "getenv" or (name == "get" and is_environment(node.func)):
        marks.environment.append(node)


def is_environment(node: ast.AST) -> bool:
    """`os.environ`, or a method of it."""
    if type(node) is ast.Attribute and node.attr != "environ":
        node = node.value
    return (type(node) is ast.Attribute and node.attr == "environ") or (type(node) is ast.Name and node.id == "environ")


def mark_choice(node: ast.BoolOp, marks: Marks) -> None:
    marks.fallen_back.update(map(id, node.values[:-1] if type(node.op) is ast.Or else node.values))


def mark_test(node: ast.expr, marks: Marks) -> None:
    while type(node) is ast.UnaryOp:
        node = node.operand
    marks.fallen_back.add(id(node))


def mark_import(dotted: str, node: ast.Import | ast.ImportFrom, marks: Marks) -> None:
    if _RESEARCH.match(dotted):
        marks.research.append((dotted, node))


def mark_text(node: ast.Constant, value: str, marks: Marks) -> None:
    if value[1:2] in _SECOND and value[:1] in _FIRST and LOCAL.match(value):
        marks.paths.append(node)
    elif "://" in value and value.startswith(_ADDRESS):
        marks.addresses.append(node)
    elif value[-1:] in _ENDS and len(value) <= LONGEST_NAME and (value.endswith(SETTINGS) or _FOLDER.fullmatch(value)):
        marks.settings.append(node)


def mark_subscript(node: ast.Subscript, marks: Marks) -> None:
    if type(node.slice) in _CHOOSING or type(node.value) is ast.Call:
        marks.subscripts.append(node)
    if type(node.ctx) is ast.Load and is_environment(node.value):
        marks.environment.append(node)
