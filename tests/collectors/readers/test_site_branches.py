"""Branches that never run, and what conditions ask for."""

import pytest

from collectors.facts.sites import SiteKind
from tests.collectors.readers.sites_by_hand import sites


def found(text: str, kind: SiteKind) -> list[str]:
    return [site.detail for site in sites(text, kind)]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("if False:\n    f()\n    g()\n", ["2"]),
        ("if 0:\n    f()\n", ["1"]),
        ("while False:\n    f()\n", ["1"]),
        ("if x and False:\n    f()\n", ["1"]),
        ("if not True:\n    f()\n", ["1"]),
        ("if True:\n    f()\nelse:\n    g()\n", ["1"]),
        ("if True:\n    f()\n", []),
        ("while True:\n    f()\n", []),
        ("if x or False:\n    f()\n", []),
        ("if False:\n    from a import b\n", []),
        ("def f():\n    if False:\n        yield\n", []),
        ("if False:\n    'words'\n", []),
        ("if x:\n    f()\n", []),
    ],
)
def test_conditions_that_are_constants(text: str, lines: list[str]) -> None:
    assert found(text, SiteKind.DISABLED) == lines


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("USE = False\nif USE:\n    f()\n", ["USE 1"]),
        ("USE = True\nif not USE:\n    f()\n", ["USE 1"]),
        ("USE = True\nif USE:\n    f()\nelse:\n    g()\n", ["USE 1"]),
        ("USE = True\nif USE:\n    f()\n", []),
        ("USE = None\nif USE:\n    f()\n", []),
        ("USE = False\nif USE == 1:\n    f()\n", []),
        ("USE = False\nUSE = True\nif USE:\n    f()\n", []),
        ("USE = False\ndef on():\n    global USE\n    USE = True\nif USE:\n    f()\n", []),
        ("USE = False\nfor USE in x:\n    if USE:\n        f()\n", []),
        ("USE = False\ndef f(USE):\n    if USE:\n        f()\n", []),
        ("try:\n    USE = False\nexcept E:\n    pass\nif USE:\n    f()\n", []),
        ("def f():\n    use = False\n    if use:\n        f()\n", []),
        ("USE = False\nexec(open('configurator.py').read())\nif USE:\n    f()\n", []),
        ("USE = False\nf(USE=1)\nif USE:\n    f()\n", []),
    ],
)
def test_names_that_are_always_the_same(text: str, flags: list[str]) -> None:
    assert found(text, SiteKind.CONSTANT_FLAG) == flags


def test_what_a_condition_asks_for_is_named_once() -> None:
    first = "if cfg.use_a and not cfg['use_b']:\n    f()\nif o.get('use_c') or use_e:\n    f()\n"
    text = f"{first}if o.get('use_c'):\n    f()\nif use_d:\n    f()\nif a.b() > 1: f()\n"
    assert found(text, SiteKind.CONDITION) == ["use_a", "!use_b", "use_c", "use_d"]


def test_the_place_is_the_branch() -> None:
    (site,) = sites("def f():\n    if False:\n        g()\n        h()\n", SiteKind.DISABLED)
    assert (site.line, site.end_line, site.symbol, site.snippet) == (2, 4, "f", "if False: g() h()")
