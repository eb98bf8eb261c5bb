"""Branches that no settings turn on."""

from __future__ import annotations

from collectors.facts.declarations import Declarations
from collectors.facts.files import Files
from collectors.facts.flags import Flag, never_on, turns_on_anything
from collectors.registry import signal
from scoring.debts import Debt
from scoring.finding import Effort, Severity, Spot
from scoring.signal import SHOW, Measurement


@signal(
    debt=Debt.DEAD_EXPERIMENTAL_CODEPATHS,
    unit="branches",
    better="lower",
    status=SHOW,
    says="No committed settings let {value} run; settings that decide a branch: {n}.",
    severity=Severity.LOW,
    effort=Effort.S,
)
def stale_flags(files: Files, declarations: Declarations) -> Measurement:
    """Branches under a setting that is false in every settings file that sets it.

    Asked about are settings of the system's own that hold true or false and whose name a condition asks for, alone or
    joined by `and`: an attribute, a key, or a parameter. A name counts as turned on where Python without tests gives it
    True, or makes an option of a command line of it. A branch that only refuses a setting is none. Names that people
    turn on for one run (debug, dry_run, resume, save, plot, …) are left out. Where a command line is made of whatever
    settings there are (Hydra, OmegaConf's, yacs', Fire, options put together) nothing is known.

    Why it matters: the branch is read, tested and carried along by everyone, and runs for nobody.
    Pay it off: decide: turn it on where it pays, or delete the branch and the setting.
    Cannot see: settings outside this repository, in a service, the environment, or changed for one run.
    Ask: Ship, archive as a tag, or delete? Which of them could be turned on in production by accident?
    Source: Sculley et al. 2015, section 5 (dead experimental codepaths). Three of four toggles in 12 Python
    projects are removed within 49 weeks: Hoyos et al., "On the removal of feature toggles", EMSE 2021.
    """
    if turns_on_anything(files):
        return Measurement.unknown("the command line of this code can turn on any setting")
    found, decide = never_on(files, declarations)
    if not decide:
        return Measurement.unknown("no condition asks for a setting that is true or false")
    python = files.python
    return Measurement(
        len(found),
        n=decide,
        seen=sum(not file.summary.unread for file in python),
        total=len(python),
        details=(("settings that are never on", float(len({flag.name for flag in found}))),),
        spots=tuple(map(_spot, found)),
    )


def _spot(flag: Flag) -> Spot:
    files = len(flag.set_in)
    where = flag.set_in[0] if files == 1 else f"each of {files} files"
    site = flag.site
    note = f"{flag.name} is false in {where}, and no code turns it on"
    return Spot(flag.file.path, site.line, f"if {flag.name}", site.symbol, site.end_line, note, key=flag.name)
