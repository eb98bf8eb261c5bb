"""The graph of data as OpenLineage's static events: jobs with their inputs and outputs, and pinned data. No runs.

Datasets are named by OpenLineage's conventions (https://openlineage.io/docs/spec/naming): an object in a bucket by its
bucket and key, a table by its server and dotted name, a file by its path. Paths are those of the repository, from its
root; a job's namespace is the repository.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any, NamedTuple

from collectors.facts.closure import reached
from collectors.facts.data_graph import Lineage
from collectors.facts.data_steps import Step, is_code, is_remote
from collectors.facts.lineage import Access, DataAccess, Origin
from scoring.report.links import permalink

SPEC = "https://openlineage.io/spec/2-0-2/OpenLineage.json"
FACETS = "https://openlineage.io/spec/facets"
_TABLES = frozenset(
    [
        "postgres",
        "postgresql",
        "mysql",
        "mssql",
        "sqlserver",
        "redshift",
        "snowflake",
        "trino",
        "oracle",
        "db2",
        "crate",
        "sql",
    ]
)
_BUCKETS = frozenset(["s3", "s3a", "s3n", "gs", "gcs", "abfs", "abfss", "wasb", "wasbs", "hdfs", "dbfs"])
_SAME = {"s3a": "s3", "s3n": "s3", "gcs": "gs", "postgresql": "postgres"}


class Told(NamedTuple):
    """What every event says of the repository."""

    repository: str
    web: str | None
    commit: str
    at: int


def events(lineage: Lineage, repository: str, web: str | None, commit: str, at: int) -> str:
    """One event a line: first data that is pinned, by name, then jobs, by name."""
    told = Told(repository, web, commit, at)
    rows = [*_datasets(lineage, told), *_jobs(lineage, told)]
    return "".join(f"{json.dumps(row, sort_keys=False)}\n" for row in rows)


def _datasets(lineage: Lineage, told: Told) -> Iterator[dict[str, Any]]:
    for name in lineage.data:
        pin = reached(lineage, name).version
        if pin and not is_code(name):
            facet = {**_facet("1-0-1", "DatasetVersionDatasetFacet"), "datasetVersion": pin}
            yield {**_base(told, "DatasetEvent"), "dataset": {**dataset(name), "facets": {"version": facet}}}


def _jobs(lineage: Lineage, told: Told) -> Iterator[dict[str, Any]]:
    for step in lineage.steps:
        reads, writes = (_named(step, access) for access in (Access.READ, Access.WRITE))
        if reads or writes:
            yield {
                **_base(told, "JobEvent"),
                "job": {"namespace": told.web or told.repository, "name": step.name, "facets": _job_facets(step, told)},
                "inputs": [dataset(name) for name in reads],
                "outputs": [dataset(name) for name in writes],
            }


def _named(step: Step, access: Access) -> list[str]:
    """Code that a stage declares to read is no dataset."""
    return sorted(name for name in step.names(access) if not is_code(name))


def _base(told: Told, event: str) -> dict[str, Any]:
    try:
        moment = datetime.fromtimestamp(told.at, UTC)
    except (ValueError, OverflowError, OSError):
        moment = datetime.fromtimestamp(0, UTC)
    return {
        "eventTime": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "producer": producer(),
        "schemaURL": f"{SPEC}#/$defs/{event}",
    }


def producer() -> str:
    try:
        return f"urn:mldebt:{version('mldebt')}"
    except PackageNotFoundError:
        return "urn:mldebt"


def _facet(number: str, name: str) -> dict[str, Any]:
    return {"_producer": producer(), "_schemaURL": f"{FACETS}/{number}/{name}.json#/$defs/{name}"}


def _job_facets(step: Step, told: Told) -> dict[str, Any]:
    first = min(step.rows, key=lambda row: (row.origin is Origin.OBSERVED, row.path, row.line))
    facets = {
        "jobType": {
            **_facet("2-0-4", "JobTypeJobFacet"),
            "processingType": "BATCH",
            "integration": "MLDEBT",
            "jobType": "TASK" if step.is_started else "SCRIPT",
        }
    }
    url = _url(first, told)
    if url and told.web:
        facets["sourceCodeLocation"] = {
            **_facet("1-1-0", "SourceCodeLocationJobFacet"),
            "type": "git",
            "url": url,
            "repoUrl": told.web,
            "path": first.path,
            "version": told.commit,
        }
    return facets


def _url(row: DataAccess, told: Told) -> str | None:
    return permalink(told.web, "file", row.path, told.commit)


def dataset(name: str) -> dict[str, Any]:
    """Namespace and name by OpenLineage's conventions."""
    if not is_remote(name):
        return {"namespace": "file", "name": name}
    scheme, _, rest = name.partition("://")
    scheme = _SAME.get(scheme.lower(), scheme.lower())
    host, slash, path = rest.partition("/")
    if scheme in _TABLES:
        return {"namespace": f"{scheme}://{host}", "name": path.replace("/", ".") or host}
    if scheme in _BUCKETS and slash:
        return {"namespace": f"{scheme}://{host}", "name": path if scheme in ("s3", "gs") else f"/{path}"}
    return {"namespace": f"{scheme}://{host}", "name": f"/{path}" if path else "/"}
