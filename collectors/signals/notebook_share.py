"""Pipelines that live in notebooks."""

from __future__ import annotations

from collectors.facts.changes import ENOUGH_EVENTS
from collectors.facts.files import FileKind, Files
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import SHOW, Evidence, Measurement
from scoring.wording import worded


@signal(
    debt=Debt.PIPELINE_JUNGLES,
    unit="share of code files",
    better="lower",
    status=SHOW,
    says="Notebooks are {value} of {n} code {n:file|files}.",
    version=3,
)
def notebook_share(files: Files) -> Measurement:
    """Notebooks among files of program code, 0 to 1.

    Code files are those in a general-purpose language that hold more lines of code than they import modules, for a
    file of imports does nothing; tests, documentation and vendored files are left out. Notebooks count whatever their
    kernel. In a pilot the middle one of 44 public repositories had 1 %, a tenth had 35 % or more.

    Why it matters: steps run by hand, in an order nobody wrote down, are how a pipeline becomes a jungle.
    Pay it off: move cells that later steps rely on into modules; keep notebooks for looking.
    Cannot see: notebooks kept outside git, and which of them a pipeline runs.
    Ask: Which step of the last release was run by hand in a notebook?
    Source: Sculley et al. 2015, section 5 (pipeline jungles). No published threshold.
    """
    held = [file for file in files.code if file.lines > len(file.summary.imports) or file.summary.unread]
    code = [file for file in held if file.is_notebook or files.general_purpose(file.path)]
    if not code:
        return Measurement.unknown(
            "there is no program code: neither notebooks nor files in a general-purpose language"
        )
    notebooks = sorted((file for file in code if file.is_notebook), key=lambda file: (-file.lines, file.path))
    lines = sum(file.lines for file in code)
    evidence = tuple(
        Evidence(file.path, "file", file.lines, worded(file.lines, "line in code cells", "lines in code cells"))
        for file in notebooks[:20]
    )
    if len(code) < ENOUGH_EVENTS:
        return Measurement.unknown(
            f"there are too few code files for a share ({len(code)}): notebooks among them are listed", evidence
        )
    return Measurement(
        len(notebooks) / len(code),
        n=len(code),
        evidence=evidence,
        seen=sum(not file.summary.unread for file in code),
        total=len(code),
        note=_left_out(files),
        details=(
            ("notebooks", float(len(notebooks))),
            *((("share of lines", sum(file.lines for file in notebooks) / lines),) if lines else ()),
        ),
    )


def _left_out(files: Files) -> str:
    """That there are notebooks elsewhere: a reader who knows of them would not believe the number."""
    number = sum(file.is_notebook for file in files.of(FileKind.DOCUMENTATION, FileKind.TEST))
    if not number:
        return ""
    return f"{number:,} {worded(number, 'notebook', 'notebooks')} among documents, examples or tests left out"
