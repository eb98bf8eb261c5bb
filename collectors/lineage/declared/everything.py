"""All declared pipelines of a tree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from collectors.facts.lineage import DataAccess
from collectors.lineage.declared.dbt import dbt
from collectors.lineage.declared.dbt_project import projects
from collectors.lineage.declared.dvc import dvc_yaml
from collectors.lineage.declared.dvc_lock import dvc_file
from collectors.lineage.declared.kedro import kedro
from collectors.lineage.declared.makefiles import makefile
from collectors.lineage.declared.ml_project import ml_project, spacy_project
from collectors.lineage.declared.rows import MOST_ROWS, Doubt, DoubtKind, Entry, Pin, Row, Tree
from collectors.lineage.declared.snakemake import snakefile
from collectors.lineage.declared.sql import dialect_of, sql_file

_MOST_FILES = 5_000


class DeclaredPipelines(NamedTuple):
    """What the pipelines of one commit declare, each sorted."""

    accesses: tuple[DataAccess, ...] = ()
    entries: tuple[Entry, ...] = ()
    pins: Mapping[str, str] = {}
    doubts: tuple[Doubt, ...] = ()


def declared(paths: Iterable[str], text: Callable[[str], str | None]) -> DeclaredPipelines:
    """`text` gives the text of a file of the tree, None for what is no text."""
    tree = Tree(frozenset(paths), text)
    rows = set(_rows(tree))
    return DeclaredPipelines(
        tuple(sorted(row for row in rows if isinstance(row, DataAccess))),
        tuple(sorted(row for row in rows if isinstance(row, Entry))),
        dict(sorted((row.name, row.version) for row in rows if isinstance(row, Pin))),
        tuple(sorted(row for row in rows if isinstance(row, Doubt))),
    )


def _rows(tree: Tree) -> Iterator[Row]:
    for name, paths in tree.by_name.items():
        reader = _reader(name)
        if reader is not None:
            for path in paths[:_MOST_FILES]:
                yield from _bounded(reader(tree, path), path)
    yield from dbt(tree)
    yield from kedro(tree)
    yield from _sql(tree)


def _sql(tree: Tree) -> Iterator[Row]:
    """Scripts outside dbt's projects, whose folders hold templates."""
    own = tuple(f"{folder}/" if folder else "" for project in projects(tree) for folder in project.roots)
    scripts = sorted(path for path in tree.paths if path.endswith(".sql") and not path.startswith(own))
    dialect = dialect_of(tree, "") if scripts else ""
    for path in scripts[:_MOST_FILES]:
        yield from sql_file(tree, path, dialect)


def _reader(name: str) -> Callable[[Tree, str], Iterator[Row]] | None:
    if name in _BY_NAME:
        return _BY_NAME[name]
    return dvc_file if name.endswith(".dvc") and name != ".dvc" else snakefile if name.endswith(".smk") else None


_BY_NAME: Mapping[str, Callable[[Tree, str], Iterator[Row]]] = {
    "dvc.yaml": dvc_yaml,
    "dvc.yml": dvc_yaml,
    "MLproject": ml_project,
    "project.yml": spacy_project,
    "project.yaml": spacy_project,
    "Snakefile": snakefile,
    "Makefile": makefile,
    "makefile": makefile,
    "GNUmakefile": makefile,
}


def _bounded(rows: Iterator[Row], path: str) -> Iterator[Row]:
    yield from islice(rows, MOST_ROWS)
    if next(rows, None) is not None:
        yield Doubt(path, 1, DoubtKind.UNRESOLVED, f"it declares more than {MOST_ROWS:,} rows")
