"""Data and models that may change without a commit."""

from __future__ import annotations

from collectors.facts.changes import ENOUGH_EVENTS
from collectors.facts.declarations import Declarations
from collectors.facts.files import Files
from collectors.facts.inputs import declared_inputs
from collectors.facts.sites import SiteKind
from collectors.registry import signal
from scoring.debts import Debt
from scoring.finding import Effort, Severity, Spot
from scoring.signal import SHOW, Measurement


@signal(
    debt=Debt.UNSTABLE_DATA_DEPENDENCIES,
    unit="share of inputs",
    better="lower",
    status=SHOW,
    version=2,
    says="Inputs from outside the repository, tables aside, are taken in {n} {n:place|places}: {value} tie them to no "
    "version.",
    heads=True,
    severity=Severity.MEDIUM,
    effort=Effort.M,
)
def unpinned_inputs(files: Files, found: Declarations) -> Measurement:
    """Data and models that are read from outside the repository without a version that cannot change, 0 to 1.

    Inputs are the files of DVC (pinned by their hash or commit), what a stage of DVC reads that neither git nor a
    stage holds (pinned by `dvc.lock`), loads of data and models from hubs (pinned by a revision), addresses that
    Python reads or that settings name as data (pinned by a commit, a version, a release, a record or a checksum), and
    packages from a git repository (pinned by a commit), but for those that only tests and documents need. Loads from
    hubs are part of the whole here; their places are listed by *unversioned loads*. Addresses in a file that
    computes checksums are left out: of which is not seen.

    Why it matters: what stands behind a name can change tonight, and with it the model, without a commit here.
    Pay it off: read a versioned copy: a revision, a content hash, a release, or an import by data version control.
    Cannot see: tables of other teams, addresses that are put together when the program runs, and other languages.
    Ask: Which input could change tonight without a commit here, and who would notice first?
    Source: Sculley et al. 2015, section 3 (unstable data dependencies; versioned copies). OpenSSF Scorecard, check
    Pinned-Dependencies: https://github.com/ossf/scorecard/blob/main/docs/checks.md#pinned-dependencies
    """
    declared = declared_inputs(files, found)
    reads = files.sites(SiteKind.UNPINNED_READ)
    loads = files.sites(SiteKind.UNVERSIONED_LOAD)
    pinned = sum(one.is_pinned for one in declared)
    pinned += len(files.sites(SiteKind.PINNED_READ, SiteKind.VERSIONED_LOAD))
    open_ones = [one for one in declared if not one.is_pinned]
    unpinned = len(open_ones) + len(reads) + len(loads)
    spots = tuple(site.spot(file.path, "read from an address that names no version") for file, site in reads)
    spots += tuple(Spot(one.path, one.line, one.name, note=f"{one.how}, tied to no version") for one in open_ones)
    total = pinned + unpinned
    if not total:
        return Measurement.unknown("no input from outside the repository was seen")
    if total < ENOUGH_EVENTS:
        return Measurement(
            None,
            reason="fewer than three places were seen that take an input from outside, tables aside",
            seen=0,
            spots=spots,
        )
    python = files.python
    return Measurement(
        unpinned / total,
        n=total,
        seen=sum(not file.summary.unread for file in python),
        total=len(python),
        details=(
            ("loads from hubs without a version", float(len(loads))),
            ("addresses without a version", float(len(reads))),
            ("declared without a version", float(len(open_ones))),
        ),
        spots=spots,
    )
