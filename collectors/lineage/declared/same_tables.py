"""One table under two names: as dbt calls it, and as SQL does.

A source of dbt lies where its YAML says; what dbt builds, where a committed manifest says. Only then a name in SQL is
known to mean it: by schema and table, and by the database where SQL names one. What is not known stays two.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from collectors.facts.lineage import HOLE, DataAccess, Resolution

_TABLE = re.compile(r"[\w$-]+(?:\.[\w$-]+){1,2}")
_OF_EVERY_SERVER = frozenset({"public", "dbo", "main", "default"})
"""Schemas that each database begins with: alone they tell no database from another."""


class Relation(NamedTuple):
    """Where a table of dbt lies, in lower case."""

    name: str  # its address in dbt
    database: str  # "" where it is not told
    schema: str
    table: str


def relation_of(name: str, database: str, schema: str, table: str) -> Relation | None:
    """None where its schema or name is put together while dbt runs."""
    base, *told = [part.strip().strip('"`').lower() for part in (database, schema, table)]
    if not all(told) or any(map(_is_made, told)):
        return None
    return Relation(name, "" if _is_made(base) else base, *told)


def _is_made(text: str) -> bool:
    return "{" in text


def united(rows: Iterable[DataAccess], relations: Iterable[Relation]) -> Iterator[DataAccess]:
    """The rows, with dbt's name in place of SQL's where both are known to mean one table."""
    by_place: defaultdict[tuple[str, str], set[Relation]] = defaultdict(set)
    for one in relations:
        by_place[one.schema, one.table].add(one)
    if not by_place:
        yield from rows
        return
    names: dict[str, str] = {}
    for row in rows:
        for name in (row.name, *row.sources):
            if name not in names:
                names[name] = _named(name, by_place)
        is_other = names[row.name] != row.name
        resolution = Resolution.RESOLVED if is_other and row.resolution is Resolution.TEMPLATE else row.resolution
        sources = tuple(names[name] for name in row.sources)
        yield row._replace(name=names[row.name], resolution=resolution, sources=sources)


def _named(name: str, by_place: Mapping[tuple[str, str], set[Relation]]) -> str:
    found = _place(name)
    if found is None:
        return name
    database, schema, table = found
    alike = by_place.get((schema, table), set())
    if database:
        alike = {one for one in alike if one.database == database}
    elif schema in _OF_EVERY_SERVER:
        return name
    meant = {one.name for one in alike}
    return meant.pop() if len(meant) == 1 else name


def _place(name: str) -> tuple[str, str, str] | None:
    """Database, schema and table: the first "" where the name has none."""
    scheme, _, rest = name.partition("://")
    server, is_server, table = rest.rpartition("#")
    base = ""
    if is_server:
        host_and_base = server.split("/")
        if len(host_and_base) != 2 or not scheme:
            return None
        base = "" if HOLE in host_and_base[1] else host_and_base[1].lower()
    elif scheme == "sql" and rest.startswith(f"{HOLE}/"):
        table = rest.removeprefix(f"{HOLE}/")
    else:
        return None
    if not _TABLE.fullmatch(table):
        return None
    *databases, schema, last = table.lower().split(".")
    return (databases[0] if databases else base), schema, last
