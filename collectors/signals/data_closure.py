"""What models and outputs rest on."""

from __future__ import annotations

from collectors.facts.data_graph import Lineage
from collectors.facts.data_steps import is_code, is_remote, is_settings
from collectors.facts.lineage import NodeKind, Origin
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import MOST_EVIDENCE, SHOW, Evidence, Measurement
from scoring.wording import worded


@signal(
    debt=Debt.UNANALYZED_DATA_DEPENDENCIES,
    unit="sets of data",
    better="neither",
    status=SHOW,
    version=2,
    says="{n} {n:model or output rests|models and outputs rest} on {value}, directly or not.",
)
def data_closure(lineage: Lineage) -> Measurement:
    """Data that models and outputs rest on, directly and indirectly: the closure of all data dependencies.

    Outputs are what something writes and nothing here reads. Counted are files, folders, tables, models and addresses
    by name, as the code shows them and as pipelines declare them; code and settings among the dependencies are told
    beside the number. Of a job nothing more is known than what it reads and writes: all of it counts. Unknown where
    no pipeline declares its data and most places in the code do not tell theirs.

    Why it matters: who knows all that a model rests on can change a source; who does not, finds out afterwards.
    Pay it off: look at the roots first: give each an owner, a version and a test, and drop those nobody needs.
    Cannot see: columns, data with no name in the code, other repositories, and what is done by hand.
    Ask: Which source in this list would nobody here miss, and which that is missing from it did you expect?
    Source: Sculley et al. 2015, section 9 (the transitive closure of all data dependencies) and section 3,
    https://papers.nips.cc/paper/5656-hidden-technical-debt-in-machine-learning-systems. No published threshold.
    """
    products = lineage.products
    if not products:
        return Measurement.unknown("nothing that is written is known by name: no model, no output")
    named, total = lineage.named_sites, len(lineage.sites)
    if 2 * named < total and not lineage.of(Origin.DECLARED):
        return Measurement.unknown(f"only {named:,} of {total:,} places that read or write data tell which data")
    above = {name: lineage.upstream(name) for name in products}
    closure = frozenset().union(*above.values())
    data = frozenset(name for name in closure if not is_code(name) and not _is_settings(name, lineage))
    roots = data.intersection(lineage.roots)
    largest = sorted(products, key=lambda name: (-len(above[name] & data), name))[:MOST_EVIDENCE]
    bound = f"a lower bound: {named:,} of {total:,} places that read or write data tell which data"
    return Measurement(
        len(data),
        n=len(products),
        evidence=tuple(
            Evidence(name, "data", float(len(above[name] & data)), _note(above[name] & roots)) for name in largest
        ),
        note=bound if lineage.is_lower_bound else "",
        details=(
            ("roots", float(len(roots))),
            ("roots elsewhere", float(sum(map(is_remote, roots)))),
            ("roots tied to a version", float(len(roots & lineage.pinned))),
            ("code and settings among the dependencies", float(len(closure - data))),
        ),
    )


def _is_settings(name: str, lineage: Lineage) -> bool:
    return lineage.kinds[name] is NodeKind.SETTINGS or is_settings(name)


def _note(roots: frozenset[str]) -> str:
    """Which roots, as far as a line holds them."""
    if not roots:
        return "rests on no root that is known"
    shown = ", ".join(sorted(roots)[:3])
    more = f" and {len(roots) - 3:,} more" if len(roots) > 3 else ""
    return f"{worded(len(roots), 'its root is', 'its roots are')} {shown}{more}"
