"""Loads from hubs, over a tree."""

from collectors.facts.files import FileKind
from collectors.facts.sites import SiteKind
from collectors.signals.unversioned_loads import unversioned_loads
from tests.builders import file, tree
from tests.collectors.signals.files_with_sites import holding, site

BARE, VERSIONED = SiteKind.UNVERSIONED_LOAD, SiteKind.VERSIONED_LOAD


def test_loads_without_a_version_among_all():
    found = unversioned_loads(tree(holding("a.py", BARE, VERSIONED, VERSIONED), holding("b.ipynb", BARE)))
    assert (found.value, found.n) == (0.5, 4)
    assert dict(found.details) == {"loads with a version": 2}
    assert [spot.path for spot in found.spots] == ["a.py", "b.ipynb"]


def test_the_name_is_noted():
    (spot,) = unversioned_loads(tree(holding("a.py", site(BARE, detail="imdb")))).spots
    assert spot.note == "imdb"


def test_of_two_loads_no_share_is_told_but_each_is_a_place():
    found = unversioned_loads(tree(holding("a.py", BARE, VERSIONED)))
    assert found.value is None
    assert "(2)" in found.reason
    assert [row.note for row in found.evidence] == ["no version", "a version"]
    assert [spot.path for spot in found.spots] == ["a.py"]


def test_no_load_is_unknown_not_zero():
    assert unversioned_loads(tree(file("a.py"), holding("tests/test_a.py", BARE, kind=FileKind.TEST))).value is None
