"""Evaluations on what the model was trained on."""

import pytest

from collectors.facts.sites import SiteKind
from collectors.signals.evaluation_on_training_data import evaluation_on_training_data
from tests.builders import tree
from tests.collectors.signals.accesses import SHOP, access, pipeline
from tests.collectors.signals.files_with_sites import holding

TRAIN = ("train < data/train.csv", "train > model.pkl", "evaluate < model.pkl", "evaluate > metrics.json")


def test_the_training_file_read_by_the_evaluation_is_a_place():
    found = evaluation_on_training_data(pipeline(*TRAIN, access("evaluate < data/train.csv", 26)), tree())
    assert (found.value, found.n) == (1, 1)
    (spot,) = found.spots
    assert (spot.path, spot.line) == ("src/evaluate.py", 26)
    assert spot.note == "evaluate evaluates a model and reads data/train.csv, on which train trained it"


def test_held_out_data_is_none():
    assert evaluation_on_training_data(pipeline(*SHOP), tree()).value == 0


def test_declared_test_data_does_not_hide_what_the_code_reads():
    rows = (*TRAIN, "evaluate <= data/test.csv", access("evaluate < data/train.csv", 26))
    assert evaluation_on_training_data(pipeline(*rows), tree()).value == 1


def test_held_out_data_that_is_declared_does_not_excuse_training_data_that_is_not():
    rows = (*TRAIN, "evaluate <= data/test.csv", "evaluate < data/test.csv", access("evaluate < data/train.csv", 37))
    found = evaluation_on_training_data(pipeline(*rows), tree())
    assert [(spot.path, spot.line) for spot in found.spots] == [("src/evaluate.py", 37)]


@pytest.mark.parametrize("declared", ["data", "data/train.csv"])
def test_an_evaluation_that_says_that_it_reads_both_may_compare(declared: str):
    rows = (*TRAIN, f"evaluate <= {declared}", "evaluate < data/test.csv", "evaluate < data/train.csv")
    assert evaluation_on_training_data(pipeline(*rows), tree()).value == 0


def test_who_reads_held_out_data_as_well_may_compare():
    rows = (*TRAIN, "evaluate < data/train.csv", "evaluate < data/test.csv")
    assert evaluation_on_training_data(pipeline(*rows), tree()).value == 0


@pytest.mark.parametrize("name", ["data/test.csv", "data/X_test.csv", "train_test/rows.csv", "rows.csv", "output/rows"])
def test_held_out_rows_that_the_training_reads_too_are_none(name: str):
    rows = (*TRAIN, f"train < {name}", f"evaluate < {name}")
    assert evaluation_on_training_data(pipeline(*rows), tree()).value == 0


def test_a_folder_of_training_data_is_enough():
    rows = ("train < data/train/rows.csv", "train > m.pkl", "evaluate < m.pkl", "evaluate < data/train/rows.csv")
    assert evaluation_on_training_data(pipeline(*rows, "evaluate > metrics.json"), tree()).value == 1


def test_rows_that_the_evaluation_divides_itself_are_not_judged():
    rows = (*TRAIN, "evaluate < data/train.csv")
    found = evaluation_on_training_data(pipeline(*rows), tree(holding("src/evaluate.py", SiteKind.SPLIT)))
    assert (found.value, found.spots) == (None, ())
    assert evaluation_on_training_data(pipeline(*rows), tree(holding("src/train.py", SiteKind.SPLIT))).value == 1


@pytest.mark.parametrize("row", ["evaluate < ?", "evaluate < data/◌.csv"])
def test_nor_is_an_evaluation_that_reads_what_has_no_name(row: str):
    found = evaluation_on_training_data(pipeline(*TRAIN, "evaluate < data/train.csv", row), tree())
    assert found.value is None


@pytest.mark.parametrize("name", ["params.yaml", "stores.csv", "scaler.pkl"])
def test_what_both_need_beside_the_rows_is_none(name: str):
    rows = (*TRAIN, f"train < {name}", f"evaluate < {name}", "evaluate < data/test.csv")
    assert evaluation_on_training_data(pipeline(*rows), tree()).value == 0


def test_another_models_training_data_is_none():
    rows = ("fit < train.csv", "fit > a.pkl", "evaluate < b.pkl", "evaluate < train.csv", "evaluate > metrics.json")
    assert evaluation_on_training_data(pipeline(*rows), tree()).value is None


def test_who_predicts_on_training_data_does_not_evaluate():
    rows = ("fit < train.csv", "fit > a.pkl", "serve < a.pkl", "serve < train.csv", "serve > predictions.csv")
    assert evaluation_on_training_data(pipeline(*rows), tree()).value is None


def test_a_training_that_writes_its_own_numbers_is_no_evaluation():
    rows = ("fit < train.csv", "fit < m.pkl", "fit > m.pkl", "fit > metrics.json")
    assert evaluation_on_training_data(pipeline(*rows), tree()).value is None
