"""Python that orchestrators start, read without being run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.facts.settings import Stage
from collectors.readers.declarations import read_settings_file
from tests.collectors.readers.settings_by_hand import read, started

AIRFLOW = """\
from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator
from etl import load
from etl.steps import clean as scrub
import etl.report

def local(): ...
def unused(): ...

with DAG("daily", schedule="@daily") as dag:
    a = PythonOperator(task_id="load", python_callable=load)
    b = PythonOperator(task_id="clean", python_callable=scrub)
    c = PythonOperator(task_id="local", python_callable=local)
    d = BashOperator(task_id="run", bash_command="cd jobs && python train.py --date {{ ds }}")
    e = BashOperator(task_id="list", bash_command=["python", "-m", "pkg.x"])
    f = PythonOperator(task_id="report", python_callable=etl.report.write)
    g = SparkSubmitOperator(task_id="spark", application="jobs/spark.py")
    h = DockerOperator(task_id="docker", image="x", command=f"python {path}/a.py")
"""


def test_airflow_starts_what_its_operators_call() -> None:
    found = read("dags/daily.py", AIRFLOW)
    assert [(f"{row.kind.value} {row.target}", row.line, row.by) for row in found.started] == [
        ("function :DAG", 11, ""),
        ("function etl:load", 12, "load"),
        ("function etl.steps:clean", 13, "clean"),
        ("function :local", 14, "local"),
        ("file jobs/train.py", 15, "run"),
        ("module pkg.x", 16, "list"),
        ("function etl.report.write", 17, "report"),
        ("argument jobs/spark.py", 18, "spark"),
        ("file */a.py", 19, "docker"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from prefect import flow, task\n@task\ndef a(): ...\n@flow(name='x')\ndef b(): ...\ndef c(): ...\n",
         ["fu :a", "fu :b"]),
        ("import dagster as dg\n@dg.asset\ndef a(): ...\n@dg.op\ndef b(): ...\n", ["fu :a", "fu :b"]),
        ("from dagster import Definitions, asset\n@asset\ndef a(): ...\ndefs = Definitions(assets=[a])\n",
         ["fu :a", "fu :Definitions"]),
        ("import luigi\nclass A(luigi.Task):\n  def run(self): ...\nclass B: ...\n", ["fu :A"]),
        ("from metaflow import FlowSpec, step\nclass F(FlowSpec):\n  @step\n  def start(self): ...\n",
         ["fu :F", "fu :start"]),
        ("from celery import Celery\napp = Celery()\n@app.task\ndef a(): ...\n", ["fu :a"]),
        ("from invoke import task\n@task\ndef a(c):\n  c.run('python tools/x.py')\n", ["fu :a", "fi tools/x.py"]),
        ("import nox\n@nox.session\ndef a(session):\n  session.run('python', 'x.py')\n", ["fu :a", "fi x.py"]),
        ("from kfp import dsl\n@dsl.component\ndef a(): ...\n@dsl.pipeline\ndef b(): ...\n", ["fu :a", "fu :b"]),
        ("from kedro.pipeline import Pipeline\ndef create_pipeline(**k): return Pipeline([])\n",
         ["fu :create_pipeline"]),
        ("from airflow.decorators import task\n@task.bash\ndef a(): ...\n@property\ndef b(): ...\n", ["fu :a"]),
    ],
)  # fmt: skip
def test_decorated_functions_and_subclasses_are_started(text: str, expected: list[str]) -> None:
    assert started("flow.py", text) == expected


def test_nodes_of_kedro_are_stages() -> None:
    text = (
        "from kedro.pipeline import node, pipeline\nfrom .nodes import clean, fit\n"
        "def create_pipeline(**kwargs):\n    return pipeline([\n"
        "        node(clean, ['raw', 'params:size'], 'clean_data'),\n"
        "        node(func=fit, inputs={'x': 'clean_data', 'p': 'parameters'},\n"
        "             outputs=['model', 'scores'], name='train'),\n"
        "        node(lambda x: x, 'model', None),\n    ])\n"
    )
    found = read("src/pkg/pipelines/a/pipeline.py", text)
    assert found.stages == (
        Stage("clean", 5, deps=("raw",), outs=("clean_data",), params=("size",)),
        Stage("train", 6, deps=("clean_data",), outs=("model", "scores"), params=("parameters",)),
        Stage("", 8, deps=("model",)),
    )
    assert [row.target for row in found.started] == [":create_pipeline", ".nodes:clean", ".nodes:fit"]


def test_python_without_an_orchestrator_is_left_to_other_readers() -> None:
    assert read_settings_file("train.py", b"import numpy\n# from airflow import DAG\n") is None
    assert read_settings_file("train.py", b"import airflow_like\n") is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("import luigi\nprint 'x'\n", "it is not valid Python 3"),
        ("import luigi\nx = " + "(" * 10_000, "not valid|nested too deeply"),
        ("import luigi\nx = '" + "a" * 600_000 + "'", "it is larger than 512 KiB"),
    ],
)
def test_what_cannot_be_read_says_why(text: str, reason: str) -> None:
    import re

    found = read("flow.py", text).unread
    assert found
    assert re.search(reason, found)


@given(st.text("abfd(@.:)=,'\"\n *import", max_size=80))
def test_any_text_is_survived(text: str) -> None:
    read("flow.py", f"import luigi\n{text}")
