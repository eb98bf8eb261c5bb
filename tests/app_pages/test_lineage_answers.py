"""What one asks first of the graph of data: which input can break us, who else reads it, what is dead."""

from __future__ import annotations

from app_pages._lineage import problems
from app_pages._lineage_answers import DEAD, READERS, Resting, answers, resting
from app_pages._lineage_answers_html import answers as told
from app_pages._lineage_answers_html import elsewhere_briefly
from app_pages._view import View
from collectors.facts.closure import closure
from collectors.facts.data_graph import Lineage, Node
from collectors.facts.data_sharing import Shared, Sharing
from collectors.facts.lineage import NodeKind
from collectors.registry import discover
from scoring.signal import Measurement, Signal
from tests.collectors.signals.accesses import SHOP, access, pipeline

HERE = "/data?repo=x"
MODEL = access("train > models/model.pkl")._replace(kind=NodeKind.MODEL)
GRAPH = pipeline(
    *SHOP,
    MODEL,
    "prepare < https://x.example/rates.csv",
    "serve < hf://a/b",
    "serve < models/model.pkl",
    "serve > out.csv",
)
VIEW = View({}, 0, "")
DEFINITIONS = {one.definition.name: one.definition for one in discover()}


def signals(**values: float | None) -> list[Signal]:
    return [
        Signal(DEFINITIONS[name], Measurement.unknown("it is not seen") if value is None else Measurement(value, n=9))
        for name, value in values.items()
    ]


def test_the_signals_that_a_card_tells_of_are_there() -> None:
    assert {*READERS, *DEAD} <= set(DEFINITIONS)


def test_how_much_rests_on_each_is_what_its_closure_has() -> None:
    loop = pipeline("a < x.csv", "a > y.csv", "b < y.csv", "b > x.csv", "b > z/1.csv", "c < z", "c > ◌/m.pkl")
    for graph in (GRAPH, loop, pipeline()):
        assert {name: rests.data for name, rests in resting(graph).items()} == {
            name: len([row for row in closure(graph, Node(name), downstream=True).data if row.name != name])
            for name in graph.data
        }


def test_models_among_them_are_counted() -> None:
    assert resting(GRAPH)["https://x.example/rates.csv"].models == 1
    assert resting(GRAPH)["models/model.pkl"].models == 0


def test_the_input_on_which_most_rests_comes_first() -> None:
    found = answers(GRAPH, problems(GRAPH), [], VIEW)
    assert found.inputs == 2
    assert [name for name, _ in found.heaviest] == ["https://x.example/rates.csv", "hf://a/b"]
    shown = told(found, "", HERE)
    assert "<strong>2 inputs</strong> from elsewhere can change" in shown
    assert f'href="{HERE}&amp;node=https%3A%2F%2Fx.example%2Frates.csv"' in shown
    assert "1 model among them" in shown


def test_where_none_is_from_elsewhere_other_sources_are_told() -> None:
    found = answers(pipeline(*SHOP), {}, [], VIEW)
    assert found.inputs == 0
    assert found.heaviest[0][0] == "data/raw.csv"
    assert "No input from elsewhere was seen" in told(found, "", HERE)


def test_nothing_rests_on_what_nothing_is_made_of() -> None:
    found = answers(pipeline("a < https://x.example/rates.csv"), {}, [], VIEW)
    assert found.heaviest == ()
    assert "Most rests on" not in told(found, "", HERE)


def test_numbers_are_those_of_the_signals_and_unknown_is_said() -> None:
    found = answers(GRAPH, {}, signals(undeclared_reads=2, outside_readers=None, unread_intermediates=0), VIEW)
    assert [row.now for row in found.readers] == ["2 reads", ""]
    assert [row.now for row in found.dead] == ["0 sets of data"]
    shown = told(found, "", HERE)
    assert "Data that stages read and do not declare:</span> <strong>2 reads</strong>" in shown
    assert "Code outside the pipeline that reads its data:</span> <strong>unknown</strong>" in shown


def test_readers_in_other_repositories_are_counted_where_they_could_be_seen() -> None:
    row = access("a > s3://shop/a.csv")
    met = Sharing(others=3, addresses=1, consumers=(Shared("s3://shop/a.csv", "us", "them", row, row, False),))
    assert "Of 3 other repositories in this store:</span> <strong>1</strong>" in elsewhere_briefly(met)
    for unseen in (None, Sharing(), Sharing(others=3)):
        assert "not seen" in elsewhere_briefly(unseen)


def test_a_large_graph_is_ranked_at_once() -> None:
    many = Lineage(tuple(row for i in range(1500) for row in pipeline(f"j{i} < d{i}.csv", f"j{i} > d{i + 1}.csv")))
    assert resting(many)["d0.csv"] == Resting(1500, 0)
