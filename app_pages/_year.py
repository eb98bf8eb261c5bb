"""One year of each number of a row, as one small picture: a band for each, below one another. Pure.

One picture for five lines, since a browser makes a document of its own of each.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise, starmap
from urllib.parse import quote

from app_pages._charts import A_MONTH, DOT, EDGE, LEAST_SPAN, LINE, Size
from app_pages._trend import YEAR
from mldebt.store.trends import unpacked

BAND = Size(64, 24)
TENTHS = 10  # of a pixel: coordinates are whole numbers of them
WITHIN = 5  # tenths: a line may pass so far from a moment that it leaves out
KEPT = 4_000
PLAIN = " ='/:;,.()"  # what need not be spelled out in an address
ANY = float("-inf"), float("inf")

Place = tuple[int, int]


def is_drawn(year: bytes, at: int) -> bool:
    """Whether a line would say something: it moved, and over more than a month."""
    return len(_band(year, at)) > 1


@lru_cache(maxsize=KEPT)
def picture(years: Sequence[bytes], at: int) -> str:
    """An image's address, of as many bands as there are years. A year that would say nothing leaves its band empty."""
    shapes = []
    for number, year in enumerate(years):
        places = [(x, y + number * BAND.height * TENTHS) for x, y in _band(year, at)]
        if len(places) > 1:
            shapes.append(f"<path d='{path(places)}'/><circle cx='{places[-1][0]}' cy='{places[-1][1]}' r='30'/>")
    width, height = BAND.width, BAND.height * len(years)
    svg = (
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{height}'"
        f" viewBox='0 0 {width * TENTHS} {height * TENTHS}' fill='none' stroke-width='17' stroke-linejoin='round'"
        f" stroke-linecap='round'><style>path{{stroke:{LINE}}}circle{{fill:{DOT}}}</style>{''.join(shapes)}</svg>"
    )
    return f"data:image/svg+xml,{quote(svg, safe=PLAIN)}"


@lru_cache(maxsize=KEPT)
def _band(year: bytes, at: int) -> tuple[Place, ...]:
    """Where the line of one number goes, in its own band; nothing where it would say nothing."""
    known = [(when, value) for when, value in unpacked(year) if at - YEAR <= when <= at]
    if len(known) < 2 or known[-1][0] - known[0][0] < A_MONTH:
        return ()
    low, high = min(value for _, value in known), max(value for _, value in known)
    if low == high:
        return ()
    span = max(high - low, LEAST_SPAN * max(abs(low), abs(high)))
    wide, tall = TENTHS * (BAND.width - 2 * EDGE), TENTHS * (BAND.height - 2 * EDGE)
    middle, left, top = (low + high) / 2, TENTHS * EDGE - wide * (at - YEAR) / YEAR, TENTHS * BAND.height / 2
    return thinned([(round(left + wide * when / YEAR), round(top - tall * (v - middle) / span)) for when, v in known])


def thinned(places: Sequence[Place]) -> tuple[Place, ...]:
    """No more of a line than it takes: what is left out lies within `WITHIN` above or below what is drawn.

    The first, the last, the lowest and the highest stay. From a place that stays one goes on as long as one straight
    line passes all places between.
    """
    heights = [y for _, y in places]
    stay = {len(places) - 1, heights.index(min(heights)), heights.index(max(heights))}
    kept, last, (least, most) = [places[0]], 0, ANY
    for number in range(1, len(places)):
        wide, down = _step(places[last], places[number])
        if last < number - 1 and not (wide and least <= down / wide <= most):
            last = number - 1
            kept.append(places[last])
            least, most = ANY
            wide, down = _step(places[last], places[number])
        if number in stay or not wide:
            last = number
            kept.append(places[number])
            least, most = ANY
        else:
            least, most = max(least, (down - WITHIN) / wide), min(most, (down + WITHIN) / wide)
    return tuple(kept)


def _step(start: Place, end: Place) -> Place:
    return end[0] - start[0], end[1] - start[1]


def path(places: Sequence[Place]) -> str:
    """As SVG has it: where it begins, and from there each step."""
    steps = (f"{right} {down}" for right, down in starmap(_step, pairwise(places)))
    return f"M{places[0][0]} {places[0][1]}l{' '.join(steps)}"
