"""Pictures as text: small lines as SVG images, larger ones as Vega-Lite specs. Colours follow the theme."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from app_pages._trend import DAY, YEAR, a_quarter_before, breaks, runs
from mldebt.store.series import Past
from scoring.wording import Numbers

Spec = dict[str, Any]

# Read on both themes, since a picture does not learn of the theme it stands in: 3.6:1 on white, 5.2:1 on dark.
LINE, DOT, BREAK = "#7C8896", "#3F8DB8", "#B58900"
SHORT = 200 * 86_400
"""Under so many seconds, months would repeat on the axis: days are shown."""
A_MONTH = 30 * DAY
EDGE = 4
PADDING = {"top": 4, "bottom": 4, "left": 0, "right": 4}
"""Around a chart: a card has room enough of its own."""


class Size(NamedTuple):
    """Of a small line, in pixels."""

    width: int
    height: int


LEAST_SPAN = 0.25
"""Of its largest number, that a line's height stands for: what counts as no change does not look like one."""
SMALL, WIDE = Size(132, 34), Size(208, 56)


def spark(series: Sequence[Past], at: int, size: Size = SMALL) -> str | None:
    """One year of a signal up to `at`, as the address of an image. None where fewer than two values are known, or all
    lie within a month: they would be a dot.

    A wide one has a ring where the number of a quarter ago is, with which the newest is compared.
    """
    year = [past for past in series if at - YEAR <= past.at <= at]
    known = [past.value for past in year if past.value is not None]
    seen = [past.at for past in year if past.value is not None]
    if len(known) < 2 or seen[-1] - seen[0] < A_MONTH:
        return None
    low, high = min(known), max(known)
    span = max(high - low, LEAST_SPAN * max(abs(low), abs(high)))

    def x(time: int) -> float:
        return EDGE + (size.width - 2 * EDGE) * (time - (at - YEAR)) / YEAR

    def y(value: float) -> float:
        up = 0.5 + (value - (low + high) / 2) / span if span else 0.5
        return size.height - EDGE - (size.height - 2 * EDGE) * up

    shapes = []
    for run in runs(year):
        dots = [(x(past.at), y(past.value)) for past in run if past.value is not None]
        path = " ".join(f"{left:.1f},{top:.1f}" for left, top in dots)
        shapes.append(f'<polyline points="{path}" fill="none" stroke="{LINE}" stroke-width="1.8"/>')
        if len(dots) == 1:
            shapes.append(f'<circle cx="{dots[0][0]:.1f}" cy="{dots[0][1]:.1f}" r="1.6" fill="{LINE}"/>')
    shapes += [
        f'<line x1="{x(time):.1f}" x2="{x(time):.1f}" y1="2" y2="{size.height - 2}" stroke="{BREAK}"'
        ' stroke-width="1" stroke-dasharray="2 2"/>'
        for time in breaks(year)
    ]
    last = next(past for past in reversed(year) if past.value is not None)
    then = a_quarter_before(year, at) if size is WIDE else None
    if then is not None and then.value is not None and then is not last:
        ring = f'fill="{LINE}" fill-opacity="0.15" stroke="{LINE}" stroke-width="1.5"'
        shapes.append(f'<circle cx="{x(then.at):.1f}" cy="{y(then.value):.1f}" r="3.4" {ring}/>')
    shapes.append(f'<circle cx="{x(last.at):.1f}" cy="{y(last.value or 0):.1f}" r="3.4" fill="{DOT}"/>')
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size.width}" height="{size.height}"'
        f' viewBox="0 0 {size.width} {size.height}" stroke-linejoin="round" stroke-linecap="round">'
        f"{''.join(shapes)}</svg>"
    )
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def shares(numbers: Numbers) -> str:
    """How an axis of shares names its ticks, as an expression of Vega's."""
    before, after = numbers.percent.split("{}")
    return f"'{before}' + format(datum.value * 100, '~f') + '{after}'"


def iso(seconds: int) -> str:
    """As Vega reads it; dates that no calendar holds are moved to its ends."""
    held = min(max(seconds, -62_135_596_800), 253_402_300_799)
    return datetime.fromtimestamp(held, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
