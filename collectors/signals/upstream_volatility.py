"""How often pinned data moves."""

from __future__ import annotations

from collections import Counter

from collectors.facts.changes import Changes
from collectors.facts.files import Files
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import MOST_EVIDENCE, SHOW, Evidence, Measurement
from scoring.wording import worded

DAYS = 90


@signal(
    debt=Debt.UNSTABLE_DATA_DEPENDENCIES,
    unit="changes in 90 days",
    better="neither",
    status=SHOW,
    says="Versions of data that are pinned moved {value}, in {n} {n:file that pins|files that pin} them.",
)
def upstream_volatility(files: Files, changes: Changes) -> Measurement:
    """Changes of `.dvc` files and `dvc.lock` in the last 90 days: each is another version of data that is read.

    A file that is new or goes away is no change of a version; merges are left out, bots are not: most such changes
    are made by one. Neither many nor few are good by themselves: data that moves often is an input whose changes
    should be tested, data that never moves may have been forgotten.

    Why it matters: an input that moves every week moves the model every week, whoever is responsible for it.
    Pay it off: test each new version of the data before it is pinned, and agree with its owner when it may come.
    Cannot see: which row of `dvc.lock` moved, data under other tools than DVC, and inputs that move without a pin.
    Ask: Which input moved last, who decided that its new version is taken, and what was compared before?
    Source: Sculley et al. 2015, section 3 (unstable data dependencies; versioned copies). No published threshold.
    """
    pinning = [file for file in files if _pins(file.path)]
    if not pinning:
        return Measurement.unknown("no file of DVC pins data here")
    recent = changes.last(DAYS).only(lambda change: not change.is_merge)
    moved = Counter(file.path for change in recent for file in change.files if file.status in "MR" and _pins(file.path))
    shown = sorted(moved.items(), key=lambda row: (-row[1], row[0]))[:MOST_EVIDENCE]
    return Measurement(
        sum(any(file.status in "MR" and _pins(file.path) for file in change.files) for change in recent),
        n=len(pinning),
        evidence=tuple(
            Evidence(path, "file", float(number), f"{worded(number, 'change', 'changes')} in 90 days")
            for path, number in shown
        ),
        details=(("files that moved", float(len(moved))),),
    )


def _pins(path: str) -> bool:
    name = path.rpartition("/")[2]
    return name == "dvc.lock" or (name.endswith(".dvc") and name != ".dvc")
