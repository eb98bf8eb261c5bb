"""Tables that others write."""

from __future__ import annotations

import re

from collectors.facts.data_graph import Lineage
from collectors.facts.data_steps import is_whole
from collectors.facts.lineage import Access, DataAccess, Origin
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import MOST_EVIDENCE, SHOW, Evidence, Measurement
from scoring.wording import worded

_TABLES = ("sql://", "dbt://")
_BUILT_BY_DBT = frozenset({"model", "seed", "snapshot"})
_NAME = re.compile(r"[\w-]*\w(?:\.[\w-]*\w)*(?:\.[\w-]*\w\*?)")
_OF_THE_DATABASE = frozenset({"information_schema", "pg_catalog", "sys", "sqlite_master", "account_usage"})


@signal(
    debt=Debt.UNSTABLE_DATA_DEPENDENCIES,
    unit="tables",
    better="lower",
    status=SHOW,
    version=2,
    says="Of {n} {n:table|tables} that SQL here reads by schema and name, {value} {value:lies|lie} in a schema into "
    "which nothing here writes.",
)
def tables_of_others(lineage: Lineage) -> Measurement:
    """Tables that SQL of the repository reads, in a schema into which nothing here is seen to write.

    Counted in scripts of SQL and models of dbt, where the name is whole and bears its schema; sources of dbt count
    under the name that its project gives them. Tables that a file ties to one content do not count, nor those in which
    databases describe themselves.

    Why it matters: their owner can change what a column means, or rebuild them, and no commit here shows that.
    Pay it off: copy what is needed under a version, or agree with the owner on a contract that a test checks.
    Cannot see: who writes them, how often they change, tables that code alone names, and names without a schema.
    Ask: Who is told before each of these tables changes, and how would you notice that it had?
    Source: Sculley et al. 2015, section 3 (unstable data dependencies; versioned copies),
    https://papers.nips.cc/paper/5656-hidden-technical-debt-in-machine-learning-systems. No published threshold.
    """
    read: dict[str, list[DataAccess]] = {}
    written: set[str] = set()
    built = {row.name for row in lineage if row.access is Access.WRITE and row.call in _BUILT_BY_DBT}
    for row in lineage:
        table = row.name.rpartition("/")[2].lower()
        is_table = row.name.startswith(_TABLES) and is_whole(row.name) and row.name not in built
        if is_table and _NAME.fullmatch(table):
            if row.access is Access.WRITE:
                written.add(_schema(table))
            elif row.origin is Origin.DECLARED and _OF_THE_DATABASE.isdisjoint(table.split(".")):
                read.setdefault(table, []).append(row)
    if not read:
        return Measurement.unknown("no SQL here reads a table under its schema and name")
    pinned = {name.rpartition("/")[2].lower() for name in lineage.pinned if name.startswith(_TABLES)}
    others = {
        table: rows for table, rows in sorted(read.items()) if _schema(table) not in written and table not in pinned
    }
    return Measurement(
        len(others),
        n=len(read),
        evidence=tuple(_evidence(table, rows) for table, rows in list(others.items())[:MOST_EVIDENCE]),
    )


def _schema(table: str) -> str:
    """Its own name alone: a script often leaves out the database."""
    return table.split(".")[-2]


def _evidence(table: str, rows: list[DataAccess]) -> Evidence:
    first = min(rows, key=lambda row: (row.path, row.line))
    more = len({(row.path, row.line) for row in rows}) - 1
    also = f", and {more:,} more {worded(more, 'place', 'places')}" if more else ""
    note = f"reads {table}; nothing here was seen to write into {_schema(table)}{also}"
    return Evidence(first.path, "file", None, note, first.line)
