from __future__ import annotations

import base64
import re
from html import unescape

from app_pages._numbers import of_locale
from app_pages._over_time import DOTTED, over_time
from mldebt.store.series import Past
from scoring.signal import LEVEL

NOW, DAY = 1_795_500_000, 86_400


def past(days_ago: float, value: float | None = 0.5, version: str = "1") -> Past:
    return Past(int(NOW - days_ago * DAY), value, version)


def shape(made: str) -> str:
    [address] = re.findall(r"mask-image:url\(data:image/svg\+xml;base64,([^)]*)\)", made)
    return base64.b64decode(address).decode()


def told(made: str) -> list[str]:
    return re.findall(r'title="([^"]*)"', made)


SERIES = [past(200, 1, "0"), past(100, 2, "0"), past(50, 3), past(0, 2)]


def test_the_line_breaks_where_the_way_of_measuring_changed_and_says_so() -> None:
    made = over_time(SERIES, "share of files", "says")
    lines, dots = re.findall(r' d="([^"]*)"', shape(made))
    assert [part.count(" ") for part in lines.split("M")[1:]] == [2, 2]
    assert dots.count("M") == 4
    assert re.findall(r'class="break" style="left:([\d.]+)%"><span>measured anew', made) == ["74.50"]
    assert "measured anew" not in over_time(SERIES[2:], "days", "says")


def test_a_pointer_is_told_of_each_point_and_reaches_half_the_way_to_the_next() -> None:
    made = over_time([past(200, 1), past(100, None), past(50, 3), past(0, 2)], "share of files", "says")
    assert told(made) == ["2026-05-08: 100 %", "2026-10-05: 300 %", "2026-11-24: 200 %"]
    places = [
        (float(left), float(width)) for left, width in re.findall(r"<u style=\"left:([\d.]+)%;width:([\d.]+)%", made)
    ]
    assert places == [(0, 37.75), (37.75, 49), (86.75, 13.25)]


def test_one_who_does_not_see_it_is_told_what_it_says() -> None:
    made = over_time(SERIES, "days", 'a "b" <c>')
    assert 'role="img"' in made
    assert unescape(re.findall(r'aria-label="([^"]*)"', made)[0]) == 'a "b" <c>'


def test_levels_stand_beside_the_line_in_words() -> None:
    made = over_time([past(200, 0.0), past(0, 1.0)], LEVEL, "says")
    assert re.findall(r'class="y"[^>]*><span>([^<]*)', made) == ["not seen", "present", "in use"]
    assert 'class="unit"' not in made
    assert "사용 중" in over_time([past(200, 0.0), past(0, 1.0)], LEVEL, "says", language="ko")


def test_numbers_are_written_as_the_visitor_does() -> None:
    made = over_time([past(200, 1_500.0), past(0, 0.5)], "days", "says", of_locale("de-DE"))
    assert "1.500" in made
    assert "0,5" in told(made)[1]


def test_nothing_is_drawn_where_nothing_is_known() -> None:
    assert over_time([past(10, None), past(0, None)], "days", "says") == ""
    assert over_time([], "days", "says") == ""


def test_a_single_number_has_its_dot_and_its_day() -> None:
    made = over_time([past(10, None), past(0, 0.0)], "days", "says")
    assert "M500.0 970.0h.01" in shape(made)
    assert "<span>2026-11-24</span>" in made


def test_of_many_points_the_line_alone_is_seen() -> None:
    assert "h.01" not in shape(over_time([past(number) for number in range(DOTTED + 1, 0, -1)], "days", "says"))
