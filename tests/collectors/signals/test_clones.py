"""Functions alike, over a tree."""

from collectors.facts.files import FileKind
from collectors.facts.units import Unit
from collectors.signals.clones import clones
from tests.builders import tree
from tests.collectors.signals.files_with_units import function, with_units

LOAD, LOAD_AGAIN = function("load", "aa", 3), function("Reader.load", "aa", 40)
OTHER, LONG = function("other", "bb"), function("long", "cc", lines=20)


def test_all_but_one_of_a_group_are_copies_and_their_lines_are_counted():
    found = clones(tree(with_units("a.py", LOAD, LONG), with_units("b.py", LOAD_AGAIN)))
    assert (found.value, found.n) == (10 / 40, 40)
    assert dict(found.details)["copies"] == 1
    (spot,) = found.spots
    assert (spot.path, spot.line, spot.end_line, spot.symbol) == ("b.py", 40, 49, "Reader.load")
    assert spot.note == "the same steps as load in a.py, line 3, but for texts and numbers"


def test_three_alike_are_two_copies_of_the_first():
    found = clones(tree(*(with_units(f"{name}.py", LOAD) for name in "abc")))
    assert [spot.path for spot in found.spots] == ["b.py", "c.py"]
    assert found.value == 2 / 3


def test_the_copy_in_a_notebook_is_the_copy():
    found = clones(tree(with_units("a.ipynb", LOAD), with_units("z.py", LOAD, OTHER)))
    assert [spot.path for spot in found.spots] == ["a.ipynb"]


def test_a_notebook_and_the_module_made_of_it_are_one_text():
    assert clones(tree(with_units("a.ipynb", LOAD), with_units("a.py", LOAD, OTHER, LONG))).value == 0


def test_tests_and_short_functions_are_not_compared():
    short = Unit("f", 1, 2)
    found = clones(
        tree(with_units("a.py", LOAD, OTHER, LONG, short, short), with_units("t.py", LOAD, kind=FileKind.TEST))
    )
    assert (found.value, found.n) == (0, 40)


def test_a_place_is_told_by_its_body():
    moved = function("load", "aa", 90)
    before = clones(tree(with_units("a.py", LOAD, OTHER), with_units("b.py", LOAD))).spots
    after = clones(tree(with_units("a.py", LOAD, OTHER), with_units("b.py", moved))).spots
    assert before[0].key == after[0].key


def test_two_functions_are_too_few():
    assert clones(tree(with_units("a.py", LOAD, OTHER))).value is None
