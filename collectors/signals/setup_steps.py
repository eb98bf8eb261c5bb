"""Set-up steps."""

from __future__ import annotations

from collectors.facts.files import File, FileKind, Files
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import SHOW, Evidence, Measurement
from scoring.wording import worded

FOLDERS = frozenset({"", ".github", "docs", "doc"})


@signal(
    debt=Debt.CONFIGURATION_DEBT,
    unit="steps",
    better="lower",
    status=SHOW,
    says="Setting up takes {value}, as {n} {n:document tells|documents tell} it.",
)
def setup_steps(files: Files) -> Measurement:
    """Shell commands under the set-up headings of README, CONTRIBUTING and INSTALL, as often as documents give them.

    Documents at the root, in docs and in .github: where a newcomer looks. Ways that exclude each other all count.
    Nothing is run.

    Why it matters: each step is one more that a newcomer can get wrong, and one more that goes stale.
    Pay it off: put the steps behind one command, and let CI run that command in an empty environment.
    Cannot see: steps told in prose, behind links, in a wiki, or by a colleague; waiting for access and data.
    Ask: When did somebody last follow these steps on a fresh machine, and what was missing?
    Source: Sculley et al. 2015, section 9 (how quickly can new members be brought up to speed); section 6 (easy to
    specify, hard to make manual errors).
    """
    documents = [file for file in files if file.path.rpartition("/")[0] in FOLDERS and _tells(file)]
    steps = sum(file.summary.setup_steps or 0 for file in documents)
    if not steps:
        return Measurement.unknown(
            "no README or CONTRIBUTING at the root shows a command for setting up: write down how to get started"
        )
    return Measurement(
        steps,
        n=len(documents),
        evidence=tuple(
            Evidence(file.path, "file", count, worded(count, "step", "steps"))
            for file in documents[:20]
            if (count := file.summary.setup_steps)
        ),
    )


def _tells(file: File) -> bool:
    return bool(file.summary.setup_steps) and file.kind not in (FileKind.VENDORED, FileKind.GENERATED)
