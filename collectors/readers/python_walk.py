"""The one walk over a Python syntax tree: what is done with each kind of node, and which of its fields follow."""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import lru_cache
from operator import attrgetter
from typing import Any

from collectors.readers.place_uses import METHODS
from collectors.readers.python_marks import (
    PARTS,
    WALKS,
    Marks,
    is_marked,
    mark_call,
    mark_choice,
    mark_import,
    mark_subscript,
    mark_test,
    mark_text,
)
from collectors.readers.python_names import LONGEST, Names, dotted_name, import_from

_SEEDS = frozenset({"seed", "random_seed", "random_state", "rng_seed"})
# Fields that hold no further syntax.
_PLAIN = {"ctx", "op", "ops", "id", "attr", "arg", "name", "names", "module", "level", "kind", "type_comment", "cls"}
_PLAIN |= {"conversion", "rest", "kwd_attrs", "simple", "is_async", "type_ignores"}
_FIELDS = {
    node: tuple(field for field in node._fields if field not in _PLAIN)
    for node in vars(ast).values()
    if isinstance(node, type) and issubclass(node, ast.AST)
}

Visitor = Callable[[Any, Names, list[Any]], None]
"""Looks at a node, and puts on the stack what of it follows: the last is looked at next."""


def walk(tree: ast.AST) -> Names:
    """Every node once, on a stack of our own: nesting costs no recursion."""
    names = Names()
    stack: list[Any] = [tree]
    pop, known = stack.pop, _VISITORS.get
    while stack:
        node = pop()
        visit = known(node.__class__)
        if visit is not None:
            visit(node, names, stack)
    return names


def _visit_attribute(node: ast.Attribute, _names: Names, stack: list[Any]) -> None:
    value: Any = node.value
    while value.__class__ is ast.Attribute:
        value = value.value
    if value.__class__ is not ast.Name:
        stack.append(value)


def _visit_constant(node: ast.Constant, names: Names, _stack: list[Any]) -> None:
    value: Any = node.value
    kind = value.__class__
    if kind is str or kind is bytes:
        if node.end_lineno != node.lineno and node.end_lineno is not None:
            names.long_strings.add((node.lineno, node.end_lineno))
        elif kind is str:
            mark_text(node, value, names.marks)


def _visit_joined(node: ast.JoinedStr, names: Names, stack: list[Any]) -> None:
    if node.end_lineno != node.lineno and node.end_lineno is not None:
        names.long_strings.add((node.lineno, node.end_lineno))
    stack.extend(node.values)


def _visit_expression(node: ast.Expr, names: Names, stack: list[Any]) -> None:
    value: Any = node.value
    if value.__class__ is ast.Constant and value.value.__class__ is str:
        names.docstrings.append(value)
    else:
        stack.append(value)


@lru_cache(maxsize=8192)
def _is_telling(name: str) -> bool:
    """Whether a call of that name is looked at more closely: most are not, and names come again and again."""
    return name in METHODS or name in WALKS or is_marked(name)


def _visit_call(node: ast.Call, names: Names, stack: list[Any]) -> None:
    function: Any = node.func
    if function.__class__ is ast.Attribute:
        _called_on(function, node, names, stack)
    elif function.__class__ is ast.Name:
        names.use(function.id, node)
        if _is_telling(function.id):
            mark_call(function.id, node, names.marks)
    else:
        stack.append(function)
    marks = names.marks
    for argument in node.args:
        _given(argument, marks, stack)
    for keyword in node.keywords:
        _given(keyword.value, marks, stack)
        if keyword.arg is None:
            marks.unpacked.append(keyword.value)


def _called_on(function: Any, node: ast.Call, names: Names, stack: list[Any]) -> None:
    """`a.b()`; and of `a["b"].items()` the keys may be taken without naming them."""
    last = function.attr
    below: Any = function.value
    dotted = f"{below.id}.{last}" if below.__class__ is ast.Name else dotted_name(function)
    if dotted is None:
        stack.append(function)
    elif len(dotted) <= LONGEST:
        names.use(dotted, node)
    if _is_telling(last):
        if last in METHODS:
            names.methods.add(last)
        if last in WALKS and below.__class__ in PARTS:
            names.marks.handed.append(function.value)
        mark_call(last, node, names.marks)


def _given(value: Any, marks: Marks, stack: list[Any]) -> None:
    """Of what a call is given, it may take keys without naming them: `f(**a.b)`, `f(a["b"])`."""
    kind = value.__class__
    if kind in PARTS:
        marks.handed.append(value)
    if kind is not ast.Name:
        stack.append(value)


def _visit_import(node: ast.Import, names: Names, _stack: list[Any]) -> None:
    for alias in node.names:
        names.imports.add(alias.name[:LONGEST])
        mark_import(f"{alias.name[:LONGEST]}._", node, names.marks)
        if alias.asname:
            names.aliases[alias.asname] = alias.name
        else:
            root = alias.name.partition(".")[0]
            names.aliases[root] = root


def _visit_import_from(node: ast.ImportFrom, names: Names, _stack: list[Any]) -> None:
    names.froms.setdefault("." * node.level + (node.module or ""), set()).update(alias.name for alias in node.names)
    if node.module:
        mark_import(f"{node.module[:LONGEST]}.{node.names[0].name[:LONGEST]}", node, names.marks)
    if node.level == 0 and node.module:
        for alias in node.names:
            import_from(node.module, alias.name, alias.asname, names)


def _visit_class(node: ast.ClassDef, names: Names, stack: list[Any]) -> None:
    names.marks.scopes.append(node)
    bases = {name: base for base in node.bases if (name := dotted_name(base))}
    names.classes[node.name] = list(bases)
    for name, base in bases.items():
        names.place(name, base)
    _visit_decorators(node.decorator_list, names)
    _put(node, stack)


def _visit_function(node: ast.FunctionDef | ast.AsyncFunctionDef, names: Names, stack: list[Any]) -> None:
    names.marks.scopes.append(node)
    _visit_decorators(node.decorator_list, names)
    _put(node, stack)


def _visit_decorators(decorators: list[ast.expr], names: Names) -> None:
    for decorator in decorators:
        name = dotted_name(decorator)
        if name:
            names.use(name, decorator)


def _visit_for(node: ast.For, names: Names, stack: list[Any]) -> None:
    if isinstance(node.target, ast.Name) and node.target.id in _SEEDS:
        names.marks.seed_loops.append(node)
    _put(node, stack)


def _visit_compare(node: ast.Compare, names: Names, stack: list[Any]) -> None:
    names.marks.compares.append(node)
    mark_test(node.left, names.marks)
    stack.append(node.left)
    stack.extend(node.comparators)


def _visit_subscript(node: ast.Subscript, names: Names, stack: list[Any]) -> None:
    mark_subscript(node, names.marks)
    stack.append(node.value)
    stack.append(node.slice)


def _visit_choice(node: ast.BoolOp, names: Names, stack: list[Any]) -> None:
    mark_choice(node, names.marks)
    stack.extend(node.values)


def _visit_condition(node: ast.IfExp, names: Names, stack: list[Any]) -> None:
    mark_test(node.test, names.marks)
    _put(node, stack)


def _visit_assert(node: ast.Assert, names: Names, stack: list[Any]) -> None:
    names.marks.asserts.append(node)
    _put(node, stack)


def _visit_branch(node: ast.If | ast.While, names: Names, stack: list[Any]) -> None:
    names.marks.branches.append(node)
    mark_test(node.test, names.marks)
    _put(node, stack)


def _visit_assign(node: ast.Assign, names: Names, stack: list[Any]) -> None:
    names.marks.assigns.append(node)
    value = node.value
    if value.__class__ is ast.Attribute and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
        dotted = dotted_name(value)
        if dotted:
            names.assigned[node.targets[0].id] = dotted
    stack.extend(node.targets)
    stack.append(value)


def _visit_table(node: ast.Dict | ast.DictComp, names: Names, stack: list[Any]) -> None:
    names.marks.tables.append(node)
    _put(node, stack)


def _put(node: Any, stack: list[Any]) -> None:
    for value in _HELD[node.__class__](node):
        if value.__class__ is list:
            stack.extend(value)
        elif value is not None:
            stack.append(value)


def _visit_any(node: Any, _names: Names, stack: list[Any]) -> None:
    _put(node, stack)


def _visit_one(node: Any, _names: Names, stack: list[Any]) -> None:
    value = _HELD[node.__class__](node)
    if value.__class__ is list:
        stack.extend(value)
    else:
        stack.append(value)


_HELD: dict[type, Callable[[Any], Any]] = {node: attrgetter(*fields) for node, fields in _FIELDS.items() if fields}
_VISITORS: dict[type, Visitor] = {
    **{node: _visit_one if len(fields) == 1 else _visit_any for node, fields in _FIELDS.items() if fields},
    ast.Constant: _visit_constant,
    ast.Attribute: _visit_attribute,
    ast.JoinedStr: _visit_joined,
    ast.Expr: _visit_expression,
    ast.Call: _visit_call,
    ast.Import: _visit_import,
    ast.ImportFrom: _visit_import_from,
    ast.ClassDef: _visit_class,
    ast.FunctionDef: _visit_function,
    ast.AsyncFunctionDef: _visit_function,
    ast.Assign: _visit_assign,
    ast.Dict: _visit_table,
    ast.DictComp: _visit_table,
    ast.Compare: _visit_compare,
    ast.Subscript: _visit_subscript,
    ast.If: _visit_branch,
    ast.While: _visit_branch,
    ast.Assert: _visit_assert,
    ast.For: _visit_for,
    ast.BoolOp: _visit_choice,
    ast.IfExp: _visit_condition,
}
"""Of a name, and of all that holds no further syntax, there is nothing to do."""
