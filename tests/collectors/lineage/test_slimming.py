"""What of a syntax tree is kept."""

import ast

from collectors.lineage.slimming import slim

CODE = """
async def f(a, /, b: int = 1, *c, d=2, **e) -> int:
    global g
    async with x as y, z: pass
    match a:
        case {'k': 1, **r}: pass
        case [1, *q] | C(x=2): pass
        case None: pass
    try: pass
    except* E as e: raise X from Y
    return f'{a!r:>{b}}', lambda *a: (yield), [i async for i in j if k]
class A(B, metaclass=M):
    x: int = 3
    del x
import a.b as c
from . import d
"""
UNASKED = {"ctx", "col_offset", "end_col_offset", "end_lineno"}
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def test_of_every_node_only_what_nobody_asks_for_is_gone():
    whole, kept = ast.parse(CODE), ast.parse(CODE)
    slim(kept.body)
    for one, other in zip(_nodes(whole), _nodes(kept), strict=True):
        asked = set(vars(one)) - UNASKED | ({"end_lineno"} if isinstance(one, DEFINITIONS) else set())
        assert type(one) is type(other)
        assert set(vars(other)) == asked


def _nodes(tree: ast.Module) -> list[ast.AST]:
    """Without contexts, which a slim tree has lost; those of one kind are one object anyway."""
    return [
        node
        for part in tree.body
        for node in ast.walk(part)
        if not isinstance(node, ast.expr_context | ast.operator | ast.boolop | ast.unaryop | ast.cmpop)
    ]
