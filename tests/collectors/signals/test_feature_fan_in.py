"""Data that goes into a model."""

from collectors.signals.feature_fan_in import feature_fan_in
from tests.collectors.signals.accesses import SHOP, pipeline


def test_data_below_a_training_settings_and_models_left_out():
    found = feature_fan_in(pipeline(*SHOP, "train < features/stores.csv", "train < models/old.pkl"))
    assert (found.value, found.n) == (3, 1)  # raw, train, stores
    assert [(row.subject, row.number) for row in found.evidence] == [("train", 3)]


def test_the_largest_speaks():
    rows = ("a < x.csv", "a > a.pkl", "b < x.csv", "b < y.csv", "b > b.pkl")
    assert feature_fan_in(pipeline(*rows)).value == 2


def test_no_training_is_unknown():
    assert feature_fan_in(pipeline("a < x.csv", "a > y.csv")).value is None
