"""The 28 questions of the ML Test Score."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from scoring.debts import Debt
from scoring.rubric import RUBRIC, SECTIONS, SOURCE, RubricTest, Section


def test_there_are_seven_to_a_section_in_the_papers_order() -> None:
    assert Counter(test.section for test in RUBRIC) == dict.fromkeys(Section, 7)
    assert [test.id for test in RUBRIC] == [f"ml_test_{section}_{n}" for section in Section for n in range(1, 8)]
    assert set(SECTIONS) == set(Section)
    assert "doi:10.1109/BigData.2017.8258038" in SOURCE


@pytest.mark.parametrize("test", RUBRIC, ids=[test.id for test in RUBRIC])
def test_each_is_one_question_in_both_languages(test: RubricTest) -> None:
    assert test.ask.en.endswith("?")
    assert test.ask.ko.endswith("?")
    assert re.search("[가-힣]", test.ask.ko)
    assert not re.search("[가-힣]", test.ask.en)
    assert test.debt in list(Debt)


def test_no_id_is_that_of_a_debt() -> None:
    assert not {test.id for test in RUBRIC} & {debt.value for debt in Debt}
