"""Change requests of settings that were approved."""

from __future__ import annotations

from collectors.facts.change_requests import ChangeRequests
from collectors.facts.changes import ENOUGH_EVENTS
from collectors.facts.declarations import Declarations
from collectors.facts.files import Files
from collectors.facts.missing import Missing
from collectors.facts.own_settings import own_settings
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import MOST_EVIDENCE, SHOW, Evidence, Measurement

WINDOW_DAYS = 365


@signal(
    debt=Debt.CONFIGURATION_DEBT,
    unit="share of change requests",
    better="higher",
    status=SHOW,
    says="{value} of {n} {n:change request|change requests} that touched settings had the approval of another person.",
    remedy=True,
)
def reviewed_settings_requests(requests: ChangeRequests, files: Files, found: Declarations) -> Measurement:
    """Change requests with an approving review, among those merged in 365 days that touched the system's settings.

    The approval is another person's, given before the merge; a bot's counts for nothing, and requests that bots opened
    are left out, as are those of 100 files and more. Settings are the files that hold them now. The paper's sixth
    principle: a configuration should be reviewed in full and checked into a repository.

    Why it matters: one wrong digit in a setting costs as much as a wrong line of code, and is harder to see.
    Pay it off: ask for the approval of another person for every change under the folders of settings.
    Cannot see: changes that came without a request, reviews in another place, settings that were moved or deleted
    since, and what a reviewer checked.
    Ask: Of those without an approval, which would a second pair of eyes have stopped?
    Source: Sculley et al. 2015, section 6 (configuration debt, sixth principle); OpenSSF Scorecard, check Code-Review,
    https://github.com/ossf/scorecard/blob/main/docs/checks.md#code-review
    """
    paths = {row.path for row in own_settings(files, found)}
    if not paths:
        return Measurement.unknown("no file of settings was found")
    merged = requests.merged_with_files(WINDOW_DAYS)
    if isinstance(merged, Missing):
        return Measurement.unknown(merged.reason)
    touching = requests.touching(paths, WINDOW_DAYS)
    rows = tuple(row for row in touching if row.has_replies)
    if touching and not rows:
        return Measurement.unknown(requests.no_replies or "no reviews of change requests were read yet: scan again")
    without = [row for row in rows if not row.is_approved]
    evidence = tuple(Evidence(row.subject, "request", None, "no approval") for row in without[:MOST_EVIDENCE])
    if len(rows) < ENOUGH_EVENTS:
        return Measurement.unknown(
            f"too few change requests touched settings in a year for a share ({len(rows)})", evidence
        )
    return Measurement(
        (len(rows) - len(without)) / len(rows),
        n=len(rows),
        evidence=evidence,
        seen=sum(row.has_files and row.has_replies for row in merged),
        total=len(merged),
    )
