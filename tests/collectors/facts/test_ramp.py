"""Newcomers by the time that things took them."""

from hypothesis import given
from hypothesis import strategies as st

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


LATELY = "began in the last 12 months"


def shares(people: list[tuple[int, ...]], change: int) -> list[float]:
    return [point.share for point in curves(people, NOW) if point.change == change]


def test_a_curve_tells_how_many_had_come_to_a_third_change_by_each_week():
    people = [began(300, 7 * week - 1, 7 * week) for week in range(1, 4)] + [began(300)] * 2
    assert curves(people, NOW)[0] == Point(LATELY, 3, 0, 5, 0)
    assert shares(people, 3)[:5] == [0, 0.2, 0.4, 0.6, 0.6]
    assert len(shares(people, 3)) == CURVE_WEEKS + 1


def test_a_tenth_change_has_a_curve_of_its_own():
    people = [began(300, *range(1, 10))] * 5
    assert shares(people, 10)[:3] == [0, 0, 1]
    assert shares(people, 3)[:2] == [0, 1]


def test_who_began_lately_counts_for_the_weeks_that_were_had():
    slow, fast, late = began(300, 20, 21), began(300, 1, 2), began(14)
    people = [slow] * 3 + [fast] * 3 + [late] * 2
    # Of eight three came in the first week; in the third, two have left sight: three of the three that remain came.
    assert shares(people, 3)[:5] == [0, 0.375, 0.375, 1, 1]
    assert [point.people for point in curves(people, NOW)[:4]] == [8, 8, 8, 6]


def test_a_change_of_the_week_that_is_running_is_not_counted_yet():
    assert shares([began(10, 8, 9)] * 5, 3) == [0, 0]


@given(
    st.lists(
        st.tuples(st.integers(1, 700), st.lists(st.integers(0, 400), max_size=12)).map(
            lambda drawn: began(drawn[0], *(day for day in sorted(drawn[1]) if day <= drawn[0]))
        ),
        max_size=30,
    )
)
def test_a_share_never_falls_and_a_tenth_change_never_comes_before_a_third(people):
    points = curves(people, NOW)
    by_curve = {(p.cohort, p.change): [q.share for q in points if q[:2] == p[:2]] for p in points}
    for found in by_curve.values():
        assert found == sorted(found)
        assert all(0 <= share <= 1 for share in found)
    # Where all had the time, it is the plain share.
    old = [times for times in people if times[0] <= NOW - 200 * DAY and times[0] > NOW - 365 * DAY]
    for change, end in {p.change: p for p in curves(old, NOW)}.items():
        assert end.cohort == LATELY
        came = sum(len(times) >= change and times[change - 1] <= times[0] + CURVE_WEEKS * 7 * DAY for times in old)
        assert abs(end.share - came / len(old)) < 0.001


def test_a_curve_ends_where_fewer_than_five_began_that_long_ago():
    people = [began(70)] * 4 + [began(21)]
    assert [point.week for point in curves(people, NOW)] == [0, 1, 2, 3] * 2
    assert {point.people for point in curves(people, NOW)} == {5}


def test_fewer_than_five_people_have_no_curve():
    assert curves([began(300, 1)] * 4, NOW) == ()
    assert curves([began(2)] * 5, NOW) == ()  # one point is no curve
