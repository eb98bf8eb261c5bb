"""Data that stages read and do not declare."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from collectors.facts.data_graph import Lineage
from collectors.facts.data_names import is_part_of
from collectors.facts.data_steps import NAMED, Step, is_code, is_remote, is_settings, is_whole, places
from collectors.facts.lineage import Access, DataAccess, NodeKind, Origin
from collectors.registry import signal
from scoring.debts import Debt
from scoring.finding import Effort, Severity, Spot
from scoring.signal import SHOW, Measurement


@signal(
    debt=Debt.UNDECLARED_CONSUMERS,
    unit="reads",
    better="lower",
    status=SHOW,
    says="The code of {n} {n:stage|stages} that {n:declares|declare} dependencies reads what is not among "
    "them: {value}.",
    heads=True,
    severity=Severity.HIGH,
    effort=Effort.S,
)
def undeclared_reads(lineage: Lineage) -> Measurement:
    """Reads of data, in the code of stages that declare their dependencies, of what is not declared.

    Each stage and file counts once. Left out are code, settings and parameters, what the stage writes itself,
    addresses, files of which only a part of the name is known, and parts or wholes of what is declared.

    Why it matters: the pipeline does not run the stage again when such data changes, and its producer does not know
    who reads it.
    Pay it off: add the file to the stage's dependencies, or stop reading it.
    Cannot see: reads whose data has no name in the code, and readers that no pipeline starts.
    Ask: Which stage would have run again last quarter, had the pipeline known of everything that it reads?
    Source: Sculley et al. 2015, section 2 (undeclared consumers) and section 4 (pipeline jungles),
    https://papers.nips.cc/paper/5656-hidden-technical-debt-in-machine-learning-systems. No published threshold.
    """
    stages = [step for step in lineage.steps if step.is_started and step.declares]
    if not stages:
        return Measurement.unknown("no stage here declares what it reads")
    followed = [step for step in stages if step.observed]
    if not followed:
        return Measurement.unknown("the code of no stage that declares dependencies was seen to read or write data")
    found = [read for step in followed for read in _undeclared(step)]
    seen = places(row for step in followed for row in step.rows if row.access is Access.READ)
    if not found and seen.is_blind and seen.total:
        unnamed = seen.total - seen.named
        return Measurement.unknown(f"{unnamed:,} of {seen.total:,} places where stages read do not tell which data")
    return Measurement(
        len(found),
        n=len(followed),
        seen=len(followed),
        total=len(stages),
        details=(("places where they read", float(seen.total)), ("of them named", float(seen.named))),
        spots=tuple(_spot(row) for row in found),
    )


def _undeclared(step: Step) -> Iterator[DataAccess]:
    """The first place of each name."""
    known = {
        row.name for row in step.rows if row.name and (row.origin is Origin.DECLARED or row.access is Access.WRITE)
    }
    told: set[str] = set()
    for row in sorted(step.observed, key=lambda row: (row.path, row.line, row)):
        if row.access is Access.READ and row.resolution in NAMED and row.name not in told and _counts(row):
            told.add(row.name)
            if not _is_known(row.name, known):
                yield row


def _counts(row: DataAccess) -> bool:
    is_other = is_code(row.name) or is_settings(row.name) or is_remote(row.name)
    is_nothing = "None" in row.name.split("/")
    return row.kind is not NodeKind.SERVICE and is_whole(row.name) and not is_other and not is_nothing


def _is_known(name: str, known: Iterable[str]) -> bool:
    return any(name == one or is_part_of(name, one) or is_part_of(one, name) for one in known)


def _spot(row: DataAccess) -> Spot:
    note = f"stage {row.job} reads {row.name}, which is not among its dependencies"
    return Spot(row.path, row.line, f"{row.call}({row.name})", row.symbol, note=note, key=f"{row.job} {row.name}")
