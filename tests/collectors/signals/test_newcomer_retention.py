import pytest

from collectors.facts.changes import TOO_FEW, Change
from collectors.signals.newcomer_retention import newcomer_retention
from tests.builders import change, history


def newcomer(person: int, *days: float) -> list[Change]:
    return [change(person, "a.py", day=day) for day in days]


def five(*days: float) -> list[Change]:
    return [row for person in range(1, 6) for row in newcomer(person, *days)]


def test_who_comes_back_in_the_second_ninety_days_stayed():
    found = newcomer_retention(history(*five(-400, -300), *newcomer(9, -400, -390), day=0))
    assert (found.value, found.n) == (5 / 6, 6)
    assert [(row.subject, row.note) for row in found.evidence] == [("began 13 to 24 months ago", "of 6 people")]


@pytest.mark.parametrize(("later", "stayed"), [(90, 0), (90.5, 1), (180, 1), (180.5, 0)])
def test_the_second_ninety_days_have_two_ends(later: float, stayed: int):
    assert newcomer_retention(history(*five(-600, -600 + later), day=0)).value == stayed


def test_who_has_not_had_the_time_is_left_out():
    found = newcomer_retention(history(*five(-180, -60), *newcomer(9, -179, -60), day=0))
    assert (found.n, found.seen, found.total) == (5, 5, 6)
    assert "180 days" in found.note


def test_a_tenth_change_and_single_changes_are_told_too():
    ten = newcomer(1, *range(-300, -290))
    details = dict(newcomer_retention(history(*ten, *five(-300)[1:], day=0)).details)
    assert details["share with a tenth change within 180 days"] == pytest.approx(1 / 5)
    assert details["share with one change only"] == pytest.approx(4 / 5)


def test_who_was_there_two_years_ago_is_no_newcomer():
    assert newcomer_retention(history(*five(-730), day=0)).reason == TOO_FEW
    assert newcomer_retention(history(*five(-729), day=0)).value == 0


def test_four_newcomers_are_too_few_to_show():
    old = [change(person, "a.py", day=-1000) for person in range(50, 60)]
    assert newcomer_retention(history(*old, *five(-300)[1:], day=0)).reason == TOO_FEW


@pytest.mark.parametrize(("began", "cohort"), [(-364.5, "last 12 months"), (-365, "13 to 24"), (-365.5, "13 to 24")])
def test_a_year_ago_divides_the_cohorts_of_five(began: float, cohort: str):
    (row,) = newcomer_retention(history(*five(began), day=0)).evidence
    assert cohort in row.subject


@pytest.mark.parametrize(("took", "share"), [(180, 1), (181, 0)])
def test_the_tenth_change_counts_within_180_days(took: float, share: int):
    rows = five(*range(-500, -491), -500 + took)
    assert dict(newcomer_retention(history(*rows, day=0)).details)["share with a tenth change within 180 days"] == share
