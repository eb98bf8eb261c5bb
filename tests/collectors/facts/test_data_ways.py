"""Ways through the graph of data: laws that hold for any graph."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from collectors.facts.data_graph import Lineage, Node
from collectors.facts.data_ways import changed, longest_cascade, prediction_loops, products_after, shape
from tests.collectors.signals.accesses import SHOP, access, pipeline

NAMES = st.sampled_from(["a.csv", "b.csv", "d/c.csv", "d", "m.pkl", "n.pkl", "p.yaml", "metrics.json"])
LINEAGES = st.lists(st.tuples(st.sampled_from("jkl"), st.sampled_from("<>"), NAMES), max_size=14).map(
    lambda rows: pipeline(*(" ".join(row) for row in rows))
)


@given(LINEAGES)
def test_no_graph_has_a_longer_way_than_jobs(seen: Lineage) -> None:
    found = shape(seen)
    assert found.depth <= found.jobs == len(seen.jobs)
    assert found.width <= found.jobs
    assert len(found.longest) == found.depth
    assert (found.depth == 0) == (found.jobs == 0)


@given(LINEAGES)
def test_a_chain_names_jobs_that_train_once_each(seen: Lineage) -> None:
    chain = longest_cascade(seen)
    training = {step.name for step in seen.steps if step.trains}
    assert set(chain) <= training
    assert len(set(chain)) == len(chain)
    assert bool(chain) == bool(training)


@given(LINEAGES)
def test_loops_pass_through_two_jobs(seen: Lineage) -> None:
    for loop in prediction_loops(seen):
        assert loop.predicts != loop.trains
        assert loop.data in seen.upstream(loop.model)
        assert loop.model in seen.upstream(loop.data)


@given(LINEAGES)
def test_what_is_reached_is_a_product_downstream(seen: Lineage) -> None:
    for name in seen.data:
        assert products_after(seen, Node(name)) <= (seen.downstream(name) | {name}) & set(seen.products)


def test_what_changed() -> None:
    seen = pipeline(*SHOP, access("train <= lib/fit.py", path="dvc.yaml"))
    assert changed(seen, {"dvc.yaml", "other.py"}) == ()
    assert changed(seen, {"data/raw.csv.dvc", "lib/fit.py"}) == (Node("data/raw.csv"), Node("train", is_job=True))
