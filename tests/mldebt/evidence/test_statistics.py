"""How well a number tells two groups apart."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mldebt.evidence.statistics import Point, auc, bounds, percentile


def points(*numbers: float, commits: int = 500) -> list[Point]:
    return [Point(number, commits) for number in numbers]


def test_the_share_of_pairs_in_which_the_worse_has_more():
    found = auc(points(3, 2), points(1, 2))
    assert found is not None
    assert (found.value, found.pairs) == ((1 + 1 + 1 + 0.5) / 4, 4)


def test_delongs_interval_of_a_worked_example():
    """Placements of the worse: 1, 0.75, 0.75; of the better: 1, 1, 1/3, 1; so 0.0208 / 3 + 0.1111 / 4."""
    found = auc(points(9, 4, 3), points(1, 2, 5, 0))
    assert found is not None
    assert found.value == pytest.approx(10 / 12)
    half = 1.96 * math.sqrt(1 / 48 / 3 + 1 / 9 / 4)
    assert found.low == pytest.approx(10 / 12 - half)
    assert found.high == 1


def test_only_pairs_of_like_size_are_compared():
    worse, better = [Point(5, 100), Point(5, 1_000)], [Point(1, 250), Point(9, 2_500)]
    found = auc(worse, better, 2.5)
    assert found is not None
    assert (found.value, found.pairs) == (0.5, 2)
    assert auc(worse[:1], better[1:], 2.5) is None
    assert auc([], better) is None


def test_one_repository_on_a_side_proves_nothing():
    found = auc(points(9), points(*range(8)))
    assert found is not None
    assert found.low < 0.5


def test_an_interval_holds_the_truth_about_as_often_as_it_says():
    chance, truth = random.Random(4), 0.7602  # of two normal distributions one apart: Φ(1 / √2)
    held = 0
    for _ in range(200):
        worse, better = (points(*[chance.gauss(middle, 1) for _ in range(25)]) for middle in (1, 0))
        found = auc(worse, better)
        assert found is not None
        held += found.low <= truth <= found.high
    assert 180 <= held <= 199


numbers = st.lists(st.integers(0, 20), min_size=2, max_size=12)


@given(numbers, numbers)
def test_turned_round_it_is_the_other_side(worse, better):
    one, other = auc(points(*worse), points(*better)), auc(points(*better), points(*worse))
    assert one is not None
    assert other is not None
    assert one.value == pytest.approx(1 - other.value)
    assert one.low <= one.value <= one.high


@pytest.mark.parametrize(("share", "number"), [(0, 1), (0.25, 1.75), (0.5, 2.5), (1, 4)])
def test_percentiles_lie_straight_between_neighbours(share, number):
    assert percentile([1, 2, 3, 4], share) == number


@given(st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=40))
def test_bounds_and_their_intervals_run_one_way_whatever_the_numbers(numbers):
    found = bounds(numbers, "seed")
    assert found == bounds(sorted(numbers), "seed")
    assert list(found.at) == sorted(found.at)
    assert all(low <= bound <= high for bound, (low, high) in zip(found.at, found.spread, strict=True))
    for ends in zip(*found.spread, strict=True):
        assert list(ends) == sorted(ends)


def test_more_repositories_leave_less_open():
    few, many = (bounds([float(n % 20) for n in range(size)], "seed") for size in (20, 400))
    width = [sum(high - low for low, high in found.spread) for found in (few, many)]
    assert width[1] < width[0] / 2
