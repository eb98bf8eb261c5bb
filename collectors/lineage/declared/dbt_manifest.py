"""What dbt itself once wrote down: manifest.json, where it is committed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from collectors.lineage.declared.rows import Tree
from collectors.lineage.declared.same_tables import Relation, relation_of
from collectors.readers.shell import joined

_WHERE = ("target/manifest.json", "docs/manifest.json", "manifest.json")
_MOST = 20_000


class Manifest(NamedTuple):
    reads: dict[str, tuple[str, ...]]  # by path of the model, from the root
    relations: tuple[Relation, ...] = ()  # where what it builds lay when it was written


def manifest_of(tree: Tree, folder: str, project: str) -> Manifest:
    """Of this very project; empty where there is none or it cannot be read."""
    for where in _WHERE:
        text = tree.manifest(joined(folder, where))
        found = _loaded(text) if text is not None else None
        if found is not None:
            return Manifest(dict(_reads(found, folder, project)), tuple(_relations(found)))
    return Manifest({})


def _loaded(text: str) -> dict[str, Any] | None:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and isinstance(found.get("nodes"), dict) else None


def _reads(manifest: dict[str, Any], folder: str, project: str) -> list[tuple[str, tuple[str, ...]]]:
    found = []
    for node in list(manifest["nodes"].values())[:_MOST]:
        if not isinstance(node, dict) or node.get("package_name") != project:
            continue
        depends, path = node.get("depends_on"), node.get("original_file_path")
        asked = depends.get("nodes") if isinstance(depends, dict) else None
        if isinstance(path, str) and isinstance(asked, list):
            names = tuple(name for one in asked[:500] if isinstance(one, str) and (name := address(one)))
            found.append((joined(folder, path.replace("\\", "/")), names))
    return found


def _relations(manifest: dict[str, Any]) -> Iterator[Relation]:
    """Of what is a table: an ephemeral model has no name in the database."""
    listed = manifest.get("sources")
    sources = listed if isinstance(listed, dict) else {}
    for unique_id, node in [*manifest["nodes"].items(), *sources.items()][:_MOST]:
        name = address(unique_id)
        if name and isinstance(node, dict) and isinstance(node.get("relation_name"), str):
            told = [node.get("database") or "", node.get("schema"), node.get("identifier") or node.get("alias")]
            if all(isinstance(part, str) for part in told) and (found := relation_of(name, *map(str, told))):
                yield found


def address(unique_id: str) -> str:
    """ "model.project.name" and "source.project.source.table" as addresses of data; "" for what is no data."""
    kind, _, rest = unique_id.partition(".")
    project, _, name = rest.partition(".")
    return f"dbt://{project}/{name}" if kind in {"model", "seed", "snapshot", "source"} and name else ""
