"""Findings and kinds of debt as a page words them."""

from __future__ import annotations

import pytest

from app_pages import _ledger
from app_pages._view import View
from collectors.registry import discover
from scoring.debts import DEBTS
from scoring.finding import Effort, Finding, Severity, Tally
from scoring.finding.acceptance import Acceptance, Reason
from scoring.signal import Definition, Measurement, Signal

VIEW = View({}, 0, "4f2a" * 10, "https://github.com/northwind/ranking")
DEFINITIONS = {collector.definition.name: collector.definition for collector in discover()}
FOUND = Finding("0" * 12, "fixed_thresholds", None, "a b.py", 7, 7, "", "x > 0.5", "", Severity.HIGH, Effort.S)
HOLDS = Acceptance("*", "*", Reason.INTENDED, "ranking-team", "2027-03-31")


def test_a_place_is_linked_by_its_lines() -> None:
    one = _ledger.finding_row(FOUND, DEFINITIONS, VIEW)
    several = _ledger.finding_row(FOUND._replace(end_line=9), DEFINITIONS, VIEW)
    dated = (FOUND._replace(last_changed="2026-01-02", end_line=end) for end in (FOUND.line, 9))
    changed = [_ledger.finding_row(found, DEFINITIONS, VIEW).last_changed for found in dated]
    assert changed == ["line last changed 2026-01-02", "lines last changed 2026-01-02"]
    assert (one.place, several.place) == ("a b.py:7", "a b.py:7–9")
    assert several.link == f"https://github.com/northwind/ranking/blob/{VIEW.commit}/a%20b.py#L7-L9"


def test_a_rule_that_is_no_longer_known_keeps_its_name() -> None:
    row = _ledger.finding_row(FOUND._replace(rule="old_rule"), DEFINITIONS, VIEW)
    assert (row.rule, row.why, row.pay_off) == ("old_rule", "", "")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (None, "changes of the file not known"),
        (0, "file not changed in a year"),
        (1, "file changed once in a year"),
        (1_200, "file changed 1,200 times in a year"),
    ],
)
def test_interest_that_is_not_known_is_not_zero(changes: int | None, words: str) -> None:
    assert _ledger.interest(changes) == words


def test_an_acceptance_is_told_while_it_holds_and_after() -> None:
    assert _ledger.accepted(HOLDS, None) == "accepted by ranking-team until 2027-03-31 (intended)"
    assert _ledger.accepted(HOLDS._replace(note="until the new ranker"), None).endswith(": until the new ranker")
    assert _ledger.accepted(None, HOLDS) == "the acceptance by ranking-team ran out after 2027-03-31"
    assert _ledger.accepted(None, None) == ""


def measured(definition: Definition, tally: Tally | None) -> Signal:
    return Signal(definition, Measurement(1.0, tally=tally))


def test_findings_are_counted_only_where_a_signal_that_hands_them_over_was_measured() -> None:
    places, none = DEFINITIONS["local_paths"], DEFINITIONS["change_coupling"]
    assert _ledger.findings_of([measured(places, Tally(5, 2)), measured(places, Tally(0))]) == (3, 2)
    assert _ledger.findings_of([measured(places, Tally(0))]) == (0, 0)
    assert _ledger.findings_of([measured(places, None)]) is None  # of a snapshot that knew no findings
    assert _ledger.findings_of([measured(none, Tally(4))]) is None
    assert _ledger.findings_of([Signal(places, Measurement.unknown("no code"))]) is None
    assert _ledger.findings_of([]) is None


def test_every_section_of_a_kind_has_the_papers_heading() -> None:
    assert {kind.section for kind in DEBTS.values()} == set(_ledger.SECTIONS)
