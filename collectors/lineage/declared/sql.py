"""Tables that SQL reads and writes. Read by sqlglot; what it cannot parse is looked over by pattern.

A table is called "sql://◌/table", as one that code reads over a connection that nothing tells.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from collectors.facts.lineage import HOLE, Access, DataAccess, NodeKind, Origin, Resolution
from collectors.lineage.declared.jinja import blocks
from collectors.lineage.declared.jinja_values import followed_template
from collectors.lineage.declared.rows import Doubt, DoubtKind, Row, Tree
from collectors.readers.shell import joined

if TYPE_CHECKING:
    from sqlglot import exp

_LONGEST = 200_000
_MOST_TABLES, _MOST_STATEMENTS = 500, 2_000
_DIALECTS = dict.fromkeys(("sqlserver", "fabric", "synapse"), "tsql") | {
    name: name
    for name in (
        "snowflake", "bigquery", "redshift", "postgres", "duckdb", "databricks", "spark", "trino", "athena",
        "clickhouse", "mysql", "oracle", "sqlite", "presto", "hive", "dremio", "starrocks", "teradata",
    )
}  # fmt: skip
"""sqlglot's names of what adapters of dbt are called."""
_NAME = (
    r"""((?:[\w$-]+|"[^"\n]+"|`[^`\n]+`|\[[^\]\n]+\])(?:\s*\.\s*(?:[\w$-]+|"[^"\n]+"|`[^`\n]+`|\[[^\]\n]+\])){0,3})"""
)
_PATTERN = re.compile(
    rf"""\b(?:(?P<read>from|join)|(?P<write>insert\s+(?:into|overwrite)(?:\s+table)?|merge\s+into|update|replace\s+into)
    |(?P<make>create\s+(?:or\s+replace\s+)?(?:transient\s+|external\s+|materialized\s+)?(?:table|view)(?:\s+if\s+not\s+exists)?))
    \s+{_NAME}(?(make)\s+as\b)""",
    re.IGNORECASE | re.VERBOSE,
)
_WITH = re.compile(
    r"(?:\bwith(?:\s+recursive)?|,)\s+([\w$]+)\s*(?:\([^()]*\)\s*)?as\s*(?:not\s+materialized\s*|materialized\s*)?\(",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/|'(?:[^'\n]|'')*'", re.DOTALL)
_NO_TABLE = {"select", "unnest", "lateral", "values", "table", "set", "where", "dual", "generate_series", "flatten"}


class Tables(NamedTuple):
    reads: tuple[str, ...] = ()  # in lower case, sorted
    writes: tuple[str, ...] = ()


def tables_of(text: str, dialect: str = "", *, is_strict: bool = False) -> Tables:
    """`is_strict`: a model of dbt. Of one that cannot be parsed only names that bear their schema are told."""
    if len(text) > _LONGEST:
        return Tables()
    if is_strict and all("__" in name for name in _by_pattern(text)[0]):
        return Tables()  # all that it reads was asked for: nothing is left to look for
    return _tables(text, dialect, is_strict)


@lru_cache(maxsize=256)
def _tables(text: str, dialect: str, is_strict: bool) -> Tables:
    parsed = _parsed(text, dialect)
    if parsed is None:
        reads, writes = _by_pattern(text)
        reads = {name for name in reads if "." in name} if is_strict else reads
        return Tables(tuple(sorted(reads)[:_MOST_TABLES]), tuple(sorted(writes)[:_MOST_TABLES]))
    reads, writes = set[str](), set[str]()
    made = set[str]()
    for statement in parsed:
        read, wrote = _of_statement(statement)
        reads |= read - made
        if _is_temporary(statement):
            made |= wrote
        else:
            writes |= wrote
    return Tables(tuple(sorted(reads)[:_MOST_TABLES]), tuple(sorted(writes)[:_MOST_TABLES]))


def _parsed(text: str, dialect: str) -> list[exp.Expression] | None:
    import sqlglot
    from sqlglot import exp
    from sqlglot.errors import ErrorLevel, SqlglotError

    logger = logging.getLogger("sqlglot")
    before, logger.disabled = logger.disabled, True
    try:
        found = sqlglot.parse(text, read=dialect or None, error_level=ErrorLevel.RAISE)
    except (SqlglotError, ValueError, RecursionError, AttributeError, TypeError, KeyError, IndexError):
        return None  # a parser of so many dialects stumbles over odd text in many ways
    finally:
        logger.disabled = before
    return [statement for statement in found[:_MOST_STATEMENTS] if isinstance(statement, exp.Expression)]


def _of_statement(statement: exp.Expression) -> tuple[set[str], set[str]]:
    from sqlglot import exp

    if isinstance(statement, exp.Command):
        return _by_pattern(f"{statement.this} {statement.expression or ''}")
    writes: set[str] = set()
    target: object = None
    if isinstance(statement, exp.Create) and statement.expression is None:
        return set(), set()  # an empty table
    if isinstance(statement, exp.Create | exp.Insert | exp.Merge | exp.Update):
        target = statement.this
    elif not isinstance(statement, exp.Query):
        return set(), set()  # it makes, changes, grants or empties something
    table = target.this if isinstance(target, exp.Schema) else target
    if isinstance(table, exp.Table) and (name := _name(table)):
        writes.add(name)
    local = {cte.alias_or_name.lower() for cte in statement.find_all(exp.CTE)}
    reads = {
        name
        for found in statement.find_all(exp.Table)
        if found is not table and (name := _name(found)) and name not in local
    }
    return reads, writes


def _name(table: exp.Table) -> str:
    from sqlglot import exp

    if not isinstance(table.this, exp.Identifier):
        return ""  # a function that gives rows
    parts = [table.args.get(part) for part in ("catalog", "db", "this")]
    name = ".".join(part.name for part in parts if isinstance(part, exp.Identifier))
    return name.lower()[:200]


def _is_temporary(statement: exp.Expression) -> bool:
    from sqlglot import exp

    return isinstance(statement, exp.Create) and statement.find(exp.TemporaryProperty) is not None


def _by_pattern(text: str) -> tuple[set[str], set[str]]:
    text = _COMMENT.sub(" ", text[:_LONGEST])
    local = {match[1].lower() for match in _WITH.finditer(text)}
    reads, writes = set[str](), set[str]()
    for match in _PATTERN.finditer(text):
        name = re.sub(r'["`\[\]\s]', "", match[4]).lower()
        if name in local or name in _NO_TABLE or name.isdigit():
            continue
        (reads if match["read"] else writes).add(name[:200])
    return reads, writes


def dialect_of(tree: Tree, folder: str) -> str:
    """As a profile or the packages of Python say; "" where nothing does, or several do."""
    found = set()
    for name in ("profiles.yml", "profiles/profiles.yml", "sample.profiles.yml"):
        text = tree.read(joined(folder, name)) or ""
        found |= {match[1] for match in re.finditer(r"^\s+type:\s*['\"]?(\w+)", text, re.MULTILINE)}
    if not found:
        for path in ("requirements.txt", "pyproject.toml", "Pipfile", "environment.yml"):
            for base in dict.fromkeys((folder, "")):
                text = tree.read(joined(base, path)) or ""
                found |= {match[1] for match in re.finditer(r"\bdbt-(\w+)", text)} & set(_DIALECTS)
    dialects = {_DIALECTS[name] for name in found if name in _DIALECTS}
    return dialects.pop() if len(dialects) == 1 else ""


def sql_file(tree: Tree, path: str, dialect: str = "") -> Iterator[Row]:
    """A script of SQL: the job is the file."""
    written = text = tree.read(path) or ""
    if "{{" in text or "{%" in text:
        text = followed_template(blocks(text), {}, {}).text
    if len(text) > _LONGEST:
        yield Doubt(path, 1, DoubtKind.UNRESOLVED, "it is longer than 200,000 characters", path)
        return
    found = tables_of(text, dialect)
    for access, names in ((Access.READ, found.reads), (Access.WRITE, found.writes)):
        yield from (_access(access, name, path, written) for name in _known(names))


def _known(names: Iterable[str]) -> Iterator[str]:
    return (name for name in names if "__unknown__" not in name and not name.startswith("__asked_"))


def _access(access: Access, name: str, path: str, text: str) -> DataAccess:
    place = text.lower().find(name.rpartition(".")[2])
    line = text.count("\n", 0, max(place, 0)) + 1
    call = "from" if access is Access.READ else "into"
    return DataAccess(
        access, f"sql://{HOLE}/{name}", NodeKind.DATASET, Origin.DECLARED, path, line, Resolution.TEMPLATE, call, path
    )
