"""Reads and writes of data, by hand: a test reads as a pipeline in, a number out."""

from __future__ import annotations

from collectors.facts.data_graph import Lineage, lineage
from collectors.facts.lineage import HOLE, Access, DataAccess, NodeKind, Origin, Resolution

WAYS = {
    "<": (Access.READ, Origin.OBSERVED),
    ">": (Access.WRITE, Origin.OBSERVED),
    "<=": (Access.READ, Origin.DECLARED),
    "=>": (Access.WRITE, Origin.DECLARED),
}


def access(row: str, line: int = 1, *, path: str | None = None, version: str = "", why: str = "") -> DataAccess:
    """ "train < data.csv" is code that reads, "train > model.pkl" writes; "<=" and "=>" are declared.

    Of "- < data.csv" nobody starts the code, of "train < ?" the data is not known, of "train < !" it is the caller's.
    """
    job, way, name = row.split()
    kind, origin = WAYS[way]
    job = "" if job == "-" else job
    where = path or ("dvc.yaml" if origin is Origin.DECLARED else f"src/{job or 'by_hand'}.py")
    known = {"?": Resolution.UNRESOLVED, "!": Resolution.PARAMETER}.get(name, Resolution.RESOLVED)
    if HOLE in name:
        known = Resolution.TEMPLATE
    call = {"<": "pandas.read_csv", ">": "to_csv", "<=": "deps", "=>": "outs"}[way]
    reason = why or ("an argument is not known" if known is Resolution.UNRESOLVED else "")
    called = "" if name in "?!" else name
    return DataAccess(kind, called, kind_of(name), origin, where, line, known, call, job, version=version, why=reason)


def kind_of(name: str) -> NodeKind:
    if "metrics" in name:
        return NodeKind.METRICS
    return NodeKind.MODEL if name.endswith((".pkl", ".pt")) else NodeKind.DATASET


def pipeline(*rows: str | DataAccess, exhausted: tuple[str, ...] = ()) -> Lineage:
    """Each row on a line of its own."""
    made = (access(row, at) if isinstance(row, str) else row for at, row in enumerate(rows, 1))
    return lineage(made, exhausted=exhausted)


SHOP = (
    "prepare < data/raw.csv",
    "prepare > data/train.csv",
    "prepare > data/test.csv",
    "train < data/train.csv",
    "train < params.yaml",
    "train > models/model.pkl",
    "evaluate < data/test.csv",
    "evaluate < models/model.pkl",
    "evaluate > metrics.json",
)
"""A pipeline without debt."""
