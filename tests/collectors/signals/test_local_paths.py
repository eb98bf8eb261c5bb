"""Paths of one machine, over a tree."""

from collectors.facts.files import FileKind
from collectors.facts.sites import SiteKind
from collectors.signals.local_paths import local_paths
from tests.builders import file, tree
from tests.collectors.signals.files_with_sites import holding, site

PATH = SiteKind.LOCAL_PATH


def test_paths_are_counted_over_files_that_were_read():
    found = local_paths(tree(holding("a.py", PATH, PATH), file("b.py"), file("c.py", unread="not valid")))
    assert (found.value, found.n, found.seen, found.total) == (2, 2, 2, 3)
    assert dict(found.details) == {"files that hold one": 1}
    assert [spot.line for spot in found.spots] == [1, 2]


def test_code_without_such_paths_has_none():
    assert local_paths(tree(file("a.py"), holding("tests/test_a.py", PATH, kind=FileKind.TEST))).value == 0


def test_no_python_is_unknown_not_zero():
    assert local_paths(tree(file("a.go", language="Go"), holding("t.py", site(PATH), kind=FileKind.TEST))).value is None
