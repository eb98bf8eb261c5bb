"""Code that was commented out, over a tree."""

from collectors.facts.sites import Site, SiteKind
from collectors.signals.commented_out_code import commented_out_code
from tests.builders import file, tree
from tests.collectors.signals.files_with_sites import holding

BLOCK = Site(SiteKind.COMMENTED_CODE, 4, 9, "f", "# g(x)", "6 lines")


def test_blocks_are_counted_with_their_lines() -> None:
    found = commented_out_code(tree(holding("a.py", BLOCK), file("b.py"), holding("c.ipynb", BLOCK)))
    assert (found.value, found.n) == (1, 2)
    assert dict(found.details) == {"lines in them": 6, "modules with one": 1}
    assert [(spot.path, spot.line, spot.end_line, spot.note) for spot in found.spots] == [("a.py", 4, 9, "6 lines")]


def test_no_modules_are_unknown() -> None:
    assert commented_out_code(tree(holding("c.ipynb", BLOCK))).value is None
