"""One table that dbt builds or reads and SQL names is one set of data, where that can be known."""

from __future__ import annotations

import json

import pytest

from collectors.facts.data_graph import lineage
from collectors.facts.lineage import Resolution
from collectors.lineage.declared.everything import declared
from collectors.lineage.declared.same_tables import Relation, relation_of, united
from collectors.signals.tables_of_others import tables_of_others
from tests.collectors.signals.accesses import access

ORDERS = Relation("dbt://shop/orders", "warehouse", "analytics", "orders")
RAW = Relation("dbt://shop/raw.orders", "", "raw", "orders")
PROJECT = {"dbt_project.yml": "name: shop\n", "models/a.sql": "select * from {{ source('raw', 'orders') }}"}
SOURCE = "sources: [{name: raw, schema: landing, tables: [{name: orders, identifier: t_orders}]}]"


def named(name: str, *relations: Relation) -> str:
    (row,) = united([access(f"a < {name}")], relations)
    return row.name


@pytest.mark.parametrize(
    "name",
    [
        "sql://◌/analytics.orders",
        "sql://◌/Analytics.ORDERS",
        "sql://◌/warehouse.analytics.orders",
        "sql://account.example/warehouse#analytics.orders",
        "sql://◌/◌#analytics.orders",
    ],
)
def test_the_same_table_has_dbts_name(name: str) -> None:
    assert named(name, ORDERS, RAW) == "dbt://shop/orders"


@pytest.mark.parametrize(
    "name",
    [
        "sql://◌/orders",  # no schema
        "sql://◌/staging.orders",
        "sql://◌/other.analytics.orders",  # of another database
        "sql://account.example/other#analytics.orders",
        "sql://◌/analytics.orders.v2.x",
        "sql://◌/analytics.or◌",
        "data/analytics.orders",
        "https://x.example/analytics.orders",
        "dbt://shop/analytics.orders",
    ],
)
def test_what_is_not_known_to_be_the_same_stays_two(name: str) -> None:
    assert named(name, ORDERS, RAW) == name


def test_a_database_that_dbt_does_not_tell_is_not_known_to_be_sqls() -> None:
    assert named("sql://◌/raw.orders", RAW) == "dbt://shop/raw.orders"
    assert named("sql://◌/warehouse.raw.orders", RAW) == "sql://◌/warehouse.raw.orders"


def test_a_schema_that_every_database_has_tells_no_table_from_another() -> None:
    users = Relation("dbt://shop/app.users", "lake", "public", "users")
    assert named("sql://◌/public.users", users) == "sql://◌/public.users"
    assert named("sql://◌/lake.public.users", users) == "dbt://shop/app.users"


def test_of_two_that_it_could_be_none_is_chosen() -> None:
    other = ORDERS._replace(name="dbt://other/orders", database="lake")
    assert named("sql://◌/analytics.orders", ORDERS, other) == "sql://◌/analytics.orders"
    assert named("sql://◌/lake.analytics.orders", ORDERS, other) == "dbt://other/orders"


def test_a_name_without_its_server_is_known_once_it_is_dbts() -> None:
    row = access("a < sql://◌/raw.orders")._replace(resolution=Resolution.TEMPLATE, sources=("sql://◌/raw.orders", "x"))
    (found,) = united([row], [RAW])
    assert (found.resolution, found.sources) == (Resolution.RESOLVED, ("dbt://shop/raw.orders", "x"))
    (kept,) = united([row], [ORDERS])
    assert kept == row


def test_where_a_schema_is_put_together_while_dbt_runs_nothing_is_known() -> None:
    assert relation_of("dbt://shop/a", "", "{{ target.schema }}", "a") is None
    assert relation_of("dbt://shop/a", "db", "", "a") is None
    assert relation_of("dbt://shop/a", "{{ env_var('DB') }}", "Raw", '"A"') == Relation("dbt://shop/a", "", "raw", "a")


def read(files: dict[str, str]) -> set[str]:
    tree = PROJECT | files
    return {row.name for row in declared(tree, tree.get).accesses}


def test_a_source_lies_where_its_yaml_says() -> None:
    script = {"load.sql": "insert into landing.t_orders select * from landing.t_lines"}
    assert read({"models/s.yml": SOURCE} | script) == {
        *("dbt://shop/raw.orders", "sql://◌/landing.t_lines", "dbt://shop/a"),
    }
    assert "sql://◌/landing.t_orders" in read(script)
    plain = "sources: [{name: raw, tables: [{name: orders}]}]"
    assert "sql://◌/raw.orders" not in read({"models/s.yml": plain, "x.sql": "select * from raw.orders"})


def test_what_dbt_builds_lies_where_its_manifest_says() -> None:
    script = {"report.sql": "select * from analytics.a"}
    node = {"database": "lake", "schema": "analytics", "alias": "a", "relation_name": "lake.analytics.a"}
    told = json.dumps({"nodes": {"model.shop.a": {"package_name": "shop", **node}}, "sources": {}})
    assert "sql://◌/analytics.a" not in read(script | {"target/manifest.json": told})
    assert "sql://◌/analytics.a" in read(script)
    ephemeral = {"package_name": "shop", **node, "relation_name": None}  # no table bears its name
    told = json.dumps({"nodes": {"model.shop.a": ephemeral}})
    assert "sql://◌/analytics.a" in read(script | {"target/manifest.json": told})


@pytest.mark.parametrize("odd", [{"nodes": {"model.shop.a": 1}}, {"nodes": {"model.shop.a": {"relation_name": "x"}}}])
def test_an_odd_manifest_tells_nothing(odd: object) -> None:
    assert "sql://◌/analytics.a" in read(
        {"r.sql": "select * from analytics.a", "target/manifest.json": json.dumps(odd)}
    )


def test_a_script_that_loads_a_source_makes_it_ours() -> None:
    files = PROJECT | {"models/s.yml": SOURCE}
    graph = lineage(declared(files, files.get).accesses)
    assert (tables_of_others(graph).value, tables_of_others(graph).n) == (1, 1)
    files |= {"load.sql": "insert into landing.t_orders select * from read_me"}
    graph = lineage(declared(files, files.get).accesses)
    assert (tables_of_others(graph).value, tables_of_others(graph).n) == (0, 1)
    assert "dbt://shop/raw.orders" not in graph.roots
