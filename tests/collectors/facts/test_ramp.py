"""Newcomers by the time that things took them."""

from collectors.facts.changes import DAY, ENOUGH_PEOPLE
from collectors.facts.ramp import by_cohort, cohorts, days_to, given_time

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
