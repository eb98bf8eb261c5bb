"""Changes that make one metric better and another worse."""

from __future__ import annotations

from collections.abc import Mapping

from collectors.facts.changes import ENOUGH_EVENTS, Changes
from collectors.facts.files import Files
from collectors.facts.growth import reruns
from collectors.facts.metrics import MetricChange, MetricChanges
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import MOST_EVIDENCE, SHOW, Evidence, Measurement


@signal(
    debt=Debt.ENTANGLEMENT,
    unit="share of changes that moved metrics",
    better="lower",
    status=SHOW,
    says="{value} of {n} {n:change that moved committed metrics made|changes that moved committed metrics made} one "
    "better and another worse.",
    heads=True,
)
def metric_trade_offs(metrics: MetricChanges, changes: Changes, files: Files) -> Measurement:
    """Commits that made a committed metric better and another one worse, among those that moved any, 0 to 1.

    Metrics are numbers in small JSON, YAML or TOML files whose name says so, or that a pipeline declares; whether more
    is better is told by a metric's name, and one whose name does not tell counts for nothing. Where three changes
    only ran the same code again, a metric that moves no further than it did there stands still; without them every
    move counts. The last 1,000 such changes are looked at, merges left out.

    Why it matters: changing anything changes everything: a gain here is paid for elsewhere, by a metric or a model that
    somebody else watches.
    Pay it off: look at all metrics of a change side by side, per slice too, and say which trade was meant.
    Cannot see: metrics that are tracked elsewhere, slices that nobody measures, and trades that were meant.
    Ask: Which metric of another team could get worse when yours gets better, and who would notice?
    Source: Sculley et al. 2015, section 2 (entanglement). The share is this project's own.
    """
    moved = [change for change in metrics if change.is_move and change.gains]
    if not moved:
        return Measurement.unknown("no change moved committed metrics whose name says what is better")
    noise = metrics.noise(reruns(metrics, changes, files))
    trades = [row for change in moved if (row := _trade(change, noise))]
    if len(moved) < ENOUGH_EVENTS:
        return Measurement.unknown(f"too few changes moved committed metrics for a share ({len(moved)})", tuple(trades))
    return Measurement(
        len(trades) / len(moved),
        n=len(moved),
        evidence=tuple(trades[::-1][:MOST_EVIDENCE]),
        note="" if noise else "what is noise is not known: every move counts",
    )


def _trade(change: MetricChange, noise: Mapping[str, float]) -> Evidence | None:
    gains = [(one.name, gain) for one, gain in change.gains if abs(gain) > noise.get(one.name, 0.0)]
    better = max((gain, name) for name, gain in gains) if gains else (0.0, "")
    worse = min((gain, name) for name, gain in gains) if gains else (0.0, "")
    if better[0] <= 0 or worse[0] >= 0:
        return None
    return Evidence(change.commit, "commit", None, f"{better[1]} got better, {worse[1]} worse")
