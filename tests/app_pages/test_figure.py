from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app_pages._figure import (
    HEIGHT,
    LEAST,
    PHONE_HEIGHT,
    PHONE_WIDTH,
    PLACES,
    WIDTH,
    Box,
    Rect,
    boxes,
    css,
    narrow,
    percent,
    wide,
)
from collectors.facts.files import Place

counts = st.dictionaries(st.sampled_from(Place), st.tuples(st.integers(0, 10**6), st.integers(0, 10**9)))


def overlap(one: Rect, other: Rect) -> bool:
    across = min(one.left + one.width, other.left + other.width) - max(one.left, other.left)
    down = min(one.top + one.height, other.top + other.height) - max(one.top, other.top)
    return across > 1e-6 and down > 1e-6


def test_every_box_of_the_paper_is_there_also_where_nothing_was_seen() -> None:
    made = boxes({Place.ML_CODE: (2, 50), Place.SERVING: (1, 150)})
    assert [box.place for box in made] == list(Place)
    assert {box.place: box.share for box in made if box.share} == {Place.ML_CODE: 0.25, Place.SERVING: 0.75}


def test_an_empty_repository_has_no_shares() -> None:
    assert {box.share for box in boxes({})} == {0.0}


@pytest.mark.parametrize(("draw", "width", "height"), [(wide, WIDTH, HEIGHT), (narrow, PHONE_WIDTH, PHONE_HEIGHT)])
@given(counted=counts)
def test_boxes_lie_in_the_figure_without_overlap_and_hold_their_labels(
    draw: Callable[[Sequence[Box]], dict[Place, Rect]],
    width: float,
    height: float,
    counted: dict[Place, tuple[int, int]],
) -> None:
    placed = draw(boxes(counted))
    rects = list(placed.values())
    assert set(placed) == set(Place)
    assert all(r.left >= -1e-6 and r.top >= -1e-6 for r in rects)
    assert all(r.left + r.width <= 100 + 1e-6 and r.top + r.height <= 100 + 1e-6 for r in rects)
    assert not any(overlap(a, b) for number, a in enumerate(rects) for b in rects[:number])
    assert all(r.width * width / 100 >= LEAST[0] - 1e-6 and r.height * height / 100 >= LEAST[1] - 1e-6 for r in rects)


@pytest.mark.parametrize(("draw", "width", "height"), [(wide, WIDTH, HEIGHT), (narrow, PHONE_WIDTH, PHONE_HEIGHT)])
@given(counted=counts)
def test_the_area_of_a_box_follows_its_lines(
    draw: Callable[[Sequence[Box]], dict[Place, Rect]],
    width: float,
    height: float,
    counted: dict[Place, tuple[int, int]],
) -> None:
    drawn = boxes(counted)
    lines = {box.place: box.lines for box in drawn}
    areas = {p: r.width * width * r.height * height / 10_000 for p, r in draw(drawn).items()}
    least = LEAST[0] * LEAST[1]
    free = [areas[place] / lines[place] for place in areas if areas[place] > least * 1.001]
    assert all(scale == pytest.approx(free[0]) for scale in free)
    assert all(areas[place] == pytest.approx(least) for place in areas if not lines[place])


def test_more_lines_make_a_larger_box() -> None:
    placed = wide(boxes({Place.CONFIGURATION: (1, 9_000), Place.SERVING: (1, 3_000), Place.ML_CODE: (1, 100)}))
    areas = {place: rect.width * rect.height for place, rect in placed.items()}
    assert areas[Place.CONFIGURATION] > areas[Place.SERVING] > areas[Place.ML_CODE]


def test_the_ml_code_stands_in_the_middle() -> None:
    rect = wide(boxes(dict.fromkeys(Place, (1, 100))))[Place.ML_CODE]
    assert 25 < rect.left + rect.width / 2 < 75
    assert 20 < rect.top + rect.height / 2 < 70


def test_a_box_in_which_nothing_was_seen_is_not_filled() -> None:
    rules = css(boxes({place: (1, 1) for place in Place if place is not Place.SERVING}), None)
    assert rules.count("background: transparent") == 1
    assert ".st-key-box_serving button {background: transparent" in rules


def test_the_picked_box_is_marked_and_no_other() -> None:
    rules = css(boxes({}), Place.TESTS)
    assert rules.count("outline: 3px") == 1
    assert ".st-key-box_tests button {outline" in rules
    assert "outline" not in css(boxes({}), None)


def test_what_is_there_never_reads_as_nothing() -> None:
    assert [percent(share) for share in (0, 0.001, 0.34, 1)] == ["0 %", "<1 %", "34 %", "100 %"]


def test_every_place_has_words_in_both_languages() -> None:
    assert set(PLACES) == set(Place)
    assert all(words.name.ko and words.sentence.ko for words in PLACES.values())
