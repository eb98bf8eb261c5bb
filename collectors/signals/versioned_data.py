"""Versioned copies of data."""

from __future__ import annotations

from collectors.facts.practices import Practices
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import LEVEL, SHOW, Measurement


@signal(
    debt=Debt.UNSTABLE_DATA_DEPENDENCIES,
    unit=LEVEL,
    better="higher",
    status=SHOW,
    says="Versioned copies of data: {value}.",
    remedy=True,
)
def versioned_data(practices: Practices) -> Measurement:
    """Whether inputs are kept as versioned copies: not seen, present, in use.

    Data that DVC ties to a hash, and clients of lakeFS, Pachyderm and Nessie. In use: a stage reads it, a job fetches
    it, or code that something starts calls the client.

    Why it matters: an input that changes by itself changes the model, and nobody here did anything.
    Pay it off: keep a copy of each input under a version, and move to a newer one with a commit.
    Cannot see: versions in warehouses and buckets, time travel inside queries, and which share of the inputs is
    covered.
    Ask: Which input could change tonight without a commit here?
    Source: Sculley et al. 2015, section 3 (unstable data dependencies; versioned copies).
    """
    return practices.measured("versioned_data")
