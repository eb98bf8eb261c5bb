"""Python: one walk over the syntax tree gives imports, models, deciding calls, docstrings and comments.

Text that Python 3 cannot parse is read by pattern, and says so.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from collectors.facts.files import DebtNote
from collectors.readers.lines import Comment, Lines, comments, count, line_count, without_comments
from collectors.readers.ml_packages import package_of
from collectors.readers.models import MODEL_MODULES, is_model_base, is_step_base, model_in
from collectors.readers.notes import notes_in
from collectors.readers.place_uses import DECIDING, IMPORT_NAMES, METHODS

_SUBMODULES = MODEL_MODULES | frozenset(name for name in IMPORT_NAMES if "." in name)
_LONGEST = 200  # characters of a dotted name; what is longer names nothing that we know
# Fields that hold no further syntax.
_PLAIN = {"ctx", "op", "ops", "id", "attr", "arg", "name", "names", "module", "level", "kind", "type_comment", "cls"}
_PLAIN |= {"conversion", "rest", "kwd_attrs", "simple", "is_async", "type_ignores"}
_CHILDREN = {
    node: tuple(field for field in node._fields if field not in _PLAIN)
    for node in vars(ast).values()
    if isinstance(node, type) and issubclass(node, ast.AST)
}


class Module(NamedTuple):
    """What one Python text says."""

    lines: Lines
    imports: tuple[str, ...] = ()
    estimators: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    notes: tuple[DebtNote, ...] = ()
    unread: str | None = None


class _Names:
    """What the walk gathers; names are resolved only when all imports are known."""

    def __init__(self) -> None:
        self.imports: set[str] = set()
        self.aliases: dict[str, str] = {}  # local name: dotted, absolute
        self.assigned: dict[str, str] = {}  # nn = torch.nn
        self.used: set[str] = set()  # called, or used as a decorator
        self.methods: set[str] = set()
        self.classes: dict[str, list[str]] = {}  # name: its bases
        self.docstrings: list[ast.Constant] = []
        self.long_strings: list[tuple[int, int]] = []  # first and last line


def read_python(text: str, has_notes: bool) -> Module:
    """`text` has "\\n" as its line end. `has_notes`: whether looking for notes is worth the while."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # old escapes in strings
            tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return _read_by_pattern(text, has_notes, _reason(error))
    names = _Names()
    _walk(tree, names)
    lines, certain = _count(text, names)
    found = None
    if has_notes or not certain:
        found = tuple(_comment_tokens(text))
    if found is not None and not certain:
        lines = _recount(text, names, found)
    return Module(lines, *_resolved(names), notes=notes_in(found or ()) if has_notes else ())


def _reason(error: Exception) -> str:
    if isinstance(error, RecursionError | MemoryError):
        return "it is nested too deeply to parse; only names were looked for"
    return "it is not valid Python 3; only names were looked for"


# The walk ----------------------------------------------------------------------------------------------------------


def _walk(tree: ast.AST, names: _Names) -> None:
    """Every node once, on a stack of our own: nesting costs no recursion."""
    stack: list[Any] = [tree]
    pop, push, extend = stack.pop, stack.append, stack.extend
    visitors = _VISITORS
    children = _CHILDREN
    while stack:
        node = pop()
        kind = type(node)
        visit = visitors.get(kind)
        if visit is not None and visit(node, names):
            continue
        for field in children.get(kind, ()):
            value = getattr(node, field, None)
            if value.__class__ is list:
                extend(value)
            elif value is not None:
                push(value)


def _visit_name(_node: ast.Name, _names: _Names) -> bool:
    return True


def _visit_constant(node: ast.Constant, names: _Names) -> bool:
    if node.end_lineno != node.lineno and node.end_lineno is not None:
        names.long_strings.append((node.lineno, node.end_lineno))
    return True


def _visit_joined(node: ast.JoinedStr, names: _Names) -> bool:
    if node.end_lineno != node.lineno and node.end_lineno is not None:
        names.long_strings.append((node.lineno, node.end_lineno))
    return False


def _visit_expression(node: ast.Expr, names: _Names) -> bool:
    value = node.value
    if type(value) is ast.Constant and type(value.value) is str:
        names.docstrings.append(value)
        return True
    return False


def _visit_call(node: ast.Call, names: _Names) -> bool:
    function = node.func
    if type(function) is ast.Attribute:
        if function.attr in METHODS:
            names.methods.add(function.attr)
        dotted = _dotted(function)
        if dotted and len(dotted) <= _LONGEST:
            names.used.add(dotted)
    elif type(function) is ast.Name:
        names.used.add(function.id)
    return False


def _visit_import(node: ast.Import, names: _Names) -> bool:
    for alias in node.names:
        names.imports.add(alias.name[:_LONGEST])
        if alias.asname:
            names.aliases[alias.asname] = alias.name
        else:
            root = alias.name.partition(".")[0]
            names.aliases[root] = root
    return True


def _visit_import_from(node: ast.ImportFrom, names: _Names) -> bool:
    if node.level == 0 and node.module:
        for alias in node.names:
            _import_from(node.module, alias.name, alias.asname, names)
    return True


def _import_from(module: str, name: str, asname: str | None, names: _Names) -> None:
    dotted = f"{module}.{name}"
    names.imports.add(dotted if dotted in _SUBMODULES else module[:_LONGEST])
    if name != "*":
        names.aliases[asname or name] = dotted


def _visit_class(node: ast.ClassDef, names: _Names) -> bool:
    names.classes[node.name] = [base for base in map(_dotted, node.bases) if base]
    names.used.update(name for name in map(_dotted, node.decorator_list) if name)
    return False


def _visit_function(node: ast.FunctionDef | ast.AsyncFunctionDef, names: _Names) -> bool:
    names.used.update(name for name in map(_dotted, node.decorator_list) if name)
    return False


def _visit_assign(node: ast.Assign, names: _Names) -> bool:
    if type(node.value) is ast.Attribute and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
        dotted = _dotted(node.value)
        if dotted:
            names.assigned[node.targets[0].id] = dotted
    return False


_VISITORS: dict[type, Any] = {
    ast.Name: _visit_name,
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
}
"""A visitor answers whether the node is done with; else its children follow."""


def _dotted(node: ast.AST) -> str | None:
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


# Names ----------------------------------------------------------------------------------------------------------------


def _resolved(names: _Names) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Imports, estimators, calls: each sorted."""
    aliases = names.aliases
    for local, dotted in names.assigned.items():
        absolute = _absolute(dotted, aliases)
        if absolute and local not in aliases:
            aliases[local] = absolute
    used = {absolute for name in names.used if (absolute := _absolute(name, aliases))}
    bases = {name: [_absolute(base, aliases) or base for base in given] for name, given in names.classes.items()}
    estimators = {model for name in used if (model := model_in(name))} | _own_models(bases)
    used.update(base for given in bases.values() for base in given)
    calls = {name for name in used if package_of(name, DECIDING)}
    calls.update(f".{method}" for method in names.methods)
    return tuple(sorted(names.imports)), tuple(sorted(estimators)), tuple(sorted(calls))


def _absolute(dotted: str, aliases: dict[str, str]) -> str | None:
    root, dot, rest = dotted.partition(".")
    target = aliases.get(root)
    return (target + dot + rest)[:_LONGEST] if target else None


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


# Lines ----------------------------------------------------------------------------------------------------------------


def _count(text: str, names: _Names) -> tuple[Lines, bool]:
    """Lines, and whether they are certain: a "#" at the start of a line inside a long string needs a closer look."""
    rows = text.split("\n")
    docs = _docstring_lines(rows, names.docstrings)
    blank = 0
    hashes = set()
    for number, row in enumerate(rows, 1):
        stripped = row.lstrip()
        if not stripped:
            blank += 1
        elif stripped[0] == "#":
            hashes.add(number)
    total = line_count(text)
    blank -= len(rows) - total
    comment = len(hashes | docs)
    in_strings = any(number in hashes for first, last in names.long_strings for number in range(first + 1, last + 1))
    return Lines(total - blank - comment, comment, blank), not in_strings


def _recount(text: str, names: _Names, found: Iterable[Comment]) -> Lines:
    rows = text.split("\n")
    alone = {comment.line for comment in found if rows[comment.line - 1].lstrip().startswith("#")}
    comment = len(alone | _docstring_lines(rows, names.docstrings))
    total = line_count(text)
    full = sum(1 for row in rows if row.strip())
    return Lines(full - comment, comment, total - full)


def _docstring_lines(rows: list[str], docstrings: Iterable[ast.Constant]) -> set[int]:
    """Lines that hold nothing but (a part of) a string that is a statement of its own."""
    found: set[int] = set()
    for node in docstrings:
        first, last = node.lineno, node.end_lineno or node.lineno
        alone_before = not rows[first - 1].encode()[: node.col_offset].strip()
        after = rows[last - 1].encode()[node.end_col_offset :].lstrip(b" \t\f;")
        alone_after = not after or after.startswith(b"#")
        start = first if alone_before and (alone_after or first != last) else first + 1
        end = last if alone_after and (alone_before or first != last) else last - 1
        found.update(number for number in range(start, end + 1) if rows[number - 1].strip())
    return found


def _comment_tokens(text: str) -> Iterator[Comment]:
    """Comments as Python's own tokenizer finds them, to the point where it gives up."""
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT:
                yield Comment(token.start[0], token.string)
    except (tokenize.TokenError, SyntaxError):
        return


# Text that does not parse -------------------------------------------------------------------------------------------

_FROM = re.compile(r"^[ \t]*from[ \t]+([A-Za-z_][\w.]*)[ \t]+import[ \t]+(\([^)]*\)|[^\n;#]+)", re.MULTILINE)
_IMPORT = re.compile(r"^[ \t]*import[ \t]+([A-Za-z_][^\n;#]*)", re.MULTILINE)
_IMPORTED = re.compile(r"([A-Za-z_][\w.]*|\*)(?:[ \t]+as[ \t]+(\w+))?")
_CLASS = re.compile(r"^[ \t]*class[ \t]+(\w+)[ \t]*\(([^)\n]*)\)", re.MULTILINE)
_USED = re.compile(r"([A-Za-z_][\w.]*+)[ \t]*+\(")
_METHOD = re.compile(rf"\.({'|'.join(sorted(METHODS))})[ \t]*+\(")


def _read_by_pattern(text: str, has_notes: bool, reason: str) -> Module:
    code = without_comments(text, "Python")
    names = _Names()
    for found in _FROM.finditer(code):
        for name, asname in _IMPORTED.findall(found[2]):
            _import_from(found[1], name, asname or None, names)
    for found in _IMPORT.finditer(code):
        for part in found[1].split(","):
            one = _IMPORTED.match(part.strip())
            if one:
                root = one[1].partition(".")[0]
                names.imports.add(one[1])
                names.aliases[one[2] or root] = one[1] if one[2] else root
    for found in _CLASS.finditer(code):
        names.classes[found[1]] = [base.strip() for base in found[2].split(",") if base.strip()]
    names.used.update(name for name in _USED.findall(code) if len(name) <= _LONGEST)
    names.methods.update(_METHOD.findall(code))
    notes = notes_in(comments(text, "Python")) if has_notes else ()
    return Module(count(text, "Python"), *_resolved(names), notes=notes, unread=reason)
