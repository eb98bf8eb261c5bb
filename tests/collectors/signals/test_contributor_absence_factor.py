import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.facts.changes import TOO_FEW, Change
from collectors.signals.contributor_absence_factor import absence_factor, contributor_absence_factor
from tests.builders import change, history


def commits(*counts: int, day: float = 0) -> list[Change]:
    return [change(person, "a.py", day=day) for person, count in enumerate(counts) for _ in range(count)]


def test_the_worked_example_of_chaoss():
    assert absence_factor([1000, 202, 90, 33, 332, 343, 42, 433]) == 2


def test_exactly_half_is_enough():
    assert absence_factor([2, 1, 1]) == 1


def test_nobody_makes_nothing():
    assert absence_factor([]) == 0


@given(st.lists(st.integers(1, 1000), min_size=1), st.randoms())
def test_order_does_not_matter_and_half_the_people_always_suffice(counts: list[int], random: object):
    factor = absence_factor(counts)
    assert factor == absence_factor(sorted(counts))
    assert 1 <= factor <= (len(counts) + 1) // 2


def test_commits_of_the_last_year_are_counted():
    found = contributor_absence_factor(history(*commits(4, 2, 1, 1, 1), *commits(0, 0, 0, 0, 0, 50, day=-365)))
    assert (found.value, found.n) == (2, 9)
    assert dict(found.details) == {"people who committed": 5}


def test_a_commit_counts_for_each_who_wrote_it():
    pairs = [change(1, "a.py", coauthors=[2]) for _ in range(3)]
    assert contributor_absence_factor(history(*pairs, *commits(0, 0, 0, 1, 1, 1))).value == 2


def test_bots_and_merges_do_not_count():
    rows = [change(9, "a.py", is_bot=True)] * 50 + [change(8, "a.py", parents=["a", "b"])] * 50
    assert contributor_absence_factor(history(*rows, *commits(1, 1, 1, 1, 1))).value == 3


@pytest.mark.parametrize("counts", [(9,), (4, 4, 4, 4)])
def test_four_people_are_too_few_to_show(counts: tuple[int, ...]):
    found = contributor_absence_factor(history(*commits(*counts)))
    assert (found.value, found.reason) == (None, TOO_FEW)


def test_quarters_with_four_people_are_not_shown():
    rows = [*commits(3, 1, 1, 1, 1), *commits(1, 1, 1, 1, day=-100)]
    found = contributor_absence_factor(history(*rows, day=0))
    assert [(row.subject, row.number, row.note) for row in found.evidence] == [("0 to 90 days ago", 2, "of 5 people")]


def test_a_quiet_year_is_unknown():
    assert "nobody" in contributor_absence_factor(history(*commits(1, 1, 1, 1, 1, day=-400), day=0)).reason


def test_a_day_belongs_to_one_quarter():
    found = contributor_absence_factor(history(*commits(1, 1, 1, 1, 1, day=-90), day=0))
    assert [row.subject for row in found.evidence] == ["90 to 180 days ago"]
