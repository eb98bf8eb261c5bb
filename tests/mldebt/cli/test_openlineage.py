"""Static events of OpenLineage, held against the part of its specification that they use, in our words.

The specification's own schemas are asked in `test_openlineage_schema.py`.

The schema below says of version 2-0-2 what JobEvent, DatasetEvent and three facets require:
https://openlineage.io/spec/2-0-2/OpenLineage.json and https://openlineage.io/docs/spec/naming.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from collectors.facts.data_graph import Lineage
from mldebt.cli.openlineage import dataset, events
from tests.collectors.signals.accesses import SHOP, access, pipeline

TEXT = {"type": "string"}
URI = {"type": "string", "format": "uri", "pattern": "^[a-z][a-z0-9+.-]*:"}


def required(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": properties}


def facet(**properties: Any) -> dict[str, Any]:
    return required(_producer=URI, _schemaURL=URI, **properties)


FACETS = {"type": "object", "additionalProperties": facet()}
DATASET = {**required(namespace=TEXT, name=TEXT), "properties": {"namespace": TEXT, "name": TEXT, "facets": FACETS}}
PINNED = {"properties": {"facets": required(version=facet(datasetVersion=TEXT))}}
BASE = required(eventTime={"type": "string", "format": "date-time"}, producer=URI, schemaURL=URI)
LOCATION = facet(type=TEXT, url=URI)
JOB = {
    "allOf": [
        DATASET,
        {
            "properties": {
                "facets": {
                    "properties": {
                        "jobType": facet(processingType=TEXT, integration=TEXT),
                        "sourceCodeLocation": LOCATION,
                    }
                }
            }
        },
    ]
}
LISTS = {"inputs": {"type": "array", "items": DATASET}, "outputs": {"type": "array", "items": DATASET}}
JOB_EVENT = {"allOf": [BASE, {"required": ["job"], "properties": {"job": JOB, **LISTS}}], "not": {"required": ["run"]}}
DATASET_EVENT = {
    "allOf": [BASE, {"required": ["dataset"], "properties": {"dataset": {"allOf": [DATASET, PINNED]}}}],
    "not": {"required": ["job", "run"]},
}
SPEC = Draft202012Validator({"oneOf": [JOB_EVENT, DATASET_EVENT]}, format_checker=FormatChecker())
WEB, COMMIT = "https://github.com/owner/shop", "a" * 40


def told(graph: Lineage, web: str | None = WEB) -> list[dict[str, Any]]:
    return [json.loads(line) for line in events(graph, "owner/shop", web, COMMIT, 1_700_000_000).splitlines()]


def test_jobs_with_their_inputs_and_outputs() -> None:
    rows = told(pipeline(*SHOP))
    for row in rows:
        SPEC.validate(row)
    by_name = {row["job"]["name"]: row for row in rows}
    assert list(by_name) == ["evaluate", "prepare", "train"]
    assert by_name["train"]["eventTime"] == "2023-11-14T22:13:20Z"
    assert by_name["train"]["schemaURL"].endswith("#/$defs/JobEvent")
    assert by_name["train"]["job"]["namespace"] == WEB
    assert [one["name"] for one in by_name["prepare"]["outputs"]] == ["data/test.csv", "data/train.csv"]
    location = by_name["train"]["job"]["facets"]["sourceCodeLocation"]
    assert location["url"] == f"{WEB}/blob/{COMMIT}/src/train.py"


def test_pinned_data_is_an_event_of_its_own() -> None:
    row, *_ = told(pipeline(*SHOP, access("prepare <= data/raw.csv", version="md5:0a")))
    SPEC.validate(row)
    assert row["dataset"]["name"] == "data/raw.csv"
    assert row["dataset"]["facets"]["version"]["datasetVersion"] == "md5:0a"


def test_without_an_address_a_job_says_nothing_of_its_code() -> None:
    for row in told(pipeline(*SHOP), web=None):
        SPEC.validate(row)
        assert row["job"]["namespace"] == "owner/shop"
        assert "sourceCodeLocation" not in row["job"]["facets"]


def test_code_and_what_has_no_name_are_no_datasets() -> None:
    (row,) = told(pipeline("train <= src/train.py", "train < ?", "train < a/◌.csv", "train > m.pkl"))
    assert (row["inputs"], [one["name"] for one in row["outputs"]]) == ([], ["m.pkl"])


@pytest.mark.parametrize(
    ("name", "namespace", "called"),
    [
        ("data/raw.csv", "file", "data/raw.csv"),
        ("s3://shop/a/b.parquet", "s3://shop", "a/b.parquet"),
        ("s3a://shop/a.parquet", "s3://shop", "a.parquet"),
        ("gs://shop/a.parquet", "gs://shop", "a.parquet"),
        ("hdfs://node:8020/a/b", "hdfs://node:8020", "/a/b"),
        ("postgresql://db:5432/shop/public/orders", "postgres://db:5432", "shop.public.orders"),
        ("https://data.example.org/a.csv", "https://data.example.org", "/a.csv"),
        ("hf://owner/model", "hf://owner", "/model"),
    ],
)
def test_names_follow_the_conventions(name: str, namespace: str, called: str) -> None:
    assert dataset(name) == {"namespace": namespace, "name": called}


def test_a_moment_that_no_calendar_holds_is_no_error() -> None:
    for line in events(pipeline(*SHOP), "x", None, COMMIT, 1 << 60).splitlines():
        SPEC.validate(json.loads(line))


def test_the_schema_refuses_what_is_no_event() -> None:
    row, *_ = told(pipeline(*SHOP))
    for broken in (row | {"run": {}}, {**row, "producer": "me"}, {**row, "job": {"name": "x"}}):
        assert not SPEC.is_valid(broken)
