"""Days to take in a new algorithm."""

from __future__ import annotations

from statistics import median

from collectors.facts.changes import ENOUGH_EVENTS
from collectors.facts.introductions import Introduction, Introductions
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import SHOW, Evidence, Measurement


@signal(
    debt=Debt.GLUE_CODE,
    unit="days",
    better="lower",
    status=SHOW,
    says="Taking in a new algorithm took {value} from first commit to arrival, at the median of {n} {n:time|times}.",
    rows="each",
)
def algorithm_introduction_days(introductions: Introductions) -> Measurement:
    """Median days from first commit to arrival, over changes that brought a framework or model class never used before.

    Only changes that came as several commits: what came as one, squashed or not, does not show when it began. Few
    events a year are usual: read the events, not the average.

    Why it matters: weeks from idea to default branch are weeks in which nothing is learned from it at full scale.
    Pay it off: make a new algorithm one new file behind an interface, and its full-scale run one command.
    Cannot see: squashed and rebased history, work outside Python, attempts never merged, runs before the first commit.
    Ask: Where did the longest of these wait: for glue, for data, for machines or for review?
    Source: Sculley et al. 2015, section 9 (how easily can a new algorithmic approach be tested at full scale); lead
    time: DORA, https://dora.dev/guides/dora-metrics-four-keys/. No published threshold.
    """
    if not introductions.rows:
        return Measurement.unknown(
            "no framework or model class appeared for the first time in the history looked at: look further back"
        )
    timed = sorted((e for e in introductions if e.commits > 1), key=lambda event: (-event.at, event.commit))
    single = len(introductions) - len(timed)
    if not timed:
        return Measurement.unknown(
            f"each came as one commit ({single}), which does not show when the work began: merge without squashing to "
            "see it"
        )
    evidence = tuple(Evidence(event.commit, "commit", round(event.days, 1), _told(event)) for event in timed[:20])
    if len(timed) < ENOUGH_EVENTS:
        return Measurement.unknown(
            f"there are too few changes of several commits for a median ({len(timed)}): all are listed", evidence
        )
    return Measurement(
        median(event.days for event in timed),
        n=len(timed),
        seen=len(timed),
        total=len(introductions),
        evidence=evidence,
        note=f"{single} more came as one commit, which does not show when the work began" if single else "",
    )


def _told(event: Introduction) -> str:
    return f"commits: {event.commits:,}; {', '.join(event.names)}"
