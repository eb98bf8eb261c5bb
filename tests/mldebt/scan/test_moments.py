from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mldebt.scan.moments import (
    MOST_QUARTERS,
    NOTHING_BEFORE,
    Moment,
    doubts,
    moments,
    newest_at,
    quarter_starts,
    two_years_before,
    why_not,
)


def at(year: int, month: int, day: int = 1) -> int:
    return int(datetime(year, month, day, tzinfo=UTC).timestamp())


def test_quarters_between_two_moments_are_oldest_first():
    found = quarter_starts(at(2025, 12, 31), at(2026, 11, 1))
    assert found == [at(2026, 1), at(2026, 4), at(2026, 7), at(2026, 10)]


def test_the_ends_themselves_are_left_out():
    assert quarter_starts(at(2026, 1), at(2026, 4)) == []


def test_two_years_hold_eight_quarters():
    assert len(quarter_starts(two_years_before(at(2026, 11)), at(2026, 11))) == 8


@given(st.integers(-(2**40), 2**40), st.integers(-(2**40), 2**40))
def test_no_date_is_too_strange(since, until):
    found = quarter_starts(max(since, until - 10**9), until)
    assert found == sorted(set(found))
    assert all(since < start < until for start in found if since <= until - 10**9 or start > since)


@pytest.mark.parametrize(("moment", "commit"), [(5, "b"), (10, "c"), (99, "c"), (1, "a"), (0, None)])
def test_the_newest_commit_not_after_a_moment(moment, commit):
    assert newest_at([("c", 10), ("b", 5), ("a", 1)], moment) == commit


def test_a_young_repository_is_measured_only_where_it_was():
    line = [("c", at(2026, 10, 20)), ("b", at(2026, 5, 1)), ("a", at(2026, 4, 15))]
    assert moments(line, None, None) == [
        Moment("c", at(2026, 10, 20)),
        Moment("b", at(2026, 10)),
        Moment("b", at(2026, 7)),
    ]


def test_as_of_moves_the_ages_and_not_the_commit():
    line = [("a", at(2026, 10, 20))]
    assert moments(line, at(2026, 12, 1), at(2026, 9, 1)) == [Moment("a", at(2026, 12, 1))]


FAR = 253_402_300_799  # the last second of 9999


def test_a_head_of_the_year_9999_is_not_followed_for_thirty_thousand_quarters():
    line = [("b", FAR), ("a", at(2026, 1))]
    found = moments(line, None, 0)
    assert len(found) == 1 + MOST_QUARTERS
    assert found[1] == Moment("a", at(9999, 10))
    [said] = doubts(line, None, 0)
    assert f"the last {MOST_QUARTERS} quarters" in said


def test_nothing_is_said_where_no_commit_is_left_out():
    line = [("b", at(2026, 11)), ("a", at(2015, 1))]
    assert doubts(line, None, 0) == ()
    assert doubts(line, None, None) == ()
    assert doubts([("b", FAR), ("a", at(9990, 1))], None, 0) == ()


def test_a_head_without_a_date_that_can_be_read_is_said():
    [said] = doubts([("a", 0)], None, None)
    assert "no date that can be read" in said
    assert doubts([("a", 0)], at(2026, 1), None) == ()
    assert doubts([("a", 1)], None, None) == ()


def test_a_day_that_has_an_older_commit_is_refused():
    line = [("b", at(2026, 11, 1)), ("a", at(2026, 4, 1))]
    assert why_not(line, at(2026, 5, 1)).startswith("the commit at HEAD is of 2026-11-01, after --as-of")
    assert why_not(line, at(2026, 11, 1)) == why_not(line, None) == ""


def test_who_looks_back_to_a_later_day_is_told_so():
    line = [("b", at(2026, 11, 1)), ("a", at(2026, 1, 1))]
    assert why_not(line, None, at(2999, 1)) == (
        "the commit at HEAD is of 2026-11-01, and --since is 2999-01-01: give an earlier day to look back to"
    )
    assert why_not(line, at(2027, 1), at(2028, 1)).startswith("--as-of is 2027-01-01, and --since is 2028-01-01")
    assert why_not(line, at(2028, 1), at(2027, 1)) == why_not(line, None, at(2026, 11, 1)) == ""
    assert why_not(line, None, NOTHING_BEFORE) == ""


def test_where_no_commit_is_as_old_the_newest_is_measured_and_that_is_said():
    line = [("b", 2**40)]
    assert why_not(line, at(2026, 5, 1)) == ""
    [said] = doubts(line, at(2026, 5, 1), None)
    assert said.startswith("the commit at HEAD is of a date out of range, after --as-of")
