"""Ablation of features."""

from __future__ import annotations

from collectors.facts.changes import DAY, Changes
from collectors.facts.practices import Practices
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import LEVEL, SHOW, Measurement


@signal(
    debt=Debt.UNDERUTILIZED_DATA_DEPENDENCIES,
    unit=LEVEL,
    better="higher",
    status=SHOW,
    says="Evaluation with features left out: {value}.",
    remedy=True,
)
def ablation_runs(practices: Practices, changes: Changes) -> Measurement:
    """Whether features are left out one by one to see what they bring: not seen, present, in use.

    Permutation importance, elimination of features and lofo, functions and files named for ablation. In use: called in
    code that something starts, or a file that something starts. Beside the level stands how many days ago such a file
    last changed.

    Why it matters: inputs that bring little can break, drift and be switched off like all others.
    Pay it off: leave one feature out at a time, each quarter, over several seeds; delete what nobody misses.
    Cannot see: whether it was run lately and what came of it, and ablations of parts of a network that leave features
    as they are.
    Ask: By the last leave-one-out results, which feature would you delete today?
    Source: Sculley et al. 2015, section 3 (underutilized data dependencies; regular leave-one-feature-out evaluation).
    """
    paths = {row.path for row in practices.of("ablation_runs")}
    touched = [change.at for change in changes.by_people() if any(file.path in paths for file in change.files)]
    newest = max((at for at in touched if at <= changes.as_of), default=None)
    details = () if newest is None else (("days since such a file changed", float((changes.as_of - newest) // DAY)),)
    return practices.measured("ablation_runs", details)
