"""Kedro: nodes and the catalog."""

from __future__ import annotations

from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.facts.lineage import Access, NodeKind
from collectors.lineage.declared.everything import DeclaredPipelines, declared
from collectors.lineage.declared.kedro_catalog import fitted
from collectors.lineage.declared.rows import Entry

HEAD = "from kedro.pipeline import Pipeline, node, pipeline\nfrom .nodes import clean, fit\n"
NODES = "def clean(x): return x\ndef fit(x): return x\n"
FILE = "src/shop/pipelines/train/pipeline.py"
PARTS = """
def base():
    return pipeline([node(clean, ["raw", "params:a"], "mid", name="c"), node(fit, "mid", "model", name="f")])
"""


def read(body: str, catalog: str = "raw: {type: x, filepath: data/raw.csv}", **files: str) -> DeclaredPipelines:
    tree = {
        "conf/base/catalog.yml": catalog,
        "pyproject.toml": "[tool.kedro]\npackage_name = 'shop'\n",
        FILE: HEAD + dedent(body),
        "src/shop/pipelines/train/nodes.py": NODES,
    }  # fmt: skip
    tree |= {name.replace("__", "/").replace("_dot_", "."): text for name, text in files.items()}
    return declared(tree, tree.get)


def edges(found: DeclaredPipelines) -> set[str]:
    return {f"{row.job} {'<' if row.access is Access.READ else '>'} {row.name}" for row in found.accesses if row.name}


PLAIN = {"c < data/raw.csv", "c > kedro://shop/mid", "f < kedro://shop/mid", "f > kedro://shop/model"}


def test_nodes_read_and_write_by_the_catalog() -> None:
    found = read(PARTS + "def create_pipeline(**kwargs) -> Pipeline:\n    return base()\n")
    assert edges(found) == PLAIN
    assert found.entries[0] == Entry(
        "src/shop/pipelines/train/nodes.py", (), "", "c", FILE, 5, function="clean"
    )  # fmt: skip
    assert {(row.path, row.line) for row in found.accesses if row.name} == {(FILE, 5)}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("return pipeline(base(), namespace='ns')",
         {"ns.c < kedro://shop/ns.raw", "ns.c > kedro://shop/ns.mid", "ns.f < kedro://shop/ns.mid", "ns.f > kedro://shop/ns.model"}),
        ("return pipeline(base(), namespace='ns', inputs='raw', outputs={'model': 'best'})",
         {"ns.c < data/raw.csv", "ns.c > kedro://shop/ns.mid", "ns.f < kedro://shop/ns.mid", "ns.f > kedro://shop/best"}),
        ("return pipeline(base(), inputs={'raw': 'other'}) + pipeline([])",
         {"c < kedro://shop/other", "c > kedro://shop/mid", "f < kedro://shop/mid", "f > kedro://shop/model"}),
        ("return base().tag('x').only_nodes_with_tags('x')", PLAIN),
        ("return Pipeline([node(clean, None, dict(a='one', b='two'), name='n')])",
         {"n > kedro://shop/one", "n > kedro://shop/two"}),
        ("return Pipeline([node(func=clean, inputs=dict(a='raw'), outputs=None)])", {"clean < data/raw.csv"}),
        ("return Pipeline([node(clean, f'in_{c}', c, name=f'n_{c}') for c in ['us', 'eu']])",
         {"n_us < kedro://shop/in_us", "n_us > kedro://shop/us", "n_eu < kedro://shop/in_eu", "n_eu > kedro://shop/eu"}),
        ("n = []\n    for c in ('a', 'b'):\n        n.append(node(clean, 'raw', c, name=c))\n    return Pipeline(n)",
         {"a < data/raw.csv", "a > kedro://shop/a", "b < data/raw.csv", "b > kedro://shop/b"}),
        ("return Pipeline([node(clean, 'raw@pandas', 'x@spark', name='t')])", {"t < data/raw.csv", "t > kedro://shop/x"}),
    ],
)  # fmt: skip
def test_pipelines_are_followed(body: str, expected: set[str]) -> None:
    assert edges(read(f"{PARTS}\ndef create_pipeline(**kwargs):\n    {body}\n")) == expected


def test_the_registry_says_which_pipelines_there_are() -> None:
    registry = """
from kedro.framework.project import find_pipelines
def register_pipelines():
    pipelines = find_pipelines()
    pipelines["__default__"] = sum(pipelines.values())
    return pipelines
"""
    body = PARTS + "def create_pipeline(**kwargs):\n    return base()\n"
    found = read(
        body, src__shop__pipeline_registry_dot_py=registry, src__shop__old_dot_py=HEAD + body.replace("raw", "old")
    )
    assert edges(found) == PLAIN


def test_what_is_put_together_while_it_runs_is_said() -> None:
    found = read(
        "import os\ndef create_pipeline():\n    return Pipeline([node(clean, os.environ['X'], 'y', name='n')])\n"
    )
    assert edges(found) == {"n > kedro://shop/y"}
    assert found.doubts[0].why == "some of its inputs or outputs are put together while it runs"


CATALOG = """
_base: data/01
raw: {type: pandas.CSVDataset, filepath: "${_base}/${globals:name}.csv"}
table: {type: pandas.SQLTableDataset, table_name: Orders, credentials: db}
query: {type: pandas.SQLQueryDataset, sql: "select * from a.b"}
api: {type: api.APIDataset, url: "https://u:secret@host/x"}
cached: {type: CachedDataset, dataset: {type: x, filepath: c.parquet}}
"{layer}.{name}#csv": {type: x, filepath: "data/{layer}/{name}.csv"}
"{default}": {type: x, filepath: "rest/{default}"}
model: {type: pickle.PickleDataset, filepath: s3://bucket/model.pkl, versioned: true}
"""


@pytest.mark.parametrize(
    ("dataset", "name", "kind"),
    [
        ("raw", "data/01/one.csv", NodeKind.DATASET),
        ("table", "sql://◌/orders", NodeKind.DATASET),
        ("query", "sql://◌/a.b", NodeKind.DATASET),
        ("api", "https://***@host/x", NodeKind.SERVICE),
        ("cached", "c.parquet", NodeKind.DATASET),
        ("bronze.sales#csv", "data/bronze/sales.csv", NodeKind.DATASET),
        ("anything", "rest/anything", NodeKind.DATASET),
        ("model", "s3://bucket/model.pkl", NodeKind.MODEL),
    ],
)
def test_where_datasets_lie(dataset: str, name: str, kind: NodeKind) -> None:
    body = f"def create_pipeline():\n    return Pipeline([node(clean, {dataset!r}, None, name='n')])\n"
    found = read(body, CATALOG, conf__base__globals_dot_yml="name: one")
    assert [(row.name, row.kind) for row in found.accesses] == [(name, kind)]


def test_local_settings_come_before_those_of_the_base() -> None:
    body = "def create_pipeline():\n    return Pipeline([node(clean, 'raw', None, name='n')])\n"
    found = read(
        body, conf__local__catalog_dot_yml="raw: {filepath: mine.csv}", conf__prod__catalog_dot_yml="raw: {filepath: p}"
    )
    assert [row.name for row in found.accesses] == ["mine.csv"]


@pytest.mark.parametrize(
    ("pattern", "dataset", "names"),
    [
        ("{a}", "x", {"a": "x"}),
        ("{a}.{b}", "x.y.z", {"a": "x", "b": "y.z"}),
        ("p_{a}_s", "p_x_s", {"a": "x"}),
        ("p_{a}_s", "p__s", None),
        ("p_{a}", "q_x", None),
    ],
)
def test_patterns(pattern: str, dataset: str, names: dict[str, str] | None) -> None:
    assert fitted(pattern, dataset) == names


@pytest.mark.parametrize(
    "code",
    [
        "def create_pipeline():\n    return create_pipeline() + create_pipeline()\n",
        "def create_pipeline():\n    while True:\n        x = pipeline([node(clean, 'a', 'b')])\n    return x\n",
        "def create_pipeline():\n    p = pipeline([node(clean, 'a', 'b')])\n"
        + "    p = pipeline([p, p], namespace='n')\n" * 60
        + "    return p\n",
        "def create_pipeline(:\n",
        "def create_pipeline():\n    return 1\n",
    ],
)
def test_odd_pipelines_end(code: str) -> None:
    assert len(read(code).accesses) < 5_000


@given(st.text("raw:{}[]&*$ \n-filepth'\"#|><", max_size=200))
def test_any_catalog_is_read(text: str) -> None:
    read("def create_pipeline():\n    return Pipeline([node(clean, 'raw', None, name='n')])\n", text)
