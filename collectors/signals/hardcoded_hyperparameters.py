"""Hyperparameters written in the code."""

from __future__ import annotations

from collectors.facts.files import Files
from collectors.facts.sites import SiteKind
from collectors.registry import signal
from scoring.debts import Debt
from scoring.finding import Effort, Severity
from scoring.signal import SHOW, Measurement


@signal(
    debt=Debt.CONFIGURATION_DEBT,
    unit="places",
    better="lower",
    status=SHOW,
    says="Models and optimizers are given numbers written in the code in {value}; {n} {n:call sets|calls set} any.",
    severity=Severity.LOW,
    effort=Effort.S,
    per_file=True,
    places=("hyperparameter in the code", "hyperparameters in the code"),
)
def hardcoded_hyperparameters(files: Files) -> Measurement:
    """Calls that build a model or an optimizer with a hyperparameter written as a number.

    Looked for in Python, modules and notebooks, tests left out: models of scikit-learn and of packages like it,
    optimizers and schedules of PyTorch, Keras and TensorFlow, arguments of training of transformers and PEFT. A call
    counts once. Seeds, numbers of threads and of classes, logging, and 0, 1 and -1 where they are switches are left
    out. Calls whose numbers come from settings, arguments or named constants are the rest of the whole; calls that
    set nothing belong to neither.

    Why it matters: the difference between two models is then a difference between two programs, which no tool shows.
    Pay it off: read these numbers from the settings of the run, and store the settings with the model.
    Cannot see: dictionaries of parameters, layers of networks, other languages, and constants that are settings in
    disguise. Whether settings compare as text is not counted: modules of constants do too, and a pickle with
    settings looks like one with data.
    Ask: What is different between the last two models that you trained, and where can it be read?
    Source: Sculley et al. 2015, section 6 (configuration debt, third principle). No published threshold.
    """
    fixed = files.sites(SiteKind.FIXED_HYPERPARAMETER)
    from_elsewhere = files.sites(SiteKind.SET_HYPERPARAMETER)
    if not fixed and not from_elsewhere:
        return Measurement.unknown("no known model or optimizer is given a hyperparameter in the Python code")
    python = files.python
    return Measurement(
        len(fixed),
        n=len(fixed) + len(from_elsewhere),
        seen=sum(not file.summary.unread for file in python),
        total=len(python),
        details=(("of them in notebooks", float(sum(file.is_notebook for file, _ in fixed))),),
        spots=tuple(site.spot(file.path) for file, site in fixed),
    )
