"""Branches that never run."""

from __future__ import annotations

from collectors.facts.files import File, Files
from collectors.facts.sites import Site, SiteKind
from collectors.registry import signal
from scoring.debts import Debt
from scoring.finding import Effort, Severity, Spot
from scoring.signal import SHOW, Measurement


@signal(
    debt=Debt.DEAD_EXPERIMENTAL_CODEPATHS,
    unit="branches",
    better="lower",
    status=SHOW,
    says="{value} {value:stands|stand} under a condition that is always false; Python modules: {n}.",
    severity=Severity.LOW,
    effort=Effort.S,
)
def disabled_code(files: Files) -> Measurement:
    """Branches whose condition can be told from the text alone never to hold.

    Counted are `if False`, `if 0`, `while False`, the same inside `and`, the `else` of `if True`, and a condition on a
    name that its module sets once, at the top, to True or False, if nothing sets it anew and no other file of code
    names it. Branches that hold only imports, `pass` or a text are none: type checkers read them. Python modules
    without tests and notebooks.

    Why it matters: such a branch is neither tested nor kept up to date, and one edit puts it into production.
    Pay it off: delete the branch, or let a setting with an owner decide.
    Cannot see: flags that settings, arguments or a service hold, and names that somebody changes by hand for a run.
    Ask: Which of these could be turned on by accident, and what would happen then?
    Source: Sculley et al. 2015, section 5 (dead experimental codepaths). No published threshold.
    """
    modules = [file for file in files.python if not file.is_notebook]
    if not modules:
        return Measurement.unknown("there are no Python modules")
    found = [(file, site) for file, site in files.sites(SiteKind.DISABLED) if not file.is_notebook]
    flags = _own_flags(files)
    return Measurement(
        len(found) + len(flags),
        n=len(modules),
        seen=sum(not file.summary.unread for file in modules),
        total=len(modules),
        details=(("of them under a name that is always the same", float(len(flags))),),
        spots=tuple(_spot(file, site) for file, site in (*found, *flags)),
    )


def _own_flags(files: Files) -> list[tuple[File, Site]]:
    """Those whose name occurs in no other file."""
    found = [(file, site) for file, site in files.sites(SiteKind.CONSTANT_FLAG) if not _is_set_by_hand(file)]
    named = files.naming({_name(site) for _, site in found})
    return [(file, site) for file, site in found if named[_name(site)] <= {file.path}]


def _is_set_by_hand(file: File) -> bool:
    """Notebooks, and scripts of a release."""
    return file.is_notebook or file.path.rpartition("/")[2] == "setup.py"


def _spot(file: File, site: Site) -> Spot:
    key = site.snippet if site.kind is SiteKind.DISABLED else _name(site)
    return site.spot(file.path, _note(site))._replace(key=key)


def _name(site: Site) -> str:
    return site.detail.partition(" ")[0]


def _note(site: Site) -> str:
    lines = int(site.detail.rpartition(" ")[2])
    counted = "1 line that never runs" if lines == 1 else f"{lines} lines that never run"
    if site.kind is SiteKind.DISABLED:
        return counted
    return f"{counted}: {_name(site)} is set once, and nothing changes it"
