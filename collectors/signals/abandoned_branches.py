"""Abandoned experiment branches."""

from __future__ import annotations

from collectors.facts.branches import Branch, Branches, BranchKind, Fate
from collectors.facts.changes import DAY, ENOUGH_EVENTS
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import SHOW, Evidence, Measurement
from scoring.wording import worded


@signal(
    debt=Debt.DEAD_EXPERIMENTAL_CODEPATHS,
    unit="branches",
    better="lower",
    status=SHOW,
    says="{value} {value:is|are} abandoned, of {n}: quiet for 90 days, unmerged, with {value:its|their} own commits.",
    version=3,
    rows="aged",
)
def abandoned_branches(branches: Branches) -> Measurement:
    """Branches and DVC experiments without a commit for more than 90 days, unmerged, and ahead of the default branch.

    Release lines and open pull requests are left out; so is what came in by squash. The count goes with activity: in a
    pilot on 44 public repositories, better-engineered projects had more of them, also among projects of one size. Read
    the list, and the trend of one repository; compare no two repositories by it.

    Why it matters: each is an experiment that nobody decided on; the few that matter are lost among the rest.
    Pay it off: go through the list; ship it, keep it as a tag with a word on what was learned, or delete it.
    Cannot see: branches deleted without a merge, forks, experiments kept as flags or files on the default branch.
    Ask: Which of these would you miss, and who decides?
    Source: Sculley et al. 2015, section 5 (dead experimental codepaths); 90 days: GitHub's "stale" view of branches,
    https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/managing-branches-in-your-repository/viewing-branches-in-your-repository;
    CHAOSS, Branch Lifecycle, https://chaoss.community/kb/metric-branch-lifecycle/.
    """
    topics = branches.topics
    if not topics:
        return Measurement.unknown("there is no other branch; a clone of one branch alone looks the same")
    abandoned = sorted(
        (branch for branch in topics if branch.fate(branches.as_of) is Fate.ABANDONED),
        key=lambda branch: (branch.last_at, branch.name),
    )
    experiments = [branch for branch in topics if branch.kind is BranchKind.EXPERIMENT]
    return Measurement(
        len(abandoned),
        n=len(topics),
        evidence=tuple(_row(branch, branches.as_of) for branch in abandoned[:20]),
        details=(
            ("abandoned experiments", float(sum(branch.kind is BranchKind.EXPERIMENT for branch in abandoned))),
            ("experiments", float(len(experiments))),
            ("topic branches", float(len(topics) - len(experiments))),
            *((("share abandoned", len(abandoned) / len(topics)),) if len(topics) >= ENOUGH_EVENTS else ()),
        ),
    )


def _row(branch: Branch, as_of: int) -> Evidence:
    quiet = (as_of - branch.last_at) // DAY
    return Evidence(
        branch.name,
        "branch",
        quiet,
        f"{worded(quiet, 'day', 'days')} quiet; {branch.ahead:,} ahead, {branch.behind:,} behind",
    )
