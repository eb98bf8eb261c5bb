"""A review held from its opening to its closing in a browser, by clicking and typing only, and then exported."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from scoring.review.html import review_html
from scoring.review.record import Record
from tests.browser.conftest import Visitor
from tests.browser.test_accessibility import violations
from tests.reviews_by_hand import record

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = Draft202012Validator(json.loads((ROOT / "schemas" / "review-1.json").read_text("utf-8")))
TYPED = "<script>alert(1)</script> 한국어"

pytestmark = pytest.mark.browser


def clicked(visitor: Any, what: Any) -> Any:
    what.click()
    return visitor.settled()


def typed(visitor: Any, field: Any, text: str) -> None:
    """Into a field that is then left, as somebody does who goes on to the next."""
    field.fill(text)
    field.press("Tab")
    visitor.settled()


def held(visitor: Any, address: str, place: int = 0) -> None:
    """Open the next review of a repository, answer, decide, and close it."""
    tab = visitor.open(address)
    clicked(visitor, tab.get_by_role("button", name="Open the review"))
    tab.get_by_text("What is typed is kept field by field").wait_for()

    card = tab.locator('[class*="st-key-question_"]').first
    typed(visitor, card.get_by_label("Answer"), f"We watch each slice. {TYPED}")
    typed(visitor, card.get_by_label("Owner: who says so"), "@ml")
    card.get_by_text("Kept.", exact=True).wait_for()

    clicked(visitor, tab.get_by_role("button", name="Decide", exact=True).nth(place))
    form = tab.locator(".st-key-decide")
    clicked(visitor, form.get_by_text("Refactor", exact=True))
    typed(visitor, form.get_by_label("What is done, or why nothing is"), f"Wrap it. {TYPED}")
    typed(visitor, form.get_by_label("Owner: a team, a role or a person"), "@platform")
    clicked(visitor, tab.get_by_role("button", name="Take this decision"))
    tab.locator('[data-testid^="decision-"]').get_by_text("Wrap it.").wait_for()

    ending = tab.locator(".st-key-ending")
    typed(visitor, ending.get_by_label("Closed by: a team, a role or a person"), "@lead")
    clicked(visitor, ending.get_by_text("Nothing in it can be changed afterwards"))
    clicked(visitor, ending.get_by_role("button", name="Close the review"))
    tab.get_by_text("it is as it was").wait_for()


def exported(visitor: Any, folder: Path) -> dict[str, Path]:
    """All three forms, from the page's own menu."""
    tab, found = visitor.tab, {}
    tab.get_by_role("button", name="Export").click()
    for name, ending in (("HTML, to print", "html"), ("Markdown", "md"), ("JSON", "json")):
        with tab.expect_download() as download:
            tab.get_by_role("button", name=name).click()
        found[ending] = folder / download.value.suggested_filename
        download.value.save_as(found[ending])
    return found


def test_a_review_is_held_from_opening_to_closing_and_leaves_in_three_forms(visitor: Any, tmp_path: Path) -> None:
    held(visitor, "/review?repo=northwind%2Fads")
    number = re.findall(r"review=(\d+)", visitor.tab.url)[0]
    files = exported(visitor, tmp_path)
    record = json.loads(files["json"].read_text("utf-8"))
    SCHEMA.validate(record)
    assert (record["closed_by"], len(record["digest"])) == ("@lead", 64)
    assert [row["words"] for row in record["decisions"]] == [f"Wrap it. {TYPED}"]
    assert f"We watch each slice. {TYPED}" in {row["answer"] for row in record["asked"]}
    page = files["html"].read_text("utf-8")
    assert "<script" not in page
    assert len(page.encode()) <= 60 * 1024
    assert "한국어" in files["md"].read_text("utf-8")

    tab = visitor.open(f"/review?repo=northwind%2Fads&review={number}")
    assert tab.get_by_role("button", name="Close the review").count() == 0
    assert tab.get_by_text("Closed on").count() == 1


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_an_open_review_and_its_form_meet_wcag(browser: Any, server: str, theme: str) -> None:
    """A dialog stands beside the page, and does not learn its theme by itself."""
    visitor = Visitor(browser, server, theme, bypass_csp=True)  # axe makes functions of text
    tab = visitor.open("/review?repo=northwind%2Fads")
    if tab.get_by_role("button", name="Open the review").count():
        clicked(visitor, tab.get_by_role("button", name="Open the review"))
    assert violations(tab) == []
    clicked(visitor, tab.get_by_role("button", name="Decide", exact=True).first)
    clicked(visitor, tab.get_by_role("dialog").get_by_role("button", name="Take this decision"))
    tab.get_by_text("A decision needs what kind of decision it is").wait_for()
    assert violations(tab) == []
    visitor.context.close()


LONG = "a_module_with_a_very_long_name_" * 6


def on_paper() -> Record:
    """Long names and long words in every table, and more rows than a page has."""
    one = replace(record(), closed="2024-02-14", closed_by=LONG, repository=LONG)
    places = tuple(replace(one.places[0], path=f"{LONG}/{number}.py", note=LONG) for number in range(30))
    decided = tuple(replace(one.decisions[0], number=n, words=f"{LONG} {LONG}", owner=LONG) for n in range(9))
    asked = tuple(replace(row, answer=f"{LONG} {TYPED}", owner=LONG) for row in one.asked[:9])
    return replace(one, places=places, decisions=decided, asked=asked)


@pytest.mark.parametrize("width", [688, 390])
def test_nothing_is_cut_on_paper_or_on_a_telephone(browser: Any, tmp_path: Path, width: int) -> None:
    """688 pixels are what A4 leaves between its margins."""
    file = tmp_path / "review.html"
    file.write_text(review_html(on_paper()), "utf-8")
    tab = browser.new_page(viewport={"width": width, "height": 900})
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.emulate_media(media="print" if width == 688 else "screen")
    tab.goto(file.as_uri())
    wide, seen = tab.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide <= seen
    beyond = "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.outerHTML.slice(0, 120))"
    assert tab.eval_on_selector_all("td, th, p, .card, pre, li", beyond) == []
    assert asked == [file.as_uri()]
    if width == 688:
        printed = tab.pdf(prefer_css_page_size=True)
        assert printed.startswith(b"%PDF-")
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) >= 3
    tab.close()
