"""Who breaks when a column goes."""

from __future__ import annotations

from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import ASK, Measurement


@signal(debt=Debt.UNANALYZED_DATA_DEPENDENCIES, unit="answer", better="neither", status=ASK, says="{value}")
def column_removal() -> Measurement:
    """Whether a tool can list every user of one column: a person answers.

    Why it matters: without such a list nothing can be removed or renamed with confidence.
    Pay it off: annotate sources and columns, and let a tool compute what depends on each, in other repositories
    too.
    Cannot see: catalogues, warehouses and repositories other than this one.
    Ask: Take one column of a source: could a tool list, in under an hour, every model that breaks without it?
    Source: Sculley et al. 2015, section 3 (static analysis of data dependencies).
    """
    return Measurement.asked()
