from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app_pages._axes import FIRST_DAY, LAST_DAY, Scale, Time, held, moments, scale, upright
from app_pages._numbers import of_locale
from scoring.wording import ENGLISH

DAY = 86_400


def at(year: int, month: int, day: int = 1) -> int:
    return int(datetime(year, month, day, tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([0.1, 0.37], [0, 0.1, 0.2, 0.3, 0.4]),
        ([3.0, 9.0], [0, 2, 4, 6, 8, 10]),
        ([1_600.0], [0, 500, 1_000, 1_500, 2_000]),
        ([-4.0, 2.0], [-4, -2, 0, 2]),
        ([0.0], [0, 0.2, 0.4, 0.6, 0.8, 1.0]),
    ],
)
def test_an_axis_goes_from_round_number_to_round_number_and_holds_nothing(
    values: list[float], ticks: list[float]
) -> None:
    assert scale(values).ticks() == pytest.approx(ticks)


@given(st.lists(st.floats(-1e12, 1e12).filter(lambda value: value == 0 or abs(value) > 1e-9), min_size=1, max_size=9))
def test_every_value_lies_within_and_ticks_are_few(values: list[float]) -> None:
    made = scale(values)
    assert 2 <= len(made.ticks()) <= 9
    assert all(2.9 <= made.up(value) <= 97.1 for value in values)


def test_numbers_on_an_axis_are_written_as_the_visitor_does() -> None:
    german = of_locale("de-DE")
    assert [Scale(0, 0.4, 0.1).named(value, ENGLISH, is_share=True) for value in (0, 0.1)] == ["0 %", "10 %"]
    assert Scale(0, 0.002, 0.0005).named(0.0005, ENGLISH, is_share=True) == "0.05 %"
    assert Scale(0, 2_000, 500).named(1_500, german) == "1.500"
    assert Scale(-1, 1, 0.5).named(-0.5, german) == "−0,5"
    assert Scale(0, 4e9, 1e9).named(1e9, ENGLISH) == "1,000,000,000"


def test_a_short_time_is_named_by_days_and_a_long_one_by_months() -> None:
    assert [says for _, says in moments(Time(at(2026, 3, 1) + 5, at(2026, 3, 4)))] == [
        "2026-03-02",
        "2026-03-03",
        "2026-03-04",
    ]
    assert moments(Time(at(2025, 11, 20), at(2026, 11, 24)))[:2] == [
        (at(2026, 1), "Jan 2026"),
        (at(2026, 3), "Mar 2026"),
    ]
    assert [says for _, says in moments(Time(at(2018, 8), at(2025, 12)))][:2] == ["Jan 2019", "Jan 2020"]


def test_one_moment_stands_in_the_middle_and_is_named() -> None:
    time = Time(at(2026, 3, 1) + 5, at(2026, 3, 1) + 5)
    assert moments(time) == [(time.first, "2026-03-01")]
    assert time.across(time.first) == 50


@given(st.integers(-(10**13), 10**13), st.integers(-(10**13), 10**13))
def test_every_stretch_of_time_has_few_ticks_within(one: int, other: int) -> None:
    time = Time(*sorted((held(one), held(other))))
    found = moments(time)
    assert len(found) <= 10
    assert all(0 <= time.across(moment) <= 100 for moment, _ in found)
    assert len({says for _, says in found}) == len(found)


def test_dates_beyond_the_calendar_are_moved_to_its_ends() -> None:
    assert (held(-(10**15)), held(10**15), held(7)) == (FIRST_DAY, LAST_DAY, 7)
    assert 2 <= len(moments(Time(FIRST_DAY, LAST_DAY))) <= 10


def classes(time: Time) -> list[str]:
    return re.findall(r'<i class="x ?([^"]*)"', upright(time))


def test_every_other_tick_gives_way_where_there_is_little_room() -> None:
    assert classes(Time(at(2025, 11, 20), at(2026, 10, 24))) == ["", "odd", "", "odd", ""]


def test_the_name_of_a_tick_near_a_side_stands_within() -> None:
    assert classes(Time(at(2025, 12, 30), at(2026, 11, 3))) == ["from", "odd", "", "odd", "", "odd to"]
