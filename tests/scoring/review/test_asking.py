"""Questions only people can answer: which come first, and which wait."""

from __future__ import annotations

from scoring.answers import Scorecard, score
from scoring.attestation import Attestation
from scoring.debts import DEBTS, Debt
from scoring.review.asking import AT_ONCE, asked
from scoring.rubric import RUBRIC, Section
from scoring.signal import ASK
from tests.reviews_by_hand import glue
from tests.signals_by_hand import signal
from tests.snapshots_by_hand import identity

DAY = "2026-11-24"


def card(*names: str) -> Scorecard:
    asking = [signal(None, name=name, debt=Debt.CULTURAL_DEBT, status=ASK) for name in names]
    return score([glue(), *asking], identity())


def said(about: str, until: str = "2027-02-01") -> Attestation:
    return Attestation(about, "we look", "@ml", "2026-11-01", until)


def test_every_question_is_there_once() -> None:
    found = asked(card("praise"), (), DAY)
    abouts = [one.question.about for one in found]
    assert len(set(abouts)) == len(abouts)
    assert abouts[0] == "praise"
    assert "glue_code" not in abouts
    assert "hidden_feedback_loops" in abouts
    assert set(abouts[-28:]) == {test.id for test in RUBRIC}
    assert sum(one.is_next for one in found) == AT_ONCE
    assert all(one.is_next for one in found[:AT_ONCE])


def test_what_ran_out_is_asked_first_and_what_holds_last() -> None:
    found = asked(card("praise"), [said("entanglement", "2026-11-23"), said("praise")], DAY)
    first, last = found[0], found[-1]
    assert (first.question.about, first.has_expired, first.is_next) == ("entanglement", True, True)
    assert (last.question.about, last.holds, last.is_next) == ("praise", True, False)


def test_debts_of_an_answer_that_got_worse_are_asked_about_before_others() -> None:
    found = asked(card(), (), DAY, worse=[Debt.MONITORING_GAPS])
    assert found[0].question.about == "monitoring_gaps"


def test_the_section_of_the_rubric_with_the_fewest_answers_is_asked_first() -> None:
    """The ML Test Score is that of its weakest section."""
    others = [said(kind.debt) for kind in DEBTS.values()]
    answered = [said(test.id) for test in RUBRIC if test.section is not Section.MONITORING]
    found = asked(card(), [*others, *answered[:-1]], DAY)
    assert [one.question.section for one in found[:AT_ONCE]] == ["Monitoring"] * AT_ONCE


def test_when_everything_is_answered_nothing_is_asked() -> None:
    every = [*(said(kind.debt) for kind in DEBTS.values()), *(said(test.id) for test in RUBRIC)]
    assert not any(one.is_next for one in asked(card(), every, DAY))


def test_of_two_answers_that_counts_which_holds_longest() -> None:
    found = asked(card(), [said("entanglement", "2026-12-01"), said("entanglement", "2026-11-01")], DAY)
    assert next(one for one in found if one.question.about == "entanglement").holds
