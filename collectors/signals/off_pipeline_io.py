"""Reads and writes outside every pipeline."""

from __future__ import annotations

from collections import Counter

from collectors.facts.changes import ENOUGH_EVENTS
from collectors.facts.data_graph import Lineage
from collectors.facts.data_steps import is_code
from collectors.facts.declarations import Declarations
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import MOST_EVIDENCE, SHOW, Evidence, Measurement
from scoring.wording import worded


@signal(
    debt=Debt.PIPELINE_JUNGLES,
    unit="share of places",
    better="lower",
    status=SHOW,
    says="Of {n} {n:place that reads or writes|places that read or write} data, {value} {n:is|are} run by no pipeline "
    "or job here.",
)
def off_pipeline_io(lineage: Lineage, declared: Declarations) -> Measurement:
    """Places that read or write data in code that no pipeline, job or command of the repository runs, 0 to 1.

    A script that can be run, but that nothing here runs, is outside; so is what only such scripts call. Only where
    something is started at all. What callers of a public function hand over is left out.

    Why it matters: what people run by hand, in an order that nobody wrote down, is how a pipeline becomes a jungle.
    Pay it off: make the script a stage, or delete it once it has served.
    Cannot see: schedules and commands outside git; a notebook that is only for looking counts too.
    Ask: Which of these files did someone run for the last release?
    Source: Sculley et al. 2015, section 4 (pipeline jungles),
    https://papers.nips.cc/paper/5656-hidden-technical-debt-in-machine-learning-systems. No published threshold.
    """
    started = declared.started
    inside = {row.job for row in lineage if row.job and (not is_code(row.job) or row.job in started)}
    if not inside:
        return Measurement.unknown("no pipeline, job or command here was seen to start code that reads or writes data")
    sites = lineage.sites
    if len(sites) < ENOUGH_EVENTS:
        return Measurement.unknown("fewer than three places in the code read or write data by a known call")
    off = [
        path
        for (path, _, _), rows in sites.items()
        if not any(row.job in inside for row in rows) and path not in started
    ]
    rows = sorted(Counter(off).items(), key=lambda row: (-row[1], row[0]))[:MOST_EVIDENCE]
    return Measurement(
        len(off) / len(sites),
        n=len(sites),
        evidence=tuple(
            Evidence(path, "file", float(number), f"{number:,} {worded(number, 'place', 'places')} that nothing starts")
            for path, number in rows
        ),
        details=(("files", float(len(set(off)))),),
    )
