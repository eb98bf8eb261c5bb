"""Newcomers by the time that things took them."""

from collectors.facts.changes import DAY, ENOUGH_PEOPLE
from collectors.facts.ramp import CURVE_WEEKS, Point, by_cohort, cohorts, curves, days_to, given_time

NOW = 1_000 * DAY


def began(days_ago: int, *after: int) -> tuple[int, ...]:
    start = NOW - days_ago * DAY
    return (start, *(start + days * DAY for days in after))


def test_who_began_just_now_has_had_no_time():
    assert given_time([began(89), began(90)], NOW, 90) == [began(90)]


def test_days_are_those_of_people_who_came_that_far():
    assert days_to(2, [began(100, 1, 4), began(100, 2)]) == [4]


def test_what_was_dated_before_the_beginning_took_no_time():
    assert days_to(1, [began(100, -3)]) == [0]


def test_cohorts_part_at_a_year():
    found = cohorts([began(364), began(365)], NOW)
    assert list(found.values()) == [[began(364)], [began(365)]]


def test_a_cohort_of_fewer_than_five_people_is_not_shown():
    many = [began(100, days) for days in range(1, ENOUGH_PEOPLE + 1)]
    few = [began(500, 1)] * (ENOUGH_PEOPLE - 1)
    (row,) = by_cohort(1, [*many, *few], NOW)
    assert (row.subject, row.number, row.note) == ("began in the last 12 months", 3, f"days, {ENOUGH_PEOPLE} people")


def test_a_curve_counts_changes_week_by_week_and_the_first_one_too():
    people = [began(300, 7 * week, 7 * week + 7) for week in range(1, 6)]
    points = curves(people, NOW)
    assert points[0] == Point("began in the last 12 months", 0, 5, 1, 1)
    assert points[3] == Point("began in the last 12 months", 3, 5, 2, 1)
    assert (points[-1].week, points[-1].half, points[-1].slow) == (CURVE_WEEKS, 3, 3)


def test_a_curve_ends_where_fewer_than_five_began_that_long_ago():
    people = [began(70)] * 4 + [began(21)]
    assert [point.week for point in curves(people, NOW)] == [0, 1, 2, 3]
    assert {point.people for point in curves(people, NOW)} == {5}


def test_fewer_than_five_people_have_no_curve():
    assert curves([began(300, 1)] * 4, NOW) == ()
    assert curves([began(2)] * 5, NOW) == ()  # one point is no curve
