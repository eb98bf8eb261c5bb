"""Models, seeds, snapshots, tests and exposures of dbt: what each reads, and that it writes itself.

A model is called as dbt addresses it, "dbt://project/model", a source "dbt://project/source.table". Where a macro that
is not in the tree hides what a model reads, a manifest that is committed tells, if there is one.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from collectors.facts.lineage import HOLE, Access, DataAccess, NodeKind, Origin, Resolution
from collectors.lineage.declared.dbt_manifest import Manifest, manifest_of
from collectors.lineage.declared.dbt_project import DbtProject, projects
from collectors.lineage.declared.jinja import Block, blocks
from collectors.lineage.declared.jinja_values import Asked, Template, followed_template
from collectors.lineage.declared.rows import Doubt, DoubtKind, Row, Tree
from collectors.lineage.declared.sql import dialect_of, tables_of


@dataclass
class _Node:
    """A model, snapshot, seed or test."""

    name: str
    job: str
    path: str
    line: int
    word: str


def dbt(tree: Tree) -> Iterator[Row]:
    """All projects of the tree; they may refer to one another."""
    found = projects(tree)
    worlds = [_World(tree, project, found) for project in found]
    for world in worlds:
        world.names = set(world.nodes())
    for world in worlds:
        world.others = worlds
        yield from world.rows()


class _World:
    def __init__(self, tree: Tree, project: DbtProject, every: Sequence[DbtProject]) -> None:
        self._tree = tree
        self.project = project
        own = f"{project.folder}/" if project.folder else ""
        self._inner = tuple(f"{one.folder}/" for one in every if one is not project and one.folder.startswith(own))
        self._manifest: Manifest = manifest_of(tree, project.folder, project.name)
        self._macros = {name: macro for one in every for name, macro in one.macros.items()} | project.macros
        self._dialect = dialect_of(tree, project.folder)
        self.names: set[str] = set()
        self.others: list[_World] = []

    def _files(self, kind: str, *endings: str) -> Iterator[str]:
        return (path for path in self.project.files(self._tree, kind, *endings) if not path.startswith(self._inner))

    def nodes(self) -> Iterator[str]:
        """Names of what the project builds."""
        for path in chain(self._files("model-paths", ".sql", ".py"), self._files("seed-paths", ".csv")):
            yield self._versioned(_stem(path))
        for path in self._files("snapshot-paths", ".sql"):
            yield from (name for name, _, _ in _snapshots(blocks(self._tree.read(path) or ""), path))
        yield from (snapshot.name for snapshot in self.project.snapshots)

    def _versioned(self, stem: str) -> str:
        for name, versions in self.project.versions.items():
            if stem in versions.files:
                return f"{name}.v{versions.files[stem]}"
        return stem

    def rows(self) -> Iterator[Row]:
        yield from self.project.doubts
        yield from {one.name: one for one in (*self.project.relations, *self._manifest.relations)}.values()
        for path in self._files("model-paths", ".sql"):
            if not path.startswith(tuple(f"{folder}/" for folder in self.project.off)):
                yield from self._of_sql(
                    path, blocks(self._tree.read(path) or ""), self._versioned(_stem(path)), "model"
                )
        for path in self._files("model-paths", ".py"):
            yield from self._of_python(path)
        for path in self._files("seed-paths", ".csv"):
            node = self._node(_stem(path), path, 1, "seed")
            if node.name not in self.project.disabled:
                yield self._access(Access.READ, node, path, Resolution.RESOLVED, 1, "seed")
                yield self._written(node)
        for path in self._files("snapshot-paths", ".sql"):
            for name, body, line in _snapshots(blocks(self._tree.read(path) or ""), path):
                yield from self._of_sql(path, body, name, "snapshot", line)
        for path in self._files("test-paths", ".sql"):
            yield from self._of_sql(path, blocks(self._tree.read(path) or ""), _stem(path), "test")
        yield from self._of_yaml()

    def _node(self, name: str, path: str, line: int, word: str) -> _Node:
        return _Node(name, self.project.job(name), path, line, word)

    def _of_sql(self, path: str, body: list[Block], name: str, word: str, line: int = 1) -> Iterator[Row]:
        node = self._node(name, path, line, word)
        found = followed_template(body, self._macros, self.project.variables, line)
        is_off = found.config.get("enabled") is False or name in self.project.disabled
        is_macro = any(block.word in {"test", "data_test", "macro", "materialization"} for block in body)
        if is_off or (is_macro and not found.asked):
            return
        yield from self._of_template(node, found)

    def _of_template(self, node: _Node, found: Template) -> Iterator[Row]:
        rows = [row for asked in found.asked if asked.names for row in self._asked(node, asked)]
        is_open = found.is_cut or any(not asked.names for asked in found.asked) or (found.foreign and not rows)
        hidden = self._manifest.reads.get(node.path) if is_open else None
        if is_open and hidden is None:
            yield Doubt(node.path, node.line, DoubtKind.UNRESOLVED, _why(found), node.job)
        rows += [
            self._access(Access.READ, node, name, Resolution.RESOLVED, node.line, "manifest") for name in hidden or ()
        ]
        for table in (
            tables_of(found.text, self._dialect, is_strict=True).reads if found.asked or not found.foreign else ()
        ):
            if "__" not in table:
                name = f"sql://{HOLE}/{table}"
                rows.append(self._access(Access.READ, node, name, Resolution.TEMPLATE, node.line, "from"))
        yield from rows
        if node.word != "test":
            yield self._written(node)

    def _asked(self, node: _Node, asked: Asked) -> Iterator[DataAccess]:
        name, resolution = self._address(asked)
        yield self._access(Access.READ, node, name, resolution, asked.line, asked.how)

    def _address(self, asked: Asked) -> tuple[str, Resolution]:
        if asked.how == "source":
            key = (asked.names[0], asked.names[-1])
            owner = next((one for one in self._near() if key in one.project.sources), self)
            return f"dbt://{owner.project.name}/{'.'.join(key)}", Resolution.RESOLVED
        name = asked.names[-1]
        wanted = asked.names[0] if len(asked.names) == 2 else ""
        for world in self._near():
            versions = world.project.versions.get(name)
            full = f"{name}.v{asked.version or versions.latest}" if versions else name
            if full in world.names and wanted in {"", world.project.name}:
                return f"dbt://{world.project.name}/{full}", Resolution.RESOLVED
        if wanted:
            return f"dbt://{wanted}/{name}", Resolution.RESOLVED
        return f"dbt://{HOLE}/{name}", Resolution.TEMPLATE

    def _near(self) -> list[_World]:
        return [self, *(one for one in self.others if one is not self)]

    def _access(
        self, access: Access, node: _Node, name: str, resolution: Resolution, line: int, call: str
    ) -> DataAccess:
        return DataAccess(
            access, name, NodeKind.DATASET, Origin.DECLARED, node.path, line, resolution, call, node.job
        )  # fmt: skip

    def _written(self, node: _Node) -> DataAccess:
        name = f"dbt://{self.project.name}/{node.name}"
        return self._access(Access.WRITE, node, name, Resolution.RESOLVED, node.line, node.word)

    def _of_python(self, path: str) -> Iterator[Row]:
        node = self._node(self._versioned(_stem(path)), path, 1, "model")
        try:
            tree = ast.parse(self._tree.read(path) or "")
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            yield Doubt(path, 1, DoubtKind.UNRESOLVED, "it is not valid Python 3", node.job)
            return
        if not any(isinstance(part, ast.FunctionDef) and part.name == "model" for part in tree.body):
            return
        for part in ast.walk(tree):
            is_asking = isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute)
            if is_asking and isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute):
                how, args = part.func.attr, [arg.value for arg in part.args if isinstance(arg, ast.Constant)]
                if how in {"ref", "source"} and args and all(isinstance(arg, str) for arg in args):
                    yield from self._asked(node, Asked(how, tuple(map(str, args)), "", part.lineno))
        yield self._written(node)

    def _of_yaml(self) -> Iterator[Row]:
        for snapshot in self.project.snapshots:
            node = self._node(snapshot.name, snapshot.path, snapshot.line, "snapshot")
            yield from self._of_text(node, snapshot.relation, snapshot.line)
            yield self._written(node)
        for exposure in self.project.exposures:
            node = self._node(exposure.name, exposure.path, exposure.line, "exposure")
            for text, line in exposure.depends_on:
                yield from self._of_text(node, text, line)

    def _of_text(self, node: _Node, text: str, line: int) -> Iterator[Row]:
        body = [Block("show", text.strip().removeprefix("{{").removesuffix("}}"), line)]
        found = followed_template(body, self._macros, self.project.variables, line)
        for asked in found.asked:
            if asked.names:
                yield from self._asked(node, asked)


def _why(found: Template) -> str:
    if found.is_cut:
        return "its template goes on beyond what is followed"
    if found.foreign:
        return f"what it reads stands in a macro that is not in the tree: {min(found.foreign)}"
    return "what it reads is put together while it runs"


def _snapshots(body: list[Block], path: str) -> Iterator[tuple[str, list[Block], int]]:
    for block in body:
        if block.word == "snapshot":
            yield block.rest.strip(), block.body, block.line


def _stem(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[0]
