"""Issues that are labelled as debt, coming and going."""

from __future__ import annotations

from statistics import median

from collectors.facts.changes import DAY, ENOUGH_EVENTS
from collectors.facts.issues import Issues
from collectors.registry import signal
from scoring.signal import MOST_EVIDENCE, SHOW, Evidence, Measurement

QUARTER_DAYS = 90
QUARTERS = 4


@signal(
    debt=None,
    unit="issues net",
    better="lower",
    status=SHOW,
    says="Issues labelled as debt: {value} in 90 days; {n} {n:is|are} open.",
    rows="aged",
)
def debt_issues_flow(issues: Issues) -> Measurement:
    """Issues with a label that says debt: those opened, minus those closed, in 90 days.

    Labels with the words debt, refactor, refactoring, cleanup, code smell, code health or code quality, as the issues
    carry them today; when one was put on is not known. Issues that bots opened are left out. A team that uses no such
    label has no number: its debt is not smaller. The quarters of a year stand beside it. Compare a team with itself.

    Why it matters: what is written down and not planned grows, until nobody believes the list.
    Pay it off: take the oldest into each planning, and close with a word what nobody will ever do.
    Cannot see: debt under other labels or in other trackers, and whether a closed issue was paid or given up.
    Ask: Which of the open ones, older than a year, would you close today?
    Source: Bellomo, Nord, Ozkaya, Popeck 2016, "Got technical debt? Surfacing elusive technical debt in issue
    trackers", MSR, doi:10.1145/2901739.2901754. No published threshold.
    """
    rows = issues.of_debt
    if not rows:
        return Measurement.unknown(
            "no issue has a label that says debt: give those that are debt one, such as tech-debt"
        )
    flows = []
    for back in range(QUARTERS):
        until = issues.as_of - back * QUARTER_DAYS * DAY
        since = until - QUARTER_DAYS * DAY
        came = sum(since < row.created <= until for row in rows)
        went = sum(row.closed is not None and since < row.closed <= until for row in rows)
        flows.append((came, went))
    waiting = sorted((row for row in rows if row.closed is None), key=lambda row: (row.created, row.number))
    ages = [max(0, issues.as_of - row.created) / DAY for row in waiting]
    shown = zip(waiting[:MOST_EVIDENCE], ages, strict=False)
    names = ["in 90 days", "in the 90 days before", "in the third quarter back", "in the fourth quarter back"]
    return Measurement(
        flows[0][0] - flows[0][1],
        n=len(waiting),
        evidence=tuple(Evidence(row.subject, "issue", round(age, 1), "open, in days") for row, age in shown),
        details=(
            *(
                (f"{word} {name}", float(number))
                for name, flow in zip(names, flows, strict=True)
                for word, number in zip(("opened", "closed"), flow, strict=True)
            ),
            *((("median days open, of those open", median(ages)),) if len(ages) >= ENOUGH_EVENTS else ()),
        ),
    )
