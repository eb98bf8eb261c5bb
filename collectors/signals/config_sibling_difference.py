"""How far apart sibling settings are."""

from __future__ import annotations

from statistics import median

from collectors.facts.changes import ENOUGH_EVENTS
from collectors.facts.declarations import Declarations
from collectors.facts.files import Files
from collectors.facts.own_settings import nearest, own_settings
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import MOST_EVIDENCE, SHOW, Evidence, Measurement


@signal(
    debt=Debt.CONFIGURATION_DEBT,
    unit="share of settings",
    better="lower",
    status=SHOW,
    says="Of {n} settings {n:file|files} with siblings, the median differs from its nearest in {value} of settings.",
    rows="each",
)
def config_sibling_difference(files: Files, found: Declarations) -> Measurement:
    """Median share of settings that differ between a settings file and the sibling that it is most like, 0 to 1.

    Siblings lie in one folder, are of one kind and have the same keys at their root, such as the settings of ten
    stores; each is compared with the sixty around it, by their paths. A setting differs when its value does, or when
    one of the two lacks it. Files with fewer than three settings and copies of another are left out. The paper's
    first principle: a new configuration should be a small change from an earlier one.

    Why it matters: where half of all lines differ, nobody can say which of them made the difference.
    Pay it off: bring into a base what should be equal, and explain each line that stays different.
    Cannot see: which value is right, settings in code, and siblings that lie in folders of their own.
    Ask: Comparing the settings of two sister models, can you explain every line that differs?
    Source: Sculley et al. 2015, section 6 (configuration debt, first and third principle). No published threshold.
    """
    rows = own_settings(files, found)
    pairs, copies = nearest(rows)
    shown = sorted(pairs, key=lambda pair: (-pair.share, pair.path))[:MOST_EVIDENCE]
    evidence = tuple(
        Evidence(pair.path, "file", pair.share, f"{pair.differ} of {pair.of} settings differ from {pair.sibling}")
        for pair in shown
    )
    if len(pairs) < ENOUGH_EVENTS:
        return Measurement.unknown("fewer than three settings files have a sibling to compare with", evidence)
    return Measurement(
        median(pair.share for pair in pairs),
        n=len(pairs),
        evidence=evidence,
        seen=sum(not row.summary.unread for row in rows),
        total=len(rows),
        details=(("copies of another file", float(copies)),),
    )
