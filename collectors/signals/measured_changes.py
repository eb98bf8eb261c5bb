"""Changes whose effect was measured."""

from __future__ import annotations

from collectors.facts.changes import ENOUGH_EVENTS, Changes
from collectors.facts.declarations import Declarations
from collectors.facts.files import Files
from collectors.facts.metrics import MetricChanges
from collectors.facts.model_changes import model_changes
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import MOST_EVIDENCE, SHOW, Evidence, Measurement

WINDOW_DAYS = 365


@signal(
    debt=Debt.REPRODUCIBILITY_DEBT,
    unit="share of changes of models and features",
    better="higher",
    status=SHOW,
    heads=True,
    says="{value} of {n} {n:change of models, features or their settings wrote|changes of models, features or their "
    "settings wrote} committed metrics.",
)
def measured_changes(metrics: MetricChanges, changes: Changes, files: Files, declarations: Declarations) -> Measurement:
    """Commits that wrote committed metrics, among those that changed models, features or settings, 0 to 1, in 365 days.

    Code of models and features is what stands in those two boxes of the paper's first figure now; settings are those
    of the system itself. Bots, merges and commits of more than 30 files are left out. Metrics are read as for
    `metric_trade_offs`.

    Why it matters: where a change is not measured by a machine, nobody can say what it did, nor whether two changes
    together did it.
    Pay it off: let the pipeline write its metrics into a file that is committed with the change.
    Cannot see: metrics that are tracked elsewhere (an experiment tracker; a comment on the pull request, which
    `measured_change_requests` sees), and whether the metrics are those that matter.
    Ask: The last change of a feature: which number said that it helped, and how much does that number move by itself?
    Source: Sculley et al. 2015, section 10 (how precisely can the impact of a new change to the system be measured?).
    """
    if not len(metrics):
        return Measurement.unknown("no metrics are committed: they may be tracked elsewhere")
    rows = model_changes(changes, files, declarations, WINDOW_DAYS)
    written = {row.commit for row in metrics}
    unmeasured = [row for row in rows if row.commit not in written]
    evidence = tuple(Evidence(row.commit, "commit", None, "not measured") for row in unmeasured[::-1][:MOST_EVIDENCE])
    if len(rows) < ENOUGH_EVENTS:
        return Measurement.unknown(
            f"too few changes of models or features in a year for a share ({len(rows)})", evidence
        )
    return Measurement((len(rows) - len(unmeasured)) / len(rows), n=len(rows), evidence=evidence)
