"""Lead time of merges."""

from __future__ import annotations

from statistics import median, quantiles

from collectors.facts.branches import Merges
from collectors.facts.changes import ENOUGH_EVENTS
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import SHOW, Evidence, Measurement

WINDOW_DAYS = 365


@signal(
    debt=Debt.PROCESS_MANAGEMENT_DEBT,
    unit="days",
    better="lower",
    status=SHOW,
    version=2,
    says="At the median of {n} {n:merge|merges}, work had waited for {value}.",
    rows="each",
)
def merge_lead_time(merges: Merges) -> Measurement:
    """Median days from the oldest commit that a merge brought in, as written, to the merge; last 365 days.

    DORA's lead time runs on to deployment; this part ends at the default branch. Its bands change every year and
    describe whole organisations, so no letter is made from them.

    Why it matters: an idea that waits for weeks to be merged is tested late and against a system that moved on.
    Pay it off: smaller changes, a named reviewer, and a rule for what happens to a branch after two quiet weeks.
    Cannot see: squash and rebase merges, which leave no merge commit; time in review as against time in work.
    Ask: Where did the slowest of these wait: for work, for review, for data or for machines?
    Source: DORA, change lead time, https://dora.dev/guides/dora-metrics-four-keys/; CHAOSS, Change Request Duration,
    https://chaoss.community/kb/metric-change-requests-duration/.
    """
    recent = merges.last(WINDOW_DAYS)
    if not recent.rows:
        return Measurement.unknown(
            "no merge commit came in during the last 365 days; squashed work shows with its branches, while they exist"
        )
    days = [merge.days for merge in recent]
    slowest = sorted(recent, key=lambda merge: (-merge.days, merge.commit))
    evidence = tuple(
        Evidence(merge.commit, "commit", round(merge.days, 1), f"commits: {merge.commits:,}{_from(merge.branch)}")
        for merge in slowest[:20]
    )
    if len(days) < ENOUGH_EVENTS:
        return Measurement.unknown(f"there are too few merges for a median ({len(days)}): all are listed", evidence)
    quarters = quantiles(days, n=4, method="inclusive")
    return Measurement(
        median(days),
        n=len(days),
        evidence=evidence,
        details=(("a quarter waited at most", quarters[0]), ("a quarter waited at least", quarters[2])),
    )


def _from(branch: str | None) -> str:
    return f", from {branch}" if branch else ""
