"""Kedro's catalogs: where each dataset of a project lies.

Source: https://docs.kedro.org/en/stable/catalog-data/data_catalog_yaml_examples/
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from collectors.facts.lineage import HOLE, NodeKind, Resolution
from collectors.lineage.declared.naming import kind_of, named
from collectors.lineage.declared.rows import Doubt, DoubtKind, Tree
from collectors.lineage.declared.sql import tables_of
from collectors.lineage.declared.templates import merge, plain_of, resolved
from collectors.readers.nodes import UnreadError
from collectors.readers.yaml_text import read_yaml

PLACE = re.compile(r"(?P<root>(?:.*/)?)conf/(?P<env>[^/]+)/(?:.*/)?catalog[^/]*(?:/.*)?\.ya?ml")
_GLOBAL = re.compile(r"\$\{\s*(?:globals|runtime_params|oc\.env)\s*:\s*([\w.]+)\s*(?:,\s*([^{}]*?)\s*)?\}")
_JINJA = re.compile(r"\{[{%#].*?[}%#]\}", re.DOTALL)
_FIRST = ("base", "local")  # those of a plain run, the last says most
_PATHS = ("filepath", "path", "filename", "folderpath", "folder", "base_path")
_MOST_DATASETS, _MOST_PATTERN = 5_000, 300


class Place(NamedTuple):
    """A dataset as data of the tree, or of elsewhere."""

    name: str
    kind: NodeKind
    resolution: Resolution


@dataclass
class Catalog:
    root: str
    project: str
    datasets: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)

    def places(self, tree: Tree, dataset: str) -> list[Place]:
        """Where a dataset lies; one that no catalog names is kept in memory, and bears the project's name."""
        entry = self.datasets.get(dataset)
        if entry is None:
            bare = dataset.partition("@")[0]
            entry = self.datasets.get(bare) or self._by_pattern(dataset) or self._by_pattern(bare)
        found = list(_places(tree, self.root, entry, 3)) if entry is not None else []
        if found:
            return found
        resolution = Resolution.TEMPLATE if HOLE in dataset else Resolution.RESOLVED
        name = dataset.partition("@")[0]
        return [Place(f"kedro://{self.project}/{name}", kind_of(name), resolution)]

    def _by_pattern(self, dataset: str) -> Mapping[str, Any] | None:
        """A factory whose pattern fits, the one that fixes most of the name first."""
        patterns = sorted((key for key in self.datasets if "{" in key), key=_rank)[:_MOST_PATTERN]
        for pattern in patterns:
            if (names := fitted(pattern, dataset)) is not None and set(names) != {"default"}:
                return _made(self.datasets[pattern], names)
        for pattern in patterns:
            if (names := fitted(pattern, dataset)) is not None:
                return _made(self.datasets[pattern], names)
        return None


def _rank(pattern: str) -> tuple[int, int, str]:
    return (-len(re.sub(r"\{[^{}]*\}", "", pattern)), -pattern.count("{"), pattern)


def fitted(pattern: str, dataset: str) -> dict[str, str] | None:
    """What the names in braces stand for. As `parse` does it: as little as possible, the last all that is left."""
    parts = re.split(r"\{([^{}]*)\}", pattern)
    names: dict[str, str] = {}
    place = 0
    if len(parts) > 20 or not dataset.startswith(parts[0]):
        return None
    place = len(parts[0])
    for at in range(1, len(parts), 2):
        literal, is_last = parts[at + 1], at + 2 >= len(parts)
        if is_last:
            end = len(dataset) - len(literal)
            if end <= place or not dataset.endswith(literal):
                return None
        else:
            end = dataset.find(literal, place + 1) if literal else place + 1
            if end < 0:
                return None
        names[parts[at]] = dataset[place:end]
        place = end + len(literal)
    return names if place == len(dataset) else None


def _made(entry: Mapping[str, Any], names: Mapping[str, str]) -> Mapping[str, Any]:
    return {key: _filled(inner, names) for key, inner in entry.items()}


def _filled(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return re.sub(r"(?<!\$)\{([^{}$]*)\}", lambda match: names.get(match[1], match[0]), value)[:4_000]
    if isinstance(value, dict):
        return {key: _filled(inner, names) for key, inner in value.items()}
    return [_filled(inner, names) for inner in value] if isinstance(value, list) else value


def _places(tree: Tree, root: str, entry: Mapping[str, Any], depth: int) -> Iterator[Place]:
    for word in _PATHS:
        if isinstance(text := entry.get(word), str):
            name, resolution = named(tree, text, "" if "://" in text else root)
            yield Place(name, kind_of(name), resolution)
            return
    for word in ("table_name", "table"):
        if isinstance(text := entry.get(word), str):
            database = entry.get("schema", entry.get("database", entry.get("dataset")))
            table = f"{database}.{text}" if isinstance(database, str) else text
            yield Place(f"sql://{HOLE}/{table.lower()[:200]}", NodeKind.DATASET, Resolution.TEMPLATE)
            return
    if isinstance(text := entry.get("sql"), str):
        for table in tables_of(text).reads:
            yield Place(f"sql://{HOLE}/{table}", NodeKind.DATASET, Resolution.TEMPLATE)
        return
    inner = entry.get("dataset", entry.get("data_set"))
    if isinstance(inner, dict) and depth:
        yield from _places(tree, root, inner, depth - 1)
    elif isinstance(text := entry.get("url"), str) and "://" in text:
        name, resolution = named(tree, text)
        yield Place(name, NodeKind.SERVICE, resolution)
    elif isinstance(text := entry.get("dataset_name"), str):
        yield Place(f"hf://{text[:200]}", NodeKind.DATASET, Resolution.RESOLVED)


def catalogs(tree: Tree) -> list[Catalog]:
    """One for each project that has a catalog."""
    found: dict[str, dict[str, list[str]]] = {}
    for path in sorted(tree.paths):
        place = PLACE.fullmatch(path) if "conf/" in path and path.endswith(("yml", "yaml")) else None
        if place is not None:
            found.setdefault(place["root"].rstrip("/"), {}).setdefault(place["env"], []).append(path)
    return [_catalog(tree, root, by_env) for root, by_env in sorted(found.items())[:200]]


def _catalog(tree: Tree, root: str, by_env: Mapping[str, list[str]]) -> Catalog:
    catalog = Catalog(root, _project_name(tree, root))
    others = sorted(env for env in by_env if env not in _FIRST)
    for env in (*others, *(env for env in _FIRST if env in by_env)):
        known = _globals(tree, root, env)
        for path in by_env[env][:500]:
            for key, entry in _entries(tree, path, known, catalog.doubts):
                if len(catalog.datasets) < _MOST_DATASETS:
                    catalog.datasets[key] = entry
    return catalog


def _project_name(tree: Tree, root: str) -> str:
    text = tree.read(f"{root}/pyproject.toml" if root else "pyproject.toml") or ""
    found = re.search(r"^\s*package_name\s*=\s*['\"]([\w.-]+)['\"]", text, re.MULTILINE)
    return found[1] if found and "[tool.kedro]" in text else root.rpartition("/")[2] or "project"


def _globals(tree: Tree, root: str, env: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for each in dict.fromkeys(("base", env)):
        for name in ("globals.yml", "globals.yaml"):
            path = f"{root}/conf/{each}/{name}".lstrip("/")
            merge(found, _read(tree, path, []))
    return found


def _read(tree: Tree, path: str, doubts: list[Doubt]) -> dict[str, Any]:
    text = tree.read(path)
    if text is None:
        return {}
    if "{%" in text or re.search(r"(?<!\$)\{\{", text):
        text = _JINJA.sub(lambda match: "" if match[0][1] != "{" else HOLE, text)
    try:
        document = next(iter(read_yaml(text).documents), None)
    except UnreadError as error:
        doubts.append(Doubt(path, 1, DoubtKind.UNRESOLVED, str(error)))
        return {}
    value = plain_of(document)
    return value if isinstance(value, dict) else {}


def _entries(
    tree: Tree, path: str, known: dict[str, Any], doubts: list[Doubt]
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    values = _read(tree, path, doubts)
    here = {**known, **values, "__globals": known}
    for key, entry in values.items():
        if isinstance(entry, dict) and not key.startswith("_"):
            yield key, _resolved(entry, here, 4)


def _resolved(value: Any, known: Mapping[str, Any], depth: int) -> Any:
    if isinstance(value, str) and "${" in value:
        text = _GLOBAL.sub(lambda match: _global(match, known), value)
        found = resolved(text, known) if "${" in text else text
        return found if isinstance(found, str) else HOLE
    if isinstance(value, dict) and depth:
        return {key: _resolved(inner, known, depth - 1) for key, inner in value.items()}
    return value


def _global(match: re.Match[str], known: Mapping[str, Any]) -> str:
    found = resolved("${__globals." + match[1] + "}", known)
    default = (match[2] or "").strip("'\"")
    return found if isinstance(found, str) and found != HOLE else default or HOLE
