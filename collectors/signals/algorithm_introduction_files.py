"""Files touched to take in a new algorithm."""

from __future__ import annotations

from statistics import median

from collectors.facts.changes import ENOUGH_EVENTS
from collectors.facts.introductions import Introduction, Introductions
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import SHOW, Evidence, Measurement
from scoring.wording import worded


@signal(
    debt=Debt.GLUE_CODE,
    unit="files",
    better="lower",
    status=SHOW,
    says="Taking in a new algorithm touched {value} outside ML code and tests, at the median of {n} {n:time|times}.",
    rows="each",
)
def algorithm_introduction_files(introductions: Introductions) -> Measurement:
    """Median files outside ML code and tests, over changes that brought a framework or model class never used before.

    One change is what arrived at once on the default branch: a merge, a squash or a commit. Few events a year are
    usual: read the events, not the average.

    Why it matters: each file around the model that must change is glue, and the price of trying something else.
    Pay it off: wrap the packages behind one interface of your own, so that a new algorithm is one new file.
    Cannot see: algorithms in languages other than Python, work spread over several merges, attempts never merged.
    Ask: What would it take to replace the package that most files import? Who last tried?
    Source: Sculley et al. 2015, section 5 (glue code) and section 9 (how easily can a new algorithmic approach be
    tested at full scale). No published threshold.
    """
    if not introductions.rows:
        return Measurement.unknown(
            "no framework or model class appeared for the first time in the history looked at: look further back"
        )
    shown = sorted(introductions, key=lambda event: (-event.at, event.commit))
    evidence = tuple(Evidence(event.commit, "commit", event.files_elsewhere, _told(event)) for event in shown[:20])
    if len(shown) < ENOUGH_EVENTS:
        return Measurement.unknown(f"there are too few events for a median ({len(shown)}): all are listed", evidence)
    return Measurement(
        median(event.files_elsewhere for event in introductions),
        n=len(introductions),
        evidence=evidence,
        details=(("median of all files", float(median(event.files for event in introductions))),),
    )


def _told(event: Introduction) -> str:
    return f"of {event.files:,} {worded(event.files, 'file', 'files')}; {', '.join(event.names)}"
