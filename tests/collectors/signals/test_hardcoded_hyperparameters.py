"""Hyperparameters in the code, over a tree."""

from collectors.facts.files import FileKind
from collectors.facts.sites import SiteKind
from collectors.signals.hardcoded_hyperparameters import hardcoded_hyperparameters
from tests.builders import tree
from tests.collectors.signals.files_with_sites import holding, site

FIXED, SET = SiteKind.FIXED_HYPERPARAMETER, SiteKind.SET_HYPERPARAMETER


def test_places_before_all_that_set_any():
    rows = tree(holding("a.py", FIXED, SET, SET), holding("b.ipynb", site(FIXED, detail="SVC: C")))
    found = hardcoded_hyperparameters(rows)
    assert (found.value, found.n) == (2, 4)
    assert dict(found.details) == {"of them in notebooks": 1}
    assert {spot.note for spot in found.spots} == {"", "SVC: C"}


def test_tests_are_left_out_and_none_is_unknown():
    assert hardcoded_hyperparameters(tree(holding("a.py", SET))).value == 0
    assert hardcoded_hyperparameters(tree(holding("tests/test_a.py", FIXED, kind=FileKind.TEST))).value is None
