"""Hyper-parameters that nobody chose."""

from __future__ import annotations

from collectors.facts.files import Files
from collectors.facts.sites import SiteKind
from collectors.registry import signal
from scoring.debts import Debt
from scoring.finding import Effort, Severity
from scoring.signal import SHOW, Measurement


@signal(
    debt=Debt.REPRODUCIBILITY_DEBT,
    unit="places",
    better="lower",
    status=SHOW,
    says="A model or an optimiser is built without a chosen hyper-parameter in {value} of {n}.",
    severity=Severity.LOW,
    effort=Effort.S,
    per_file=True,
    places=("model without a chosen hyper-parameter", "models without a chosen hyper-parameter"),
)
def default_hyperparameters(files: Files) -> Measurement:
    """Places where a known model is built without any hyper-parameter, or an optimiser without a learning rate.

    Counted in Python without tests: models of scikit-learn, XGBoost, LightGBM and CatBoost that have hyper-parameters
    worth a choice, and optimisers of PyTorch and Keras. A seed, the number of jobs and what is printed are none.
    Places whose arguments come from a variable are left out, and so are those that choose nothing in a file that
    searches for the best values.

    Why it matters: defaults change between versions of a library, and the same code then trains another model.
    Pay it off: write the values down where the other settings are, also those that are good as they are.
    Cannot see: models of other libraries, values set afterwards, and whether the defaults were compared and kept.
    Ask: Which of these values would you look at first if the metric fell after an upgrade?
    Source: Zhang, Cruz and van Deursen 2022, "Code smells for machine learning applications" (hyperparameter not
    explicitly set), CAIN, doi:10.1145/3522664.3528620. No published threshold.
    """
    found = files.sites(SiteKind.DEFAULT_HYPERPARAMETERS)
    chosen = files.sites(SiteKind.CHOSEN_HYPERPARAMETERS)
    if not found and not chosen:
        return Measurement.unknown("no model or optimiser of a known library is built with all its arguments in sight")
    python = files.python
    return Measurement(
        len(found),
        n=len(found) + len(chosen),
        seen=sum(not file.summary.unread for file in python),
        total=len(python),
        details=(("of them in notebooks", float(sum(file.is_notebook for file, _ in found))),),
        spots=tuple(site.spot(file.path) for file, site in found),
    )
