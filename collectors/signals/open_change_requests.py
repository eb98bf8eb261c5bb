"""Open change requests."""

from __future__ import annotations

from statistics import median

from collectors.facts.branches import Branches, BranchKind
from collectors.facts.changes import DAY, ENOUGH_EVENTS
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import MOST_EVIDENCE, SHOW, Evidence, Measurement


@signal(
    debt=Debt.PROCESS_MANAGEMENT_DEBT,
    unit="requests",
    better="lower",
    status=SHOW,
    says="{value} for a change {n:is|are} open.",
)
def open_change_requests(branches: Branches) -> Measurement:
    """Pull requests that are open, by the refs that git itself shows of them.

    Known only where the host's refs of pull requests were fetched; closed ones are left out. Their number goes with
    how much is going on: read the list and the trend, and compare no two repositories by it.

    Why it matters: work that waits is work nobody learns from, and it grows harder to merge.
    Pay it off: decide on the oldest first: merge, close with a word, or say what is missing.
    Cannot see: repositories whose host shows no such refs, drafts, and what a request waits for.
    Ask: What does the oldest one wait for: a decision, a reviewer, or data?
    Source: Sculley et al. 2015, section 8 (process management debt). No published threshold.
    """
    pulls = [b for b in branches if b.kind is BranchKind.PULL and (b.first_at or b.last_at) <= branches.as_of]
    if not pulls:
        return Measurement.unknown(
            "no refs of pull requests were fetched, or none is open: fetch refs/pull to see them"
        )
    ages = [max(0, branches.as_of - (branch.first_at or branch.last_at)) / DAY for branch in pulls]
    oldest = sorted(zip(ages, pulls, strict=True), key=lambda pair: (-pair[0], pair[1].name))[:MOST_EVIDENCE]
    details = [("days, the oldest", max(ages))]
    if len(ages) >= ENOUGH_EVENTS:
        details.append(("days, the middle one", median(ages)))
    return Measurement(
        len(pulls),
        n=len(pulls),
        evidence=tuple(Evidence(b.name, "branch", age, "since its first commit, in days") for age, b in oldest),
        details=tuple(details),
    )
