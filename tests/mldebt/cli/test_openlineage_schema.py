"""Static events of OpenLineage, held against the specification's own schemas (trimmed, see openlineage/NOTICE)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry

from mldebt.cli.openlineage import events
from tests.collectors.signals.accesses import SHOP, access, pipeline

OWN: list[dict[str, Any]] = [
    json.loads(path.read_text("utf-8")) for path in sorted((Path(__file__).parent / "openlineage").glob("*.json"))
]
BY_ADDRESS = {schema["$id"]: schema for schema in OWN}
REGISTRY: Registry[Any] = Registry().with_contents((address, schema) for address, schema in BY_ADDRESS.items())
SPEC = Draft202012Validator(
    BY_ADDRESS["https://openlineage.io/spec/2-0-2/OpenLineage.json"], registry=REGISTRY, format_checker=FormatChecker()
)
WEB, COMMIT = "https://github.com/owner/shop", "a" * 40
GRAPH = pipeline(
    *SHOP,
    access("prepare <= data/raw.csv", version="md5:0a"),
    "load < postgresql://db.example.org/shop#orders",
    "load > s3://shop/orders.parquet",
    "- < https://x.example/b.csv",
)


def told(web: str | None = WEB) -> list[dict[str, Any]]:
    return [json.loads(line) for line in events(GRAPH, "owner/shop", web, COMMIT, 1_700_000_000).splitlines()]


def facets(event: dict[str, Any]) -> list[dict[str, Any]]:
    held = [event.get("job", {}), event.get("dataset", {}), *event.get("inputs", []), *event.get("outputs", [])]
    return [facet for one in held for facet in one.get("facets", {}).values()]


@pytest.mark.parametrize("web", [WEB, None])
def test_every_event_is_one_of_the_specification(web: str | None) -> None:
    rows = told(web)
    assert {row["schemaURL"].rpartition("/")[2] for row in rows} == {"DatasetEvent", "JobEvent"}
    for row in rows:
        SPEC.validate(row)


def test_every_facet_is_as_the_schema_that_it_names() -> None:
    found = [facet for row in told() for facet in facets(row)]
    assert {facet["_schemaURL"].rpartition("/")[2] for facet in found} == {
        *("DatasetVersionDatasetFacet", "JobTypeJobFacet", "SourceCodeLocationJobFacet"),
    }
    for facet in found:
        address = facet["_schemaURL"]
        assert address.partition("#")[0] in BY_ADDRESS
        Draft202012Validator({"$ref": address}, registry=REGISTRY, format_checker=FormatChecker()).validate(facet)


def test_the_schemas_refuse_what_is_no_event() -> None:
    row = next(row for row in told() if "job" in row)
    for broken in (row | {"run": {}}, {**row, "eventTime": 7}, {k: v for k, v in row.items() if k != "producer"}):
        assert not SPEC.is_valid(broken)
    facet = {"_producer": WEB, "_schemaURL": WEB}
    address = "https://openlineage.io/spec/facets/2-0-4/JobTypeJobFacet.json#/$defs/JobTypeJobFacet"
    assert not Draft202012Validator({"$ref": address}, registry=REGISTRY).is_valid(facet)
