"""Commits in several languages."""

from __future__ import annotations

from collectors.facts.changes import ENOUGH_EVENTS, Changes
from collectors.facts.files import Files
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import SHOW, Evidence, Measurement

WINDOW_DAYS = 365


@signal(
    debt=Debt.MULTIPLE_LANGUAGE_SMELL,
    unit="share of commits",
    better="lower",
    status=SHOW,
    says="{value} of {n} {n:commit|commits} in the last 365 days changed two or more programming languages at once.",
    version=2,
)
def multi_language_commits(changes: Changes, files: Files) -> Measurement:
    """Commits that change files in at least two general-purpose languages, among all of the last 365 days, 0 to 1.

    C and C++ count as one; shells, SQL, markup and build languages count as none. A file that is gone has the language
    of its ending. Bots, merges, and commits of more than 30 files are left out. For comparison: 9 % in 20 Apache
    projects, where such commits were more complex and their files more bug-prone; that is an average, not a limit.

    Why it matters: a change that crosses a language border is harder to test and needs a reviewer for each side.
    Pay it off: put a stable interface at the border, so that each side changes alone; test across it.
    Cannot see: languages inside one file (SQL in strings), and services whose two sides live in two repositories.
    Ask: Which of these changes could the border have kept on one side?
    Source: Li et al. 2021, "Multi-Programming-Language Commits in OSS: An Empirical Study on Apache Projects", ICPC,
    https://arxiv.org/abs/2103.11691; extended in https://arxiv.org/abs/2311.08424.
    """
    recent = changes.last(WINDOW_DAYS).focused()
    if not recent.rows:
        return Measurement.unknown("nobody committed in the last 365 days")
    touched = []
    for change in recent:
        found = sorted({language for file in change.files if (language := files.general_purpose(file.path))})
        if found:
            touched.append((change, found))
    if not touched:
        return Measurement.unknown(
            "no commit of the last 365 days changed a file in a general-purpose language: there is nothing to count"
        )
    several = [(change, found) for change, found in touched if len(found) > 1]
    shown = sorted(several, key=lambda row: (-len(row[1]), -row[0].at, row[0].commit))
    evidence = tuple(
        Evidence(change.commit, "commit", len(found), f"languages: {', '.join(found)}") for change, found in shown[:20]
    )
    if len(recent) < ENOUGH_EVENTS:
        listed = evidence or tuple(
            Evidence(change.commit, "commit", len(found), f"language: {found[0]}") for change, found in touched
        )
        return Measurement.unknown(
            f"there are too few commits in 365 days for a share ({len(recent)}): those in a language are listed",
            listed,
        )
    return Measurement(
        len(several) / len(recent),
        n=len(recent),
        evidence=evidence,
        details=(
            *(
                (("of commits that change any of them", len(several) / len(touched)),)
                if len(touched) >= ENOUGH_EVENTS
                else ()
            ),
            ("commits in three or more", float(sum(len(found) > 2 for _, found in several))),
        ),
    )
