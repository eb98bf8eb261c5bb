"""Columns that are computed and named nowhere else."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.facts.declarations import Declarations
from collectors.facts.files import Files, Place
from collectors.facts.sites import Site, SiteKind
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import MOST_EVIDENCE, SHOW, Evidence, Measurement


@signal(
    debt=Debt.UNDERUTILIZED_DATA_DEPENDENCIES,
    unit="columns",
    better="lower",
    status=SHOW,
    version=3,
    says="Of {n} {n:column|columns} that code computes under a whole name, {value} {value:is|are} named nowhere else.",
)
def unnamed_columns(files: Files, declared: Declarations) -> Measurement:
    """Columns that Python outside notebooks and tests computes and assigns once, and that no other place names.

    Places are all code, queries, notebooks, tests, READMEs and settings; a name counts however it is written there.
    Only in files of whose computed columns at least half are named in other modules or queries: where fewer are, whole
    tables are handed on, and a column is read without its name; and not in files that train, which have the table at
    hand.

    Why it matters: a column that nobody reads still costs its inputs, and breaks the job when one of them goes.
    Pay it off: leave the column out for one run, compare the model, and delete it where nothing moved.
    Cannot see: models that are given whole tables, where a column needs no name, and readers in other repositories.
    Ask: For each of these columns, who would miss it?
    Source: Sculley et al. 2015, section 3 (underutilized data dependencies: legacy features),
    https://papers.nips.cc/paper/5656-hidden-technical-debt-in-machine-learning-systems. No published threshold.
    """
    made: dict[str, dict[str, Site]] = {}
    for file, site in files.sites(SiteKind.COLUMN_MADE, SiteKind.COLUMN_ALONE):
        if not file.is_notebook and file.place is not Place.ML_CODE and site.detail.isidentifier():
            columns = made.setdefault(file.path, {})
            if site.kind is SiteKind.COLUMN_ALONE or site.detail not in columns:
                columns[site.detail] = site
    names = {name for columns in made.values() for name in columns}
    if not names:
        return Measurement.unknown("no Python code here was seen to compute columns of a table under whole names")
    named = files.naming(names)
    in_settings = frozenset(_texts(declared))
    code = {file.path for file in files.code if not file.is_notebook}
    found: list[tuple[str, Site]] = []
    for path, columns in sorted(made.items()):
        read = sum(bool(named[name] & code - {path}) for name in columns)
        if 2 * read >= len(columns):  # else whole tables are handed on, and no column needs a name
            found += [
                (path, site)
                for name, site in columns.items()
                if site.kind is SiteKind.COLUMN_ALONE and named[name] <= {path} and _plain(name) not in in_settings
            ]
    return Measurement(
        len({site.detail for _, site in found}),
        n=len(names),
        seen=sum(not file.summary.unread for file in files.python),
        total=len(files.python),
        evidence=tuple(
            Evidence(path, "file", None, f"{site.detail} is computed, and nothing else names it", site.line)
            for path, site in found[:MOST_EVIDENCE]
        ),
    )


def _texts(declared: Declarations) -> Iterator[str]:
    for _, key in declared.keys:
        for text in (*key.key, key.value):
            if isinstance(text, str):
                yield _plain(text)


def _plain(name: str) -> str:
    return name.replace("_", "").lower()
