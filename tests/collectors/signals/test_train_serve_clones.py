"""Functions that training and serving share by copy."""

import pytest

from collectors.facts.files import File, Place
from collectors.facts.units import Unit
from collectors.signals.train_serve_clones import train_serve_clones
from tests.builders import tree
from tests.collectors.signals.files_with_units import function, with_units

LAGS, OTHER = function("lags", "aa", 5), function("answer", "bb", 20)


def training(*units: Unit, path: str = "train.py", place: Place = Place.ML_CODE) -> File:
    file = with_units(path, *units, place=place)
    return file._replace(summary=file.summary._replace(calls=(".fit", "sklearn.svm.SVC")))


def serving(*units: Unit, path: str = "app.py") -> File:
    return with_units(path, *units, place=Place.SERVING)


@pytest.mark.parametrize("place", [Place.ML_CODE, Place.FEATURE_EXTRACTION])
def test_the_copy_is_where_it_serves(place: Place) -> None:
    found = train_serve_clones(tree(training(LAGS, place=place), serving(function("recent", "aa", 9), OTHER)))
    assert (found.value, found.n) == (1, 2)
    (spot,) = found.spots
    assert (spot.path, spot.line, spot.symbol, spot.key) == ("app.py", 9, "recent", "aa")
    assert spot.note == "serving repeats lags in train.py, line 5"


def test_copies_within_one_side_are_of_no_concern_here():
    one_side = tree(training(OTHER), serving(LAGS), serving(LAGS, path="other.py"))
    assert train_serve_clones(one_side).value == 0
    elsewhere = with_units("watch.py", LAGS, place=Place.MONITORING)
    assert train_serve_clones(tree(training(OTHER), serving(LAGS), elsewhere)).value == 0


def test_ml_code_that_fits_nothing_is_no_training():
    definition = with_units("net.py", LAGS, place=Place.ML_CODE)
    assert train_serve_clones(tree(definition, training(OTHER), serving(LAGS))).value == 0


def test_a_file_named_for_predicting_is_no_training():
    adapts = training(LAGS, path="fitting_predictor.py")
    assert train_serve_clones(tree(adapts, training(OTHER), serving(LAGS))).value == 0
    assert train_serve_clones(tree(training(LAGS, path="train_predict.py"), serving(LAGS))).value == 1


def test_each_copy_that_serves_is_a_place():
    found = train_serve_clones(tree(training(LAGS), serving(LAGS), serving(LAGS, path="other.py")))
    assert [spot.path for spot in found.spots] == ["app.py", "other.py"]


def test_one_side_alone_is_unknown():
    assert "serving" in train_serve_clones(tree(training(LAGS), serving(Unit("short", 1, 2)))).reason
    assert "training" in train_serve_clones(tree(serving(LAGS))).reason
