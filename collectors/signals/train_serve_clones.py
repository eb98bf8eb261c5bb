"""Steps written once for training and once more for serving."""

from __future__ import annotations

import re

from collectors.facts.clones import Located, clone_groups, long_functions
from collectors.facts.files import File, Files, Place
from collectors.registry import signal
from scoring.debts import Debt
from scoring.finding import Effort, Severity, Spot
from scoring.signal import SHOW, Measurement

_FITTING = {
    *(".fit", ".partial_fit", ".fit_generator", ".fit_one_cycle", ".train_on_batch"),
    *(".backward", ".minimize", ".apply_gradients"),
}


_SERVES = re.compile(r"^(?:predict(?:or|ion)?|infer(?:ence)?|serve|serving)[_.]|_predictor\.", re.IGNORECASE)
"""By its name: a prediction that adapts something is no training."""


@signal(
    debt=Debt.ABSTRACTION_DEBT,
    unit="functions",
    better="lower",
    status=SHOW,
    says="In training code {value} {value:stands|stand} too, of {n} {n:function|functions} of serving code compared.",
    severity=Severity.HIGH,
    effort=Effort.M,
)
def train_serve_clones(files: Files) -> Measurement:
    """Functions of serving code whose body stands, word for word, in code that trains or makes features too.

    Which files serve, hold ML code or make features is told by what they import and call, then by their names: the
    boxes of the paper's figure 1. Of ML code only files that fit something are training code, if they are not named for
    predicting: a network that is defined once more for export is a copy among others. Bodies of 50 tokens and more are
    alike if nothing but texts, numbers, comments, docstrings and white space differs. Python, tests left out. Unknown
    where there is no such function on one of the two sides.

    Why it matters: the day one of the two is changed, the model is served other inputs than it was trained on, and
    nothing fails.
    Pay it off: put the step into one module that training and serving both import, or make it a part of the model.
    Cannot see: steps that have already come apart (a name that two functions share proved to say too little), steps
    in SQL or another language, and files that the boxes place wrongly.
    Ask: When a feature changes, in how many places is it changed, and what would notice that one was forgotten?
    Source: Sculley et al. 2015, section 5 (abstraction debt); Breck et al., "The ML Test Score", 2017, Monitor 3
    (training and serving features compute the same values). No published threshold.
    """
    functions = long_functions(files.python)
    serving = [one for one in functions if one.file.place is Place.SERVING]
    training = [one for one in functions if _trains(one.file)]
    if not serving or not training:
        side = "serving" if not serving else "training"
        return Measurement.unknown(f"no function of {side} code in Python is long enough to compare")
    spots = [
        _spot(one, trained[0])
        for group in clone_groups(training + serving)
        if (trained := [one for one in group if _trains(one.file)])
        for one in group
        if one.file.place is Place.SERVING
    ]
    python = files.python
    return Measurement(
        len(spots),
        n=len(serving),
        seen=sum(not file.summary.unread for file in python),
        total=len(python),
        details=(("functions of training code compared", float(len(training))),),
        spots=tuple(spots),
    )


def _spot(serving: Located, training: Located) -> Spot:
    unit = serving.unit
    note = f"serving repeats {training.where}"
    return Spot(serving.file.path, unit.line, f"def {unit.name}(…)", unit.symbol, unit.end_line, note, key=unit.body)


def _trains(file: File) -> bool:
    if _SERVES.search(file.path.rpartition("/")[2]):
        return False
    if file.place is Place.ML_CODE:
        return not _FITTING.isdisjoint(file.summary.calls)
    return file.place is Place.FEATURE_EXTRACTION
