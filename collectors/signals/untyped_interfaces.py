"""Plain numbers and tables where a type could say what they mean."""

from __future__ import annotations

from collectors.facts.changes import ENOUGH_EVENTS
from collectors.facts.files import File, Files, Place
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import MOST_EVIDENCE, SHOW, Evidence, Measurement


@signal(
    debt=Debt.PLAIN_OLD_DATA_SMELL,
    unit="share of parameters and results",
    better="lower",
    status=SHOW,
    says="Plain data or no type: {value} of {n} public {n:parameter|parameters and results} of ML and serving code.",
)
def untyped_interfaces(files: Files) -> Measurement:
    """Public parameters and results that are plain data or say nothing of their type, in ML and serving code, 0 to 1.

    Plain are numbers, texts, containers of them, arrays, tensors and data frames, as far as the annotation names
    nothing else; a class, a `NewType`, a `Literal`, an `Annotated[…]` or a `DataFrame[Schema]` says what is meant. A
    result is counted where the function returns something. Left out are flags (`bool`), `self`, `*args`, `**kwargs`,
    names that begin with an underscore, functions within functions, tests, and files outside the boxes "ML code" and
    "serving" of the paper's figure 1. With fewer than three parameters and results the number is unknown.

    Why it matters: a float does not say whether it is a threshold, a price or a log-odds multiplier, and two of them
    are swapped without a word.
    Pay it off: give the few values that cross the model's interface a type with a name, a unit and a range.
    Cannot see: what a number means, types in docstrings and comments, and checks at run time.
    Ask: Pick three numbers that cross the model's interface: where are their unit, range and meaning written down?
    Source: Sculley et al. 2015, section 5 (plain-old-data-type smell). No published threshold.
    """
    boxes = (Place.ML_CODE, Place.SERVING)  # nobody knows which a file is in that cannot be read
    rows = [(file, _counts(file)) for file in files.python if file.place in boxes]
    typed, bare, untyped = (sum(counts[at] for _, counts in rows) for at in range(3))
    total = typed + bare + untyped
    if total < ENOUGH_EVENTS:
        return Measurement.unknown(
            f"fewer than {ENOUGH_EVENTS} parameters and results of public functions stand in ML and serving code"
        )
    by_number = sorted(rows, key=lambda row: (-row[1][1] - row[1][2], row[0].path))
    return Measurement(
        (bare + untyped) / total,
        n=total,
        evidence=tuple(
            Evidence(file.path, "file", one_bare + one_untyped, f"of {one_typed + one_bare + one_untyped}")
            for file, (one_typed, one_bare, one_untyped) in by_number[:MOST_EVIDENCE]
            if one_bare + one_untyped
        ),
        seen=sum(not file.summary.unread for file, _ in rows),
        total=len(rows) + sum(bool(file.summary.unread) for file in files.python if file.place not in boxes),
        details=(
            ("plain data", float(bare)),
            ("without a type", float(untyped)),
            ("say more", float(typed)),
        ),
    )


def _counts(file: File) -> tuple[int, int, int]:
    """Typed, plain, without a type."""
    units = file.summary.units
    return sum(one.typed for one in units), sum(one.bare for one in units), sum(one.untyped for one in units)
