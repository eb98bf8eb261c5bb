"""Branches that never run, over a tree."""

from collectors.facts.sites import SiteKind
from collectors.readers.words import words
from collectors.signals.disabled_code import disabled_code
from tests.builders import file, tree
from tests.collectors.signals.files_with_sites import holding, site

OFF = site(SiteKind.DISABLED, detail="3", snippet="if False: f()")
FLAG = site(SiteKind.CONSTANT_FLAG, 5, detail="USE_CACHE 1", snippet="if USE_CACHE: f()")


def test_both_forms_are_counted() -> None:
    found = disabled_code(tree(holding("a.py", OFF, FLAG), file("b.py")))
    assert (found.value, found.n) == (2, 2)
    assert dict(found.details) == {"of them under a name that is always the same": 1}
    assert [spot.note for spot in found.spots] == [
        "3 lines that never run",
        "1 line that never runs: USE_CACHE is set once, and nothing changes it",
    ]
    assert [spot.key for spot in found.spots] == ["if False: f()", "USE_CACHE"]


def test_a_name_that_another_file_holds_may_be_set_there() -> None:
    other = file("b.py")
    other = other._replace(summary=other.summary._replace(words=words(b"a.USE_CACHE = True")))
    assert disabled_code(tree(holding("a.py", FLAG), other)).value == 0


def test_notebooks_are_edited_by_hand_and_no_modules_are_unknown() -> None:
    assert disabled_code(tree(holding("a.ipynb", OFF, FLAG), file("b.py"))).value == 0
    assert disabled_code(tree(holding("setup.py", FLAG), file("b.py"))).value == 0  # ISRELEASED
    assert disabled_code(tree(holding("a.ipynb", OFF))).value is None
