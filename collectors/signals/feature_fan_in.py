"""Data sets that go into a model."""

from __future__ import annotations

from collectors.facts.data_graph import Lineage
from collectors.facts.data_ways import data_below
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import MOST_EVIDENCE, SHOW, Evidence, Measurement


@signal(
    debt=Debt.ENTANGLEMENT,
    unit="sets of data",
    better="neither",
    status=SHOW,
    says="{n} {n:job trains|jobs train} a model; the one with most inputs rests on {value}, directly or not.",
)
def feature_fan_in(lineage: Lineage) -> Measurement:
    """Data that a job which trains a model rests on, directly and indirectly; the largest number.

    Files, folders, tables and addresses by name; not columns, which the names of data do not tell. Code, settings and
    models are left out.

    Why it matters: inside a model all inputs hang together; each one more can move the weights of all others.
    Pay it off: leave out inputs one at a time, and keep those that the result needs.
    Cannot see: features and columns, and data with no name in the code.
    Ask: Which input would you take away first, and when was its worth last measured?
    Source: Sculley et al. 2015, section 2 (entanglement),
    https://papers.nips.cc/paper/5656-hidden-technical-debt-in-machine-learning-systems. No published threshold.
    """
    training = [step for step in lineage.steps if step.trains]
    if not training:
        return Measurement.unknown("no job was seen to train: data in, a model out, both known by name")
    found = {step.name: len(data_below(lineage, step)) for step in training}
    rows = sorted(found.items(), key=lambda row: (-row[1], row[0]))[:MOST_EVIDENCE]
    return Measurement(
        max(found.values()),
        n=len(found),
        evidence=tuple(Evidence(name, "job", float(number), "data sets below it") for name, number in rows),
        note="a lower bound: too many places do not tell which data they mean" if lineage.is_lower_bound else "",
    )
