"""Every page against WCAG 2.1 AA, in both themes, with all that is folded opened."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.dashboard_by_hand import NOW, QUARTER

pytestmark = pytest.mark.browser

AXE = Path(__file__).parent / "axe" / "axe.min.js.gz"
RANKING = "repo=northwind%2Franking"
PAGES = (
    "/portfolio",
    f"/scorecard?{RANKING}&box=tests&q=onboarding",
    f"/scorecard?{RANKING}&q=change_impact&lang=ko&at={NOW - QUARTER:040x}",
    f"/debts?{RANKING}",
    f"/debts?{RANKING}&debt=fixed_thresholds",
    f"/data?{RANKING}",
    f"/branches?{RANKING}",
    f"/configuration?{RANKING}",
    f"/onboarding?{RANKING}",
    "/scorecard?repo=nobody%2Fnothing",
    f"/review?{RANKING}",
    "/activity",
    "/settings",
)
RULES = {
    "light": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
    "dark": ["color-contrast", "link-in-text-block"],  # of all rules, those that a theme can break
}


class Violation(NamedTuple):
    rule: str
    html: str


# Streamlit's own navigation nests its sections in a list as no list may be nested.
STREAMLITS_OWN = {("list", 'data-testid="stSidebarNavItems"'), ("listitem", "<li class=")}


def violations(tab: Any, theme: str = "light") -> list[Violation]:
    tab.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    tab.evaluate(gzip.decompress(AXE.read_bytes()).decode())
    found = tab.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']}).then(found => found.violations"
        ".flatMap(one => one.nodes.map(node => [one.id, node.html,"
        " !!document.querySelector(node.target.join(' '))?.closest('[data-testid=stSidebarNav]')])))",
        RULES[theme],
    )
    return [
        Violation(rule, html) for rule, html, in_navigation in found if not (in_navigation and _is_theirs(rule, html))
    ]


def _is_theirs(rule: str, html: str) -> bool:
    return any(rule == known and words in html for known, words in STREAMLITS_OWN)


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 1280), ("light", 390)])
def test_every_page_meets_wcag(browser: Any, server: str, theme: str, width: int) -> None:
    from tests.browser.conftest import Visitor

    visitor = Visitor(browser, server, theme, width, bypass_csp=True)  # axe makes functions of text
    found = {}
    for path in PAGES if width == 1280 else PAGES[1:4]:
        if violated := violations(visitor.open(path), theme):
            found[path] = violated
    visitor.context.close()
    assert found == {}
