"""Predictions that come back as training data."""

from __future__ import annotations

from collectors.facts.data_graph import Lineage
from collectors.facts.data_ways import prediction_loops
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import MOST_EVIDENCE, SHOW, Evidence, Measurement


@signal(
    debt=Debt.DIRECT_FEEDBACK_LOOPS,
    unit="loops",
    better="lower",
    status=SHOW,
    version=2,
    says="What is predicted comes back to be trained on in {value}; {n} {n:job trains|jobs train} a model.",
    heads=True,
)
def feedback_loops(lineage: Lineage) -> Measurement:
    """Circles in the graph of data that lead from a model through what is written with it back to its training.

    One job trains the model, another one reads it and writes data, and the first, directly or through further jobs,
    reads that data under the same name. A job that only updates its own files is no such circle.

    Why it matters: a model that chooses its own future training data slowly learns its own habits.
    Pay it off: choose a part of the rows at random, or train on rows that the model did not choose.
    Cannot see: circles through users, stock and prices, where the log has another name; folders that both use.
    Ask: Which share of the training rows was chosen by an earlier model, and which by chance?
    Source: Sculley et al. 2015, section 6 (direct feedback loops),
    https://papers.nips.cc/paper/5656-hidden-technical-debt-in-machine-learning-systems. No published threshold.
    """
    training = [step for step in lineage.steps if step.trains]
    if not training:
        return Measurement.unknown("no job was seen to train: data in, a model out, both known by name")
    found = prediction_loops(lineage)
    if not found and lineage.is_lower_bound:
        named, total = lineage.named_sites, len(lineage.sites)
        return Measurement.unknown(f"only {named:,} of {total:,} places that read or write data tell which data")
    return Measurement(
        len(found),
        n=len(training),
        evidence=tuple(
            Evidence(
                loop.data,
                "data",
                None,
                f"{loop.predicts} writes it; {loop.trains} trains {loop.model} on it",
            )
            for loop in found[:MOST_EVIDENCE]
        ),
    )
