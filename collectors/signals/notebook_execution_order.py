"""Notebooks run out of order."""

from __future__ import annotations

from collectors.facts.files import Files, RunBack
from collectors.registry import signal
from scoring.debts import Debt
from scoring.finding import Effort, Severity, Spot
from scoring.signal import SHOW, Measurement


@signal(
    debt=Debt.PROTOTYPE_SMELL,
    unit="notebooks",
    better="lower",
    status=SHOW,
    says="Cells ran in another order than they stand in {value} of the {n} {n:notebook|notebooks} with a known order.",
    severity=Severity.LOW,
    effort=Effort.S,
)
def notebook_execution_order(files: Files) -> Measurement:
    """Notebooks in which the execution count of a cell is below that of one above it.

    Among notebooks with two cells or more that bear a count, whatever their kernel; those of tests and documentation
    are left out. Cells with the same count, as after a split, and empty ones tell nothing. The place is the first cell
    that ran before one above it, or in another session. In a pilot of 44 public repositories, the middle one had 11 %
    of such notebooks, a quarter had 48 % or more.

    Why it matters: what the cells show came from a state that running them from the top need not give again.
    Pay it off: restart the kernel, run all cells, and commit that; clear the counts of what is only a sketch.
    Cannot see: notebooks whose counts were cleared, cells that were edited after their run, and whether the result
    would be the same in order.
    Ask: Which number in the last report came from a notebook, and does a run from the top give it?
    Source: Sculley et al. 2015, section 5 (prototype smell); Pimentel et al. 2019, "A large-scale study about quality
    and reproducibility of Jupyter notebooks", MSR, doi:10.1109/MSR.2019.00077. No published threshold.
    """
    notebooks = [file for file in files.code if file.is_notebook]
    told = [file for file in notebooks if file.summary.run_cells > 1]
    if not told:
        return Measurement.unknown("no notebook has two cells or more that bear an execution count")
    found = [file for file in told if file.summary.run_back]
    return Measurement(
        len(found),
        n=len(told),
        seen=sum(not file.summary.unread or file.summary.run_cells > 0 for file in notebooks),
        total=len(notebooks),
        details=(("cells that ran back", float(sum(len(file.summary.run_back) for file in found))),),
        spots=tuple(_spot(file.path, file.summary.run_back[0]) for file in found),
    )


def _spot(path: str, cell: RunBack) -> Spot:
    return Spot(path, cell.line, cell.snippet, note=f"ran as number {cell.number}, below number {cell.above}")
