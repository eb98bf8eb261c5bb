"""Growth that bought no gain."""

from __future__ import annotations

from collections.abc import Mapping

from collectors.facts.changes import ENOUGH_EVENTS, Changes
from collectors.facts.files import Files
from collectors.facts.growth import Growth, grown, reruns
from collectors.facts.metrics import MetricChange, MetricChanges
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import MOST_EVIDENCE, SHOW, Evidence, Measurement
from scoring.wording import worded


@signal(
    debt=Debt.CULTURAL_DEBT,
    unit="share of measured changes that added lines",
    better="lower",
    status=SHOW,
    says="{value} of {n} {n:measured change that added|measured changes that added} code, settings or packages made no "
    "metric better.",
)
def gain_for_complexity(metrics: MetricChanges, changes: Changes, files: Files) -> Measurement:
    """Commits after which no committed metric is better, among those that wrote metrics and made sources grow, 0 to 1.

    Sources are code, settings and requirements, by lines added less lines taken out. Metrics are read as for
    `metric_trade_offs`; a gain counts where it goes beyond what the same code, run again, moved by itself, if three
    such runs were committed, and else however small it is: the share is then rather too low.

    Why it matters: a tiny gain in accuracy is rarely worth much complexity, and no gain never is.
    Pay it off: look at these changes again, and take out what did not help.
    Cannot see: reasons other than accuracy (speed, safety, tests), gains that show only in production, and metrics that
    are tracked elsewhere.
    Ask: Which of these changes would you take out again today, and what keeps you from it?
    Source: Sculley et al. 2015, section 9 (measuring debt and paying it off). The share is this project's own.
    """
    sizes = grown(metrics, changes, files)
    measured = [(row, sizes[row.commit]) for row in metrics if row.gains and row.commit in sizes]
    larger = [(row, size) for row, size in measured if size.lines > 0]
    if not changes.counted:
        return Measurement.unknown("lines of this clone are not counted: clone it without --filter")
    if not larger:
        return Measurement.unknown("no change both added lines and wrote committed metrics")
    noise = metrics.noise(reruns(metrics, changes, files))
    rows = [(row, size) for row, size in larger if not _gained(row, noise)]
    evidence = tuple(_row(row, size) for row, size in sorted(rows, key=lambda pair: -pair[1].lines))[:MOST_EVIDENCE]
    if len(larger) < ENOUGH_EVENTS:
        return Measurement.unknown(f"too few measured changes added lines for a share ({len(larger)})", evidence)
    return Measurement(
        len(rows) / len(larger),
        n=len(larger),
        evidence=evidence,
        note="" if noise else "what is noise is not known: every gain counts",
        details=(("changes that only ran again", float(len(reruns(metrics, changes, files)))),),
    )


def _gained(change: MetricChange, noise: Mapping[str, float]) -> bool:
    return any(gain > noise.get(one.name, 0.0) for one, gain in change.gains)


def _row(change: MetricChange, size: Growth) -> Evidence:
    best = max(change.gains, key=lambda pair: pair[1])
    said = "stood still" if best[1] == 0 else f"went from {best[0].before:.6g} to {best[0].after:.6g}"
    more = f"{size.lines:,} {worded(size.lines, 'line', 'lines')} more"
    return Evidence(change.commit, "commit", size.lines, f"{more}; {best[0].name} {said}")
