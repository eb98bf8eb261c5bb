"""Data that several jobs write."""

from __future__ import annotations

from collections import defaultdict
from posixpath import splitext

from collectors.facts.data_graph import Lineage
from collectors.facts.data_steps import NAMED, is_data, is_whole
from collectors.facts.lineage import Access, DataAccess, NodeKind, Origin
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import MOST_EVIDENCE, SHOW, Evidence, Measurement
from scoring.wording import worded


@signal(
    debt=Debt.PIPELINE_JUNGLES,
    unit="sets of data",
    better="lower",
    status=SHOW,
    version=2,
    says="Several jobs write {value}, of {n} {n:that a job writes|that jobs write}.",
)
def several_writers(lineage: Lineage) -> Measurement:
    """Files and tables that the code of several jobs writes, each in another file, or that several stages declare.

    Jobs are stages, tasks, and scripts and notebooks that can be run; a script that two stages run is one writer.
    Folders and numbers about models are left out: many write into one folder, and append to one log.

    Why it matters: what stands in such a file depends on which job ran last.
    Pay it off: give each job an output of its own, and one job that joins them.
    Cannot see: writers in other repositories, and writes whose data has no name in the code.
    Ask: Which of these jobs ran last, and how would the next reader know?
    Source: Sculley et al. 2015, section 4 (pipeline jungles),
    https://papers.nips.cc/paper/5656-hidden-technical-debt-in-machine-learning-systems. No published threshold.
    """
    folders = {row.name[:at] for row in lineage for at, sign in enumerate(row.name) if sign == "/"}
    writes: defaultdict[str, list[DataAccess]] = defaultdict(list)
    for row in lineage:
        is_known = row.job and row.access is Access.WRITE and row.resolution in NAMED
        if is_known and row.name not in folders and _is_one_thing(row):
            writes[row.name].append(row)
    if not writes:
        return Measurement.unknown("no file or table that a job writes is known by name")
    found = {name: rows for name, rows in sorted(writes.items()) if _writers(rows) > 1}
    if not found and lineage.is_lower_bound:
        named, total = lineage.named_sites, len(lineage.sites)
        return Measurement.unknown(f"only {named:,} of {total:,} places that read or write data tell which data")
    shown = sorted(found, key=lambda name: (-_writers(found[name]), name))[:MOST_EVIDENCE]
    return Measurement(
        len(found),
        n=len(writes),
        evidence=tuple(_evidence(name, found[name]) for name in shown),
    )


def _is_one_thing(row: DataAccess) -> bool:
    last = row.name.rstrip("/").rpartition("/")[2]
    is_kept = row.kind is NodeKind.MODEL or is_data(row)
    return is_whole(row.name) and is_kept and bool(splitext(last)[1] or "://" in row.name or "/" not in row.name)


def _writers(rows: list[DataAccess]) -> int:
    """Files of code that write, or stages of one definition that say so; whichever are more, and no more than jobs."""
    files = {row.path for row in rows if row.origin is Origin.OBSERVED}
    stages: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.origin is Origin.DECLARED:
            stages[row.path].add(row.job)
    return min(len({row.job for row in rows}), max([len(files), *(len(jobs) for jobs in stages.values())]))


def _evidence(name: str, rows: list[DataAccess]) -> Evidence:
    first = min(rows, key=lambda row: (row.origin is Origin.DECLARED, row.path, row.line))
    jobs = sorted({row.job for row in rows})
    note = f"{worded(len(jobs), 'the job', 'the jobs')} {', '.join(jobs[:5])} write {name}"
    return Evidence(first.path, "file", float(_writers(rows)), note, first.line)
