"""Small pictures as SVG: an answer's number, then and now. Colours are handed in; the words stand beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from scoring.review.record import AnswerLine, Flow

WIDTH, HEIGHT, EDGE = 96, 40, 6
LONGEST_BAR = 80  # percent: its number stands beside it
LIGHT: Mapping[str, str] = {"better": "#0B4F7D", "worse": "#B04A00"}
NEUTRAL = "#5B6776"


def slope(line: AnswerLine, colours: Mapping[str, str] = LIGHT, neutral: str = NEUTRAL) -> str:
    """A line from then to now, from zero up, so that its steepness is the share that changed. What is worse is dashed.

    Empty where there is no number on both days.
    """
    if line.value_then is None or line.value_now is None:
        return ""
    top = max(abs(line.value_then), abs(line.value_now)) or 1.0
    left, right = (
        HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * abs(value) / top for value in (line.value_then, line.value_now)
    )
    colour = colours.get(line.word, neutral)
    dash = ' stroke-dasharray="5 3"' if line.word == "worse" else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<line x1="{EDGE}" y1="{left:.1f}" x2="{WIDTH - EDGE}" y2="{right:.1f}" stroke="{colour}"'
        f' stroke-width="2"{dash}/>'
        f'<circle cx="{EDGE}" cy="{left:.1f}" r="3" fill="{neutral}"/>'
        f'<circle cx="{WIDTH - EDGE}" cy="{right:.1f}" r="4" fill="{colour}"/></svg>'
    )


class Bar(NamedTuple):
    """Of one kind of debt: how far its two bars reach, in percent of the room that they have."""

    flow: Flow
    paid: int
    taken_on: int


def bars(flows: Iterable[Flow]) -> list[Bar]:
    """Kinds of which something was taken on or paid, in their order."""
    moved = [flow for flow in flows if flow.taken_on or flow.paid]
    longest = max((max(flow.taken_on or 0, flow.paid or 0) for flow in moved), default=1)
    return [Bar(flow, _share(flow.paid, longest), _share(flow.taken_on, longest)) for flow in moved]


def _share(number: int | None, longest: int) -> int:
    """What is not nothing is seen."""
    return max(1, round(LONGEST_BAR * number / longest)) if number else 0
