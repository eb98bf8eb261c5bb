"""Who reviews changes of settings."""

from __future__ import annotations

from collectors.facts.changes import Changes
from collectors.facts.declarations import Declarations
from collectors.facts.files import Files
from collectors.facts.own_settings import own_settings
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import ASK, MOST_EVIDENCE, Evidence, Measurement
from scoring.wording import worded

DAYS = 365


@signal(
    debt=Debt.CONFIGURATION_DEBT,
    unit="share of changes of settings",
    better="higher",
    status=ASK,
    says="Changes of settings that another person approved: {value}.",
)
def reviewed_settings(files: Files, found: Declarations, changes: Changes) -> Measurement:
    """Changes of settings that another person approved: a person answers, since git does not hold approvals.

    The settings files that changed most often in the last 365 days are shown, to be asked about. The paper's sixth
    principle: a configuration should be reviewed in full and checked into a repository. The second half is measured
    by *settings that are not in the repository*; approvals, where a tracker is asked, by *change requests of settings
    that were approved*.

    Why it matters: one wrong digit in a setting costs as much as a wrong line of code, and is harder to see.
    Pay it off: ask for the approval of another person for every change under the folders of settings.
    Cannot see: approvals, which are kept by the host of the repository and not in it.
    Ask: Of the last ten changes of the settings, how many did another person approve, and what did they check?
    Source: Sculley et al. 2015, section 6 (configuration debt, sixth principle). OpenSSF Scorecard, check Code-Review:
    https://github.com/ossf/scorecard/blob/main/docs/checks.md#code-review
    """
    touched = changes.touches(DAYS)
    rows = [(touched.get(row.path, 0), row.path) for row in own_settings(files, found)]
    shown = sorted(((number, path) for number, path in rows if number), key=lambda row: (-row[0], row[1]))
    evidence = tuple(
        Evidence(path, "file", float(number), f"{worded(number, 'change', 'changes')} in 365 days")
        for number, path in shown[:MOST_EVIDENCE]
    )
    return Measurement.unknown("approvals are not in git: a person has to answer", evidence)
