"""Connections to databases, and the tables that SQL names."""

from __future__ import annotations

import re

from collectors.facts.lineage import HOLE, Access
from collectors.lineage.accesses import note
from collectors.lineage.machine import Run, library
from collectors.lineage.telling import options, taint, text_of
from collectors.lineage.values import NONE, Call, Const, Handle, Scope, Unknown, Value

_TABLES = re.compile(
    r"\b(?:(from|join)|(into|update|create\s+(?:or\s+replace\s+)?(?:temp(?:orary)?\s+)?(?:table|view)(?:\s+if\s+not\s+exists)?"
    r"|drop\s+table(?:\s+if\s+exists)?))\s+[`\"\[]?([\w.◌]+)",
    re.IGNORECASE,
)
_SAID = re.compile(r"--[^\n]*|/\*.*?\*/|'[^'\n]*'", re.DOTALL)
"""Comments and texts, which name no table."""


# Databases. A file is one dataset, whatever its tables; of a server each table is one.


@library("sqlite3.connect", "duckdb.connect")
def database(run: Run, scope: Scope, call: Call) -> Value:
    return Handle(call.given(0, "database") or NONE, writes=True, scope=scope, line=call.line, call="sqlite3.connect")


@library("sqlalchemy.create_engine", "sqlmodel.create_engine", "sqlalchemy.ext.asyncio.create_async_engine")
def engine(run: Run, scope: Scope, call: Call) -> Value:
    return Handle(
        call.given(0, "url") or NONE, writes=True, scope=scope, line=call.line, call="sqlalchemy.create_engine"
    )


@library("psycopg2.connect", "pymysql.connect", "mysql.connector.connect", "pyodbc.connect", "psycopg.connect",
         "snowflake.connector.connect", "cx_Oracle.connect")  # fmt: skip
def server(run: Run, scope: Scope, call: Call) -> Value:
    base = text_of(call.given(None, "database", "dbname", "db") or NONE)
    host = text_of(call.given(None, "host", "account") or NONE)
    uri = f"sql://{host if host and host != 'None' else HOLE}/{base if base and base != 'None' else HOLE}"
    return Handle(Const(uri), writes=True, scope=scope, line=call.line, call="connect")


def place_of(connection: Value | None, table: str) -> Value:
    """What a table is called: the file it lies in, or the server's address and its name."""
    for option in options(connection) if connection is not None else ():
        text = text_of(option.target if isinstance(option, Handle) else option)
        if text and text.startswith("sqlite:///"):
            return Const(text.removeprefix("sqlite:///"))
        if isinstance(option, Handle) and option.call == "sqlite3.connect" and text != ":memory:":
            return option.target
        if text and "://" in text:
            return Const(f"{text}#{table}")
    return Const(f"sql://{HOLE}/{table}") if table and table != HOLE else Unknown("its table is not known")


def tables_in(text: str) -> list[tuple[Access, str]]:
    text = _SAID.sub(" ", text[:4_000])
    found = [(Access.READ if match[1] else Access.WRITE, match[3].lower()) for match in _TABLES.finditer(text)]
    written = {name for access, name in found if access is Access.WRITE}
    return [(access, name) for access, name in dict.fromkeys(found) if access is Access.WRITE or name not in written]


def executed(run: Run, scope: Scope, handle: Handle, name: str, call: Call) -> Value:
    return asked_in_sql(run, scope, f"{handle.call}().{name}", handle, call)


def asked_in_sql(run: Run, scope: Scope, name: str, connection: Value | None, call: Call) -> Value:
    text = text_of(call.given(0, "sql", "query", "statement") or NONE)
    names = frozenset[str]()
    if text and text != "None":
        pairs = tables_in(text) if " " in text.strip() else [(Access.READ, text)]
        for access, table in pairs:
            known = note(run, scope, name, call.line, access, place_of(connection, table), sources=taint(*call.all))
            names |= known if access is Access.READ else frozenset()
    return Unknown(f"it is what {name} gives", f"{name}()", names)


@library("pandas.read_sql", "pandas.read_sql_query", "pandas.read_sql_table", "polars.read_database",
         "dask.dataframe.read_sql_table", "dask.dataframe.read_sql")  # fmt: skip
def read_sql(run: Run, scope: Scope, call: Call) -> Value:
    query = call.given(0, "sql", "query", "table_name")
    connection = call.given(1, "con", "connection", "uri")
    return asked_in_sql(run, scope, "pandas.read_sql", connection, Call((query or NONE,), {}, call.line))


@library("sqlalchemy.text", "sqlalchemy.sql.text", "textwrap.dedent", "os.fspath", "str.strip")
def as_it_is(run: Run, scope: Scope, call: Call) -> Value:
    return call.given(0) or NONE


@library(".to_sql")
def to_sql(run: Run, scope: Scope, call: Call) -> Value:
    table = text_of(call.given(1, "name") or NONE) or HOLE
    target = place_of(call.given(2, "con"), table)
    note(run, scope, "pandas.DataFrame.to_sql", call.line, Access.WRITE, target, sources=taint(*call.all))
    return Unknown("it is a number")
