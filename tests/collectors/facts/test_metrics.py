"""Committed metrics, and the changes that moved them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.facts.metrics import MetricChange, MetricChanges, Moved, direction


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("test.roc_auc", 1),
        ("eval/F1", 1),
        ("avg_prec.precision", 1),
        ("val_loss", -1),
        ("logLoss", -1),
        ("rmse", -1),
        ("R2", 1),
        ("error.count", 0),
        ("epochs", 0),
        ("loss_weighted_accuracy", -1),
        ("", 0),
    ],
)
def test_names_tell_which_way_is_better(name: str, better: int) -> None:
    assert direction(name) == better


def moved(name: str, before: float, after: float) -> Moved:
    return Moved("metrics.json", name, before, after)


def test_a_gain_is_a_share_of_what_was_and_positive_for_better() -> None:
    assert moved("accuracy", 0.8, 0.88).gain == pytest.approx(0.1)
    assert moved("loss", 0.8, 0.88).gain == pytest.approx(-0.1)
    assert moved("accuracy", 0.0, 0.5).gain == 1.0
    assert moved("accuracy", 0.5, 0.5).gain == 0.0
    assert moved("epochs", 3, 4).gain is None


@given(st.floats(allow_nan=False, allow_infinity=False), st.floats(allow_nan=False, allow_infinity=False))
def test_a_gain_is_never_infinite_and_its_sign_tells_the_way(before: float, after: float) -> None:
    gain = moved("accuracy", before, after).gain
    if gain:
        assert (gain > 0) == (after > before)


def test_noise_is_the_largest_move_of_three_reruns() -> None:
    rows = [MetricChange(str(at), at, (moved("accuracy", 1.0, 1 + at / 100),)) for at in range(5)]
    found = MetricChanges(tuple(rows), 9)
    assert found.noise({"1", "2", "3"}) == {"accuracy": pytest.approx(0.03)}
    assert found.noise({"1", "2"}) == {}
    assert [row.is_move for row in rows] == [False, True, True, True, True]
