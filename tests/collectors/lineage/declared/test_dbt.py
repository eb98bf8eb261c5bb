"""dbt: who refers to whom."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.facts.lineage import Access, Resolution
from collectors.lineage.declared.everything import DeclaredPipelines, declared

PROJECT = {"dbt_project.yml": "name: shop\n"}


def read(files: dict[str, str]) -> DeclaredPipelines:
    tree = PROJECT | files
    return declared(tree, tree.get)


def edges(found: DeclaredPipelines) -> set[str]:
    return {f"{row.job} {'<' if row.access is Access.READ else '>'} {row.name}" for row in found.accesses if row.name}


def test_a_model_reads_what_it_refers_to_and_writes_itself() -> None:
    found = read({"models/a.sql": "select * from {{ source('raw', 't') }} join {{ ref('s') }}", "seeds/s.csv": "x\n1"})
    assert edges(found) == {
        "a < dbt://shop/raw.t", "a < dbt://shop/s", "a > dbt://shop/a", "s < seeds/s.csv", "s > dbt://shop/s",
    }  # fmt: skip
    assert {row.resolution for row in found.accesses if row.name} == {Resolution.RESOLVED}


def test_versions() -> None:
    yaml = "models: [{name: m, latest_version: 2, versions: [{v: 1, defined_in: old}, {v: 2}]}]"
    found = read({
        "models/m.yml": yaml, "models/old.sql": "select 1", "models/m_v2.sql": "select 1",
        "models/a.sql": "{{ ref('m') }}{{ ref('m', v=1) }}",
    })  # fmt: skip
    assert {"a < dbt://shop/m.v1", "a < dbt://shop/m.v2", "old > x"} - edges(found) == {"old > x"}
    assert {"m.v1 > dbt://shop/m.v1", "m.v2 > dbt://shop/m.v2"} < edges(found)


def test_snapshots_tests_and_exposures() -> None:
    found = read({
        "snapshots/s.sql": "{% snapshot kept %}select * from {{ ref('a') }}{% endsnapshot %}",
        "snapshots/t.yml": "snapshots: [{name: held, relation: \"ref('a')\"}]",
        "tests/none.sql": "select * from {{ ref('kept') }}",
        "models/a.sql": "select 1",
        "models/e.yml": "exposures: [{name: board, depends_on: [ref('a'), \"source('x', 'y')\"]}]",
    })  # fmt: skip
    assert edges(found) == {
        "a > dbt://shop/a", "kept < dbt://shop/a", "kept > dbt://shop/kept", "held < dbt://shop/a",
        "held > dbt://shop/held", "none < dbt://shop/kept", "board < dbt://shop/a", "board < dbt://shop/x.y",
    }  # fmt: skip


def test_python_models() -> None:
    code = "def model(dbt, session):\n    x = dbt.ref('a')\n    return x.join(dbt.source('s', 't'))\n"
    found = read({"models/p.py": code, "models/a.sql": "select 1", "models/helper.py": "import os\n"})
    assert edges(found) == {"a > dbt://shop/a", "p < dbt://shop/a", "p < dbt://shop/s.t", "p > dbt://shop/p"}


def test_what_is_switched_off_is_not_run() -> None:
    found = read({
        "dbt_project.yml": "name: shop\nvars: {on: false}\nmodels: {shop: {old: {+enabled: false}}}",
        "models/a.sql": "{{ config(enabled=var('on', true)) }}select * from {{ ref('b') }}",
        "models/old/b.sql": "select 1",
        "models/c.sql": "select 1",
        "models/c.yml": "models: [{name: c, config: {enabled: false}}]",
    })  # fmt: skip
    assert edges(found) == set()


def test_the_project_that_uses_another_sets_its_variables() -> None:
    found = read({
        "models/a.sql": "{% if var('on', false) %}{{ ref('b') }}{% endif %}",
        "models/b.sql": "select 1",
        "tests_of_it/dbt_project.yml": "name: tests\nvars: {shop: {on: true}}",
        "tests_of_it/packages.yml": "packages: [{local: ../}]",
        "tests_of_it/models/c.sql": "{{ ref('shop', 'a') }}{{ ref('b') }}{{ ref('nobody') }}",
    })  # fmt: skip
    job = "tests_of_it/dbt_project.yml:c"
    assert edges(found) >= {
        "a < dbt://shop/b",
        f"{job} < dbt://shop/a",
        f"{job} < dbt://shop/b",
        f"{job} > dbt://tests/c",
    }
    assert next(row for row in found.accesses if "nobody" in row.name).resolution is Resolution.TEMPLATE


HIDDEN = {"models/a.sql": "{{ other.union('x') }}"}


def test_what_a_macro_of_elsewhere_hides_is_said() -> None:
    found = read(HIDDEN)
    assert edges(found) == {"a > dbt://shop/a"}
    assert found.doubts[0].why == "what it reads stands in a macro that is not in the tree: other.union"


def test_a_committed_manifest_tells_what_is_hidden() -> None:
    node = {"package_name": "shop", "original_file_path": "models/a.sql", "depends_on": {"nodes": ["source.shop.r.t"]}}
    found = read(HIDDEN | {"target/manifest.json": json.dumps({"nodes": {"model.shop.a": node}})})
    assert edges(found) == {"a < dbt://shop/r.t", "a > dbt://shop/a"}
    assert found.doubts == ()


@pytest.mark.parametrize("manifest", ["{", "[]", "[" * 100_000, '{"nodes": {"a": 1, "b": {"package_name": "shop"}}}'])
def test_an_odd_manifest_tells_nothing(manifest: str) -> None:
    assert len(read(HIDDEN | {"target/manifest.json": manifest}).doubts) == 1


def test_tables_that_are_named_outright_are_seen() -> None:
    found = read({"models/a.sql": "with b as (select 1) select * from raw.orders join b on 1 = 1 join {{ ref('c') }}"})
    assert "a < sql://◌/raw.orders" in edges(found)
    assert not any(name.endswith("/b") for name in edges(found))


def test_installed_packages_are_not_the_project() -> None:
    found = read({"dbt_packages/x/dbt_project.yml": "name: x", "dbt_packages/x/models/a.sql": "{{ ref('b') }}"})
    assert found.accesses == ()


@given(st.text("{}%'\"()refsource,~|[] \nif endif", max_size=200), st.text("name: shopvars{}[]&*\n-", max_size=100))
def test_any_text_is_read(template: str, yaml: str) -> None:
    files = {"dbt_project.yml": yaml, "models/a.sql": template, "models/a.yml": yaml, "macros/m.sql": template}
    declared(files, files.get)
