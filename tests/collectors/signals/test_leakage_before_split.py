"""Steps fitted before the split, over a tree."""

from collectors.facts.files import FileKind
from collectors.facts.sites import SiteKind
from collectors.signals.leakage_before_split import leakage_before_split
from tests.builders import file, tree
from tests.collectors.signals.files_with_sites import holding, site

LEAK, SPLIT = SiteKind.LEAK, SiteKind.SPLIT


def test_leaks_are_counted_before_the_background_of_splits():
    found = leakage_before_split(tree(holding("a.py", LEAK, LEAK, SPLIT), holding("b.py", SPLIT)))
    assert (found.value, found.n) == (2, 2)
    assert dict(found.details) == {"files that hold one": 1}


def test_the_split_is_noted():
    text = "PCA, before the split in line 8"
    (spot,) = leakage_before_split(tree(holding("a.py", site(LEAK, detail=text), SPLIT))).spots
    assert spot.note == text


def test_splits_without_leaks_are_none_and_no_split_is_unknown():
    assert leakage_before_split(tree(holding("a.py", SPLIT))).value == 0
    assert leakage_before_split(tree(file("a.py"), holding("t.py", SPLIT, kind=FileKind.TEST))).value is None
