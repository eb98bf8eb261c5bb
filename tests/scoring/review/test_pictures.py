"""Small pictures: what rises, what is dashed, how far a bar reaches."""

from __future__ import annotations

import re
from dataclasses import replace

from scoring.review.pictures import HEIGHT, LONGEST_BAR, bars, slope
from scoring.review.record import AnswerLine, Flow
from tests.reviews_by_hand import record


def line(then: float | None, now: float | None, word: str = "same") -> AnswerLine:
    return replace(record().answers[0], value_then=then, value_now=now, word=word)


def ends(drawn: str) -> tuple[float, float]:
    """How high the line begins and ends, from the bottom."""
    first, last = re.findall(r'y[12]="([\d.]+)"', drawn)
    return HEIGHT - float(first), HEIGHT - float(last)


def test_the_line_rises_with_the_number_and_what_is_worse_is_dashed() -> None:
    left, right = ends(slope(line(0.2, 0.4, "better")))
    assert right > left
    assert "dasharray" not in slope(line(0.2, 0.4, "better"))
    assert "dasharray" in slope(line(0.2, 0.4, "worse"))
    assert len(set(ends(slope(line(7, 7))))) == 1
    assert len(set(ends(slope(line(0, 0))))) == 1


def test_without_two_numbers_nothing_is_drawn() -> None:
    assert slope(line(None, 0.4)) == slope(line(0.4, None)) == ""


def test_bars_share_the_longest_and_nothing_has_none() -> None:
    def flow(taken_on: int | None, paid: int | None) -> Flow:
        return Flow("glue_code", "Glue code", 0, taken_on, paid, 0, 0, "")

    drawn = bars([flow(100, 50), flow(1, 0), flow(0, 0), flow(None, None)])
    assert [(bar.taken_on, bar.paid) for bar in drawn] == [(LONGEST_BAR, LONGEST_BAR // 2), (1, 0)]
