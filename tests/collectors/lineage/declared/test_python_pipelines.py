"""Pipelines in Python: steps that hand data on, assets, tasks."""

from __future__ import annotations

from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.facts.lineage import Access
from collectors.lineage.declared.everything import DeclaredPipelines, declared


def read(code: str, path: str = "flow.py", **files: str) -> DeclaredPipelines:
    tree = {name.replace("__", "/").replace("_dot_", "."): dedent(text) for name, text in files.items()}
    tree[path] = dedent(code)
    return declared(tree, tree.get)


def edges(found: DeclaredPipelines) -> set[str]:
    return {f"{row.job} {'<' if row.access is Access.READ else '>'} {row.name}" for row in found.accesses}


STEPS = """
    @{mark}
    def load(): ...
    @{mark}
    def split(x): ...
    @{mark}
    def fit(x, y=None): ...
    def helper(x): ...
    """


@pytest.mark.parametrize(
    ("tool", "imports", "step", "flow"),
    [
        ("zenml", "from zenml import pipeline, step", "step", "pipeline"),
        ("zenml", "from zenml import pipeline, step", "step(enable_cache=False)", "pipeline(name='train')"),
        ("prefect", "from prefect import flow, task", "task", "flow(name='train')"),
        ("kfp", "from kfp import dsl", "dsl.component", "dsl.pipeline(name='train')"),
        ("flytekit", "import flytekit", "flytekit.task", "flytekit.workflow"),
    ],
)
def test_steps_hand_data_on(tool: str, imports: str, step: str, flow: str) -> None:
    code = f"""
{imports}
{dedent(STEPS).format(mark=step)}
@{flow}
def train(path="x"):
    raw = load()
    a, _ = split(x=raw)
    if path:
        model = fit(split(raw), y=[a])
    print(helper(raw))
    fit(model)
"""
    found = read(code)
    assert edges(found) == {
        f"train.load > {tool}://train/load/raw",
        f"train.split < {tool}://train/load/raw",
        f"train.split > {tool}://train/split/a",
        f"train.split > {tool}://train/split",
        f"train.fit < {tool}://train/split",
        f"train.fit < {tool}://train/split/a",
        f"train.fit > {tool}://train/fit/model",
        f"train.fit < {tool}://train/fit/model",
    }
    assert {(row.script, row.function) for row in found.entries} == {
        ("flow.py", name) for name in ("load", "split", "fit")
    }


def test_what_either_branch_gives_is_read_after_it() -> None:
    code = """
from zenml import pipeline, step
@step
def near(): ...
@step
def far(): ...
@step
def fit(x): ...
@pipeline
def train(is_near=True):
    if is_near:
        rows = near()
    else:
        rows = far()
    fit(rows)
"""
    assert {name for name in edges(read(code)) if "<" in name} == {
        "train.fit < zenml://train/near/rows", "train.fit < zenml://train/far/rows",
    }  # fmt: skip


def test_outputs_by_name_and_steps_of_other_modules() -> None:
    code = """
        from kfp import dsl
        from parts.steps import prepare
        from .near import train
        @dsl.pipeline(name="p")
        def pipe():
            one = prepare(n=1).after(None)
            train(data=one.outputs["rows"], text=f"{one.output}")
        """
    step = "from kfp import dsl\n@dsl.component\ndef {name}(): ...\n"
    found = read(code, "flows/flow.py", parts__steps_dot_py=step.format(name="prepare"),
                 flows__near_dot_py=step.format(name="train"))  # fmt: skip
    whole = "kfp://flows/p/prepare/one"
    assert edges(found) == {
        f"flows/flow.py:p.prepare > {whole}",
        f"flows/flow.py:p.train < {whole}/rows",
        f"flows/flow.py:p.train < {whole}",
    }


def test_submitted_tasks() -> None:
    code = """
        from prefect import flow, task
        @task
        def a(): ...
        @task
        def b(x): ...
        @flow
        async def main():
            x = a.submit()
            y = await b.with_options(name="c")(x.result())
            return b.map([y])
        """
    assert edges(read(code)) == {
        "main.a > prefect://main/a/x", "main.b < prefect://main/a/x", "main.b > prefect://main/b/y", "main.b < prefect://main/b/y",
    }  # fmt: skip


def test_what_steps_of_metaflow_leave_on_self() -> None:
    code = """
        from metaflow import FlowSpec, step, IncludeFile, Parameter
        class Train(FlowSpec):
            lr = Parameter("lr")
            table = IncludeFile("table", default="data/t.csv")
            @step
            def start(self):
                self.rows = load()
                self.mine = 1
                self.next(self.fit, foreach="rows")
            @step
            def fit(self):
                self.model = train(self.rows, self.lr)
                self.next(self.end)
            @step
            def end(self, inputs):
                print([i.model for i in inputs], self.helper())
            def helper(self): ...
        """
    flow = "metaflow://Train"
    assert edges(read(code)) == {
        "Train.start < data/t.csv", f"Train.start > {flow}/rows", f"Train.fit < {flow}/rows",
        f"Train.fit > {flow}/model", f"Train.end < {flow}/model",
    }  # fmt: skip


def test_assets_of_dagster() -> None:
    code = """
        import dagster as dg
        from dagster import asset, multi_asset, AssetIn, AssetKey, AssetOut, AssetSpec, SourceAsset
        from other import far
        raw = SourceAsset("raw")
        @asset(key_prefix=["silver"], deps=[far, "plain", AssetKey(["a", "b"])])
        def clean(context, db: DatabaseResource): ...
        @dg.asset(ins={"x": AssetIn("clean"), "y": AssetIn(key=AssetKey("z"))}, name="best")
        def model(x, y, config: MyConfig, unknown): ...
        @multi_asset(outs={"p": AssetOut(), "q": AssetOut()})
        def both(best): ...
        @multi_asset(specs=[AssetSpec("s", deps=["raw"])])
        def specs(): ...
        """
    found = read(code, other_dot_py="from dagster import asset\n@asset\ndef far(): ...\n")
    assert edges(found) == {
        "far > dagster://far", "silver/clean > dagster://silver/clean", "silver/clean < dagster://far",
        "silver/clean < dagster://plain", "silver/clean < dagster://a/b", "best > dagster://best",
        "best < dagster://silver/clean", "best < dagster://z", "best < dagster://unknown", "both > dagster://p",
        "both > dagster://q", "both < dagster://best", "specs > dagster://s", "specs < dagster://raw",
    }  # fmt: skip


def test_assets_of_prefect() -> None:
    code = """
        from prefect.assets import materialize, Asset
        RAW = "s3://b/raw.csv"
        out = Asset(key="s3://b/out.csv")
        @materialize(out, asset_deps=[RAW])
        def build(): ...
        """
    assert edges(read(code)) == {"build < s3://b/raw.csv", "build > s3://b/out.csv"}


def test_tasks_of_airflow() -> None:
    code = """
        from airflow import DAG, Dataset
        from airflow.decorators import dag, task
        from airflow.operators.bash import BashOperator
        from jobs.fit import fit
        RAW = Dataset("s3://b/raw.csv")
        with DAG("nightly", schedule=[RAW, Dataset("s3://b/more.csv")]) as d:
            a = BashOperator(task_id="clean", bash_command="cd /opt/airflow/jobs && python clean.py {{ ds }}",
                             inlets=[RAW], outlets=[Dataset("file://data/clean.csv")])
            b = PythonOperator(task_id="fit", python_callable=fit)
            c = PostgresOperator(task_id="load", sql="insert into t select * from u")
            e = BashOperator(task_id="run", bash_command="python /opt/airflow/jobs/clean.py x")
        @task(outlets=[RAW])
        def fetch(): ...
        """
    found = read(code, "dags/d.py", jobs__fit_dot_py="def fit(): ...\n", jobs__clean_dot_py="")
    assert edges(found) == {
        "nightly < s3://b/raw.csv", "nightly < s3://b/more.csv", "nightly.clean < s3://b/raw.csv",
        "nightly.clean > data/clean.csv", "nightly.load < sql://◌/u", "nightly.load > sql://◌/t",
        "nightly.fetch > s3://b/raw.csv",
    }  # fmt: skip
    assert {(row.job, row.script, row.argv, row.function) for row in found.entries} == {
        ("nightly.fit", "jobs/fit.py", (), "fit"),
        ("nightly.run", "jobs/clean.py", ("x",), ""),
        ("nightly.clean", "jobs/clean.py", ("◌",), ""),
    }


@pytest.mark.parametrize(
    "code",
    [
        "from zenml import pipeline\n@pipeline\ndef p():\n    x = " + "+".join("a" * 3_000) + "\n",
        "from zenml import *\nfrom zenml import pipeline, step\n@step\ndef s(x): ...\n"
        "@pipeline\ndef p():\n    s(" + "s(" * 80 + ")" * 81 + "\n",
        "from zenml import (",
        "from .flow import p\nfrom zenml import pipeline\n@pipeline\ndef q():\n    p()\n    q()\n",
        "from dagster import asset\n@asset(deps=" + "[" * 80 + "]" * 80 + ")\ndef a(): ...\n",
        "from airflow import DAG\na = b\nb = a\nDAG('x', schedule=[a])\n",
    ],
)  # fmt: skip
def test_odd_code_ends(code: str) -> None:
    read(code)


@given(st.text("@pipelnst\n():=xy, \"'[].", max_size=120))
def test_any_code_is_read(text: str) -> None:
    read(
        f"from zenml import pipeline, step\nfrom dagster import asset\nfrom airflow import DAG\nimport metaflow\n{text}"
    )
