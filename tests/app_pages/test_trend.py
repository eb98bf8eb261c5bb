from __future__ import annotations

import base64
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app_pages._charts import WIDE, iso, spark
from app_pages._trend import DAY, QUARTER, a_quarter_before, breaks, change, runs
from mldebt.store.series import Past
from tests.signals_by_hand import signal

NOW = 1_795_500_000
DEFINITION = signal().definition


def past(days_ago: float, value: float | None = 0.5, version: str = "1") -> Past:
    return Past(int(NOW - days_ago * DAY), value, version)


def picture(address: str | None) -> str:
    assert address is not None
    return base64.b64decode(address.removeprefix("data:image/svg+xml;base64,")).decode()


def test_less_is_better_where_lower_is_better() -> None:
    made = change(DEFINITION, 0.2, past(91, 0.3), "1")
    assert (made.way, made.words) == ("better", "better: was 30 %")
    assert change(DEFINITION, 0.4, past(91, 0.3), "1").way == "worse"


def test_what_reads_alike_did_not_change() -> None:
    assert change(DEFINITION, 0.301, past(91, 0.302), "1").words == "no change"


def test_what_is_about_the_same_says_by_how_little() -> None:
    assert (
        change(DEFINITION, 0.33, past(91, 0.4), "1", n=12).words == "about the same: was 40 % (within one thing of 12)"
    )
    assert change(DEFINITION, 0.5, past(91, 0.51), "1").words == "about the same: was 51 % (within a twentieth)"
    days = signal(unit="days").definition
    assert change(days, 2.0, past(91, 2.4), "1").words == "about the same: was 2.4 days (within half a day)"


def test_where_no_direction_is_good_a_number_only_moves() -> None:
    assert change(signal(better="neither").definition, 0.4, past(91, 0.3), "1").words == "moved: was 30 %"


def test_numbers_of_different_versions_are_not_compared() -> None:
    assert change(DEFINITION, 0.4, past(91, 0.3, "0"), "1").words == "measured in another way a quarter ago"


def test_unknown_is_told_not_compared() -> None:
    assert change(DEFINITION, None, past(91), "1").words == "not measured now"
    assert change(DEFINITION, 0.1, past(91, None), "1").words == "not measured a quarter ago"
    assert change(DEFINITION, 0.1, None, "1").words == "no snapshot from a quarter ago"


def test_a_quarter_ago_is_the_nearest_snapshot_or_none() -> None:
    series = [past(300), past(100), past(80), past(0)]
    assert a_quarter_before(series, NOW) == past(100)
    assert a_quarter_before([past(300), past(20), past(0)], NOW) is None
    assert past(91).at == NOW - QUARTER


def test_a_line_breaks_at_the_unknown_and_at_another_version() -> None:
    series = [past(40, version="0"), past(30, version="0"), past(20), past(10, None), past(0)]
    assert [len(run) for run in runs(series)] == [2, 1, 1]
    assert breaks(series) == [past(20).at]


def test_a_small_line_is_drawn_in_pieces_with_a_mark_between() -> None:
    svg = picture(spark([past(200, 1, "0"), past(100, 2, "0"), past(50, 3), past(0, 2)], NOW))
    assert svg.count("<polyline") == 2
    assert svg.count("stroke-dasharray") == 1


def test_one_point_is_no_line() -> None:
    assert spark([past(0)], NOW) is None
    assert spark([past(400), past(0)], NOW) is None  # the other lies before the year
    assert spark([past(20), past(0)], NOW) is None  # a dot
    assert spark([past(200), past(20), past(0)], NOW) is not None


def test_a_wide_line_has_a_ring_where_the_number_of_a_quarter_ago_is() -> None:
    year = [past(180, 1), past(91, 2), past(0, 3)]
    assert picture(spark(year, NOW, WIDE)).count("<circle") == 2
    assert picture(spark(year, NOW)).count("<circle") == 1
    assert picture(spark([past(180, 1), past(0, 3)], NOW, WIDE)).count("<circle") == 1  # none is near a quarter ago
    assert spark([past(10, None), past(0, None)], NOW) is None


@pytest.mark.parametrize(
    ("before", "now", "part"), [(100, 98, 0.08), (100, 75, 1), (100, 50, 1), (-100, -98, 0.08), (0, 0, 0)]
)
def test_what_is_about_the_same_does_not_look_like_a_move(before: float, now: float, part: float) -> None:
    """The part of its picture's height that a line takes."""
    made = picture(spark([past(100, before), past(0, now)], NOW))
    heights = [float(y) for y in re.findall(r",([\d.]+)", re.findall(r'points="([^"]*)"', made)[0])]
    assert max(heights) - min(heights) == pytest.approx(part * 26, abs=0.11)


@given(st.lists(st.tuples(st.floats(0, 364), st.none() | st.floats(-1e9, 1e9), st.sampled_from("ab")), max_size=30))
def test_a_small_line_stays_inside_its_picture(points: list[tuple[float, float | None, str]]) -> None:
    series = sorted((past(*point) for point in points), key=lambda p: p.at)
    made = spark(series, NOW)
    if made is not None:
        numbers = re.findall(r"([\d.-]+),([\d.-]+)", " ".join(re.findall(r'points="([^"]*)"', picture(made))))
        assert all(0 <= float(x) <= 132 and 0 <= float(y) <= 34 for x, y in numbers)


def test_dates_beyond_the_calendar_stay_dates() -> None:
    assert iso(0) == "1970-01-01T00:00:00Z"
    assert iso(10**15) == "9999-12-31T23:59:59Z"
    assert iso(-(10**15)).startswith("1-01-01") or iso(-(10**15)).startswith("0001-01-01")
