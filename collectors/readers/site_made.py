"""Columns that code computes: assigned to a table, or, where a service answers, put together by hand."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from collectors.facts.lineage import HOLE
from collectors.facts.sites import SiteKind
from collectors.readers.site_names import words
from collectors.readers.site_text import Found, Text, called

_TABLES = words(
    """
    merge groupby dropna fillna assign drop drop_duplicates sort_values reset_index set_index astype rename
    to_parquet to_csv to_feather iterrows itertuples pivot pivot_table melt query value_counts select_dtypes
    to_sql isnull isna describe withColumn with_columns
    """
)
"""Methods by which a plain name shows that it holds a table."""
_SERVICES = frozenset({"fastapi", "flask", "starlette", "quart", "sanic", "falcon", "bentoml", "litestar", "tornado"})
_NAME = re.compile(rf"(?=.*[A-Za-z]{{3}})[A-Za-z_{HOLE}][\w{HOLE}]{{2,60}}")
_PASSING = words(
    """
    int float str bool list dict set tuple len round getattr get item tolist upper lower strip title isoformat strftime
    now utcnow today time uuid4 hexdigest encode decode copy model_dump dumps loads join format replace split
    """
)
"""Calls that only hand on, write down or look up what they are given."""
_WORD = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_")
_DEEPEST, _MOST = 400, 4001
"""Keys of one table, and nodes of one function, that are looked at."""


def made_columns(text: Text) -> Iterator[Found]:
    """COLUMN_MADE with its name, what is filled in as holes; COLUMN_ALONE where the file never names it again."""
    tables: set[str] | None = None
    for node in text.marks.assigns:
        for target in node.targets:
            if not isinstance(target, ast.Subscript) or not isinstance(target.value, ast.Name):
                continue
            name = _name(target.slice)
            tables = _tables(text) if tables is None else tables
            if target.value.id in tables and name and _is_computed(node.value):
                yield Found(SiteKind.COLUMN_MADE, node, name)
                if HOLE not in name and _is_alone(name, text.source):
                    yield Found(SiteKind.COLUMN_ALONE, node, name)
    if any(name.partition(".")[0] in _SERVICES for name in text.imports):
        yield from _by_hand(text)


def _by_hand(text: Text) -> Iterator[Found]:
    told: dict[ast.AST, tuple[Found, ...]] = {
        node: found for node in (*text.marks.tables, *text.marks.assigns) if (found := tuple(_told(node)))
    }
    if told:
        for scope in text.marks.scopes:
            if not isinstance(scope, ast.ClassDef):
                for node in first_nodes(scope):
                    yield from told.get(node, ())


def _told(node: ast.AST) -> Iterator[Found]:
    pairs: list[tuple[ast.expr | None, ast.expr]] = []
    if isinstance(node, ast.Dict):
        pairs = list(zip(node.keys, node.values, strict=True))
    elif isinstance(node, ast.DictComp):
        pairs = [(node.key, node.value)]
    elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript):
        pairs = [(node.targets[0].slice, node.value)]
    for key, value in pairs[:_DEEPEST]:
        if key is not None and (name := _name(key)) and _is_computed(value):
            yield Found(SiteKind.COLUMN_MADE, key, name)


def first_nodes(scope: ast.AST) -> list[ast.AST]:
    """The first nodes that `ast.walk` gives, at half of its cost."""
    nodes = [scope]
    for node in nodes:  # which grow meanwhile
        if len(nodes) > _MOST:
            break
        for value in node.__dict__.values():
            if value.__class__ is list:
                nodes.extend([one for one in value if isinstance(one, ast.AST)])
            elif isinstance(value, ast.AST):
                nodes.append(value)
    return nodes[:_MOST]


def _tables(text: Text) -> set[str]:
    return {dotted.partition(".")[0] for dotted in text.used if dotted.count(".") == 1 and _is_table(dotted)}


def _is_table(dotted: str) -> bool:
    return dotted.rpartition(".")[2] in _TABLES


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        found = node.value
    elif isinstance(node, ast.JoinedStr):
        parts = (part.value if isinstance(part, ast.Constant) else HOLE for part in node.values)
        found = "".join(part for part in parts if isinstance(part, str))
    else:
        return ""
    return found if _NAME.fullmatch(found) else ""


def _is_computed(node: ast.expr) -> bool:
    """Not only handed on: `x`, `row.x`, `row["x"]`, `float(row.x)`."""
    for _ in range(20):
        if isinstance(node, ast.Call) and called(node) in _PASSING and node.args:
            node = node.args[0]
        elif isinstance(node, ast.Call) and called(node) in _PASSING and isinstance(node.func, ast.Attribute):
            node = node.func.value
        elif isinstance(node, ast.Attribute):
            node = node.value
        elif isinstance(node, ast.Subscript):
            if not isinstance(node.slice, ast.Constant | ast.Name):
                return True
            node = node.value
        else:
            break
    return isinstance(node, ast.BinOp | ast.Call | ast.Compare | ast.IfExp | ast.BoolOp)


def _is_alone(name: str, source: str) -> bool:
    """Whether it stands in the text once, as a whole word."""
    found = 0
    at = source.find(name)
    while at >= 0 and found < 2:
        end = at + len(name)
        is_whole = source[at - 1 : at] not in _WORD and source[end : end + 1] not in _WORD
        found += is_whole
        at = source.find(name, end if is_whole else at + 1)
    return found == 1
