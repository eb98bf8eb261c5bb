"""The shape of the data's way."""

from __future__ import annotations

from collectors.facts.data_graph import Lineage
from collectors.facts.data_ways import shape
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import MOST_EVIDENCE, SHOW, Evidence, Measurement
from scoring.wording import worded


@signal(
    debt=Debt.PIPELINE_JUNGLES,
    unit="jobs in a row",
    better="neither",
    status=SHOW,
    says="The longest way of the data goes through {value}; {n} {n:job|jobs} in all.",
)
def pipeline_shape(lineage: Lineage) -> Measurement:
    """Jobs on the longest way that data takes, each fed by the one before.

    Jobs are stages, tasks and scripts that read or write data known by name; those that feed one another in a circle
    count as one step. Width is the largest number of jobs at one distance from the beginning.

    Why it matters: the longer and the more tangled the way, the fewer people can say what a change upstream does.
    Pay it off: nothing by itself; compare the shape with the one that the team would draw.
    Cannot see: jobs whose data has no name in the code, and a jungle inside one long script.
    Ask: Draw the way from the raw data to a feature; which part of it is missing here, and which did you not expect?
    Source: Sculley et al. 2015, section 4 (pipeline jungles),
    https://papers.nips.cc/paper/5656-hidden-technical-debt-in-machine-learning-systems. No published threshold.
    """
    found = shape(lineage)
    if not found.jobs:
        return Measurement.unknown("no job here reads or writes data that is known by name")
    return Measurement(
        found.depth,
        n=found.jobs,
        evidence=tuple(
            Evidence(name, "job", float(at), f"{worded(at, 'step', 'steps')} from the beginning")
            for at, name in enumerate(found.longest[:MOST_EVIDENCE], 1)
        ),
        note="a lower bound: too many places do not tell which data they mean" if lineage.is_lower_bound else "",
        details=(
            ("width", float(found.width)),
            ("separate parts", float(found.components)),
            ("edges for each node", found.edges / found.nodes),
        ),
    )
