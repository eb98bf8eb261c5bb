"""How far recent changes reach."""

from __future__ import annotations

from statistics import median

from collectors.facts.changes import ENOUGH_EVENTS, Changes
from collectors.facts.data_graph import Lineage
from collectors.facts.data_ways import changed, products_after
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import MOST_EVIDENCE, SHOW, Evidence, Measurement
from scoring.wording import worded

DAYS = 90


@signal(
    debt=Debt.ENTANGLEMENT,
    unit="share of models and outputs",
    better="lower",
    status=SHOW,
    says="Of {n} {n:job or data set|jobs and data sets} that changed in 90 days, the middle one reaches {value} "
    "of all models and outputs.",
    heads=True,
    rows="each",
)
def blast_radius(lineage: Lineage, changes: Changes) -> Measurement:
    """Share of all models and outputs that rest on a job or data set which changed in 90 days; the median, 0 to 1.

    A job changed where a file of its code that reads or writes data did; data where the file itself did, or the
    `.dvc` file that pins it. Commits that touch more than 30 files, merges and bots are left out.

    Why it matters: where each change reaches everything, none can be made alone, and none judged alone.
    Pay it off: give models their own inputs where they can have them, and cut steps that everything passes.
    Cannot see: entanglement of weights inside one model; helpers that jobs import; data that changes without a commit.
    Ask: Which models were looked at again after the last change of a shared step?
    Source: Sculley et al. 2015, section 2 (entanglement: changing anything changes everything),
    https://papers.nips.cc/paper/5656-hidden-technical-debt-in-machine-learning-systems. No published threshold.
    """
    products = frozenset(lineage.products)
    if len(products) < ENOUGH_EVENTS:
        return Measurement.unknown("fewer than three models and outputs are known by name, too few for a share")
    recent = {file.path for change in changes.last(DAYS).focused() for file in change.files}
    reached = {node: products_after(lineage, node) for node in changed(lineage, recent)}
    rows = sorted(reached.items(), key=lambda row: (-len(row[1]), row[0]))[:MOST_EVIDENCE]
    shown = tuple(
        Evidence(
            node.name,
            "job" if node.is_job else "data",
            len(found) / len(products),
            f"{len(found):,} of {len(products):,} {worded(len(products), 'model or output', 'models and outputs')}",
        )
        for node, found in rows
    )
    if len(reached) < ENOUGH_EVENTS:
        return Measurement.unknown(
            "fewer than three jobs and data sets changed in 90 days, too few for a median", shown
        )
    return Measurement(
        median(len(found) / len(products) for found in reached.values()),
        n=len(reached),
        evidence=shown,
        note="a lower bound: too many places do not tell which data they mean" if lineage.is_lower_bound else "",
        details=(("models and outputs", float(len(products))),),
    )
