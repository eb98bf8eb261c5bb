"""A project of dbt: its folders, variables, macros, and what its YAML says of models, sources and exposures.

Source: https://docs.getdbt.com/reference/dbt_project.yml, https://docs.getdbt.com/reference/model-properties
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from collectors.lineage.declared.jinja import blocks
from collectors.lineage.declared.jinja_macros import Macro, macros_of
from collectors.lineage.declared.rows import Doubt, DoubtKind, Tree
from collectors.lineage.declared.same_tables import Relation, relation_of
from collectors.lineage.declared.templates import merge
from collectors.readers import nodes
from collectors.readers.nodes import Node, Scalar, UnreadError, child, followed, items, pairs, text_at, texts
from collectors.readers.shell import joined
from collectors.readers.yaml_text import read_yaml

_OTHERS = re.compile(r"(?:^|/)(?:dbt_packages|dbt_modules|target|site-packages|node_modules|\.venv|venv)/")
_FOLDERS = {
    "model-paths": ("source-paths", "models"),
    "macro-paths": ("", "macros"),
    "seed-paths": ("data-paths", "seeds"),
    "snapshot-paths": ("", "snapshots"),
    "test-paths": ("", "tests"),
}
_MOST_FILES, _MOST_ROWS = 5_000, 5_000


class Exposure(NamedTuple):
    name: str
    path: str
    line: int
    depends_on: tuple[tuple[str, int], ...]  # as written: "ref('x')"


class Snapshot(NamedTuple):
    """One that YAML declares."""

    name: str
    path: str
    line: int
    relation: str  # as written


class Versioned(NamedTuple):
    latest: str
    files: Mapping[str, str]  # name of a file without its ending: version


@dataclass
class DbtProject:
    path: str  # of dbt_project.yml
    name: str
    folder: str
    folders: Mapping[str, tuple[str, ...]]
    told: Node | None = None  # vars as written
    variables: dict[str, Any] = field(default_factory=dict)
    macros: dict[str, Macro] = field(default_factory=dict)
    sources: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)  # of sources
    exposures: list[Exposure] = field(default_factory=list)
    snapshots: list[Snapshot] = field(default_factory=list)
    versions: dict[str, Versioned] = field(default_factory=dict)
    disabled: set[str] = field(default_factory=set)  # names of models and seeds
    off: tuple[str, ...] = ()  # folders whose models are disabled
    others: tuple[str, ...] = ()  # folders of analyses and packages
    doubts: list[Doubt] = field(default_factory=list)

    def files(self, tree: Tree, kind: str, *endings: str) -> Iterator[str]:
        """Files of the project's folders for one kind, sorted; other projects within it are theirs."""
        found = {
            path
            for folder in self.folders[kind]
            for path in tree.below(folder)
            if path.endswith(endings) and not _OTHERS.search(path)
        }
        yield from sorted(found)[:_MOST_FILES]

    @property
    def roots(self) -> tuple[str, ...]:
        """Where its SQL lies."""
        return (*(folder for several in self.folders.values() for folder in several), *self.others)

    def job(self, name: str) -> str:
        return f"{self.path}:{name}" if self.folder else name


def projects(tree: Tree) -> list[DbtProject]:
    paths = tree.by_name.get("dbt_project.yml", []) + tree.by_name.get("dbt_project.yaml", [])
    found = [made for path in paths if not _OTHERS.search(path) and (made := _project(tree, path)) is not None][:200]
    by_folder = {project.folder: project for project in found}
    for project in found:
        for folder in _local_packages(tree, project.folder):
            if (used := by_folder.get(folder)) is not None and used is not project:
                merge(used.variables, _variables(project.told, used.name))
    return found


def _local_packages(tree: Tree, folder: str) -> Iterator[str]:
    """Folders of projects that this one uses: to dbt, its variables come before theirs."""
    for name in ("packages.yml", "dependencies.yml"):
        try:
            document = tree.document(joined(folder, name))
        except UnreadError:
            continue
        for item in items(child(document, "packages"))[:200]:
            if where := text_at(item, "local"):
                yield joined(folder, where)


def _variables(told: Node | None, name: str) -> dict[str, Any]:
    found = {key.text: _variable(value) for key, value in pairs(told)}
    merge(found, {key.text: _variable(value) for key, value in pairs(child(told, name))})
    return found


def _project(tree: Tree, path: str) -> DbtProject | None:
    folder = path.rpartition("/")[0]
    try:
        document = tree.document(path)
    except UnreadError:
        return None
    name = text_at(document, "name")
    folders = {
        kind: tuple(joined(folder, given.text) for given in texts(child(document, kind)))
        or tuple(joined(folder, given.text) for given in texts(child(document, old)))
        or (joined(folder, default),)
        for kind, (old, default) in _FOLDERS.items()
    }
    aside = [text.text for text in texts(child(document, "analysis-paths"))] or ["analyses", "analysis"]
    project = DbtProject(path, name or folder.rpartition("/")[2] or "project", folder, folders)
    project.others = tuple(joined(folder, each) for each in [*aside, "dbt_packages", "dbt_modules", "target"])
    project.told = child(document, "vars")
    project.variables = _variables(project.told, project.name)
    project.off = tuple(_off(child(document, "models", project.name), folders["model-paths"], 0))
    for file in project.files(tree, "macro-paths", ".sql"):
        macros_of(blocks(tree.read(file) or ""), project.macros)
    for kind in ("model-paths", "seed-paths", "snapshot-paths"):
        for file in project.files(tree, kind, ".yml", ".yaml"):
            _properties(tree, project, file)
    return project


def _variable(node: Node) -> Any:
    """As Jinja sees it: numbers and truth as such."""
    found = followed(node)
    if isinstance(found, Scalar):
        return found.value
    if isinstance(found, nodes.Sequence):
        return [_variable(item) for item in found.items[:500] if not isinstance(item, nodes.Alias)]
    own = pairs(found) if isinstance(found, nodes.Mapping) else ()
    return {key.text: _variable(value) for key, value in own if not isinstance(value, nodes.Alias)}


def _off(node: Node | None, folders: tuple[str, ...], depth: int) -> Iterator[str]:
    for key, value in pairs(node):
        if key.text in {"+enabled", "enabled"} and isinstance(value, Scalar):
            yield from folders if value.value is False else ()
        elif not key.text.startswith("+") and isinstance(value, nodes.Mapping) and depth < 10:
            yield from _off(value, tuple(joined(folder, key.text) for folder in folders), depth + 1)


def _properties(tree: Tree, project: DbtProject, path: str) -> None:
    text = tree.read(path)
    try:
        document = next(iter(read_yaml(text).documents), None) if text is not None else None
    except UnreadError as error:
        project.doubts.append(Doubt(path, 1, DoubtKind.UNRESOLVED, str(error)))
        return
    for source in items(child(document, "sources"))[:_MOST_ROWS]:
        for table in items(child(source, "tables"))[:_MOST_ROWS]:
            key = (text_at(source, "name"), text_at(table, "name"))
            project.sources[key] = (path, getattr(followed(table), "line", 1))
            lies = relation_of(
                f"dbt://{project.name}/{'.'.join(key)}",
                text_at(source, "database"),
                text_at(source, "schema") or key[0],
                text_at(table, "identifier") or key[1],
            )
            project.relations += [lies] if lies else []
    for exposure in items(child(document, "exposures"))[:_MOST_ROWS]:
        depends = tuple((text.text, text.line) for text in texts(child(exposure, "depends_on")))
        line = getattr(followed(exposure), "line", 1)
        project.exposures.append(Exposure(text_at(exposure, "name"), path, line, depends))
    for snapshot in items(child(document, "snapshots"))[:_MOST_ROWS]:
        if relation := text_at(snapshot, "relation"):
            line = getattr(followed(snapshot), "line", 1)
            project.snapshots.append(Snapshot(text_at(snapshot, "name"), path, line, relation))
    for kind in ("models", "seeds"):
        for model in items(child(document, kind))[:_MOST_ROWS]:
            _model(project, model)


def _model(project: DbtProject, model: Node) -> None:
    name = text_at(model, "name")
    enabled = child(model, "config", "enabled")
    if isinstance(enabled, Scalar) and enabled.value is False:
        project.disabled.add(name)
    listed = items(child(model, "versions"))[:100]
    if listed:
        files = {text_at(one, "defined_in") or f"{name}_v{text_at(one, 'v')}": text_at(one, "v") for one in listed}
        latest = text_at(model, "latest_version") or max(files.values(), key=lambda text: (len(text), text))
        project.versions[name] = Versioned(latest, files | ({name: latest} if name not in files else {}))
