"""Every page in both themes, and in every state that a store can be in."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from mldebt.store.engine import Store
from scoring.questions import QUESTIONS
from tests.dashboard_by_hand import HOSTILE, NOW, QUARTER, add_empty_repository, add_repository, empty_store
from tests.page_text import html, words

PAGES = ("portfolio", "scorecard", "debts", "data", "review", "branches", "configuration", "onboarding")
Visit = Callable[..., AppTest]


@pytest.mark.parametrize("name", PAGES)
def test_an_empty_store_says_how_to_fill_it(visit: Visit, name: str) -> None:
    page = visit(name)
    assert "No repository yet" in html(page)
    assert "mldebt scan" in html(page)


def test_the_only_repository_is_at_home(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    assert "northwind/ranking" in html(visit())


def test_two_repositories_make_a_portfolio_the_home(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    add_repository(dashboard_store, "northwind/ads", seed=2)
    page = visit()
    assert "2 repositories" in html(page)
    assert {link.value for link in page.page_link} == {r"**northwind/ranking**", r"**northwind/ads**"}


def test_a_scorecard_answers_the_five_questions_then_says_what_to_do_and_shows_the_figure(
    visit: Visit, dashboard_store: Store
) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    shown = html(visit("scorecard"))
    order = ("five questions", "What moved in a quarter", "Do these first", "as in the paper’s figure", "Evidence")
    assert sorted(order, key=shown.index) == list(order)
    assert shown.count("Show the arithmetic") == len(QUESTIONS)
    for question in QUESTIONS:
        assert question.text.en in shown
    assert shown.count("parts seen") == 6  # once for each answer, and in the headline
    assert "no letters" in shown


def test_every_signal_of_a_question_is_shown_with_its_quarter_coverage_and_blind_spot(
    visit: Visit, dashboard_store: Store
) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    shown = html(visit("scorecard", q="onboarding"))
    assert 'data-testid="signal-truck_factor"' in shown
    assert 'data-testid="signal-newcomer_ramp"' in shown
    assert "412 of 420" in shown
    assert "What it cannot see" in shown
    assert "A quarter ago" in shown
    assert "features/joins.py:12" in shown.partition('data-testid="signal-truck_factor"')[2]


def test_a_debt_is_explained_wherever_it_is_named(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    for question in QUESTIONS:
        shown = html(visit("scorecard", q=question.id))
        assert all(f'data-testid="part-{debt}"' in shown for debt in question.debts)
        assert shown.count("<em>For example:</em>") == len(question.debts) + 1


def test_what_nobody_measures_is_asked(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    assert "Ask the team:" in html(visit("scorecard", q="cross_degradation"))


def test_a_partial_snapshot_says_so_and_what_to_add(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking", partial=["3 of 41 files could not be read."])
    shown = html(visit("scorecard", q="onboarding"))
    assert "3 of 41 files could not be read." in shown
    assert "unknown, because the clone is shallow: fetch the whole history" in shown
    assert "3 of 41 files could not be read." in html(visit("branches"))


def test_the_example_is_marked(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, "demo", is_example=True)
    assert "This is the example" in html(visit("scorecard"))


def test_a_repository_without_commits_gets_no_letter_and_no_number(visit: Visit, dashboard_store: Store) -> None:
    add_empty_repository(dashboard_store, "northwind/new")
    shown = words(visit("scorecard"))
    assert "The repository has no commits" in shown
    assert shown.count("not enough evidence") >= 5
    assert "No code to draw" in shown
    assert not re.search(r"\b0 (branches|days|people|%)", shown)
    assert "No branches to show" in html(visit("branches"))


@pytest.mark.parametrize("name", PAGES[1:])
def test_an_unknown_repository_is_not_another_one(visit: Visit, dashboard_store: Store, name: str) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    page = visit(name, repo="northwind/other")
    assert "This repository is not stored here" in html(page)
    assert "northwind/ranking" not in html(page)


@pytest.mark.parametrize("at", ["deadbeef", "zzz", "-1", "0", "'; drop table snapshot; --", "%"])
def test_an_unknown_snapshot_is_not_another_one(visit: Visit, dashboard_store: Store, at: str) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    page = visit("scorecard", repo="northwind/ranking", at=at)
    assert "This snapshot is not stored" in html(page)
    assert "five questions" not in html(page)


def test_a_snapshot_of_another_repository_is_not_shown(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    add_repository(dashboard_store, "northwind/new", quarters=1)
    page = visit("scorecard", repo="northwind/new", at=f"{NOW - QUARTER:040x}")
    assert "This snapshot is not stored" in html(page)


def test_an_address_freezes_a_page_to_one_snapshot(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    at = f"{NOW - QUARTER:040x}"
    page = visit("scorecard", repo="northwind/ranking", at=at)
    assert "not the latest" in html(page)
    assert "measured from history" in html(page)
    page.button(key="show_latest").click().run()
    assert "not the latest" not in html(page)


def test_branches_of_a_snapshot_from_history_are_not_made_up(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    page = visit("branches", repo="northwind/ranking", at=f"{NOW - QUARTER:040x}")
    assert "git does not remember which branches stood" in html(page)
    assert not page.get("vega_lite_chart")
    assert 'data-testid="graveyard-drawn"' not in html(page)


def test_branches_are_drawn_counted_and_listed(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    page = visit("branches")
    assert len(page.get("vega_lite_chart")) == 1
    assert 'data-testid="graveyard-drawn"' in html(page)
    assert 'data-testid="branches"' in html(page)
    assert "https://github.com/northwind/ranking/tree/exp/" in html(page)
    assert 'data-testid="card-abandoned_branches"' in html(page)
    assert "with 1 release line and 1 open pull request" in html(page)


def test_a_box_lists_its_files_a_page_at_a_time(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    page = visit("scorecard")
    assert 'data-testid="files"' not in html(page)
    page.button(key="box_tests").click().run()
    assert "Tests: 60 files" in html(page)
    assert "1 to 50 of 60" in html(page)
    assert "tests/part_59.py" in html(page)  # most lines first
    assert "tests/part_05.py" not in html(page)
    page.button(key="files_on").click().run()
    assert "51 to 60 of 60" in html(page)
    assert "tests/part_05.py" in html(page)
    page.button(key="files_back").click().run()
    assert "1 to 50 of 60" in html(page)


def test_another_box_begins_on_its_first_page(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    page = visit("scorecard", box="tests")
    page.button(key="files_on").click().run()
    page.button(key="box_serving").click().run()
    assert "Serving: 7 files" in html(page)
    assert "serving/part_06.py" in html(page)


def test_a_line_breaks_where_scoring_changed(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking", versions=["0"] * 8)
    page = visit("scorecard")
    assert "measured in another way a quarter ago" in html(page)


def test_a_portfolio_is_filtered_by_its_address(visit: Visit, dashboard_store: Store) -> None:
    for number, name in enumerate(["northwind/ranking", "northwind/ads", "eastwind/ads"]):
        add_repository(dashboard_store, name, seed=number)
    page = visit("portfolio", find="ADS")
    assert len(page.page_link) == 2
    page.text_input(key="find").set_value("nothing like it").run()
    assert "No match" in html(page)
    page.button(key="clear_filter").click().run()
    assert len(page.page_link) == 3


def test_what_the_portfolio_is_asked_for_is_kept_beside_other_words_of_the_address(
    visit: Visit, dashboard_store: Store
) -> None:
    for number, name in enumerate(["northwind/ranking", "northwind/ads", "eastwind/ads"]):
        add_repository(dashboard_store, name, seed=number)
    page = visit("portfolio", order="name", find="ads", lang="en")
    assert [link.label for link in page.page_link] == [r"**eastwind/ads**", r"**northwind/ads**"]
    page.selectbox(key="order").select("oldest").run()
    page.button(key="clear_filter").click().run()
    assert page.query_params == {"order": "oldest", "lang": "en"}
    page.selectbox(key="order").select("worse").run()
    assert page.query_params == {"lang": "en"}
    assert len(visit("portfolio", order="nonsense").page_link) == 3


def test_each_repository_of_the_portfolio_says_as_of_when(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    add_empty_repository(dashboard_store, "northwind/new")
    shown = words(visit("portfolio"))
    assert shown.count("as of 2026-11-24") == 2  # the newest of all, and this one's own
    assert "no commit yet" in shown
    assert "1970" not in shown


def test_a_long_portfolio_has_pages(visit: Visit, dashboard_store: Store) -> None:
    for number in range(23):
        add_repository(dashboard_store, f"northwind/r{number:02}", seed=number, quarters=1)
    assert len(visit("portfolio").page_link) == 20
    assert len(visit("portfolio", page="2").page_link) == 3
    assert len(visit("portfolio", page="99999999999").page_link) == 20
    assert len(visit("portfolio", page="x").page_link) == 20


@pytest.mark.parametrize("name", PAGES)
def test_hostile_names_stay_text(visit: Visit, dashboard_store: Store, name: str) -> None:
    add_repository(dashboard_store, HOSTILE, hostile=True, web="https://github.com/a/b", partial=[HOSTILE])
    add_repository(dashboard_store, "northwind/ranking")
    page = visit(name, repo=HOSTILE, box="ml_code", q="onboarding", debt="fixed_thresholds", at="")
    shown = html(page)
    assert "<script>alert(1)" not in shown
    assert "\u202e" not in shown
    if name == "portfolio":
        assert any(r"\<script\>" in link.value for link in page.page_link)
    else:
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert not re.search(r'href="(?!https://|#[a-z_]+")', shown)  # or a place of the same page


def test_korean_readers_read_korean(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    page = visit("scorecard", locale="ko-KR")
    assert QUESTIONS[0].text.ko in html(page)
    assert QUESTIONS[0].text.en not in html(page)


def test_a_store_that_does_not_answer_is_told_in_a_sentence(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:////nowhere/at/all/mldebt.db")
    page = visit()
    assert "The store does not answer" in html(page)
    assert "Traceback" not in html(page)


def test_a_large_name_ends_its_line_behind_a_slash(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    assert any("<h1><bdi>northwind/<wbr>ranking</bdi>" in element.value for element in visit("scorecard").html)


def test_two_stores_never_mix(
    visit: Visit, dashboard_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    visit("scorecard")
    (tmp_path / "other").mkdir()
    other, address = empty_store(tmp_path / "other")
    add_repository(other, "eastwind/churn")
    other.close()
    monkeypatch.setenv("DATABASE_URL", address)
    shown = html(visit("scorecard"))
    assert "eastwind/churn" in shown
    assert "northwind" not in shown.replace("github.com/northwind", "")


def test_no_page_shows_points_hours_money_or_an_overall_letter(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    for name in PAGES:
        shown = words(visit(name)).replace("45 minutes, three decisions", "")  # of the meeting, none of any debt
        assert not re.search(r"\b(\d+ points|of 100|hours|minutes|\$\d|€)\b", shown)
        assert "overall" not in shown.lower()


def test_small_print_under_a_number_is_not_the_letter_beside_it() -> None:
    """A letter's tile is small too, and a flex box: as a block it would not stand in the middle."""
    style = (Path(__file__).resolve().parents[2] / "app_pages" / "style.css").read_text(encoding="utf-8")
    blocks = re.findall(r"^(.*\.key \.small.*)\{.*display: block", style, re.MULTILINE)
    assert [one.strip() for one in blocks] == [".md .md-line-of > summary .key .small:not(.tile)"]
