"""One signal over all its snapshots, as HTML: drawn where it stands, without a program in the browser. Pure."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from itertools import pairwise

from app_pages._axes import Scale, Time, held, scale, upright
from app_pages._html import wrapped
from app_pages._text import day, safe
from app_pages._trend import breaks, runs
from mldebt.store.series import Past
from scoring.korean import saying
from scoring.signal import IN_USE, LEVEL, NOT_SEEN, PRESENT
from scoring.wording import ENGLISH, Numbers

DOTTED = 60
"""Up to so many points each has a dot: more would hide the line."""
WORDS = {NOT_SEEN: "not seen", PRESENT: "present", IN_USE: "in use"}
WORDS_IN_KOREAN = {NOT_SEEN: "보이지 않음", PRESENT: "있음", IN_USE: "사용 중"}


def over_time(series: Sequence[Past], unit: str, says: str, numbers: Numbers = ENGLISH, language: str = "en") -> str:
    """The line breaks where the way of measuring changed, and a mark says so. Nothing where no value is known."""
    known = [(past.at, past.value) for past in series if past.value is not None]
    if not known:
        return ""
    time = Time(known[0][0], known[-1][0])
    up = Scale(NOT_SEEN, IN_USE, PRESENT) if unit == LEVEL else scale([value for _, value in known])
    changed = "".join(
        f'<i class="break" style="left:{time.across(at):.2f}%"><span>measured anew</span></i>'
        for at in breaks(series)
        if time.first <= at <= time.last
    )
    title = "" if unit == LEVEL else f'<div class="unit">{safe(saying.axis(unit, language))}</div>'
    return wrapped(
        f'<figure class="md-pic" role="img" aria-label="{safe(says)}" data-testid="over-time">{title}<div class="plot">'
        f"{_levels(up, unit, numbers, language)}{upright(time)}{changed}"
        f'<i class="line" style="mask-image:url({_line(series, time, up, len(known))})"></i>'
        f"{_points(known, time, unit, numbers, language)}</div></figure>"
    )


def _levels(up: Scale, unit: str, numbers: Numbers, language: str) -> str:
    is_share = unit.split(" ", 1)[0] == "share"
    words = WORDS_IN_KOREAN if saying.is_korean(language) else WORDS

    def named(value: float) -> str:
        return words[value] if unit == LEVEL else up.named(value, numbers, is_share=is_share)

    return "".join(
        f'<i class="y" style="bottom:{up.up(value):.2f}%"><span>{safe(named(value))}</span></i>' for value in up.ticks()
    )


def _line(series: Sequence[Past], time: Time, up: Scale, known: int) -> str:
    """The shape that colour shows through, so that it follows the theme. It is stretched, its strokes are not."""
    lines, dots = [], []
    for run in runs(series):
        points = [f"{time.across(p.at) * 10:.1f} {1000 - up.up(p.value) * 10:.1f}" for p in run if p.value is not None]
        lines.append(f"M{'L'.join(points)}")
        dots += points if known <= DOTTED or len(points) == 1 else []
    round_dots = "".join(f"M{dot}h.01" for dot in dots)
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 1000" preserveAspectRatio="none" fill="none" '
        'stroke="#000" stroke-linejoin="round" stroke-linecap="round">'
        f'<path vector-effect="non-scaling-stroke" stroke-width="2" d="{"".join(lines)}"/>'
        f'<path vector-effect="non-scaling-stroke" stroke-width="6" d="{round_dots}"/></svg>'
    )
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def _points(known: Sequence[tuple[int, float]], time: Time, unit: str, numbers: Numbers, language: str) -> str:
    """What a pointer is told: over each point as far as half the way to the next."""
    places = [time.across(at) for at, _ in known]
    edges = [0.0, *((left + right) / 2 for left, right in pairwise(places)), 100.0]
    return "".join(
        f'<u style="left:{left:.2f}%;width:{right - left:.2f}%" '
        f'title="{day(held(at))}: {safe(saying.value(value, unit, language, numbers))}"></u>'
        for (at, value), (left, right) in zip(known, pairwise(edges), strict=True)
    )
