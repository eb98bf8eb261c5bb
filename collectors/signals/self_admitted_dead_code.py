"""Code that comments want gone."""

from __future__ import annotations

from collectors.facts.files import Files
from collectors.registry import signal
from scoring.debts import Debt
from scoring.finding import Effort, Severity, Spot
from scoring.signal import SHOW, Measurement


@signal(
    debt=Debt.DEAD_EXPERIMENTAL_CODEPATHS,
    unit="notes",
    better="lower",
    status=SHOW,
    says="Comments that want code gone, or call it unused: {value} of {n} that {n:admits|admit} debt.",
    severity=Severity.LOW,
    effort=Effort.S,
    per_file=True,
    places=("comment that wants code gone", "comments that want code gone"),
)
def self_admitted_dead_code(files: Files) -> Measurement:
    """Open comments that admit debt and say that code is to be removed, or is not used or needed.

    Told by words alone: "TODO remove this once …", "to be deleted", "deprecate?", "not used", "do we still need this?".
    A comment that wants rows, values, limits or repetition removed is none. How many there are says how a team writes
    comments too: compare it with the team's own last quarter only.

    Why it matters: code that was to go is read, tested and carried along by every change, and sometimes still runs.
    Pay it off: delete what nobody runs; where it waits for something, write down for what, and look at each release.
    Cannot see: dead code that no comment admits, other wordings, and whether what it waits for has happened.
    Ask: Which of these could go today?
    Source: Sculley et al. 2015, section 5 (dead experimental codepaths); the kind "unnecessary model code" of OBrien et
    al. 2022, "23 shades of self-admitted technical debt", ESEC/FSE, doi:10.1145/3540250.3549088. No published
    threshold.
    """
    notes = files.admitted
    if not notes:
        return Measurement.unknown("no comment that could be read admits debt")
    found = [(file, note) for file, note in notes if note.debt is Debt.DEAD_EXPERIMENTAL_CODEPATHS]
    return Measurement(
        len(found),
        n=len(notes),
        seen=sum(not file.summary.unread for file in files.own),
        total=len(files.own),
        spots=tuple(
            Spot(file.path, note.line, note.nameless, note="the comment wants code gone, or calls it unused")
            for file, note in found
        ),
    )
