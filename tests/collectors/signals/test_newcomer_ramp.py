import pytest

from collectors.facts.changes import TOO_FEW, Change
from collectors.signals.newcomer_ramp import newcomer_ramp
from tests.builders import change, history


def newcomer(person: int, *days: float) -> list[Change]:
    return [change(person, "a.py", day=day) for day in days]


OLD_HANDS = [change(person, "a.py", day=-1000) for person in range(100, 105)]
FIVE = [
    row for person, gap in enumerate([1, 2, 8, 30, 60]) for row in newcomer(person, -200, -200 + gap / 2, -200 + gap)
]


def test_the_middle_newcomer_makes_the_number():
    found = newcomer_ramp(history(*FIVE, day=0))
    assert (found.value, found.n, found.seen, found.total) == (8, 5, 5, 5)
    assert dict(found.details) == {
        "a quarter took at most": 2,
        "a quarter took at least": 30,
        "share that made a third change": 1,
    }
    assert [(row.subject, row.kind, row.number, row.note) for row in found.evidence] == [
        ("began in the last 12 months", "cohort", 8, "days, 5 people")
    ]


def test_those_without_a_third_change_are_counted_but_not_timed():
    found = newcomer_ramp(history(*FIVE, *newcomer(9, -150), *newcomer(10, -150, -149), day=0))
    assert (found.value, found.n, found.seen) == (8, 5, 7)
    assert dict(found.details)["share that made a third change"] == pytest.approx(5 / 7)


def test_newcomers_of_the_last_ninety_days_are_left_out():
    found = newcomer_ramp(history(*FIVE, *newcomer(9, -89, -88, -87), day=0))
    assert (found.value, found.seen, found.total) == (8, 5, 6)
    assert "90 days" in found.note


def test_who_was_there_before_is_no_newcomer():
    rows = [*OLD_HANDS, *(row for person in range(100, 105) for row in newcomer(person, -50, -1))]
    assert newcomer_ramp(history(*rows, *FIVE, day=0)).n == 5


def test_changes_after_the_moment_of_looking_do_not_count():
    late = [row for person in range(20, 25) for row in newcomer(person, -200, -199, 5)]
    assert newcomer_ramp(history(*FIVE, *late, day=0)).n == 5


def test_bots_and_merges_are_no_changes():
    rows = [change(0, "a.py", day=-199.9, is_bot=True), change(0, "a.py", day=-199.8, parents=["a", "b"])]
    assert newcomer_ramp(history(*FIVE, *rows, day=0)).value == 8


def test_the_tenth_change_shows_when_five_people_made_it():
    ten = [row for person in range(5) for row in newcomer(person, *range(-300, -290))]
    assert dict(newcomer_ramp(history(*ten, day=0)).details)["median days to a tenth change"] == 9
    assert "median days to a tenth change" not in dict(
        newcomer_ramp(history(*ten[10:], *newcomer(9, -200, -199, -198), day=0)).details
    )


def test_four_newcomers_are_too_few_to_show():
    found = newcomer_ramp(history(*OLD_HANDS, *FIVE[3:], day=0))
    assert (found.value, found.reason) == (None, TOO_FEW)


def test_the_windows_have_sharp_ends():
    ninety = newcomer(9, -90, -89, -88)
    assert newcomer_ramp(history(*FIVE, *ninety, day=0)).n == 6
    two_years = newcomer(9, -730, -729, -728)
    assert newcomer_ramp(history(*FIVE, *two_years, day=0)).n == 5
    almost = newcomer(9, -729.5, -729, -728)
    assert newcomer_ramp(history(*FIVE, *almost, day=0)).n == 6


@pytest.mark.parametrize(("began", "cohort"), [(-364.5, "last 12 months"), (-365, "13 to 24"), (-365.5, "13 to 24")])
def test_a_year_ago_divides_the_cohorts(began: float, cohort: str):
    rows = [row for person in range(5) for row in newcomer(person, began, began + 1, began + 2)]
    (row,) = newcomer_ramp(history(*rows, day=0)).evidence
    assert cohort in row.subject
