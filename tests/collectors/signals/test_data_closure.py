"""What models and outputs rest on."""

from collectors.signals.data_closure import data_closure
from tests.collectors.signals.accesses import SHOP, access, pipeline


def test_everything_below_models_and_outputs_is_counted_once():
    found = data_closure(pipeline(*SHOP))
    assert (found.value, found.n) == (4, 2)  # raw, train, test, the model; below the model and the metrics
    assert dict(found.details) == {
        "roots": 1,
        "roots elsewhere": 0,
        "roots tied to a version": 0,
        "code and settings among the dependencies": 1,
    }
    assert [(row.subject, row.number) for row in found.evidence] == [("metrics.json", 4), ("models/model.pkl", 2)]
    assert found.evidence[0].note == "its root is data/raw.csv"


def test_roots_elsewhere_and_pinned():
    rows = (access("prepare <= data/raw.csv", version="md5:0"), "prepare < s3://shop/prices.parquet")
    found = data_closure(pipeline(*SHOP, *rows))
    assert dict(found.details)["roots elsewhere"] == 1
    assert dict(found.details)["roots tied to a version"] == 1
    assert found.value == 5


def test_an_incomplete_closure_is_a_lower_bound():
    found = data_closure(pipeline("train < a.csv", "train < ?", "train > m.pkl"))
    assert found.note == "a lower bound: 2 of 3 places that read or write data tell which data"


def test_nothing_written_is_unknown():
    assert data_closure(pipeline("look < a.csv", "look > ?")).value is None


def test_where_most_places_tell_no_data_and_nothing_is_declared_it_is_unknown():
    blind = ("train < a.csv", "train < ?", "train > m.pkl", "train > ?", "look > ?")
    found = data_closure(pipeline(*blind))
    assert found.reason == "only 2 of 5 places that read or write data tell which data"
    assert data_closure(pipeline(*blind, "train <= b.csv")).value == 2
