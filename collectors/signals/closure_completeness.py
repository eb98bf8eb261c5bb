"""Places whose data is known by name."""

from __future__ import annotations

from collections import Counter

from collectors.facts.changes import ENOUGH_EVENTS
from collectors.facts.data_graph import ENOUGH, Lineage
from collectors.facts.data_steps import NAMED
from collectors.facts.lineage import DataAccess, Resolution
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import MOST_EVIDENCE, SHOW, Evidence, Measurement
from scoring.wording import worded

REASONS = 5


@signal(
    debt=Debt.UNANALYZED_DATA_DEPENDENCIES,
    unit="share of places",
    better="higher",
    status=SHOW,
    says="Of {n} {n:place that reads or writes|places that read or write} data, {value} {n:names|name} it in full.",
    heads=True,
    version=2,
)
def closure_completeness(lineage: Lineage) -> Measurement:
    """Places in the code that read or write data and whose data is known by name, 0 to 1.

    A place is a call at a line; it counts as named only where the name is known whoever runs it. A name with a hole
    in it counts as not named. What callers of a public function hand over is their business: such places are told
    beside the number and are no part of it. Where most places are of this kind, or do not tell their data and stand in
    functions that nothing here starts (a library), there is no number.

    Why it matters: edges that are missing make a closure look small; only beside its completeness can it be read.
    Pay it off: name data in settings or in the pipeline's definition, not in strings put together when it runs.
    Cannot see: other languages than Python, R and SQL, calls of libraries that are not known, and macros.
    Ask: Can one source column be deleted today with a list, made by a tool in an hour, of the models that break?
    Source: Sculley et al. 2015, section 3 (static analysis of data dependencies),
    https://papers.nips.cc/paper/5656-hidden-technical-debt-in-machine-learning-systems. No published threshold.
    """
    sites, theirs = lineage.sites, lineage.callers_business
    if lineage.is_library:
        return Measurement.unknown(_their_business(lineage))
    open_ones = [rows for rows in sites.values() if not all(row.resolution in NAMED for row in rows)]
    shown = tuple(map(_evidence, sorted(open_ones)[:MOST_EVIDENCE]))
    if not sites:
        declared = "; only declarations of pipelines tell of data" if len(lineage) else ""
        return Measurement.unknown(f"no place in the code reads or writes data by a known call{declared}")
    if len(sites) < ENOUGH_EVENTS:
        places = f"{len(sites)} {worded(len(sites), 'place reads or writes', 'places read or write')}"
        return Measurement.unknown(f"only {places} data, too few for a share", shown)
    stopped = len(lineage.exhausted)
    low = lineage.named_sites / len(sites) < ENOUGH
    notes = [
        *(["what is known of the closure is a lower bound"] if low else []),
        *([f"{lineage.holed_sites:,} more name it but for a part"] if lineage.holed_sites else []),
        *([f"{theirs:,} more {worded(theirs, 'place takes', 'places take')} what callers hand over"] if theirs else []),
        *([f"{stopped:,} {worded(stopped, 'file was', 'files were')} not followed to the end"] if stopped else []),
    ]
    return Measurement(
        lineage.named_sites / len(sites),
        n=len(sites),
        evidence=shown,
        note="; ".join(notes),
        details=(
            ("data known by name", float(len(lineage.data))),
            ("roots", float(len(lineage.roots))),
            ("names with holes", float(sum(_worst(rows).resolution is Resolution.TEMPLATE for rows in open_ones))),
            *_reasons(open_ones),
        ),
    )


def _their_business(lineage: Lineage) -> str:
    theirs, unstarted = lineage.callers_business, lineage.unstarted_sites
    total = theirs + len(lineage.sites)
    ways = ["take what callers of public functions hand over"] if theirs else []
    ways += ["stand in functions that nothing here starts"] if unstarted else []
    of_all = f"{theirs + unstarted:,} of {total:,} {worded(total, 'place', 'places')}"
    does = " or ".join(ways)
    return f"most of its reads and writes ({of_all}) {does}: which data that is, is their callers' business"


def _worst(rows: tuple[DataAccess, ...]) -> DataAccess:
    order = list(Resolution)
    return max(rows, key=lambda row: (order.index(row.resolution), row))


def _reasons(open_ones: list[tuple[DataAccess, ...]]) -> list[tuple[str, float]]:
    """Why places have no name, the most frequent first."""
    worst = (_worst(rows) for rows in open_ones)
    found = Counter(row.why or "why is not known" for row in worst if row.resolution is not Resolution.TEMPLATE)
    often = sorted(found.items(), key=lambda row: (-row[1], row[0]))
    return [(f"not named: {why}", float(number)) for why, number in often[:REASONS]]


def _evidence(rows: tuple[DataAccess, ...]) -> Evidence:
    row = _worst(rows)
    known = f" of {row.name}" if row.name else ""
    why = f", because {row.why}" if row.why else ""
    return Evidence(row.path, "file", None, f"{row.access} by {row.call}{known}: not known by name{why}", row.line)
