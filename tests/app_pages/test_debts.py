"""The page of debts in both themes, and in every state that a snapshot can be in."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from mldebt.store.attestations import given
from mldebt.store.engine import Store
from scoring.attestation import Attestation
from scoring.debts import DEBTS
from tests.dashboard_by_hand import NOW, QUARTER, add_empty_repository, add_repository
from tests.page_text import html

Visit = Callable[..., AppTest]


def kinds(page: AppTest) -> dict[str, str]:
    """The words of each kind's row, by its slug, in the page's order."""
    rows = re.findall(
        r'<section class="md-kind(?: alone)?" data-testid="kind-(\w+)">(.*?)</section>', html(page), re.DOTALL
    )
    return {slug: re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", row)).strip() for slug, row in rows}


def test_every_kind_has_a_row_in_the_papers_order(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    rows = kinds(visit("debts"))
    assert list(rows) == [*(debt.value for debt in DEBTS), "not_named"]
    for debt, kind in DEBTS.items():
        for text in (kind.title, kind.sentence, kind.remedy):
            assert re.sub(r"\W+", "", text.en) in re.sub(r"&#x27;|\W+", "", rows[debt.value])
        assert "For example:" in rows[debt.value]


def test_a_measured_kind_has_numbers_and_what_became_of_them(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    row = kinds(visit("debts"))["pipeline_jungles"]
    assert re.search(r" measured .* [\d.]+ % .*(was \d|no change)", row)
    assert "Ask the team" not in row


def test_a_measured_kind_still_asks_what_no_signal_can_see(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    row = kinds(visit("debts"))["entanglement"]
    assert " measured " in row
    assert "Ask the team: Which input" in row


def test_a_kind_that_nothing_measures_is_asked(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    asked = {slug: row for slug, row in kinds(visit("debts")).items() if " ask the team " in row}
    assert "hidden_feedback_loops" in asked
    assert all("Ask the team:" in row and "open findings" not in row for row in asked.values())


def said(page: AppTest) -> str:
    """What the team states, without markup; empty where the page has no such section."""
    found = re.search(r'<section data-testid="stated">(.*?)</section>', html(page), re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", found[1])).strip() if found else ""


def test_what_the_team_states_stands_apart_and_says_when_it_expires(visit: Visit, dashboard_store: Store) -> None:
    holds = Attestation(
        "hidden_feedback_loops", "none: <b>prices</b> are set by hand", "@ml", "2026-01-01", "9999-12-31"
    )
    add_repository(
        dashboard_store,
        "northwind/ranking",
        attestations=[holds, holds._replace(about="notebook_share", by="ops\u202e", until="2026-01-02")],
    )
    page = visit("debts")
    assert kinds(page)["hidden_feedback_loops"].count("ask the team") == 1
    assert "prices" not in kinds(page)["hidden_feedback_loops"]
    assert "none: &lt;b&gt;prices&lt;/b&gt; are set by hand Stated by @ml on 2026-01-01, holds until" in said(page)
    assert "notebook_share" in said(page)
    assert "Stated by ops\\u202e on 2026-01-01, expired after 2026-01-02: ask again." in said(page)
    assert "notebook_share" not in said(visit("debts", debt="hidden_feedback_loops"))
    assert said(visit("debts", debt="entanglement")) == ""


def test_an_answer_that_is_typed_is_kept_and_the_last_one_counts(visit: Visit, dashboard_store: Store) -> None:
    repository_id, _ = add_repository(dashboard_store, "northwind/ranking")
    page = visit("debts", debt="hidden_feedback_loops")
    for answer in ("first", "we checked:\npassword=hunter2hunter2 <b>"):
        page.text_area(key="answer_text").input(answer)
        page.text_input(key="answer_by").input(" ML team ")
        page.button(key="answer_keep").click().run()
        assert not page.exception
    assert "we checked: password=*** &lt;b&gt; Stated by ML team on" in said(page)
    assert "first" not in said(page)
    assert kinds(page)["hidden_feedback_loops"].count("Ask the team") == 1
    with dashboard_store.reading() as connection:
        (one,) = given(connection, repository_id)
    assert (one.about, one.by, one.until > one.on, one.source) == (
        "hidden_feedback_loops",
        "ML team",
        True,
        "dashboard",
    )
    assert "we checked" not in said(visit("debts", debt="entanglement"))


def test_an_answer_without_words_or_owner_is_not_kept(visit: Visit, dashboard_store: Store) -> None:
    repository_id, _ = add_repository(dashboard_store, "northwind/ranking")
    page = visit("debts", debt="hidden_feedback_loops")
    page.text_area(key="answer_text").input("  ")
    page.button(key="answer_keep").click().run()
    assert page.error[0].value == "An answer needs its words, and who says so."
    with dashboard_store.reading() as connection:
        assert given(connection, repository_id) == ()


def test_findings_are_counted_and_accepted_ones_apart(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    rows = kinds(visit("debts"))
    assert rows["fixed_thresholds"].endswith("open findings 119 accepted 1")
    assert rows["not_named"].endswith("open findings 3 accepted 1")


def test_none_is_said_only_where_places_were_looked_for(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    rows = kinds(visit("debts"))
    assert rows["data_testing_debt"].endswith("open findings 0 accepted 0")
    assert "open findings" not in rows["glue_code"]
    assert "none was found" in html(visit("debts", debt="data_testing_debt"))
    assert "No signal looks for single places" in html(visit("debts", debt="glue_code"))


def test_a_kind_lists_its_findings_a_page_at_a_time(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    page = visit("debts")
    page.button(key="list_fixed_thresholds").click().run()
    assert page.query_params["debt"] == "fixed_thresholds"
    assert list(kinds(page)) == ["fixed_thresholds"]
    assert html(page).count('data-testid="finding-') == 50
    assert "serving/rank_000.py:10" in html(page)
    page.button(key="findings_on").click().run()
    page.button(key="findings_on").click().run()
    assert "101 to 120 of 120" in html(page)
    assert html(page).count('data-testid="finding-') == 20
    assert "serving/rank_000.py:10" not in html(page)
    page.button(key="findings_back").click().run()
    assert "51 to 100 of 120" in html(page)


def test_findings_of_several_signals_are_listed_together_each_once(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    page = visit("debts", debt="prototype_smell")
    first = re.findall(r'data-testid="finding-([^"]+)"', html(page))
    assert "Paths of somebody" in html(page)
    assert "Data cut down in the code" in html(page)
    page.button(key="findings_on").click().run()
    second = re.findall(r'data-testid="finding-([^"]+)"', html(page))
    assert (len(first), len(second), len({*first, *second})) == (50, 20, 70)


def test_a_finding_says_where_what_why_how_large_and_who_accepts_it(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    shown = html(visit("debts", debt="fixed_thresholds"))
    first, second, *_ = re.findall(r'<li data-testid="finding-.*?</li>', shown, re.DOTALL)
    link = f"https://github.com/northwind/ranking/blob/{NOW:040x}/serving/rank_000.py#L10"
    assert f'href="{link}"' in first
    assert "<code><bdi>Ranker.decide</bdi></code>" in first
    assert "<pre><code><bdi>if score &gt; 0.000:</bdi></code></pre>" in first
    for words in ("effort M", "file changed 119 times in a year", "why it matters", "Pay it off:"):
        assert words in first
    assert "Accepted by ranking-team until 2027-03-31 (intended)" in first
    assert "The acceptance by ranking-team ran out after 2026-03-31" in second
    assert "changes of the file not known" not in first


def test_signals_of_no_named_kind_have_findings_too(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    page = visit("debts", debt="not_named")
    assert html(page).count('data-testid="finding-') == 4


def test_an_unknown_kind_is_not_another_one(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    page = visit("debts", debt="<b>fixed")
    assert "debt=&lt;b&gt;fixed: there is no such kind of debt; all kinds are shown." in html(page)
    assert len(kinds(page)) == len(DEBTS) + 1


def test_all_kinds_come_back(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    page = visit("debts", debt="glue_code")
    page.button(key="all_kinds").click().run()
    assert len(kinds(page)) == len(DEBTS) + 1
    assert "debt" not in page.query_params
    page.selectbox(key="debt").select("entanglement").run()
    assert list(kinds(page)) == ["entanglement"]


def test_a_snapshot_from_history_lists_no_findings(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    at = f"{NOW - QUARTER:040x}"
    page = visit("debts", repo="northwind/ranking", at=at)
    assert "made from history" in html(page)
    assert not [button for button in page.button if str(button.key).startswith("list_")]
    assert "listed for scans only" in html(visit("debts", repo="northwind/ranking", at=at, debt="fixed_thresholds"))


def test_a_partial_snapshot_says_so_and_why(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking", partial=["3 of 41 files could not be read."])
    page = visit("debts")
    assert "3 of 41 files could not be read." in html(page)
    assert "unknown, because the clone is shallow: fetch the whole history" in kinds(page)["cultural_debt"]


def test_a_repository_without_commits_has_kinds_but_no_number(visit: Visit, dashboard_store: Store) -> None:
    add_empty_repository(dashboard_store, "northwind/new")
    rows = kinds(visit("debts"))
    assert all("open findings" not in row for row in rows.values())
    assert "unknown, because the repository has no commits" in rows["fixed_thresholds"]
    assert all("Ask the team:" in row for row in rows.values())
    assert "could not be looked for" in html(visit("debts", debt="fixed_thresholds"))


@pytest.mark.parametrize("debt", ["", "fixed_thresholds"])
def test_korean_readers_read_of_debts_in_korean(visit: Visit, dashboard_store: Store, debt: str) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    kind = next(kind for kind in DEBTS.values() if kind.debt.value == "fixed_thresholds")
    shown = html(visit("debts", locale="ko-KR", debt=debt))
    assert kind.sentence.ko in shown
    assert kind.sentence.en not in shown


def test_findings_are_filtered_by_acceptance_and_severity_in_the_address(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    page = visit("debts", debt="fixed_thresholds", acceptance="accepted")
    assert html(page).count('data-testid="finding-') == 1
    assert "serving/rank_000.py:10" in html(page)
    page.pills(key="acceptance").set_value("open").run()
    assert page.query_params["acceptance"] == "open"
    assert "1 to 50 of 119" in html(page)
    page.pills(key="severity").set_value("high").run()
    assert page.query_params["severity"] == "high"
    assert "None of the 120 listed findings fits the filter" in html(page)
    page.button(key="all_findings").click().run()
    assert "1 to 50 of 120" in html(page)
    assert page.query_params == {"repo": "northwind/ranking", "debt": "fixed_thresholds"}


def test_each_filter_has_pages_of_its_own(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    page = visit("debts", debt="fixed_thresholds")
    page.button(key="findings_on").click().run()
    page.pills(key="severity").set_value("medium").run()
    assert "1 to 50 of 120" in html(page)


@pytest.mark.parametrize("word", ["", "none", "HIGH", "<script>"])
def test_a_filter_that_there_is_not_filters_nothing(visit: Visit, dashboard_store: Store, word: str) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    assert "1 to 50 of 120" in html(visit("debts", debt="fixed_thresholds", acceptance=word, severity=word))


def test_a_place_with_several_lines_is_a_permanent_link_to_them(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    shown = html(visit("debts", debt="fixed_thresholds"))
    assert f"https://github.com/northwind/ranking/blob/{NOW:040x}/serving/rank_005.py#L15-L17" in shown
    assert shown.count(f'href="https://github.com/northwind/ranking/blob/{NOW:040x}/serving/') == 50
