"""Files that change together."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import NamedTuple

from collectors.facts.changes import DAY, ENOUGH_EVENTS, SWEEPING, Changes
from collectors.facts.files import FileKind, Files
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import SHOW, Evidence, Measurement
from scoring.wording import worded

WINDOW_DAYS = 365
REVISIONS = 5  # of each file
TOGETHER = 5
DEGREE = 0.3


class Pair(NamedTuple):
    first: str
    second: str
    together: int
    degree: float  # together / mean of the two files' revisions, 0 to 1

    @property
    def crosses_folders(self) -> bool:
        return self.first.rpartition("/")[0] != self.second.rpartition("/")[0]


@signal(
    debt=Debt.ENTANGLEMENT,
    unit="share of often changed files",
    better="lower",
    status=SHOW,
    says="{value} of {n} often changed {n:file keeps|files keep} changing together with a partner.",
    version=2,
)
def change_coupling(changes: Changes, files: Files) -> Measurement:
    """Code and configuration files with a strong partner, among those with 5 or more changes in 365 days, 0 to 1.

    Two files are strong partners when they changed together at least 5 times, and in at least 30 % of the mean of their
    changes: Code Maat's defaults. Tests are left out, for they should follow the code; so are bots, merges and commits
    of more than 30 files. A share of files, because the number of pairs grows with the square of the files; it has a
    floor of five changes, so that a quiet file is neither coupled nor free. Files are followed through renames.

    Why it matters: changing anything changes everything, and these are the places where it already does.
    Pay it off: start with pairs across folders: name what they share and give it one home.
    Cannot see: entanglement inside a model's weights, and coupling of work that was split into several commits; squash
    merges and tangled commits show coupling that is none.
    Ask: Do these two files share a reason to change, and where is it written down?
    Source: Tornhill 2015, "Your Code as a Crime Scene", chapter on temporal coupling; thresholds: Code Maat,
    https://github.com/adamtornhill/code-maat. The share is this project's own.
    """
    revisions, pairs = coupled(changes, files)
    if not revisions:
        return Measurement.unknown("no code or configuration file changed five times in the last 365 days")
    if len(revisions) < ENOUGH_EVENTS:
        evidence = tuple(_row(pair) for pair in pairs) or tuple(
            Evidence(path, "file", count, f"{worded(count, 'change', 'changes')} in 365 days")
            for path, count in sorted(revisions.items())
        )
        return Measurement.unknown(
            f"too few files changed often for a share ({len(revisions)}): all are listed", evidence
        )
    strong = {path for pair in pairs for path in (pair.first, pair.second)}
    across = [pair for pair in pairs if pair.crosses_folders]
    return Measurement(
        len(strong) / len(revisions),
        n=len(revisions),
        evidence=tuple(_row(pair) for pair in (*across, *(pair for pair in pairs if not pair.crosses_folders)))[:20],
        details=(("pairs", float(len(pairs))), ("pairs across folders", float(len(across)))),
    )


def coupled(changes: Changes, files: Files) -> tuple[dict[str, int], list[Pair]]:
    """Revisions of each file that changed often enough, and the pairs that are coupled, strongest first."""
    followed = changes.followed
    kinds = (FileKind.CODE, FileKind.CONFIGURATION)
    names = {followed.now[file.path]: file.path for file in files.of(*kinds) if file.path in followed.now}
    start = changes.as_of - WINDOW_DAYS * DAY
    sets = [
        {number for number in numbers if number in names}
        for change, numbers in zip(changes, followed.files, strict=True)
        if start < change.at <= changes.as_of and len(numbers) <= SWEEPING and not (change.is_bot or change.is_merge)
    ]
    counts = Counter(number for found in sets for number in found)
    often = {number for number, count in counts.items() if count >= REVISIONS}
    together: Counter[tuple[int, int]] = Counter()
    for found in sets:
        together.update(combinations(sorted(found & often), 2))
    pairs = [
        Pair(min(names[one], names[other]), max(names[one], names[other]), count, degree)
        for (one, other), count in together.items()
        if count >= TOGETHER and (degree := 2 * count / (counts[one] + counts[other])) >= DEGREE
    ]
    pairs.sort(key=lambda pair: (-pair.degree, -pair.together, pair.first, pair.second))
    return {names[number]: counts[number] for number in often}, pairs


def _row(pair: Pair) -> Evidence:
    return Evidence(
        f"{pair.first} + {pair.second}", "pair", round(pair.degree, 3), f"of their changes; {pair.together} together"
    )
