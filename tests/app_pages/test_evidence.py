"""Pages of evidence: what a debt's section holds, and that nothing unknown reads like a number."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine
from streamlit.testing.v1 import AppTest

from app_pages import _door, _evidence_html
from app_pages._evidence import answers_consulting, part_of, sections, to_look_at, with_a_line
from app_pages._trend import QUARTER
from app_pages._view import View
from mldebt.store.engine import Store
from mldebt.store.series import Past
from scoring.answers import Identity, Scorecard, score
from scoring.attestation import Attestation
from scoring.debts import DEBTS, Debt
from scoring.finding import Effort, Severity
from scoring.questions import question
from scoring.signal import ASK, LEVEL, Evidence, Signal
from tests.dashboard_by_hand import NOW as SCANNED
from tests.dashboard_by_hand import add_repository
from tests.page_text import html
from tests.signals_by_hand import signal

NOW = 1_795_500_000
CONFIGURATION = Debt.CONFIGURATION_DEBT
ROWS = tuple(Evidence(f"conf/{number}.yaml", "file", number, "lines") for number in range(9))

Visit = Callable[..., AppTest]


def card(*signals: Signal) -> Scorecard:
    return score(signals, Identity("a" * 40, NOW))


def view(**now: float) -> View:
    past = {name: (Past(NOW - QUARTER, value / 2, "1"), Past(NOW, value, "1")) for name, value in now.items()}
    return View(past, NOW, "a" * 40, "https://github.com/owner/name")


def configured(value: float | None = 0.5, name: str = "ratio", **rest: object) -> Signal:
    return signal(value, debt=CONFIGURATION, name=name, **rest)  # type: ignore[arg-type]


def test_a_signal_reaches_its_debts_section_by_itself() -> None:
    found = card(configured(evidence=ROWS), configured(None, "unused", reason="no reader", evidence=ROWS[:1]), signal())
    [one] = sections([part_of(found, CONFIGURATION)], view(ratio=0.5))
    assert [(row.row.name, row.row.now, row.row.change.words) for row in one.signals.lines] == [
        ("ratio", "50 %", "worse: was 25 %")
    ]
    assert one.signals.lines[0].line is not None
    assert [(told.row.title, told.row.reason, len(told.row.evidence)) for told in one.signals.unknown] == [
        ("Unused", "no reader", 1)
    ]
    assert one.block.asks == ()  # as on the other pages: a kind's own question is for what nobody measures
    assert "Where is the glue?" in _evidence_html.section(one)  # a signal's own question, behind its number
    assert one.findings is None


def test_remedies_and_what_was_not_found_are_one_line_each_that_opens() -> None:
    some = [
        configured(0, "dead", unit="places", severity=Severity.LOW, effort=Effort.S),
        configured(0, "runbooks", unit=LEVEL, better="higher", remedy=True),
    ]
    [one] = sections([part_of(card(*some), CONFIGURATION)], view())
    assert one.signals.lines == ()
    assert [(fold.title, fold.names) for fold in one.signals.shared] == [
        ("None found", "Dead"),
        ("Remedies not seen", "Runbooks"),
    ]
    shown = _evidence_html.section(one)
    assert shown.index("<strong>None found:</strong> Dead</span></summary>") < shown.index('data-testid="signal-dead"')


def test_a_number_is_not_compared_with_a_snapshot_that_there_is_not() -> None:
    new, other = (
        _evidence_html.section(sections([part_of(card(configured()), CONFIGURATION)], seen)[0])
        for seen in (view(), View({"ratio": (Past(NOW - QUARTER, None, "1"), Past(NOW, 0.5, "1"))}, NOW, ""))
    )
    assert "a quarter ago" not in new
    assert "not measured a quarter ago" in other


def test_what_was_measured_comes_first_and_what_only_people_know_last() -> None:
    parts = card(signal(None), configured()).answers[0].parts
    order = [one.block.debt for one in sections(parts, view())]
    assert order[:2] == ["configuration_debt", "glue_code"]
    assert sorted(order) == sorted(str(debt) for debt in question("new_algorithm").debts)


def test_the_questions_that_consult_a_debt_are_those_of_the_paper() -> None:
    found = [answer.question.id for answer in answers_consulting(card(), CONFIGURATION)]
    assert found == ["new_algorithm", "change_impact", "onboarding"]


def test_a_section_shows_some_rows_and_folds_the_rest() -> None:
    [one] = sections([part_of(card(configured(evidence=ROWS)), CONFIGURATION)], view(ratio=0.5))
    shown = _evidence_html.section(one)
    assert "<summary>4 more</summary>" in shown
    assert shown.index("conf/4.yaml") < shown.index("4 more") < shown.index("conf/5.yaml")
    assert shown.count("https://github.com/owner/name/blob/") == 9


def test_an_unknown_signal_has_a_reason_and_no_number() -> None:
    [one] = sections([part_of(card(configured(None, reason="nobody <b>looked</b>")), CONFIGURATION)], view())
    shown = _evidence_html.section(one)
    assert one.signals.lines == ()
    assert "unknown, because nobody &lt;b&gt;looked&lt;/b&gt;." in shown
    assert "md-line-of" not in shown
    assert "0 %" not in shown


def test_what_nobody_measures_says_so_and_asks() -> None:
    asked = configured(status=ASK)
    for found, text in ((card(), DEBTS[CONFIGURATION].ask.en), (card(asked), asked.definition.asks.en)):
        [one] = sections([part_of(found, CONFIGURATION)], view())
        shown = _evidence_html.section(one)
        assert "Nothing here measures it yet" in shown
        assert text in re.sub("&#x27;", "'", shown)
        assert "1 question<" in shown


def test_only_measured_signals_with_a_past_are_drawn() -> None:
    some = [configured(), configured(0.1, "new"), configured(None, "unused")]
    assert [s.name for s in with_a_line(some, view(ratio=0.5, unused=0.5))] == ["ratio"]


def test_a_number_that_is_known_once_is_not_drawn() -> None:
    once = View({"ratio": (Past(NOW - QUARTER, None, "1"), Past(NOW, 0.5, "1"))}, NOW, "")
    assert with_a_line([configured()], once) == []


def test_what_got_worse_by_most_is_drawn_at_first_else_what_got_better() -> None:
    """The view has each number at half of what it is given there, a quarter ago."""
    same, little, much = configured(0.2, "same"), configured(0.4, "little"), configured(0.9, "much")
    seen = view(same=0.4, little=0.4, much=0.4, gain=0.4)
    assert to_look_at([same, little, much], seen) == 2
    assert to_look_at([same, much, little], seen) == 1
    gain = configured(0.9, "gain", better="higher")
    assert to_look_at([same, gain, little], seen) == 2
    assert to_look_at([same, gain], seen) == 1
    assert to_look_at([same, configured(0.1, "other")], seen) == 0
    assert to_look_at([configured(0.1, "other"), same], seen) == 1  # the other has no past


def test_onboarding_is_led_by_its_question_and_has_all_its_debts(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking", partial=["3 of 41 files could not be read."])
    page = visit("onboarding")
    assert "3 of 41 files could not be read." in html(page)
    shown, asked = html(page), question("onboarding")
    assert shown.index(asked.text.en) < shown.index('class="md-part"')
    assert shown.count('class="md-part"') == len(asked.debts)
    assert all(f'data-testid="part-{debt}"' in shown for debt in asked.debts)
    assert "unknown, because the clone is shallow: fetch the whole history" in shown
    assert len(page.get("vega_lite_chart")) == 1  # newcomers
    assert 'data-testid="over-time"' in html(page)


def test_what_the_team_states_stands_below_its_debt(visit: Visit, dashboard_store: Store) -> None:
    says = Attestation("configuration_debt", "two people read each change", "@ml", "2026-01-01", "9999-12-31")
    add_repository(dashboard_store, "northwind/ranking", attestations=[says, says._replace(about="entanglement")])
    for name in ("configuration", "onboarding"):
        shown = html(visit(name))
        assert shown.count("two people read each change") == 1
        assert shown.index('data-testid="part-configuration_debt"') < shown.index("two people read each change")


def test_a_question_shows_what_is_stated_of_its_debts(visit: Visit, dashboard_store: Store) -> None:
    says = Attestation("configuration_debt", "two people read each change", "@ml", "2026-01-01", "9999-12-31")
    add_repository(dashboard_store, "northwind/ranking", attestations=[says])
    assert html(visit("scorecard", q="onboarding")).count("two people read each change") == 1
    assert "two people read each change" not in html(visit("scorecard", q="data_dependencies"))


def test_configuration_is_led_by_the_questions_that_consult_it(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    shown = html(visit("configuration"))
    for name in ("new_algorithm", "change_impact", "onboarding"):
        assert shown.index(f'data-testid="question-{name}"') < shown.index('data-testid="part-configuration_debt"')
    assert shown.count('class="md-part"') == 1
    assert 'data-testid="signal-config_to_code_ratio"' in shown


@pytest.mark.parametrize("name", ["configuration", "debts"])
def test_that_nothing_can_be_compared_is_said_once(visit: Visit, dashboard_store: Store, name: str) -> None:
    add_repository(dashboard_store, "northwind/new", quarters=1)
    assert html(visit(name)).count("from a quarter ago") == 1


@pytest.mark.parametrize("name", ["configuration", "onboarding"])
def test_a_page_of_evidence_keeps_the_snapshot_that_the_address_names(
    visit: Visit, dashboard_store: Store, name: str
) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    page = visit(name, repo="northwind/ranking", at=f"{SCANNED - QUARTER:040x}")
    assert "2026-08-25" in html(page)
    assert not page.page_link  # findings are listed for scans only


def test_the_findings_of_a_debt_are_a_link_away(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    page = visit("onboarding")
    assert [link.label for link in page.page_link if "finding" in link.label]


def test_lines_of_a_year_and_the_chart_of_all_snapshots(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    visit("configuration")
    [repo] = _door.repositories()
    snapshot = _door.latest(repo.id)
    assert snapshot is not None
    assert len(_door.view(repo, snapshot, "en").series["truck_factor"]) == 5
    assert len(_door.whole_past(repo, "truck_factor")) == 9


@pytest.mark.parametrize("name", ["scorecard", "debts", "configuration", "onboarding"])
def test_a_page_asks_no_more_of_the_store_for_more_signals(visit: Visit, dashboard_store: Store, name: str) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        visit(name)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert 0 < sum(statement.startswith("SELECT") for statement in asked) < 20
