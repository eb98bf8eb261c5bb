"""Steps fitted before the split."""

from __future__ import annotations

from collectors.facts.files import Files
from collectors.facts.sites import SiteKind
from collectors.registry import signal
from scoring.debts import Debt
from scoring.finding import Effort, Severity
from scoring.signal import SHOW, Measurement


@signal(
    debt=Debt.DATA_TESTING_DEBT,
    unit="places",
    better="lower",
    status=SHOW,
    says="A step is fitted on rows that are split afterwards in {value}; the code splits rows in {n} {n:place|places}.",
    severity=Severity.HIGH,
    effort=Effort.M,
    per_file=True,
    places=("step fitted before the split", "steps fitted before the split"),
)
def leakage_before_split(files: Files) -> Measurement:
    """Scalers, imputers, vectorisers, selectors and samplers fitted on rows that are divided into training and test
    later.

    Certain from one function, or from the code outside functions, read in its order: what `fit_transform`,
    `fit_resample` or `fit` with `transform` of scikit-learn or imbalanced-learn returns is passed to
    `train_test_split`, also by way of other names, columns of a frame, and functions that keep the rows. Encoders
    of names are left out: they learn nothing from a test row. Python without tests; unknown where nothing is split
    so.

    Why it matters: the test rows have helped to prepare the training, so the measured quality is too good.
    Pay it off: split first, or put the step into a pipeline that is fitted on the training rows only.
    Cannot see: steps in another function or file, rows that stand in both parts, and splits by time or by hand.
    Ask: Which number of the last report came from rows that no step had seen?
    Source: Yang, Brower-Sinning, Lewis and Kästner 2022, "Data leakage in notebooks", ASE,
    doi:10.1145/3551349.3556918; scikit-learn, "Common pitfalls", data leakage.
    """
    found = files.sites(SiteKind.LEAK)
    splits = files.sites(SiteKind.SPLIT)
    if not splits:
        return Measurement.unknown("no rows are split by train_test_split in the Python code")
    python = files.python
    return Measurement(
        len(found),
        n=len(splits),
        seen=sum(not file.summary.unread for file in python),
        total=len(python),
        details=(("files that hold one", float(len({file.path for file, _ in found}))),),
        spots=tuple(site.spot(file.path) for file, site in found),
    )
