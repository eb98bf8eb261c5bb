import pytest

from collectors.facts.branches import Branch
from collectors.signals.branch_lifecycle import branch_lifecycle
from tests.builders import branch, branches


def three(first: float, last: float, squashed: float | None = None) -> list[Branch]:
    return [branch(f"exp/{number}", first=first, last=last, squashed=squashed) for number in range(3)]


def test_a_living_branch_is_as_old_as_its_first_own_commit():
    found = branch_lifecycle(branches(*three(-30, -1)))
    assert (found.value, found.n, found.evidence[0].note) == (30, 3, "days, alive")


def test_branches_begun_after_the_moment_have_lived_for_no_time_and_do_not_count():
    found = branch_lifecycle(branches(*three(-30, -1), *(branch(f"later/{n}", first=1, last=9) for n in range(9))))
    assert (found.value, found.n) == (30, 3)


def test_two_branches_make_no_median_and_are_listed():
    found = branch_lifecycle(branches(*three(-30, -1)[:2]))
    assert found.value is None
    assert "too few branches" in found.reason
    assert [row.number for row in found.evidence] == [30, 30]


def test_a_squashed_branch_lived_until_it_came_in():
    found = branch_lifecycle(branches(*three(-30, -20, -10)))
    assert (found.value, found.evidence[0].note) == (20, "days, squashed")
    assert dict(found.details) == {"alive": 0, "median days to squash": 20}


def test_the_middle_branch_makes_the_number_and_the_oldest_comes_first():
    found = branch_lifecycle(branches(*(branch(f"exp/{days}", first=-days, last=-1) for days in (2, 9, 40))))
    assert found.value == 9
    assert [row.number for row in found.evidence] == [40, 9, 2]


@pytest.mark.parametrize(
    "other",
    [
        branch("exp/abandoned", first=-400, last=-300),
        branch("exp/squashed-long-ago", first=-400, last=-380, squashed=-365),
        branch("exp/merged", last=-1, ahead=0),
        branch("release/1.x", first=-400, last=-1, is_release=True),
    ],
    ids=lambda other: other.name,
)
def test_other_branches_do_not_count(other: Branch):
    assert branch_lifecycle(branches(other)).value is None
    assert branch_lifecycle(branches(other, *three(-3, -1))).value == 3


def test_a_date_that_runs_backwards_is_no_negative_age():
    assert branch_lifecycle(branches(*three(0, 5))).value == 0


def test_no_living_branch_is_unknown_and_says_what_to_fetch():
    assert "fetch all branches" in branch_lifecycle(branches()).reason
