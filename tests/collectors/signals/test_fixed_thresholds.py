"""Scores against numbers, over a tree."""

from collectors.facts.files import FileKind
from collectors.facts.sites import SiteKind
from collectors.signals.fixed_thresholds import fixed_thresholds
from tests.builders import file, tree
from tests.collectors.signals.files_with_sites import holding, site

FIXED, NAMED, LEARNT = SiteKind.FIXED_THRESHOLD, SiteKind.NAMED_THRESHOLD, SiteKind.LEARNT_THRESHOLD


def test_places_with_a_number_are_counted_among_all_with_a_threshold():
    found = fixed_thresholds(tree(holding("a.py", FIXED, NAMED, LEARNT), holding("b.ipynb", FIXED)))
    assert (found.value, found.n) == (2, 3)
    assert dict(found.details) == {"places that name their threshold": 1, "curves over thresholds computed": 1}


def test_each_place_is_handed_over():
    one = site(FIXED, 7, symbol="decide", snippet="prob > 0.3", detail="prob")
    (spot,) = fixed_thresholds(tree(holding("a.py", one))).spots
    assert (spot.path, spot.line, spot.symbol, spot.snippet, spot.note) == (
        *("a.py", 7, "decide", "prob > 0.3"),
        "prob against a number",
    )


def test_thresholds_that_are_all_named_are_none():
    assert fixed_thresholds(tree(holding("a.py", NAMED))).value == 0


def test_tests_do_not_count_and_no_comparison_is_unknown_not_zero():
    found = fixed_thresholds(tree(holding("tests/test_a.py", FIXED, kind=FileKind.TEST), holding("a.py", LEARNT)))
    assert found.value is None


def test_files_that_were_not_read_lower_the_coverage():
    found = fixed_thresholds(tree(holding("a.py", FIXED), file("b.py", unread="it is not valid Python 3")))
    assert (found.seen, found.total) == (1, 2)
