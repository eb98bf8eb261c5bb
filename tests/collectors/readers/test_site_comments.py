"""Code that was commented out."""

import pytest

from collectors.facts.sites import SiteKind
from tests.collectors.readers.sites_by_hand import sites

CODE = "# model = build(depth)\n# model.fit(rows)\n# print(model.score(rows))\n"


def found(text: str) -> list[tuple[int, int]]:
    return [(site.line, site.end_line) for site in sites(text, SiteKind.COMMENTED_CODE)]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (CODE, [(1, 3)]),
        (f"x = 1\n\n{CODE}y = 2\n", [(3, 5)]),
        (f"# the old model, slow\n{CODE}", [(2, 4)]),
        (f"{CODE}# it was slow, that is all\n", [(1, 3)]),
        ("def f():\n    # if a:\n    #     g()\n    #     h()\n    pass\n", [(2, 4)]),
        ("# import a\n# import b\n", []),
        ("# for example\n" + CODE, []),
        ("# Use it like this:\n" + CODE, []),
        ("# the old way:\n" + CODE, [(2, 4)]),
        ("# uncomment to check the rows\n" + CODE, []),
        ("# # DEBUG: play the parts\n" + CODE, []),
        ("# DEBUG: play the parts (run with -n=1)\n" + CODE, []),
        ("# one line of words\n# and one more\n# print(x) in a sentence\n", []),
        ("# Author: somebody\n# License: MIT\n# Version: 1\n", []),
        ("# a = b + c\n# d = e * f\n# g = h / i\n", []),
        ("# >>> model.fit(rows)\n# >>> model.score(rows)\n# >>> print(model)\n", []),
        ("# %%\n" + CODE, []),
        (f'"""\n{CODE}"""\n', []),
        (f'x = """\n{CODE}"""\n', []),
        ("# word\n# other\n# third\n", []),
        (f"x = 1  # one\n{CODE}", [(2, 4)]),
        ("x = 1  # one\n# f(x)\n# g(x)\n", []),
    ],
)
def test_blocks(text: str, places: list[tuple[int, int]]) -> None:
    assert found(text) == places


def test_what_is_shown_is_the_block_on_one_line() -> None:
    (site,) = sites(CODE, SiteKind.COMMENTED_CODE)
    assert site.snippet == "# model = build(depth) # model.fit(rows) # print(model.score(rows))"


def test_fifty_thousand_comments_take_no_time() -> None:
    assert found("# f(x)\n" * 50_000) == []
