"""Models that are trained on models."""

from __future__ import annotations

from collectors.facts.data_graph import Lineage
from collectors.facts.data_ways import longest_cascade
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import MOST_EVIDENCE, SHOW, Evidence, Measurement
from scoring.wording import worded


@signal(
    debt=Debt.CORRECTION_CASCADES,
    unit="hops",
    better="lower",
    status=SHOW,
    version=3,
    says="The longest chain from a model to one that is trained on what it made has {value}; {n} {n:job|jobs} "
    "{n:trains|train} a model.",
    heads=True,
)
def correction_cascades(lineage: Lineage) -> Measurement:
    """The longest chain of trained models of which each rests on the one before, in hops; 0 where none does.

    A job trains where data goes in and a model comes out. A hop leads from a model that such a job writes, also through
    predictions and other data, to another job that trains. Public models that somebody else trained begin no chain,
    and fitted steps before the model (scalers, vocabularies) are no models.

    Why it matters: a model that corrects another keeps it from being improved: each step makes the next one worse.
    Pay it off: let the first model learn the correction itself, or give the second problem a model of its own.
    Cannot see: models behind services, corrections by hand, and what is trained elsewhere. Stacking, distillation and
    fine-tuning of an own model look the same.
    Ask: If the first model gets two percent better, which of the later ones get worse, and who trains them again?
    Source: Sculley et al. 2015, section 2 (correction cascades),
    https://papers.nips.cc/paper/5656-hidden-technical-debt-in-machine-learning-systems. No published threshold.
    """
    training = [step for step in lineage.steps if step.trains]
    if not training:
        return Measurement.unknown("no job was seen to train: data in, a model out, both known by name")
    chain = longest_cascade(lineage)
    hops = max(len(chain) - 1, 0)
    if not hops and lineage.is_lower_bound:
        named, total = lineage.named_sites, len(lineage.sites)
        return Measurement.unknown(f"only {named:,} of {total:,} places that read or write data tell which data")
    return Measurement(
        hops,
        n=len(training),
        evidence=tuple(
            Evidence(name, "job", float(at), f"trained {worded(at, 'hop', 'hops')} after the first")
            for at, name in enumerate(chain[:MOST_EVIDENCE] if hops else ())
        ),
    )
