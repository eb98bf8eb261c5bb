"""All declared pipelines of a tree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from collectors.facts.lineage import Access, DataAccess, NodeKind, Origin, Resolution
from collectors.lineage.declared.airflow import airflow
from collectors.lineage.declared.assets import dagster, prefect_assets
from collectors.lineage.declared.dbt import dbt
from collectors.lineage.declared.dbt_project import projects
from collectors.lineage.declared.dvc import dvc_yaml
from collectors.lineage.declared.dvc_lock import dvc_file
from collectors.lineage.declared.kedro import kedro
from collectors.lineage.declared.makefiles import makefile
from collectors.lineage.declared.metaflow import metaflow
from collectors.lineage.declared.ml_project import ml_project, spacy_project
from collectors.lineage.declared.python_files import flow_files
from collectors.lineage.declared.rows import MOST_ROWS, Doubt, DoubtKind, Entry, Pin, Row, Tree
from collectors.lineage.declared.same_tables import Relation, united
from collectors.lineage.declared.snakemake import snakefile
from collectors.lineage.declared.sql import dialect_of, sql_file
from collectors.lineage.declared.step_flows import step_flows

_MOST_FILES = 5_000


class DeclaredPipelines(NamedTuple):
    """What the pipelines of one commit declare, each sorted."""

    accesses: tuple[DataAccess, ...] = ()
    entries: tuple[Entry, ...] = ()
    pins: Mapping[str, str] = {}
    doubts: tuple[Doubt, ...] = ()
    relations: tuple[Relation, ...] = ()  # where tables of dbt lie


def declared(
    paths: Iterable[str], text: Callable[[str], str | None], flows: Iterable[str] | None = None
) -> DeclaredPipelines:
    """`text` gives the text of a file of the tree, None for what is no text.

    `flows`: Python that imports an orchestrator (`is_flow`), where that is known; else all Python is looked at.
    """
    tree = Tree(frozenset(paths), text)
    python = sorted(path for path in tree.paths if path.endswith(".py")) if flows is None else sorted(set(flows))
    rows = {*_rows(tree), *_flows(tree, python)}
    accesses = {row for row in rows if isinstance(row, DataAccess)}
    with_data = {row.job for row in accesses if row.job and row.name}
    doubts = (row for row in rows if isinstance(row, Doubt) and row.job in with_data)
    accesses |= {_nameless(doubt) for doubt in doubts if doubt.kind is not DoubtKind.STALE}
    relations = tuple(sorted(row for row in rows if isinstance(row, Relation)))
    return DeclaredPipelines(
        tuple(sorted(set(united(accesses, relations)))),
        tuple(sorted(row for row in rows if isinstance(row, Entry))),
        dict(sorted((row.name, row.version) for row in rows if isinstance(row, Pin))),
        tuple(sorted(row for row in rows if isinstance(row, Doubt))),
        relations,
    )


def _nameless(doubt: Doubt) -> DataAccess:
    """A job that declares data, and of which not all is known, may read what nobody names."""
    return DataAccess(
        Access.READ, "", NodeKind.DATASET, Origin.DECLARED, doubt.path, doubt.line, Resolution.UNRESOLVED, "cmd",
        doubt.job, why=doubt.why,
    )  # fmt: skip


def _rows(tree: Tree) -> Iterator[Row]:
    for name, paths in tree.by_name.items():
        reader = _reader(name)
        if reader is not None:
            for path in paths[:_MOST_FILES]:
                yield from _bounded(reader(tree, path), path)
    yield from _bounded(dbt(tree), "dbt_project.yml")
    yield from _bounded(kedro(tree), "conf/base/catalog.yml")
    yield from _sql(tree)


def _flows(tree: Tree, paths: list[str]) -> Iterator[Row]:
    files = list(islice(flow_files(tree, iter(paths)), _MOST_FILES))
    for file in files:
        for reader in (step_flows, metaflow, prefect_assets, airflow):
            yield from _bounded(reader(file), file.path)
    if files:
        yield from _bounded(dagster(files), files[0].path)


def _sql(tree: Tree) -> Iterator[Row]:
    """Scripts outside dbt's projects, whose folders hold templates."""
    own = tuple(f"{folder}/" if folder else "" for project in projects(tree) for folder in project.roots)
    scripts = sorted(path for path in tree.paths if path.endswith(".sql") and not path.startswith(own))
    dialect = dialect_of(tree, "") if scripts else ""
    for path in scripts[:_MOST_FILES]:
        yield from _bounded(sql_file(tree, path, dialect), path)


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
    try:
        yield from islice(rows, MOST_ROWS)
        if next(rows, None) is not None:
            yield Doubt(path, 1, DoubtKind.UNRESOLVED, f"it declares more than {MOST_ROWS:,} rows")
    except RecursionError:
        yield Doubt(path, 1, DoubtKind.UNRESOLVED, "it is nested too deeply")
