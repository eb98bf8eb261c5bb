"""Catalogue of data and features."""

from __future__ import annotations

from collectors.facts.practices import Practices
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import LEVEL, SHOW, Measurement


@signal(
    debt=Debt.UNANALYZED_DATA_DEPENDENCIES,
    unit=LEVEL,
    better="higher",
    status=SHOW,
    says="A catalogue of data and features: {value}.",
    remedy=True,
)
def data_catalogue(practices: Practices) -> Measurement:
    """Whether sources and features are annotated where a tool can read it: not seen, present, in use.

    Feast, Hopsworks, Tecton, DataHub, OpenLineage and their kin, and descriptions of columns in a dbt project. In
    use: called in code that something starts, or `feast apply`, `datahub ingest` or `dbt docs` in a job.

    Why it matters: what is annotated can be checked and counted by a tool; what is not, only asked about.
    Pay it off: annotate each source and feature with an owner and a meaning, and let a job check that none is
    missing.
    Cannot see: catalogues elsewhere, comments and documents, and whether the descriptions are true.
    Ask: Can you delete one column today and get the list of broken models from a tool?
    Source: Sculley et al. 2015, section 3 (static analysis of data dependencies; annotations).
    """
    return practices.measured("data_catalogue")
