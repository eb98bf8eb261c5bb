"""Which labels say debt."""

import pytest

from collectors.facts.issues import names_debt
from tests.builders import at
from tests.tracker_by_hand import issue, issues


@pytest.mark.parametrize(
    "label",
    [
        "tech-debt",
        "Technical Debt",
        "kind/cleanup",
        "Refactoring",
        "type: refactor",
        "code quality",
        "clean_up",
        "debt",
    ],
)
def test_a_label_says_debt(label: str):
    assert names_debt(label)


@pytest.mark.parametrize(
    "label", ["bug", "indebted", "factor", "good first issue", "quality", "", "clean", "x" * 9_999]
)
def test_another_does_not(label: str):
    assert not names_debt(label)


def test_of_debt_are_those_that_people_opened():
    rows = issues(issue(1, -5, None, "debt"), issue(2, -5), issue(3, -5, None, "debt", is_bot=True))
    assert [row.number for row in rows.of_debt] == [1]


def test_one_that_is_closed_later_is_open_still():
    assert issue(1, -5, 3).seen_at(at(0)).closed is None
    assert issue(1, -5, -3).seen_at(at(0)).closed == at(-3)
