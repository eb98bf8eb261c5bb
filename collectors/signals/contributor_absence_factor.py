"""Contributor absence factor."""

from __future__ import annotations

from collections.abc import Iterable

from collectors.facts.changes import DAY, ENOUGH_PEOPLE, TOO_FEW, Changes
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import SHOW, Evidence, Measurement

WINDOW_DAYS = 365
QUARTER_DAYS = 90


@signal(
    debt=Debt.CULTURAL_DEBT,
    unit="people",
    better="higher",
    status=SHOW,
    says="{value} made half or more of {n} {n:commit|commits} in the last 365 days.",
    about_people=True,
    rows="each",
)
def contributor_absence_factor(changes: Changes) -> Measurement:
    """The fewest people who together made at least half of the commits of the last 365 days.

    Bots and merges are left out; a commit counts for its author and each co-author.

    Why it matters: the fewer people do most of the work, the more the system learns its ways from them alone.
    Pay it off: let others make the next changes, with the usual author as reviewer.
    Cannot see: review, design, data work and operations; commits squashed under one name; unjoined identities.
    Ask: If the most active person were away for two months, what would stop?
    Source: CHAOSS, Contributor Absence Factor,
    https://github.com/chaoss/wg-risk/blob/main/focus-areas/business-risk/contributor-absence-factor.md.
    """
    recent = changes.last(WINDOW_DAYS).by_people()
    if not recent.rows:
        return Measurement.unknown("nobody committed in the last 365 days")
    by_author = recent.by_author()
    if len(by_author) < ENOUGH_PEOPLE:
        return Measurement.unknown(TOO_FEW)
    return Measurement(
        absence_factor(len(own) for own in by_author.values()),
        n=len(recent),
        evidence=tuple(
            row for ago in range(0, 4 * QUARTER_DAYS, QUARTER_DAYS) if (row := _quarter(recent, ago)) is not None
        ),
        details=(("people who committed", float(len(by_author))),),
    )


def absence_factor(contributions: Iterable[int]) -> int:
    """How many of the largest contributions it takes to reach half of their sum. 0 where there are none."""
    ranked = sorted(contributions, reverse=True)
    half, reached = sum(ranked) / 2, 0
    for people, contribution in enumerate(ranked, 1):
        reached += contribution
        if reached >= half:
            return people
    return 0


def _quarter(changes: Changes, ago: int) -> Evidence | None:
    """The factor of 90 days, the last of them `ago` days back; None where fewer than five people worked."""
    end = changes.as_of - ago * DAY
    by_author = changes.only(lambda change: end - QUARTER_DAYS * DAY < change.at <= end).by_author()
    if len(by_author) < ENOUGH_PEOPLE:
        return None
    factor = absence_factor(len(own) for own in by_author.values())
    when = f"{ago} to {ago + QUARTER_DAYS} days ago"
    return Evidence(when, "cohort", factor, f"of {len(by_author)} people")
