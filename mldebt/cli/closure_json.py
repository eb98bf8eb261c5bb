"""`mldebt closure --format json`: schemas/closure-1.json."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.facts.closure import Edge, Reached, closure, edges, reached
from collectors.facts.data_graph import Lineage, Node
from collectors.facts.data_sharing import Sharing
from collectors.facts.data_steps import NAMED
from collectors.facts.lineage import DataAccess
from mldebt.cli.elsewhere import elsewhere_object
from scoring.report.json import written

SCHEMA = "urn:mldebt:closure:1"


def closure_json(
    lineage: Lineage, repository: str, commit: str, node: Node | None, seen: Sharing | None, *, downstream: bool
) -> str:
    """One JSON object; without a node the whole graph."""
    if node is None:
        data: Iterable[Reached] = (reached(lineage, name) for name in lineage.data)
        jobs, connections = lineage.jobs, edges(lineage)
        unnamed = tuple(row for row in lineage if row.resolution not in NAMED)
    else:
        found = closure(lineage, node, downstream=downstream)
        data, jobs, connections, unnamed = found.data, found.jobs, found.edges, found.unnamed
    return written(
        {
            "$schema": SCHEMA,
            "schema_version": 1,
            "repository": repository,
            "commit": commit,
            "node": node and {"name": node.name, "kind": "job" if node.is_job else lineage.kinds[node.name].value},
            "direction": None if node is None else "downstream" if downstream else "upstream",
            "completeness": {
                "places": len(lineage.sites),
                "named": lineage.named_sites,
                "callers_business": lineage.callers_business,
                "share": lineage.completeness,
                "is_lower_bound": lineage.is_lower_bound,
                "not_followed_to_the_end": list(lineage.exhausted),
            },
            "data": [_data(row, depth=node is not None) for row in data],
            "jobs": list(jobs),
            "edges": [_edge(edge) for edge in connections],
            "unnamed": [_unnamed(row) for row in unnamed],
            "elsewhere": elsewhere_object(seen),
        }
    )


def _data(row: Reached, *, depth: bool) -> dict[str, Any]:
    return {
        "name": row.name,
        "kind": row.kind.value,
        "depth": row.depth if depth else None,
        "is_root": row.is_root,
        "is_end": row.is_end,
        "version": row.version or None,
    }


def _edge(edge: Edge) -> dict[str, Any]:
    return {
        "source": edge.source,
        "target": edge.target,
        "access": edge.access,
        "file": edge.path or None,
        "line": edge.line or None,
        "call": edge.call or None,
        "stage": edge.job or None,
        "declared": edge.declared,
        "observed": edge.observed,
        "status": edge.status or None,
    }


def _unnamed(row: DataAccess) -> dict[str, Any]:
    return {
        "access": row.access.value,
        "name": row.name or None,
        "file": row.path,
        "line": row.line,
        "call": row.call or None,
        "stage": row.job or None,
        "status": row.resolution.value,
        "why": row.why or None,
    }
