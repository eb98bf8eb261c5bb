"""Chains of models."""

import pytest

from collectors.signals.correction_cascades import correction_cascades
from tests.collectors.signals.accesses import SHOP, access, pipeline

FIRST = ("first < a.csv", "first > a.pkl")


def test_a_model_trained_on_a_models_predictions_is_one_hop():
    chain = ("predict < a.pkl", "predict > oof.csv", "second < oof.csv", "second > b.pkl")
    found = correction_cascades(pipeline(*FIRST, *chain))
    assert (found.value, found.n) == (1, 2)
    assert [(row.subject, row.number) for row in found.evidence] == [("first", 0), ("second", 1)]


def test_and_one_more_is_two():
    second = ("second < a.pkl", "second < a.csv", "second > b.pkl")
    third = ("third < b.pkl", "third < a.csv", "third > c.pkl")
    assert correction_cascades(pipeline(*FIRST, *second, *third)).value == 2


@pytest.mark.parametrize(
    "rows",
    [
        SHOP,
        (*FIRST, "second < a.csv", "second > b.pkl"),  # side by side
        (*FIRST, "first < a.pkl"),  # goes on where it stopped
        ("tune < public.pt", "tune < a.csv", "tune > own.pt"),  # somebody else's model
        ("prep < a.csv", "prep > scaler.pkl", "fit < scaler.pkl", "fit < a.csv", "fit > m.pkl"),
        (*FIRST, "eval < a.pkl", "eval > metrics.csv", "second < metrics.csv", "second < a.csv", "second > b.pkl"),
        (*FIRST, "search < a.pkl", "search > best.yaml", "second < best.yaml", "second < a.csv", "second > b.pkl"),
    ],
)
def test_no_chain(rows: tuple[str, ...]):
    found = correction_cascades(pipeline(*rows))
    assert (found.value, found.evidence) == (0, ())


def test_predictions_that_come_back_do_not_hide_a_chain():
    loop = ("serve < b.pkl", "serve > shown.csv", "join < shown.csv", "join > a.csv")
    assert correction_cascades(pipeline(*FIRST, "second < a.pkl", "second < a.csv", "second > b.pkl", *loop)).value == 1


def test_without_a_training_it_is_unknown_and_none_is_claimed_half_blind():
    assert correction_cascades(pipeline("a < x.csv", "a > y.csv")).value is None
    assert correction_cascades(pipeline(*FIRST, "second < ?")).value is None


def test_a_circle_of_trainings_counts_once():
    circle = ("second < a.pkl", "second < a.csv", "second > b.pkl", "first < b.pkl")
    assert correction_cascades(pipeline(*FIRST, *circle)).value == 0


def test_what_is_fetched_or_unpacked_was_made_by_no_model():
    both = ("first < a.pkl", "second < sets/b.csv", "second > b.pkl")
    written, unpacked = access("first > sets"), access("first > sets")._replace(call="tarfile.open().extractall")
    assert correction_cascades(pipeline(*FIRST, *both, written)).value == 1
    assert correction_cascades(pipeline(*FIRST, *both, unpacked)).value == 0
    assert correction_cascades(pipeline(*FIRST, *both, unpacked, written._replace(line=9))).value == 1
