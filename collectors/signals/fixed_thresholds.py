"""Thresholds written in the code."""

from __future__ import annotations

from collectors.facts.files import Files
from collectors.facts.sites import SiteKind
from collectors.registry import signal
from scoring.debts import Debt
from scoring.finding import Effort, Severity
from scoring.signal import SHOW, Measurement


@signal(
    debt=Debt.FIXED_THRESHOLDS,
    unit="places",
    better="lower",
    status=SHOW,
    says="Scores meet a number written in the code in {value}; they meet a threshold in {n} {n:place|places}.",
    severity=Severity.MEDIUM,
    effort=Effort.M,
    per_file=True,
    places=("fixed threshold", "fixed thresholds"),
)
def fixed_thresholds(files: Files) -> Measurement:
    """Places where a score, probability, confidence, similarity or prediction is compared with a literal between 0 and
    1.

    Looked for in Python, modules and notebooks, tests left out. A comparison in an assertion, within a call of a
    metric or in a function that computes one is no decision, nor is one with a number that was drawn at random or
    that stands for a rate of dropout or augmentation. Places that compare with something named a threshold are the
    rest of the whole. Curves over thresholds that are computed (the paper's remedy is to learn a threshold on
    held-out data) are counted beside, as a hint that the remedy is known, not that it is in use here.

    Why it matters: when the model is trained anew the threshold stays, and what it decided yesterday it decides no
    more.
    Pay it off: choose the threshold on held-out data in the run that trains the model, and store it with the model.
    Cannot see: thresholds in settings and databases, in other languages, and whether a half is right after
    calibration.
    Ask: Who chose each cut-off, on which data, at what cost of either mistake, and when is it chosen again?
    Source: Sculley et al. 2015, section 7 (fixed thresholds in dynamic systems). No published threshold.
    """
    fixed = files.sites(SiteKind.FIXED_THRESHOLD)
    named = files.sites(SiteKind.NAMED_THRESHOLD)
    if not fixed and not named:
        return Measurement.unknown("no score is compared with a threshold in the Python code")
    python = files.python
    return Measurement(
        len(fixed),
        n=len(fixed) + len(named),
        seen=sum(not file.summary.unread for file in python),
        total=len(python),
        details=(
            ("places that name their threshold", float(len(named))),
            ("curves over thresholds computed", float(len(files.sites(SiteKind.LEARNT_THRESHOLD)))),
        ),
        spots=tuple(site.spot(file.path, f"{site.detail} against a number") for file, site in fixed),
    )
