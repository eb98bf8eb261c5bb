"""Code outside the pipeline that reads its data."""

from __future__ import annotations

from collections import defaultdict

from collectors.facts.data_graph import Lineage
from collectors.facts.data_steps import NAMED, is_code, is_settings, is_whole
from collectors.facts.lineage import Access, DataAccess, NodeKind, Origin
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import MOST_EVIDENCE, SHOW, Evidence, Measurement
from scoring.wording import worded


@signal(
    debt=Debt.UNDECLARED_CONSUMERS,
    unit="places",
    better="lower",
    status=SHOW,
    says="Data that the pipeline makes is read in {value} of which its definition knows nothing; its stages "
    "make {n} {n:data set|data sets}.",
)
def outside_readers(lineage: Lineage) -> Measurement:
    """Places that read what a stage declares as its output, in code that no stage was seen to run.

    A place is a call at a line: in scripts, notebooks, services, and jobs that declare no data. Models and data count;
    numbers about models, and tables of databases, do not. Names have to be known and equal.

    Why it matters: whoever changes a stage asks the pipeline who reads its output, and hears nothing of these.
    Pay it off: make the reader a stage, or hand it a copy that is made for it and that the pipeline knows.
    Cannot see: readers in other repositories and in programs that no reader here is for, and paths from settings
    that only a run tells.
    Ask: Who would notice last if this file got another column order tonight?
    Source: Sculley et al. 2015, section 2 (undeclared consumers) and section 4 (pipeline jungles),
    https://papers.nips.cc/paper/5656-hidden-technical-debt-in-machine-learning-systems. No published threshold.
    """
    stages = [step for step in lineage.steps if step.is_started and any(map(_is_declared, step.rows))]
    made = {
        row.name
        for step in stages
        for row in step.rows
        if _is_declared(row) and row.access is Access.WRITE and _counts(row)
    }
    if not made:
        return Measurement.unknown("no stage here declares what it writes")
    names = {step.name for step in stages}
    found: defaultdict[tuple[str, int], set[str]] = defaultdict(set)
    inside = {(row.path, row.line) for step in stages for row in step.observed}
    for row in lineage.of(Origin.OBSERVED):
        is_read = row.access is Access.READ and row.resolution in NAMED and row.name in made
        if is_read and row.job not in names and (row.path, row.line) not in inside:
            found[row.path, row.line].add(row.name)
    return Measurement(
        len(found),
        n=len(made),
        evidence=tuple(
            Evidence(
                path, "file", None, f"{', '.join(sorted(data)[:3])} is read, and no stage was seen to run this", line
            )
            for (path, line), data in sorted(found.items())[:MOST_EVIDENCE]
        ),
        details=(("files", float(len({path for path, _ in found}))),),
        note=_note(lineage),
    )


def _is_declared(row: DataAccess) -> bool:
    return row.origin is Origin.DECLARED and bool(row.name)


def _counts(row: DataAccess) -> bool:
    is_data = row.kind in {NodeKind.DATASET, NodeKind.MODEL} and not is_code(row.name) and not is_settings(row.name)
    return is_data and is_whole(row.name) and not row.name.startswith("sql://")


def _note(lineage: Lineage) -> str:
    unnamed = len(lineage.sites) - lineage.named_sites
    return f"{unnamed:,} {worded(unnamed, 'place does', 'places do')} not tell which data" if unnamed else ""
