"""Depth, width and parts."""

from collectors.signals.pipeline_shape import pipeline_shape
from tests.collectors.signals.accesses import SHOP, pipeline


def test_the_longest_way_of_the_data():
    found = pipeline_shape(pipeline(*SHOP))
    assert (found.value, found.n) == (3, 3)
    assert [row.subject for row in found.evidence] == ["prepare", "train", "evaluate"]
    assert dict(found.details) == {"width": 1, "separate parts": 1, "edges for each node": 9 / 9}


def test_side_by_side_and_apart():
    found = pipeline_shape(pipeline("a > x.csv", "b < x.csv", "c < x.csv", "d < y.csv"))
    assert found.value == 2
    assert dict(found.details)["width"] == 2
    assert dict(found.details)["separate parts"] == 2


def test_a_circle_is_one_step():
    circle = ("fit < d.csv", "fit > m.pkl", "serve < m.pkl", "serve > d.csv")
    assert pipeline_shape(pipeline(*circle, "report < d.csv")).value == 2


def test_nothing_named_is_unknown():
    assert pipeline_shape(pipeline("a < ?")).value is None
