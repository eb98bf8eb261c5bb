"""What only a browser can show: the drawn page, its address, and what it asks for."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import pytest

from tests.dashboard_by_hand import HOSTILE, NOW, QUARTER

pytestmark = pytest.mark.browser

RANKING = "repo=northwind%2Franking"
PAGES = (
    "/",
    f"/scorecard?{RANKING}&box=tests&q=onboarding",
    f"/debts?{RANKING}",
    f"/debts?{RANKING}&debt=fixed_thresholds",
    f"/branches?{RANKING}",
    f"/configuration?{RANKING}",
    f"/data?{RANKING}",
    f"/review?{RANKING}",
    f"/onboarding?{RANKING}",
    f"/scorecard?repo={quote(HOSTILE, safe='')}&box=ml_code&q=onboarding",
    f"/debts?repo={quote(HOSTILE, safe='')}&debt=fixed_thresholds",
    f"/branches?repo={quote(HOSTILE, safe='')}",
    f"/configuration?repo={quote(HOSTILE, safe='')}",
    f"/data?repo={quote(HOSTILE, safe='')}",
    f"/onboarding?repo={quote(HOSTILE, safe='')}",
    "/scorecard?repo=northwind%2Fnew",
    "/debts?repo=northwind%2Fnew",
    "/branches?repo=northwind%2Fnew",
    "/configuration?repo=northwind%2Fnew",
    "/data?repo=northwind%2Fnew",
    "/onboarding?repo=northwind%2Fnew",
    "/scorecard?repo=nobody%2Fnothing",
    "/activity",
    "/settings",
)


def sees(visitor: Any, text: str) -> None:
    visitor.tab.get_by_text(text).first.wait_for(timeout=30_000)


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 390)])
def test_every_page_fits_its_window_and_asks_nobody_else(browser: Any, server: str, theme: str, width: int) -> None:
    from tests.browser.conftest import Visitor

    visitor = Visitor(browser, server, theme, width)
    for path in PAGES:
        tab = visitor.open(path)
        wide, seen = tab.locator('[data-testid="stMain"]').evaluate("main => [main.scrollWidth, main.clientWidth]")
        assert wide <= seen, f"{path} is {wide - seen} pixels too wide"
        assert tab.locator('[data-testid="stException"]').count() == 0
        assert tab.evaluate("document.scripts.length") == tab.evaluate(
            "document.querySelectorAll('head script, body > script').length"
        )
        background = tab.evaluate("getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor")
        assert background == ("rgb(255, 255, 255)" if theme == "light" else "rgb(16, 22, 31)")
    visitor.context.close()
    assert visitor.outside == []
    assert visitor.errors == []


def test_on_a_telephone_no_number_of_a_branch_is_broken_and_no_choice_is_cut(browser: Any, server: str) -> None:
    from tests.browser.conftest import Visitor

    visitor = Visitor(browser, server, width=390)
    tab = visitor.open(f"/branches?{RANKING}")
    cells = tab.locator('[data-testid="branches"] td:not(:first-child)')
    assert cells.count() > 50
    heights = cells.evaluate_all("found => found.map(cell => cell.getBoundingClientRect().height)")
    assert max(heights) < 30  # one line
    for path in ("/portfolio", f"/scorecard?{RANKING}", f"/branches?{RANKING}"):
        ends = visitor.open(path).locator("[role=radio]")
        rights = ends.evaluate_all("found => found.map(one => one.getBoundingClientRect().right)")
        assert rights
        assert max(rights) <= 390, path
    visitor.context.close()


def test_beside_the_sidebar_of_a_tablet_words_have_room(browser: Any, server: str) -> None:
    from tests.browser.conftest import Visitor

    visitor = Visitor(browser, server, width=820)
    tab = visitor.open(f"/scorecard?{RANKING}&q=change_impact")
    assert tab.locator('[data-testid="stSidebar"]').bounding_box()["width"] > 200
    wide, seen = tab.locator('[data-testid="stMain"]').evaluate("main => [main.scrollWidth, main.clientWidth]")
    assert wide <= seen
    words = tab.locator(".md-line-of > summary .what, .md-answer .what")
    assert min(words.evaluate_all("found => found.map(one => one.getBoundingClientRect().width)")) > 200
    cut = "found => found.filter(one => one.scrollHeight > one.clientHeight + 2).length"
    assert tab.locator(".st-key-figure button").evaluate_all(cut) == 0
    visitor.context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_in_a_chart_has_the_colour_of_text(browser: Any, server: str, theme: str) -> None:
    from tests.browser.conftest import Visitor

    visitor = Visitor(browser, server, theme)
    tab = visitor.open(f"/onboarding?{RANKING}")
    tab.locator("svg.marks .role-mark text").first.wait_for()
    fills = "found => [...new Set(found.map(one => getComputedStyle(one).fill))]"
    text, muted = {
        "light": ("rgb(14, 22, 33)", "rgb(91, 103, 118)"),
        "dark": ("rgb(230, 236, 243)", "rgb(154, 167, 182)"),
    }[theme]
    assert tab.locator("svg.marks .role-mark text").evaluate_all(fills) == [text]
    assert tab.locator("svg.marks :is(.role-axis-label, .role-legend-label) text").evaluate_all(fills) == [muted]
    visitor.context.close()


def test_home_leads_to_the_portfolio_and_on_to_a_scorecard(visitor: Any) -> None:
    tab = visitor.open("/")
    sees(visitor, "4 repositories")
    assert tab.url.endswith("/portfolio")
    tab.get_by_role("link", name="northwind/ranking").click()
    sees(visitor, "The paper’s five questions")
    assert re.search(r"/scorecard\?repo=northwind(%2F|/)ranking$", tab.url)


def test_a_click_on_a_box_lists_its_files_and_stands_in_the_address(visitor: Any) -> None:
    tab = visitor.open(f"/scorecard?{RANKING}")
    tab.locator(".st-key-box_serving button").click()
    tab.locator('[data-testid="files"]').wait_for()
    assert tab.locator('[data-testid="files"] tbody tr').count() == 7
    assert "box=serving" in tab.url
    link = f"https://github.com/northwind/ranking/blob/{NOW:040x}/serving/part_06.py"
    assert tab.locator(f'[data-testid="files"] a[href="{link}"]').count() == 1


def test_a_box_is_reached_and_opened_by_the_keyboard(visitor: Any) -> None:
    tab = visitor.open(f"/scorecard?{RANKING}")
    tab.locator(".st-key-box_ml_code button").focus()
    tab.keyboard.press("Enter")
    tab.locator('[data-testid="files"]').wait_for()
    sees(visitor, "ML code: 5 files")


def test_boxes_lie_beside_each_other_and_hold_their_words(visitor: Any) -> None:
    tab = visitor.open(f"/scorecard?{RANKING}")
    boxes = tab.locator(".st-key-figure button").evaluate_all(
        """found => found.map(b => { const r = b.getBoundingClientRect();
             const p = b.querySelector('p').getBoundingClientRect();
             return [r.left, r.top, r.right, r.bottom, p.height <= r.height && p.width <= r.width] })"""
    )
    assert len(boxes) == 12
    for number, (left, top, right, bottom, holds) in enumerate(boxes):
        assert right - left > 40
        assert holds
        for other in boxes[:number]:
            assert right <= other[0] + 1 or other[2] <= left + 1 or bottom <= other[1] + 1 or other[3] <= top + 1


def test_a_question_is_chosen_and_stands_in_the_address(visitor: Any) -> None:
    tab = visitor.open(f"/scorecard?{RANKING}")
    tab.get_by_role("radio", name="New people").click()
    tab.locator('[data-testid="signal-newcomer_ramp"]').wait_for()
    assert "q=onboarding" in tab.url
    tab.reload()
    visitor.settled()
    tab.locator('[data-testid="signal-newcomer_ramp"]').wait_for()


def test_what_stands_behind_a_number_is_opened_by_the_keyboard_and_focus_is_seen(visitor: Any) -> None:
    tab = visitor.open(f"/scorecard?{RANKING}")
    first = tab.locator(".md-line-of").first
    summary = first.locator("summary").first
    assert not first.locator("dl").first.is_visible()
    tab.locator('[data-testid="stSelectbox"]').last.locator("input").focus()
    tab.keyboard.press("Tab")
    while summary.evaluate("one => one !== document.activeElement"):
        tab.keyboard.press("Tab")
    assert summary.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
    tab.keyboard.press("Enter")
    first.locator("dl").first.wait_for()


def test_another_repository_is_picked_and_the_address_follows(visitor: Any) -> None:
    tab = visitor.open(f"/scorecard?{RANKING}")
    tab.locator('[data-testid="stSidebar"] [data-testid="stSelectbox"] input').click()
    tab.get_by_role("option", name="northwind/ads").click()
    sees(visitor, "This is the example")
    assert re.search(r"repo=northwind(%2F|/)ads", tab.url)


def test_the_choice_is_kept_from_page_to_page(visitor: Any) -> None:
    at = f"{NOW - QUARTER:040x}"
    tab = visitor.open(f"/scorecard?{RANKING}&at={at}")
    sees(visitor, "not the latest")
    tab.locator('[data-testid="stSidebarNav"]').get_by_role("link", name="Data").click()
    sees(visitor, "No graph of data")
    assert f"at={at}" in tab.url
    tab.locator('[data-testid="stSidebarNav"]').get_by_role("link", name="Scorecard").click()
    tab.get_by_role("button", name="Show latest").click()
    visitor.gone(tab.get_by_text("not the latest"))
    assert "at=" not in tab.url


def test_a_link_to_share_names_the_repository_and_the_commit_and_leads_back(visitor: Any) -> None:
    tab = visitor.open(f"/debts?{RANKING}&debt=fixed_thresholds")
    tab.get_by_role("button", name="Share").press("Enter")
    link = tab.get_by_role("dialog").locator("code").inner_text()
    assert link == f"{visitor.server}/debts?{RANKING}&at={NOW:040x}&debt=fixed_thresholds"
    tab.goto(link)
    visitor.settled()
    tab.locator('[data-testid="kind-fixed_thresholds"]').wait_for()
    assert tab.locator(".st-key-frozen").count() == 0  # it is the latest still


def test_an_unknown_repository_is_not_another_one(visitor: Any) -> None:
    tab = visitor.open("/scorecard?repo=northwind%2Fother")
    sees(visitor, "This repository is not stored here")
    assert "northwind/ranking" not in tab.locator('[data-testid="stMain"]').inner_text()


def test_a_filter_stands_in_the_address(visitor: Any) -> None:
    tab = visitor.open("/portfolio")
    tab.get_by_label("Find a repository").fill("ADS")
    tab.keyboard.press("Enter")
    sees(visitor, "northwind/ads")
    visitor.gone(tab.get_by_text("northwind/new"))
    assert "find=ADS" in tab.url


def test_the_order_of_the_portfolio_stands_in_the_address_and_its_numbers_under_their_heads(visitor: Any) -> None:
    tab = visitor.open("/portfolio?order=name")
    names = tab.locator('.st-key-repositories [data-testid="stPageLink"]').all_inner_texts()
    assert names == sorted(names, key=str.casefold)
    lefts = "found => found.map(one => Math.round(one.getBoundingClientRect().left))"
    heads = tab.locator(".md-line .heads > div").evaluate_all(lefts)
    cells = tab.locator(".md-line .cells > div").evaluate_all(lefts)
    assert cells == heads[1:] * (len(cells) // 5)
    widths = tab.locator(".md-line .row i").evaluate_all("found => found.map(one => one.getBoundingClientRect().width)")
    assert set(widths) == {64}
    tab.locator(".st-key-order input").click()
    tab.get_by_role("option", name="The oldest numbers first").click()
    tab.wait_for_url("**/portfolio?order=oldest")


def test_branches_are_drawn(visitor: Any) -> None:
    tab = visitor.open(f"/branches?{RANKING}")
    tab.locator(".st-key-silence canvas, .st-key-silence svg.marks").first.wait_for()
    assert tab.locator(".st-key-graveyard .md-pic b").count() > 10
    assert tab.get_by_role("img", name="merged").count() >= 1
    assert tab.locator('[data-testid="branches"] tbody tr').count() > 10


def test_a_kind_of_debt_is_chosen_by_the_keyboard_and_stands_in_the_address(visitor: Any) -> None:
    tab = visitor.open(f"/debts?{RANKING}&debt=unseeded_randomness")
    sees(visitor, "there is no such kind of debt; all kinds are shown")
    tab.get_by_role("combobox", name="Kind of debt").focus()
    tab.keyboard.type("Fixed thres")
    tab.keyboard.press("Enter")
    found = tab.locator('[data-testid="findings"] > li')
    found.first.wait_for()
    assert found.count() == 50
    assert "debt=fixed_thresholds" in tab.url
    link = f"https://github.com/northwind/ranking/blob/{NOW:040x}/serving/rank_005.py#L15-L17"
    assert tab.locator(f'[data-testid="findings"] a[href="{link}"]').count() == 1
    tab.get_by_role("button", name="Next").press("Enter")
    sees(visitor, "51 to 100 of 120")
    tab.get_by_role("button", name="Show all kinds").press("Enter")
    tab.locator('[data-testid="kind-not_named"]').wait_for()
    assert "debt=" not in tab.url


def test_a_kind_of_debt_is_opened_by_its_link(visitor: Any) -> None:
    tab = visitor.open(f"/debts?{RANKING}&debt=reproducibility_debt")
    tab.locator('[data-testid="findings"]').wait_for()
    assert tab.locator('[data-testid="findings"] > li').count() == 3
    assert tab.locator('[data-testid^="kind-"]').count() == 1


def test_fonts_come_from_the_server_itself(visitor: Any) -> None:
    asked: list[str] = []
    visitor.tab.on("request", lambda request: asked.append(request.url))
    tab = visitor.open(f"/scorecard?{RANKING}")
    tab.evaluate("document.fonts.ready")
    assert any(url.endswith("/fonts/inter-latin.woff2") for url in asked)
    assert tab.evaluate("document.fonts.check('15px Inter')")


def test_a_line_of_one_year_is_a_picture_with_words(visitor: Any) -> None:
    tab = visitor.open(f"/scorecard?{RANKING}")
    pictures = tab.locator('[data-testid="answers"] img')
    assert pictures.count() >= 3
    assert "one year up to now" in (pictures.first.get_attribute("alt") or "")
    assert pictures.first.evaluate("image => image.complete && image.naturalWidth > 0")


def test_the_focus_is_drawn_in_the_navigation(visitor: Any) -> None:
    tab = visitor.open(f"/scorecard?{RANKING}")
    link = tab.locator('[data-testid="stSidebarNavLink"]').nth(1)
    for _ in range(12):
        tab.keyboard.press("Tab")
        if link.evaluate("one => one === document.activeElement"):
            break
    assert link.evaluate("one => one === document.activeElement")
    assert link.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
