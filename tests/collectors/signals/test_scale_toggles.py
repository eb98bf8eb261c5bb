"""Data cut down, over a tree."""

from collectors.facts.files import FileKind
from collectors.facts.sites import SiteKind
from collectors.signals.scale_toggles import scale_toggles
from tests.builders import file, tree
from tests.collectors.signals.files_with_sites import holding, site

CUT, READ = SiteKind.SCALE_TOGGLE, SiteKind.DATA_LOAD


def test_cuts_are_counted_before_the_background_of_reads():
    found = scale_toggles(tree(holding("a.py", READ, READ), holding("b.ipynb", CUT)))
    assert (found.value, found.n) == (1, 2)
    assert dict(found.details) == {"of them in notebooks": 1}


def test_how_it_is_cut_is_noted():
    (spot,) = scale_toggles(tree(holding("a.py", site(CUT, detail="nrows")))).spots
    assert spot.note == "cut by nrows"


def test_reads_without_cuts_are_none_and_no_reads_are_unknown():
    assert scale_toggles(tree(holding("a.py", READ))).value == 0
    assert scale_toggles(tree(file("a.py"), holding("tests/test_a.py", READ, kind=FileKind.TEST))).value is None
