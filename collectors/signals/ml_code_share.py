"""ML code in the system."""

from __future__ import annotations

from collectors.facts.files import Files, Place
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import SHOW, Evidence, Measurement
from scoring.wording import worded


@signal(
    debt=Debt.GLUE_CODE,
    unit="share of lines",
    better="neither",
    status=SHOW,
    says="ML code is {value} of the system's own {n} {n:line|lines}.",
)
def ml_code_share(files: Files) -> Measurement:
    """Lines of ML code, the small box of the paper's figure 1, among all lines of the system's own files, 0 to 1.

    Own files are code, tests and configuration; each file is in one box. Lines that fit no box are in the denominator,
    so the share is the least it can be, and unknown where more than half of the lines besides tests fit none. The
    paper's example of 5 % ML and 95 % glue is an anecdote about mature systems: not a target, in either direction.

    Why it matters: the code around the model is where most of the cost lies, and it is seldom planned for.
    Pay it off: nothing to pay here; see what the large boxes hold.
    Cannot see: models behind services, glue in shells and consoles, and code that mixes both in one file.
    Ask: Which box grew most this year, and did anybody decide that?
    Source: Sculley et al. 2015, figure 1 and section 5 (glue code).
    """
    boxes = {
        place: (sum(file.lines for file in found), sorted(found, key=lambda file: (-file.lines, file.path)))
        for place, found in files.by_place().items()
    }
    total = sum(lines for lines, _ in boxes.values())
    if not total:
        return Measurement.unknown("there is no line of code, tests or configuration")
    unplaced = boxes.get(Place.UNCLASSIFIED, (0, []))[0]
    tests = boxes.get(Place.TESTS, (0, []))[0]
    if 2 * unplaced > total - tests:
        return Measurement.unknown(
            "more than half of the lines besides tests fit no box of the figure: imports of known packages or telling "
            "folder names would place them"
        )
    ml, largest = boxes.get(Place.ML_CODE, (0, []))
    hidden = sum(bool(file.summary.unread) and not file.lines for file in files.own)
    return Measurement(
        ml / total,
        n=total,
        evidence=tuple(
            Evidence(file.path, "file", file.lines, worded(file.lines, "line", "lines")) for file in largest[:20]
        ),
        seen=(total - unplaced) * (len(files.own) - hidden) // max(1, len(files.own)),
        total=total,
        note="coverage is the share of lines that fit a box" + (f"; files left unread: {hidden:,}" if hidden else ""),
        details=tuple((f"lines: {place.value}", float(boxes[place][0])) for place in Place if place in boxes),
    )
