"""Paths of somebody's own machine."""

from __future__ import annotations

from collectors.facts.files import Files
from collectors.facts.sites import SiteKind
from collectors.registry import signal
from scoring.debts import Debt
from scoring.finding import Effort, Severity
from scoring.signal import SHOW, Measurement


@signal(
    debt=Debt.PROTOTYPE_SMELL,
    unit="places",
    better="lower",
    status=SHOW,
    says="Paths of somebody's own machine stand in the code in {value}; {n} Python {n:file was|files were} read.",
    severity=Severity.LOW,
    effort=Effort.S,
    per_file=True,
    places=("local path", "local paths"),
)
def local_paths(files: Files) -> Measurement:
    """Absolute paths that exist on one machine, written in Python code: /home/ada/…, /Users/ada/…, C:/….

    A text must begin with the path and be nothing but a path. Homes that belong to nobody (of images, services and
    examples: /home/jovyan, /home/user), programs' own folders, /tmp and /dev are left out, and so are tests.
    Modules and notebooks count alike.

    Why it matters: the code runs on its author's machine; everybody else changes it first, or never runs it.
    Pay it off: take the folder from the settings or the environment, or make it relative to the repository.
    Cannot see: paths put together from pieces, in settings and in shell scripts.
    Ask: Which step of the pipeline has run on one machine only?
    Source: Sculley et al. 2015, section 5 (prototype smell). No published threshold.
    """
    python = files.python
    read = [file for file in python if not file.summary.unread]
    if not read:
        return Measurement.unknown("there is no Python code that could be read")
    found = files.sites(SiteKind.LOCAL_PATH)
    return Measurement(
        len(found),
        n=len(read),
        seen=len(read),
        total=len(python),
        details=(("files that hold one", float(len({file.path for file, _ in found}))),),
        spots=tuple(site.spot(file.path) for file, site in found),
    )
