"""What a node rests on, by depth, with the places that say so."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from collectors.facts.closure import DECLARED_ONLY, PART, closure, edges, find, nearest
from collectors.facts.data_graph import Lineage, Node
from tests.collectors.signals.accesses import SHOP, access, pipeline

MODEL = Node("models/model.pkl")


def test_a_model_rests_on_what_its_training_read_and_on_what_that_came_from() -> None:
    found = closure(pipeline(*SHOP), MODEL)
    assert [(row.depth, row.name, row.is_root) for row in found.data] == [
        (1, "data/train.csv", False),
        (1, "params.yaml", True),
        (2, "data/raw.csv", True),
    ]
    assert found.jobs == ("prepare", "train")
    assert [(edge.source, edge.target, edge.line) for edge in found.edges] == [
        ("data/raw.csv", "prepare", 1),
        ("data/train.csv", "train", 4),
        ("params.yaml", "train", 5),
        ("prepare", "data/train.csv", 2),
        ("train", "models/model.pkl", 6),
    ]


def test_downstream() -> None:
    found = closure(pipeline(*SHOP), Node("data/train.csv"), downstream=True)
    assert [(row.depth, row.name) for row in found.data] == [(1, "models/model.pkl"), (2, "metrics.json")]


def test_of_a_job() -> None:
    found = closure(pipeline(*SHOP), Node("train", is_job=True))
    assert [(row.depth, row.name) for row in found.data][-1] == (2, "data/raw.csv")


def test_an_edge_is_one_however_many_places_say_so() -> None:
    rows = (access("fit <= a.csv", 3), access("fit < a.csv", 9), access("fit < a.csv", 4), access("fit <= b.csv", 5))
    first, second = edges(pipeline(*rows))
    assert (first.path, first.line, first.declared, first.observed, first.status) == (
        "src/fit.py",
        4,
        True,
        True,
        "resolved",
    )
    assert (second.path, second.observed, second.status) == ("dvc.yaml", False, DECLARED_ONLY)


def test_a_folder_and_its_part() -> None:
    seen = pipeline("split < raw.csv", "split > data", "fit < data/train.csv", "fit > m.pkl")
    found = closure(seen, Node("m.pkl"))
    assert [(row.depth, row.name) for row in found.data] == [(1, "data"), (1, "data/train.csv"), (2, "raw.csv")]
    assert ("data", "data/train.csv", PART) in [edge[:3] for edge in found.edges]


def test_places_on_the_way_that_tell_nothing() -> None:
    found = closure(pipeline(*SHOP, "train < ?", "evaluate < ?"), MODEL)
    assert [row.job for row in found.unnamed] == ["train"]


def test_versions() -> None:
    found = closure(pipeline(*SHOP, access("prepare <= data/raw.csv", version="md5:0")), MODEL)
    assert {row.name: row.version for row in found.data if row.version} == {"data/raw.csv": "md5:0"}


def test_nodes_by_name() -> None:
    seen = pipeline(*SHOP)
    assert find(seen, "./data/raw.csv") == Node("data/raw.csv")
    assert find(seen, "train") == Node("train", is_job=True)
    assert find(seen, "raw.csv") is None
    assert nearest(seen, "raw.csv")[0] == "data/raw.csv"
    assert nearest(seen, "models/model.pk")[0] == "models/model.pkl"
    assert nearest(pipeline(), "x") == ()


NAMES = st.sampled_from(["a.csv", "b.csv", "d/c.csv", "d", "m.pkl", "d/◌.csv"])
LINEAGES = st.lists(
    st.tuples(st.sampled_from("jkl"), st.sampled_from(["<", ">", "<=", "=>"]), NAMES), min_size=1, max_size=12
).map(lambda rows: pipeline(*(" ".join(row) for row in rows)))


@given(LINEAGES)
def test_a_closure_is_what_the_graph_reaches(seen: Lineage) -> None:
    for name in seen.data:
        for downstream in (False, True):
            found = closure(seen, Node(name), downstream=downstream)
            wanted = seen.downstream(name) if downstream else seen.upstream(name)
            assert {row.name for row in found.data} == wanted - {name}


@given(LINEAGES)
def test_edges_are_those_of_the_graph(seen: Lineage) -> None:
    assert len(edges(seen)) == seen.graph.number_of_edges()
