"""The five questions, and which debts they consult."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.debts import Debt
from scoring.questions import QUESTIONS, Question, UnknownQuestionError, question

IDS = ("new_algorithm", "data_dependencies", "change_impact", "cross_degradation", "onboarding")


def test_the_questions_are_the_papers_five_in_its_order() -> None:
    assert tuple(q.id for q in QUESTIONS) == IDS


@pytest.mark.parametrize("asked", QUESTIONS, ids=IDS)
def test_a_question_is_found_by_its_id(asked: Question) -> None:
    assert question(asked.id) is asked


@pytest.mark.parametrize("asked", QUESTIONS, ids=IDS)
def test_a_title_is_short_and_the_text_is_asked(asked: Question) -> None:
    assert 2 <= len(asked.title.en.split()) <= 4
    assert asked.text.en.endswith("?")


@pytest.mark.parametrize("debt", Debt)
def test_every_debt_is_consulted(debt: Debt) -> None:
    assert any(debt in asked.debts for asked in QUESTIONS)


@pytest.mark.parametrize("asked", QUESTIONS, ids=IDS)
def test_no_question_consults_a_debt_twice(asked: Question) -> None:
    assert len(set(asked.debts)) == len(asked.debts)


def test_who_consults_what() -> None:
    """The table that the documentation prints, written out: a change here is a change of every answer."""
    assert {asked.id: " ".join(asked.debts) for asked in QUESTIONS} == {
        "new_algorithm": "glue_code pipeline_jungles dead_experimental_codepaths abstraction_debt "
        "plain_old_data_smell prototype_smell configuration_debt process_management_debt",
        "data_dependencies": "unanalyzed_data_dependencies unstable_data_dependencies "
        "underutilized_data_dependencies undeclared_consumers correction_cascades pipeline_jungles "
        "data_testing_debt process_management_debt",
        "change_impact": "reproducibility_debt data_testing_debt monitoring_gaps fixed_thresholds "
        "configuration_debt entanglement unstable_data_dependencies direct_feedback_loops hidden_feedback_loops",
        "cross_degradation": "entanglement correction_cascades undeclared_consumers "
        "underutilized_data_dependencies direct_feedback_loops hidden_feedback_loops fixed_thresholds "
        "monitoring_gaps",
        "onboarding": "cultural_debt multiple_language_smell configuration_debt abstraction_debt "
        "plain_old_data_smell prototype_smell dead_experimental_codepaths pipeline_jungles",
    }


@pytest.mark.parametrize(
    ("typed", "meant"), [("onbording", "onboarding"), ("new-algorithm", "new_algorithm"), ("impact", "change_impact")]
)
def test_an_unknown_id_is_answered_with_the_nearest(typed: str, meant: str) -> None:
    with pytest.raises(KeyError) as raised:
        question(typed)
    assert str(raised.value) == f"no question is called {typed!r}: did you mean {meant}?"


def test_an_id_like_none_is_answered_with_all_five() -> None:
    with pytest.raises(UnknownQuestionError, match=r"the five are new_algorithm, .*, onboarding"):
        question("zzz")


@given(st.text().filter(lambda text: text not in IDS))
def test_whatever_is_typed_the_answer_is_one_sentence(typed: str) -> None:
    with pytest.raises(UnknownQuestionError) as raised:
        question(typed)
    assert str(raised.value).startswith("no question is called ")
    assert any(known in str(raised.value) for known in IDS)
