"""Life of topic branches."""

from __future__ import annotations

from statistics import median

from collectors.facts.branches import Branch, Branches, Fate, Merged
from collectors.facts.changes import DAY, ENOUGH_EVENTS
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import SHOW, Evidence, Measurement
from scoring.wording import worded

WINDOW_DAYS = 365


@signal(
    debt=Debt.PROCESS_MANAGEMENT_DEBT,
    unit="days",
    better="lower",
    status=SHOW,
    says="At the median of {n} living or squashed topic {n:branch|branches}, work lived apart for {value}.",
    rows="each",
)
def branch_lifecycle(branches: Branches) -> Measurement:
    """Median days from a topic branch's first own commit to its squash merge, or to now where work goes on.

    Branches that were squashed in the last 365 days, and branches with a commit in the last 90 days. Abandoned ones are
    counted elsewhere; those merged with their history have no own commits left and show in the lead time of merges.

    Why it matters: the longer a branch lives apart, the more of the system it has not been tested with.
    Pay it off: merge in smaller steps; put unfinished work behind a flag that has an end date.
    Cannot see: branches deleted after their merge, and when a branch was made before its first commit.
    Ask: What keeps the oldest branch from being merged this week?
    Source: CHAOSS, Branch Lifecycle, https://chaoss.community/kb/metric-branch-lifecycle/.
    """
    lives = sorted(
        ((days, branch) for branch in branches.topics if (days := _days(branch, branches.as_of)) is not None),
        key=lambda life: (-life[0], life[1].name),
    )
    if not lives:
        return Measurement.unknown("no topic branch is alive or was squashed in the last 365 days: fetch all branches")
    squashed = [days for days, branch in lives if branch.merged is Merged.SQUASH]
    evidence = tuple(
        Evidence(
            branch.name,
            "branch",
            round(days, 1),
            f"{worded(round(days, 1), 'day', 'days')}, {'squashed' if branch.merged is Merged.SQUASH else 'alive'}",
        )
        for days, branch in lives[:20]
    )
    if len(lives) < ENOUGH_EVENTS:
        return Measurement.unknown(f"there are too few branches for a median ({len(lives)}): all are listed", evidence)
    return Measurement(
        median(days for days, _ in lives),
        n=len(lives),
        evidence=evidence,
        details=(
            ("alive", float(len(lives) - len(squashed))),
            *((("median days to squash", median(squashed)),) if squashed else ()),
        ),
    )


def _days(branch: Branch, as_of: int) -> float | None:
    if branch.first_at is None:
        return None
    if branch.merged is Merged.SQUASH:
        at = branch.merged_at
        if at is None or not as_of - WINDOW_DAYS * DAY < at <= as_of:
            return None
        return max(0, at - branch.first_at) / DAY
    return max(0, as_of - branch.first_at) / DAY if branch.fate(as_of) is Fate.ACTIVE else None
