"""Changes that take more away than they add."""

from __future__ import annotations

from collectors.facts.changes import ENOUGH_EVENTS, Change, Changes
from collectors.facts.files import FileKind, Files
from collectors.facts.languages import language_by_ending
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import MOST_EVIDENCE, SHOW, Evidence, Measurement

WINDOW_DAYS = 365
_OWN = (FileKind.CODE, FileKind.CONFIGURATION)


@signal(
    debt=Debt.CULTURAL_DEBT,
    unit="share of commits",
    better="higher",
    status=SHOW,
    says="{value} of {n} {n:commit|commits} to code and settings took away more lines than they added.",
    remedy=True,
    rows="for",
)
def deletion_share(changes: Changes, files: Files) -> Measurement:
    """Commits that take more lines of code and settings away than they add, among those of the last 365 days, 0 to 1.

    Tests, data, other people's code and documents are left out; so are bots, merges and commits of more than 30 files.
    Of a file that is gone its ending tells whether it was code.

    Why it matters: features, settings and code that nobody needs go only where taking away counts as work.
    Pay it off: plan deletions as features are planned, and name them in reviews beside gains of accuracy.
    Cannot see: whether what went was missed, moves between repositories, and deletions inside larger commits.
    Ask: Which deleted feature was praised this quarter?
    Source: Sculley et al. 2015, section 8 (cultural debt; reward for deletion of features). No published threshold.
    """
    if not changes.counted:
        return Measurement.unknown("lines are not counted in a partial clone: clone it whole, without --filter")
    nets = [(net, change) for change in changes.last(WINDOW_DAYS).focused() if (net := _net(change, files)) is not None]
    if len(nets) < ENOUGH_EVENTS:
        return Measurement.unknown(f"fewer than {ENOUGH_EVENTS} commits changed code or settings in the last 365 days")
    smaller = sorted(((net, change) for net, change in nets if net < 0), key=lambda pair: (pair[0], pair[1].commit))
    rows = (Evidence(change.commit, "commit", float(net), "net, in lines") for net, change in smaller[:MOST_EVIDENCE])
    return Measurement(len(smaller) / len(nets), n=len(nets), evidence=tuple(rows))


def _net(change: Change, files: Files) -> int | None:
    """Lines added, less those taken away; None where nothing of the system's own changed."""
    own = [file for file in change.files if file.added is not None and _is_own(file.path, files)]
    return sum((file.added or 0) - (file.deleted or 0) for file in own) if own else None


def _is_own(path: str, files: Files) -> bool:
    file = files.by_path.get(path)
    if file is not None:
        return file.kind in _OWN
    return language_by_ending(path) is not None and "test" not in path
