"""Tables that SQL reads and writes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.lineage.declared.everything import declared
from collectors.lineage.declared.rows import Tree
from collectors.lineage.declared.sql import dialect_of, tables_of


@pytest.mark.parametrize(
    ("sql", "reads", "writes"),
    [
        ("select * from A.b join c using (x)", ("a.b", "c"), ()),
        ("with c as (select * from a) select * from c, d", ("a", "d"), ()),
        ("insert into t select * from (select * from u) v", ("u",), ("t",)),
        ("create table t as select * from u", ("u",), ("t",)),
        ("create table t (x int)", (), ()),
        ("create or replace view s.v as select 1 from w", ("w",), ("s.v",)),
        ("create temporary table t as select * from a; insert into b select * from t", ("a",), ("b",)),
        ("merge into t using s on t.x = s.x when matched then delete", ("s",), ("t",)),
        ("update t set x = 1 from u where t.y = u.y", ("u",), ("t",)),
        ("drop table t; delete from u; truncate table v", (), ()),
        ("select extract(year from d), 'from nothing' from t -- from x", ("t",), ()),
        ("create database a; create schema b; grant select on c to d; use e; alter table f add g int", (), ()),
        ("(select * from a) union all select * from b", ("a", "b"), ()),
        ("select 1", (), ()),
    ],
)
def test_reads_and_writes(sql: str, reads: tuple[str, ...], writes: tuple[str, ...]) -> None:
    assert tables_of(sql, "postgres") == (reads, writes)


def test_what_cannot_be_parsed_is_looked_over_by_pattern() -> None:
    odd = "with c as (select 1) select ??? from a.b, join join c join d !!! ; insert into `e.f` zzz (("
    found = tables_of(odd)
    assert found.writes == ("e.f",)
    assert set(found.reads) >= {"a.b", "d"}
    assert "c" not in found.reads
    assert tables_of(odd, is_strict=True).reads == ("a.b",)


def test_dialects_need_a_profile() -> None:
    assert tables_of("select * from `p.d.t` where x in unnest([1])", "bigquery").reads == ("p.d.t",)
    files = {"profiles.yml": "x:\n  outputs:\n    dev:\n      type: snowflake\n"}
    assert dialect_of(Tree(frozenset(files), files.get), "") == "snowflake"
    files = {"requirements.txt": "dbt-core\ndbt-bigquery==1.5\n"}
    assert dialect_of(Tree(frozenset(files), files.get), "sub") == "bigquery"
    files = {"requirements.txt": "dbt-duckdb\ndbt-bigquery\n"}
    assert dialect_of(Tree(frozenset(files), files.get), "") == ""


def test_a_script_is_a_job() -> None:
    found = declared(["etl/a.sql"], lambda _: "\ninsert into t\nselect * from {{ u }}, v")
    assert [(row.access, row.name, row.line, row.job) for row in found.accesses] == [
        ("read", "sql://◌/v", 3, "etl/a.sql"),
        ("write", "sql://◌/t", 2, "etl/a.sql"),
    ]


@pytest.mark.parametrize(
    "sql", ["(" * 20_000, "select " + "(select " * 3_000, "from " * 50_000, "with " * 20_000, "'" * 9_999]
)
def test_odd_sql_ends(sql: str) -> None:
    tables_of(sql)


@given(st.text("select from join with as (),;'`\"insert into create table--/*\n.", max_size=120))
def test_any_text_is_read(sql: str) -> None:
    tables_of(sql)
