from __future__ import annotations

import re
from itertools import pairwise
from urllib.parse import unquote

from hypothesis import given
from hypothesis import strategies as st

from app_pages._trend import DAY, YEAR
from app_pages._year import BAND, TENTHS, WITHIN, Place, is_drawn, path, picture, thinned
from mldebt.store.trends import packed

NOW = 1_795_500_000
LINES = st.lists(st.tuples(st.integers(0, 560), st.integers(40, 200)), min_size=2, max_size=120).map(
    lambda found: sorted(found, key=lambda place: place[0])
)


def passes(drawn: tuple[Place, ...], place: Place) -> bool:
    """Whether the line goes by no further above or below than it may."""
    x, y = place
    for (left, from_y), (right, to_y) in pairwise(drawn):
        if left <= x <= right:
            at = [from_y, to_y] if left == right else [from_y + (to_y - from_y) * (x - left) / (right - left)]
            if min(at) - WITHIN - 1e-6 <= y <= max(at) + WITHIN + 1e-6:
                return True
    return False


@given(LINES)
def test_what_is_left_out_lies_within_half_a_pixel_of_what_is_drawn(places: list[Place]) -> None:
    drawn = thinned(places)
    assert all(passes(drawn, place) for place in places)


@given(LINES)
def test_the_first_the_last_the_lowest_and_the_highest_stay(places: list[Place]) -> None:
    drawn = thinned(places)
    assert (drawn[0], drawn[-1]) == (places[0], places[-1])
    heights, all_heights = [y for _, y in drawn], [y for _, y in places]
    assert (min(heights), max(heights)) == (min(all_heights), max(all_heights))
    rest = iter(places)
    assert all(place in rest for place in drawn)  # of what was there, in its order


@given(st.integers(2, 365), st.integers(0, 100), st.integers(-20, 20))
def test_a_straight_line_takes_two_places(number: int, start: int, step: int) -> None:
    places = [(10 * n, start + step * n) for n in range(number)]
    assert thinned(places) == (places[0], places[-1])


@given(LINES)
def test_steps_lead_to_each_place(places: list[Place]) -> None:
    x, y, *steps = map(int, re.findall(r"-?[0-9]+", path(places)))
    walked = [(x, y)]
    for right, down in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + right, y + down
        walked.append((x, y))
    assert walked == places


@given(
    st.lists(st.tuples(st.integers(0, 400), st.floats(allow_nan=False, allow_infinity=False, width=32)), max_size=60)
)
def test_whatever_the_numbers_the_line_stays_in_its_band(points: list[tuple[int, float]]) -> None:
    year = packed([(NOW - days * DAY, value) for days, value in sorted(points, reverse=True)])
    svg = unquote(picture((b"", year), NOW).partition(",")[2])
    assert is_drawn(year, NOW) is ("<path" in svg)
    for where in re.findall("<path d='([^']+)'", svg):
        x, y, *steps = map(int, re.findall(r"-?[0-9]+", where))
        for right, down in zip((0, *steps[::2]), (0, *steps[1::2]), strict=True):
            x, y = x + right, y + down
            assert 0 <= x <= BAND.width * TENTHS
            assert BAND.height * TENTHS <= y <= 2 * BAND.height * TENTHS


def test_moments_of_more_than_a_year_ago_are_not_drawn() -> None:
    old = packed([(NOW - YEAR - 90 * DAY, 1.0), (NOW - YEAR - DAY, 2.0)])
    assert not is_drawn(old, NOW)
    assert is_drawn(old, NOW - YEAR)


def test_a_picture_holds_nothing_that_an_attribute_or_a_style_would_end_at() -> None:
    made = picture((packed([(NOW - 90 * DAY, 1.0), (NOW, 2.0)]),) * 5, NOW)
    assert not set(made) & set('"<>#\\')
