"""Intermediate data that nothing reads."""

from __future__ import annotations

from collections import defaultdict
from posixpath import dirname

from collectors.facts.data_graph import Lineage
from collectors.facts.data_steps import is_data, is_predictions, is_whole, places
from collectors.facts.lineage import Access, DataAccess
from collectors.registry import signal
from scoring.debts import Debt
from scoring.finding import Effort, Severity, Spot
from scoring.signal import SHOW, Measurement


@signal(
    debt=Debt.PIPELINE_JUNGLES,
    unit="data sets",
    better="lower",
    status=SHOW,
    says="Of {n} intermediate data {n:set|sets}, nothing here reads {value}.",
    severity=Severity.LOW,
    effort=Effort.S,
)
def unread_intermediates(lineage: Lineage) -> Measurement:
    """Data that a job writes beside data which a later job reads, and that nothing reads.

    Beside: in the same folder, by the same job. Models, numbers about models, predictions and addresses are no
    intermediates. Unknown where too many reads do not tell their data: one of them may read it.

    Why it matters: a file that is made and never used costs time in each run, and someone will build on it.
    Pay it off: stop writing it, or say in the pipeline who reads it.
    Cannot see: readers in other repositories, notebooks outside git, and people.
    Ask: Who would notice if this file were not written any more?
    Source: Sculley et al. 2015, section 4 (pipeline jungles),
    https://papers.nips.cc/paper/5656-hidden-technical-debt-in-machine-learning-systems. No published threshold.
    """
    read = _read_or_part(lineage)
    folders: defaultdict[tuple[str, str], dict[str, DataAccess]] = defaultdict(dict)
    for step in lineage.steps:
        for row in step.rows:
            if step.is_started and row.access is Access.WRITE and is_whole(row.name) and _is_between(row):
                folders[step.name, dirname(row.name)].setdefault(row.name, row)
    groups = [rows for rows in folders.values() if any(name in read for name in rows)]
    names = {name for rows in groups for name in rows}
    if not names:
        return Measurement.unknown("no data that one job writes and another reads is known by name")
    seen = places(row for row in lineage if row.access is Access.READ)
    if seen.total and seen.is_blind:
        unnamed = seen.total - seen.named
        return Measurement.unknown(f"{unnamed:,} of {seen.total:,} places that read do not tell which data")
    unread = {name: row for rows in groups for name, row in sorted(rows.items()) if name not in read}
    left = seen.total - seen.named
    return Measurement(
        len(unread),
        n=len(names),
        note=f"{left:,} of {seen.total:,} places that read do not tell which data" if left else "",
        spots=tuple(_spot(row) for row in unread.values()) if not left else (),
    )


def _is_between(row: DataAccess) -> bool:
    return is_data(row) and not is_predictions(row.name) and "://" not in row.name


def _read_or_part(lineage: Lineage) -> frozenset[str]:
    """Data that something reads by its name, by its folder or by a name with holes, or that lies on a way to it."""
    return frozenset(name for name in lineage.data if name not in lineage.ends)


def _spot(row: DataAccess) -> Spot:
    note = f"{row.job} writes {row.name}, and nothing here reads it"
    return Spot(row.path, row.line, f"{row.call}({row.name})", row.symbol, note=note, key=row.name)
