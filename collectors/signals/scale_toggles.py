"""Data cut down in the code."""

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
    says="Data is cut to a part of it in {value}; the code reads data in {n} {n:place|places}.",
    severity=Severity.MEDIUM,
    effort=Effort.S,
    per_file=True,
    places=("cut of the data", "cuts of the data"),
)
def scale_toggles(files: Files) -> Measurement:
    """Places where rows are cut to a literal number or share after they were read, or while they are.

    Counted in Python without tests: `nrows=` with a number, a split such as "train[:1000]", and `sample`, `head`,
    `take`, `select(range(…))` or a slice from the start with a literal, if the result takes the place of the rows, or
    is taken straight from the read. A look that is thrown away (`frame.head()`), a shuffle (`frac=1`), fewer than 500
    rows, a read into a name that says so (`train_sample`) and a branch for short runs (`if debug:`) are none. Places
    that read data are the background: where there are none the number is unknown.

    Why it matters: what was seen on a twentieth of the rows seldom holds on all of them, and such lines stay.
    Pay it off: make the size a setting whose value in production is "all", and say it beside each result.
    Cannot see: cuts by a variable, in SQL or upstream, and whether a result at small scale was believed.
    Ask: The last three shipped changes: was each tested at full scale before it was decided on?
    Source: Sculley et al. 2015, section 5 (prototype smell). No published threshold.
    """
    found = files.sites(SiteKind.SCALE_TOGGLE)
    reads = files.sites(SiteKind.DATA_LOAD)
    if not found and not reads:
        return Measurement.unknown("no data is read by a known function in the Python code")
    python = files.python
    return Measurement(
        len(found),
        n=len(reads),
        seen=sum(not file.summary.unread for file in python),
        total=len(python),
        details=(("of them in notebooks", float(sum(file.is_notebook for file, _ in found))),),
        spots=tuple(site.spot(file.path, f"cut by {site.detail}") for file, site in found),
    )
