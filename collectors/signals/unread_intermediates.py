"""Intermediate data that nothing reads."""

from __future__ import annotations

import re
from collections import defaultdict
from posixpath import dirname

from collectors.facts.data_graph import Lineage
from collectors.facts.data_steps import is_data, is_predictions, is_remote, is_whole, places, words_of
from collectors.facts.lineage import Access, DataAccess
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import MOST_EVIDENCE, SHOW, Evidence, Measurement

_BETWEEN = frozenset(("interim", "intermediate", "intermediates", "staging", "tmp", "temp"))
_OUTPUTS = re.compile(r"(?:score|error|metric|report|result|output|plot|figure|submission|log)s?|reporting|summary")


@signal(
    debt=Debt.PIPELINE_JUNGLES,
    unit="sets of data",
    better="lower",
    status=SHOW,
    says="Of {n} intermediate data {n:set|sets}, nothing here reads {value}.",
)
def unread_intermediates(lineage: Lineage) -> Measurement:
    """Data that a job writes beside data which a later job reads, and that nothing reads.

    Beside: in the same folder, by the same job; data in a folder named interim, intermediate, staging or tmp counts
    by itself. Models, numbers about models, predictions, addresses and what is named an output, a score or a report
    are no intermediates. Unknown where too many reads do not tell their data: one of them may read it.

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
    groups = [
        rows
        for (_, folder), rows in folders.items()
        if _BETWEEN & words_of(folder) or any(name in read for name in rows)
    ]
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
        evidence=tuple(map(_evidence, list(unread.values())[:MOST_EVIDENCE])),
    )


def _is_between(row: DataAccess) -> bool:
    is_output = is_predictions(row.name) or any(map(_OUTPUTS.fullmatch, _words(row.name)))
    return is_data(row) and not is_output and not is_remote(row.name)


def _read_or_part(lineage: Lineage) -> frozenset[str]:
    """Data that something reads by its name, by its folder or by a name with holes, or that lies on a way to it."""
    return frozenset(name for name in lineage.data if name not in lineage.ends)


def _words(name: str) -> frozenset[str]:
    """Of every part of the path."""
    return frozenset().union(*map(words_of, name.split("/")))


def _evidence(row: DataAccess) -> Evidence:
    return Evidence(row.path, "file", None, f"{row.job} writes {row.name}, and nothing here reads it", row.line)
