"""Dependencies that are declared and never read."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.facts.data_graph import Lineage
from collectors.facts.data_names import is_part_of
from collectors.facts.data_steps import Step, is_code, is_settings, is_whole
from collectors.facts.lineage import Access, DataAccess, Origin
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import MOST_EVIDENCE, SHOW, Evidence, Measurement


@signal(
    debt=Debt.UNDERUTILIZED_DATA_DEPENDENCIES,
    unit="inputs",
    better="lower",
    status=SHOW,
    says="{n} {n:stage whose code was followed whole declares|stages whose code was followed whole declare} {value} "
    "that the code never reads.",
)
def unread_dependencies(lineage: Lineage) -> Measurement:
    """Data that a stage declares as a dependency and that its code does not read.

    Only stages in whose code every read and write tells its data, and of which at least one declared dependency is
    seen to be read: of the others it is not known. Code and settings are left out, and so are parts and wholes of
    what is read.

    Why it matters: a dependency that nobody uses makes stages run again for nothing, and can break them.
    Pay it off: take it out of the stage, and see whether anything still needs what produces it.
    Cannot see: reads by other programs that the code starts, and by libraries that are not known.
    Ask: Which dependency stayed when the code that read it went?
    Source: Sculley et al. 2015, section 3 (underutilized data dependencies: legacy),
    https://papers.nips.cc/paper/5656-hidden-technical-debt-in-machine-learning-systems. No published threshold.
    """
    stages = [step for step in lineage.steps if step.is_started and step.declares]
    if not stages:
        return Measurement.unknown("no stage here declares what it reads")
    followed = [step for step in stages if _is_followed(step, lineage)]
    if not followed:
        return Measurement.unknown(
            "in the code of no stage that declares dependencies do all reads and writes tell which data they mean"
        )
    found = [row for step in followed for row in _unread(step)]
    return Measurement(
        len(found),
        n=len(followed),
        seen=len(followed),
        total=len(stages),
        evidence=tuple(map(_evidence, found[:MOST_EVIDENCE])),
    )


def _is_followed(step: Step, lineage: Lineage) -> bool:
    declared = step.names(Access.READ, Origin.DECLARED)
    ran_out = {row.path for row in step.observed}.intersection(lineage.exhausted)
    is_whole_known = not step.nameless and all(row.name for row in step.rows)
    return is_whole_known and not ran_out and any(_is_read(name, step) for name in declared)


def _unread(step: Step) -> Iterator[DataAccess]:
    told: set[str] = set()
    for row in step.rows:
        if row.origin is Origin.DECLARED and row.access is Access.READ and is_whole(row.name) and row.name not in told:
            told.add(row.name)
            if not is_code(row.name) and not is_settings(row.name) and not _is_read(row.name, step):
                yield row


def _is_read(name: str, step: Step) -> bool:
    """By its name, as a part or a whole, or with a file beside it that a library keeps: "model" and "model.mlem"."""
    reads = step.names(Access.READ, Origin.OBSERVED)
    return any(
        name == one or is_part_of(name, one) or is_part_of(one, name) or name.startswith(f"{one}.") for one in reads
    )


def _evidence(row: DataAccess) -> Evidence:
    note = f"stage {row.job} declares {row.name}, and its code was not seen to read it"
    return Evidence(row.path, "file", None, note, row.line)
