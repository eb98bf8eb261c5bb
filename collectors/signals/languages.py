"""Languages in use."""

from __future__ import annotations

from collections import Counter
from math import exp, log

from collectors.facts.files import FileKind, Files
from collectors.facts.languages import SETTINGS
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import SHOW, Evidence, Measurement
from scoring.wording import worded

SHARE = 0.05


@signal(
    debt=Debt.MULTIPLE_LANGUAGE_SMELL,
    unit="languages",
    better="lower",
    status=SHOW,
    says="{value} {value:holds|hold} at least 5 % each of {n} {n:line|lines} of code.",
)
def languages(files: Files) -> Measurement:
    """Languages that hold at least 5 % of the lines of code, program and tests, by linguist's names.

    Lines without comments and blanks; a notebook counts its code cells, in its kernel's language. Markup, shells and
    SQL count, as they do for linguist; vendored, generated, documentation, data and configuration files are left out.
    The effective number, exp of Shannon's entropy of the shares, is the same idea without a cut-off.

    Why it matters: each further language makes testing harder and handing the system over harder still.
    Pay it off: move the smallest of them into the language that the team reviews best.
    Cannot see: whether a second language earns its keep, as a kernel in C++ with one owner may.
    Ask: Who can review a change in each of these languages, and where do tests cross the border?
    Source: Sculley et al. 2015, section 5 (multiple-language smell); names and exclusions:
    https://github.com/github-linguist/linguist/blob/main/docs/how-linguist-works.md.
    """
    code = files.of(FileKind.CODE, FileKind.TEST)
    lines: Counter[str] = Counter()
    holders: Counter[str] = Counter()
    for file in code:
        if file.language and file.language not in SETTINGS and file.lines:
            lines[file.language] += file.lines
            holders[file.language] += 1
    total = lines.total()
    if not total:
        return Measurement.unknown("no line of code was read: there is no file in a language that linguist knows")
    shares = {language: count / total for language, count in lines.items()}
    ranked = sorted(shares, key=lambda language: (-shares[language], language))
    return Measurement(
        sum(share >= SHARE for share in shares.values()),
        n=total,
        evidence=tuple(
            Evidence(
                name,
                "language",
                round(shares[name], 4),
                f"of the lines; {lines[name]:,} in {holders[name]:,} {worded(holders[name], 'file', 'files')}",
            )
            for name in ranked[:20]
        ),
        seen=sum(not file.summary.unread for file in code),
        total=len(code),
        details=(
            ("effective number of languages", exp(-sum(share * log(share) for share in shares.values()))),
            ("languages of any size", float(len(shares))),
        ),
    )
