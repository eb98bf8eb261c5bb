"""Tables read without a word on what is in them, over a tree."""

from collectors.facts.files import FileKind
from collectors.facts.sites import SiteKind
from collectors.signals.unset_columns import unset_columns
from tests.builders import file, tree
from tests.collectors.signals.files_with_sites import holding

UNSET, SET = SiteKind.UNSET_COLUMNS, SiteKind.SET_COLUMNS


def test_places_are_counted_among_all_reads():
    found = unset_columns(tree(holding("a.py", UNSET, SET), holding("b.ipynb", UNSET)))
    assert (found.value, found.n) == (2, 3)
    assert dict(found.details) == {"of them in notebooks": 1}
    assert [(spot.path, spot.line) for spot in found.spots] == [("a.py", 1), ("b.ipynb", 1)]


def test_reads_that_all_say_it_are_none_and_no_reads_are_unknown():
    assert unset_columns(tree(holding("a.py", SET))).value == 0
    assert unset_columns(tree(file("a.py"), holding("tests/test_a.py", UNSET, kind=FileKind.TEST))).value is None
