"""Code that was commented out."""

from __future__ import annotations

from collectors.facts.files import Files
from collectors.facts.sites import SiteKind
from collectors.registry import signal
from scoring.debts import Debt
from scoring.finding import Effort, Severity
from scoring.signal import SHOW, Measurement


@signal(
    debt=Debt.DEAD_EXPERIMENTAL_CODEPATHS,
    unit="blocks",
    better="lower",
    status=SHOW,
    says="{value} of code {value:is|are} commented out; Python modules: {n}.",
    severity=Severity.LOW,
    effort=Effort.S,
    per_file=True,
    places=("block of code that is commented out", "blocks of code that are commented out"),
)
def commented_out_code(files: Files) -> Measurement:
    """Comments of three lines and more that are Python.

    A block counts if, up to three lines of words before and after it left out, it parses, holds at least two statements
    that a sentence never is (a call, an import, a definition, a condition, a loop, a return), and nothing that is a
    word alone. Left out are blocks whose words speak of an example, usage or an equivalent, or ask to turn them on (to
    debug, to run locally), doctests, cells of percent notebooks, and texts. Python modules without tests and notebooks.

    Why it matters: readers ask of each such block whether it still counts, and it no longer fits the code around it.
    Pay it off: delete it; git keeps it. If it says why something is not done, say so in words.
    Cannot see: blocks of one or two lines, other languages, and code in texts that are thrown away.
    Ask: Which of these blocks did anybody turn on again in the last year?
    Source: Sculley et al. 2015, section 5 (dead experimental codepaths). No published threshold.
    """
    modules = [file for file in files.python if not file.is_notebook]
    if not modules:
        return Measurement.unknown("there are no Python modules")
    found = [(file, site) for file, site in files.sites(SiteKind.COMMENTED_CODE) if not file.is_notebook]
    return Measurement(
        len(found),
        n=len(modules),
        seen=sum(not file.summary.unread for file in modules),
        total=len(modules),
        details=(
            ("lines in them", float(sum(site.end_line - site.line + 1 for _, site in found))),
            ("modules with one", float(len({file.path for file, _ in found}))),
        ),
        spots=tuple(site.spot(file.path) for file, site in found),
    )
