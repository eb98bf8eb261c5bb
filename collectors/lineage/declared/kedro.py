"""Kedro: nodes of its pipelines, what they read and write by the catalog, and where their functions stand."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.facts.lineage import HOLE, Access, DataAccess, Origin
from collectors.lineage.declared.kedro_catalog import Catalog, catalogs
from collectors.lineage.declared.kedro_nodes import pipelines
from collectors.lineage.declared.kedro_values import KedroNode
from collectors.lineage.declared.rows import Doubt, DoubtKind, Entry, Row, Tree


def kedro(tree: Tree) -> Iterator[Row]:
    for catalog in catalogs(tree):
        yield from catalog.doubts
        found = pipelines(tree, catalog.root)
        for node in found.nodes:
            yield from _node(tree, catalog, node)
        yield from (Doubt(path, 1, DoubtKind.UNRESOLVED, why) for path, why in found.why)


def is_parameter(dataset: str) -> bool:
    return dataset.startswith("params:") or dataset == "parameters"


def _node(tree: Tree, catalog: Catalog, node: KedroNode) -> Iterator[Row]:
    job = f"{catalog.root}:{node.name}" if catalog.root else node.name
    for access, datasets, call in ((Access.READ, node.inputs, "inputs"), (Access.WRITE, node.outputs, "outputs")):
        for dataset in datasets:
            if is_parameter(dataset):
                continue
            for place in catalog.places(tree, dataset):
                yield DataAccess(
                    access, place.name, place.kind, Origin.DECLARED, node.path, node.line, place.resolution, call, job
                )  # fmt: skip
    if node.is_open:
        why = "some of its inputs or outputs are put together while it runs"
        yield Doubt(node.path, node.line, DoubtKind.UNRESOLVED, why, job)
    if node.script and node.function and "<" not in node.function and HOLE not in node.function:
        yield Entry(node.script, (), catalog.root, job, node.path, node.line, function=node.function)
