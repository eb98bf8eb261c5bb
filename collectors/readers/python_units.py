"""Functions and classes in one Python text, from what its one walk kept."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from hashlib import blake2b
from typing import NamedTuple

from collectors.facts.units import LEAST_TOKENS, Unit
from collectors.readers.python_interface import Interface, interface_of
from collectors.readers.python_names import LONGEST, Names, absolute_name, dotted_name

MOST = 1000
"""Units that are kept of one file."""
_MOST_NAMES = 100  # bases, or methods, of one class

Function = ast.FunctionDef | ast.AsyncFunctionDef
# Begins with what is quick to look for. One that does not end runs to the end, so that nothing is looked at twice.
_TEXT = re.compile(
    r"""["'](?:
        (?<=")(?:""(?:[^"\\]++|\\.?+|"(?!""))*+(?:"{3}|\Z) | [^"\\\n]*+(?:\\.?+[^"\\\n]*+)*+(?:"|(?=\n)|\Z))
        | ''(?:[^'\\]++|\\.?+|'(?!''))*+(?:'{3}|\Z) | [^'\\\n]*+(?:\\.?+[^'\\\n]*+)*+(?:'|(?=\n)|\Z)
    )""",
    re.VERBOSE | re.DOTALL,
)
_NUMBER = re.compile(r"[0-9](?<!\w[0-9])[\w.]*+")
_LONG = re.compile(rf"(?>\s*+(?:\w++|->|[=!<>]=|\*\*|//|:=|[^\w\s])){{{LEAST_TOKENS}}}")
_RETURN, _YIELD = re.compile(r"return\b[ \t]*+[^\s;]"), re.compile(r"yield\b")


def units(names: Names, rows: list[str]) -> tuple[Unit, ...]:
    """By line. `names`: what the walk over the text gathered, its aliases resolved; `rows`: its lines."""
    if not names.marks.scopes:
        return ()
    rows = [_without_comment(row) if "#" in row else row for row in rows]
    found = []
    for scope in _outer(names):
        found.append(scope.unit(names, rows))
        if len(found) == MOST:
            break
    return tuple(found)


class _Scope(NamedTuple):
    node: Function | ast.ClassDef
    symbol: str
    is_public: bool
    is_method: bool

    def unit(self, names: Names, rows: list[str]) -> Unit:
        if isinstance(self.node, ast.ClassDef):
            return _class(self.symbol, self.node, names)
        return _function(self, self.node, rows)


def _outer(names: Names) -> Iterator[_Scope]:
    """Every function and class that stands in no function, by line."""
    around: list[tuple[int, _Scope]] = []
    for node in sorted(names.marks.scopes, key=lambda scope: (scope.lineno, -(scope.end_lineno or 0))):
        while around and around[-1][0] < node.lineno:
            around.pop()
        above = around[-1][1] if around else None
        if above is not None and not isinstance(above.node, ast.ClassDef):
            continue
        symbol = f"{above.symbol}.{node.name}" if above else node.name
        is_public = (above is None or above.is_public) and (
            not node.name.startswith("_") or node.name in {"__init__", "__call__"}
        )
        scope = _Scope(node, symbol[:LONGEST], is_public, above is not None)
        yield scope
        around.append((node.end_lineno or node.lineno, scope))


def _without_comment(row: str) -> str:
    """A comment that holds a quote may be none, and stays."""
    start = row.find("#", max(row.rfind('"'), row.rfind("'")) + 1)
    return row if start < 0 else row[:start]


def _class(symbol: str, node: ast.ClassDef, names: Names) -> Unit:
    given = [part.value if isinstance(part, ast.Subscript) else part for part in node.bases[:_MOST_NAMES]]
    dotted = [name for name in map(dotted_name, given) if name]
    bases = tuple((absolute_name(name, names.aliases) or name)[:LONGEST] for name in dotted)
    methods = [part.name[:LONGEST] for part in node.body if isinstance(part, Function)]
    end = node.end_lineno or node.lineno
    return Unit(symbol, node.lineno, end, is_class=True, bases=bases, methods=tuple(methods[:_MOST_NAMES]))


def _function(scope: _Scope, node: Function, rows: list[str]) -> Unit:
    end = node.end_lineno or node.lineno
    text = _NUMBER.sub("0", _TEXT.sub('"', "\n".join(rows[_first_line(node) - 1 : end])))
    body = ""
    parts = text.split()
    joined = "".join(parts)
    if len(joined) >= LEAST_TOKENS and (len(parts) >= LEAST_TOKENS or _LONG.match(text)):
        body = blake2b(joined.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
    given = Interface()
    if scope.is_public:
        given = interface_of(node, scope.is_method, has_result=_has_result(text))
    return Unit(scope.symbol, node.lineno, end, body, False, (), (), *given)


def _has_result(text: str) -> bool:
    return _RETURN.search(text) is not None or _YIELD.search(text) is not None


def _first_line(node: Function) -> int:
    """Of the body, behind its docstring."""
    first = node.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        if len(node.body) == 1:
            return (node.end_lineno or node.lineno) + 1
        first = node.body[1]
    decorators: list[ast.expr] = getattr(first, "decorator_list", [])
    return min([first.lineno, *(one.lineno for one in decorators)]) if decorators else first.lineno
