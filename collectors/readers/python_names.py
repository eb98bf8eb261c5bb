"""Names in a Python syntax tree: what is imported, which models are built, which calls decide a place."""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from typing import Any

from collectors.facts.imports import DYNAMIC
from collectors.readers.ml_packages import FEATURES, package_of
from collectors.readers.models import MODEL_MODULES, is_model_base, is_step_base, model_in
from collectors.readers.place_uses import DECIDING, IMPORT_NAMES, METHODS
from collectors.readers.python_marks import (
    Marks,
    mark_call,
    mark_choice,
    mark_handed,
    mark_import,
    mark_subscript,
    mark_test,
    mark_text,
)
from collectors.readers.site_names import IMPORTING

# `from sklearn import svm` names one of these modules, `from sklearn import clone` does not.
_SUBMODULES = frozenset(
    name for name in MODEL_MODULES | IMPORT_NAMES | FEATURES if "." in name and name.rpartition(".")[2].islower()
)
_SEEDS = frozenset({"seed", "random_seed", "random_state", "rng_seed"})
LONGEST = 200  # characters of a dotted name; what is longer names nothing that we know
MOST_NAMES = 4_000  # characters of one from-import
# Fields that hold no further syntax.
_PLAIN = {"ctx", "op", "ops", "id", "attr", "arg", "name", "names", "module", "level", "kind", "type_comment", "cls"}
_PLAIN |= {"conversion", "rest", "kwd_attrs", "simple", "is_async", "type_ignores"}
_CHILDREN = {
    node: tuple(field for field in node._fields if field not in _PLAIN)
    for node in vars(ast).values()
    if isinstance(node, type) and issubclass(node, ast.AST)
}


class Names:
    """What the walk gathers; names are resolved only when all imports are known."""

    def __init__(self) -> None:
        self.imports: set[str] = set()
        self.froms: dict[str, set[str]] = {}  # module, relative ones with their dots: names
        self.aliases: dict[str, str] = {}  # local name: dotted, absolute
        self.assigned: dict[str, str] = {}  # nn = torch.nn
        self.used: set[str] = set()  # called, or used as a decorator
        self.methods: set[str] = set()
        self.classes: dict[str, list[str]] = {}  # name: its bases
        self.docstrings: list[ast.Constant] = []
        self.long_strings: set[tuple[int, int]] = set()  # first and last line; parts of an f-string share them
        self.places: dict[str, ast.expr] = {}  # where a name of `used`, or a base class, stands first
        self.marks = Marks()

    def use(self, name: str, node: ast.expr) -> None:
        self.used.add(name)
        self.place(name, node)

    def place(self, name: str, node: ast.expr) -> None:
        before = self.places.get(name)
        if before is None or node.lineno < before.lineno:
            self.places[name] = node


def walk(tree: ast.AST) -> Names:
    """Every node once, on a stack of our own: nesting costs no recursion."""
    names = Names()
    stack: list[Any] = [tree]
    pop, push, extend = stack.pop, stack.append, stack.extend
    known = _KNOWN
    while stack:
        node = pop()
        kind = known.get(node.__class__)
        if kind is None:
            continue
        visit, fields = kind
        if visit is not None and visit(node, names):
            continue
        held = node.__dict__
        for field in fields:
            value = held.get(field)
            if value.__class__ is list:
                extend(value)
            elif value is not None:
                push(value)
    return names


def _visit_constant(node: ast.Constant, names: Names) -> bool:
    if node.end_lineno != node.lineno and node.end_lineno is not None:
        names.long_strings.add((node.lineno, node.end_lineno))
    else:
        mark_text(node, names.marks)
    return True


def _visit_joined(node: ast.JoinedStr, names: Names) -> bool:
    if node.end_lineno != node.lineno and node.end_lineno is not None:
        names.long_strings.add((node.lineno, node.end_lineno))
    return False


def _visit_expression(node: ast.Expr, names: Names) -> bool:
    value = node.value
    if type(value) is ast.Constant and type(value.value) is str:
        names.docstrings.append(value)
        return True
    return False


def _visit_call(node: ast.Call, names: Names) -> bool:
    function = node.func
    mark_handed(node, names.marks)
    if type(function) is ast.Attribute:
        if function.attr in METHODS:
            names.methods.add(function.attr)
        mark_call(function.attr, node, names.marks)
        dotted = dotted_name(function)
        if dotted and len(dotted) <= LONGEST:
            names.use(dotted, node)
    elif type(function) is ast.Name:
        mark_call(function.id, node, names.marks)
        names.use(function.id, node)
    return False


def _visit_import(node: ast.Import, names: Names) -> bool:
    for alias in node.names:
        names.imports.add(alias.name[:LONGEST])
        mark_import(f"{alias.name[:LONGEST]}._", node, names.marks)
        if alias.asname:
            names.aliases[alias.asname] = alias.name
        else:
            root = alias.name.partition(".")[0]
            names.aliases[root] = root
    return True


def _visit_import_from(node: ast.ImportFrom, names: Names) -> bool:
    names.froms.setdefault("." * node.level + (node.module or ""), set()).update(alias.name for alias in node.names)
    if node.module:
        mark_import(f"{node.module[:LONGEST]}.{node.names[0].name[:LONGEST]}", node, names.marks)
    if node.level == 0 and node.module:
        for alias in node.names:
            import_from(node.module, alias.name, alias.asname, names)
    return True


def import_from(module: str, name: str, asname: str | None, names: Names) -> None:
    dotted = f"{module}.{name}"
    names.imports.add(dotted if dotted in _SUBMODULES else module[:LONGEST])
    if name != "*":
        names.aliases[asname or name] = dotted


def _visit_class(node: ast.ClassDef, names: Names) -> bool:
    names.marks.scopes.append(node)
    bases = {name: base for base in node.bases if (name := dotted_name(base))}
    names.classes[node.name] = list(bases)
    for name, base in bases.items():
        names.place(name, base)
    _visit_decorators(node.decorator_list, names)
    return False


def _visit_function(node: ast.FunctionDef | ast.AsyncFunctionDef, names: Names) -> bool:
    names.marks.scopes.append(node)
    _visit_decorators(node.decorator_list, names)
    return False


def _visit_decorators(decorators: list[ast.expr], names: Names) -> None:
    for decorator in decorators:
        name = dotted_name(decorator)
        if name:
            names.use(name, decorator)


def _visit_for(node: ast.For | ast.AsyncFor, names: Names) -> bool:
    if isinstance(node.target, ast.Name) and node.target.id in _SEEDS:
        names.marks.seed_loops.append(node)
    return False


def _visit_compare(node: ast.Compare, names: Names) -> bool:
    names.marks.compares.append(node)
    mark_test(node.left, names.marks)
    return False


def _visit_subscript(node: ast.Subscript, names: Names) -> bool:
    mark_subscript(node, names.marks)
    return False


def _visit_choice(node: ast.BoolOp, names: Names) -> bool:
    mark_choice(node, names.marks)
    return False


def _visit_condition(node: ast.IfExp, names: Names) -> bool:
    mark_test(node.test, names.marks)
    return False


def _visit_assert(node: ast.Assert, names: Names) -> bool:
    names.marks.asserts.append(node)
    return False


def _visit_branch(node: ast.If | ast.While, names: Names) -> bool:
    names.marks.branches.append(node)
    mark_test(node.test, names.marks)
    return False


def _visit_assign(node: ast.Assign, names: Names) -> bool:
    names.marks.assigns.append(node)
    if type(node.value) is ast.Attribute and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
        dotted = dotted_name(node.value)
        if dotted:
            names.assigned[node.targets[0].id] = dotted
    return False


_VISITORS: dict[type, Any] = {
    ast.Constant: _visit_constant,
    ast.JoinedStr: _visit_joined,
    ast.Expr: _visit_expression,
    ast.Call: _visit_call,
    ast.Import: _visit_import,
    ast.ImportFrom: _visit_import_from,
    ast.ClassDef: _visit_class,
    ast.FunctionDef: _visit_function,
    ast.AsyncFunctionDef: _visit_function,
    ast.Assign: _visit_assign,
    ast.Compare: _visit_compare,
    ast.Subscript: _visit_subscript,
    ast.If: _visit_branch,
    ast.While: _visit_branch,
    ast.Assert: _visit_assert,
    ast.For: _visit_for,
    ast.BoolOp: _visit_choice,
    ast.IfExp: _visit_condition,
}
"""A visitor answers whether the node is done with; else its children follow."""

_KNOWN: dict[type, tuple[Any, tuple[str, ...]]] = {
    node: (visit, fields)
    for node, fields in _CHILDREN.items()
    if (visit := _VISITORS.get(node)) is not None or fields  # of a name there is nothing to do
}
"""What is done with each kind of node, and which of its fields follow. Any else is done with."""


def dotted_name(node: ast.AST) -> str | None:
    """ "a.b.c" for a name with attributes; None for anything else."""
    parts = []
    while type(node) is ast.Attribute:
        parts.append(node.attr)
        node = node.value
    if type(node) is not ast.Name:
        return None
    if not parts:
        return node.id
    parts.append(node.id)
    return ".".join(reversed(parts))


def resolved(names: Names) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Imports, what may be modules of the same project, estimators, calls: each sorted."""
    aliases = names.aliases
    for local, dotted in names.assigned.items():
        absolute = absolute_name(dotted, aliases)
        if absolute and local not in aliases:
            aliases[local] = absolute
    used = {absolute for name in names.used if (absolute := absolute_name(name, aliases))}
    bases = {name: [absolute_name(base, aliases) or base for base in given] for name, given in names.classes.items()}
    estimators = {model for name in used if (model := model_in(name))} | _own_models(bases)
    used.update(base for given in bases.values() for base in given)
    calls = {name for name in used if package_of(name, DECIDING)}
    calls.update(f".{method}" for method in names.methods)
    return tuple(sorted(names.imports)), reaches(names), tuple(sorted(estimators)), tuple(sorted(calls))


def reaches(names: Names) -> tuple[str, ...]:
    """What may be modules of the same project, as `Summary.reaches` holds it, sorted."""
    found = {
        f"{module}:{','.join(sorted(given))}"
        for module, given in names.froms.items()
        if module.partition(".")[0] not in sys.stdlib_module_names
    }
    found.update(DYNAMIC + _told(call) for name, call in names.marks.calls if name in IMPORTING and call.args)
    return tuple(sorted(entry for entry in found if len(entry) <= MOST_NAMES))


def _told(call: ast.Call) -> str:
    """What of a module's name can be read; "*" stands for the rest."""
    node = call.args[0]
    if isinstance(node, ast.BinOp):
        node = node.left
    elif isinstance(node, ast.JoinedStr) and node.values:
        node = node.values[0]
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) <= LONGEST:
        return node.value if node is call.args[0] else f"{node.value}*"
    return "*"


def absolute_name(dotted: str, aliases: dict[str, str]) -> str | None:
    root, dot, rest = dotted.partition(".")
    target = aliases.get(root)
    return (target + dot + rest)[:LONGEST] if target else None


def _own_models(bases: dict[str, list[str]]) -> set[str]:
    """Classes that inherit from a model's base, also by way of a class of the same text."""
    heirs: defaultdict[str, list[str]] = defaultdict(list)
    for name, given in bases.items():
        for base in given:
            heirs[base].append(name)
    found: set[str] = set()
    ready = [name for base, names in heirs.items() if is_model_base(base) for name in names]
    while ready:
        name = ready.pop()
        if name not in found and not any(map(is_step_base, bases[name])):
            found.add(name)
            ready += heirs.get(name, ())
    return found
