from __future__ import annotations

import re
from html import unescape
from pathlib import Path

from app_pages import _graveyard_html
from app_pages._graveyard import FATE_WORDS, BranchLine
from app_pages._graveyard_html import NAME, graveyard
from app_pages._numbers import of_locale

DAY, NOW = 86_400, 1_795_500_000


def line(
    name: str = "exp/a", *, silent: float = 100, life: float = 10, fate: str = "abandoned", merged_at: int | None = None
) -> BranchLine:
    last = int(NOW - silent * DAY)
    return BranchLine(name, "branch", fate, "a" * 40, int(last - life * DAY), last, merged_at, 1, 1_207)


def places(made: str) -> list[dict[str, float]]:
    found = re.findall(r'<b class="[^"]*" style="([^"]*)"', made)
    return [{name: float(at) for name, at in re.findall(r"--(\w):([\d.-]+)%", style)} for style in found]


def test_a_bar_runs_from_the_first_commit_to_the_last_and_its_silence_to_now() -> None:
    [place] = places(graveyard([line(silent=10, life=5)], NOW, "says"))
    assert place == {"b": 1, "l": 33.67, "e": 33.67, "n": 99}


def test_a_merged_one_ends_with_its_merge() -> None:
    merged = line(silent=100, life=100, fate="merged", merged_at=NOW - 50 * DAY)
    assert places(graveyard([merged], NOW, "says"))[0]["e"] == 74.5


def test_a_name_stands_where_its_row_has_room_and_a_pointer_is_told_the_rest() -> None:
    lines = [line("exp/first", silent=300, life=20), line(f"exp/{'x' * 60}", silent=10, life=20)]
    made = graveyard(lines, NOW, "says")
    names = re.findall(r'<span class="(before|after)"><bdi>([^<]*)', made)
    assert [side for side, _ in names] == ["after", "before"]
    assert (names[0][1], len(names[1][1])) == ("exp/first", NAME)
    first, last = re.findall(r'<b [^>]*title="([^"]*)"', made)
    assert first == "exp/first: abandoned, first commit 2026-01-08, last 2026-01-28, 1 commit ahead, 1,207 behind"
    assert last.count("x") > NAME
    assert "1.207 behind" in graveyard(lines, NOW, "says", of_locale("de-DE"))


def test_every_fate_has_a_colour_and_the_key_names_those_that_are_there() -> None:
    style = (Path(_graveyard_html.__file__).parent / "style.css").read_text("utf-8")
    assert all(f".md-pic .{fate} {{ --fate: " in style for fate in FATE_WORDS)
    made = graveyard([line(), line(fate="merged")], NOW, "says")
    assert re.findall(r'<i class="(\w+)"></i> (\w+)', made) == [("merged", "Merged"), ("abandoned", "Abandoned")]


def test_a_name_cannot_leave_its_place() -> None:
    hostile = '"><script>alert(1)</script>\u202e'
    made = graveyard([line(hostile)], NOW, hostile)
    assert "<script" not in made
    assert "\u202e" not in unescape(made)


def test_commits_of_the_future_and_outside_the_calendar_stay_within() -> None:
    lines = [line(silent=-3_000), line(silent=10**9), line(silent=-(10**9))]
    for place in places(graveyard(lines, NOW, "says")):
        assert all(0 <= at <= 100 for at in place.values())
