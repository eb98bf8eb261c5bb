"""Open change requests."""

from __future__ import annotations

from statistics import median

from collectors.facts.change_requests import OpenRequests
from collectors.facts.changes import DAY, ENOUGH_EVENTS
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import MOST_EVIDENCE, SHOW, Evidence, Measurement

MONTH, QUARTER = 30, 90


@signal(
    debt=Debt.PROCESS_MANAGEMENT_DEBT,
    unit="requests",
    better="lower",
    status=SHOW,
    version=2,
    says="{value} for a change {n:is|are} open.",
    rows="aged",
)
def open_change_requests(waiting: OpenRequests) -> Measurement:
    """Change requests that are open, with their ages: as the tracker has them, else by the refs that git shows of them.

    A scan with `--tracker` knows when each was opened, and leaves out those of bots. Else they are known only where the
    host's refs of pull requests were fetched, and their age runs from their first commit. Their number goes with how
    much is going on: read the list and the trend, and compare no two repositories by it.

    Why it matters: work that waits is work nobody learns from, and it grows harder to merge.
    Pay it off: decide on the oldest first: merge, close with a word, or say what is missing.
    Cannot see: what a request waits for; without the tracker, drafts, and hosts that show no such refs.
    Ask: What does the oldest one wait for: a decision, a reviewer, or data?
    Source: Sculley et al. 2015, section 8 (process management debt). No published threshold.
    """
    if not waiting.rows and not waiting.by_tracker:
        return Measurement.unknown(
            "no refs of pull requests were fetched, or none is open: fetch refs/pull, or scan with --tracker"
        )
    ages = [max(0, waiting.as_of - row.since) / DAY for row in waiting]
    oldest = sorted(zip(ages, waiting, strict=True), key=lambda pair: (-pair[0], pair[1].subject))[:MOST_EVIDENCE]
    began = "since it was opened, in days" if waiting.by_tracker else "since its first commit, in days"
    details = [("days, the oldest", max(ages))] if ages else []
    if len(ages) >= ENOUGH_EVENTS:
        details.append(("days, the middle one", median(ages)))
    if ages:
        details += [(f"older than {days} days", float(sum(age > days for age in ages))) for days in (MONTH, QUARTER)]
    if waiting.by_tracker:
        details += [
            ("drafts among them", float(sum(row.is_draft for row in waiting))),
            ("further ones, opened by bots", float(waiting.bots)),
        ]
    return Measurement(
        len(waiting),
        n=len(waiting),
        note="" if waiting.is_whole else "older ones were not read yet, so there may be more",
        evidence=tuple(
            Evidence(row.subject, "request", round(age, 1), began + (", a draft" if row.is_draft else ""))
            for age, row in oldest
        ),
        details=tuple(details),
    )
