"""How long each branch lived, how long it has been silent, and what became of it: drawn as HTML. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from app_pages._axes import Time, held, upright
from app_pages._graveyard import FATE_WORDS, BranchLine
from app_pages._html import wrapped
from app_pages._text import day, safe, shortened
from scoring.wording import ENGLISH, Numbers

NAME = 34
"""Characters of a name beside its bar; all of them where one points at it."""


def graveyard(lines: Sequence[BranchLine], as_of: int, says: str, numbers: Numbers = ENGLISH) -> str:
    """One bar per branch from its first commit to its last; dots for the silence since; a sign for its fate."""
    ends = [max(as_of, line.last_at, line.merged_at or 0) for line in lines]
    time = Time(held(min((line.began for line in lines), default=as_of)), held(max(ends, default=as_of)))
    there = {line.fate for line in lines}
    key = "".join(f'<span><i class="{fate}"></i> {word}</span>' for fate, word in FATE_WORDS.items() if fate in there)
    rows = "".join(_row(line, time, as_of, numbers) for line in lines)
    return wrapped(
        f'<figure class="md-pic branches" role="img" aria-label="{safe(says)}" data-testid="graveyard-drawn">'
        f'<p class="md-legend small muted">{key}</p><div class="plot">{upright(time)}{rows}</div></figure>'
    )


def _row(line: BranchLine, time: Time, as_of: int, numbers: Numbers) -> str:
    """The name stands where more room is: before the first commit, or on the silence after the last."""
    began, last, now = held(line.began), held(line.last_at), held(max(as_of, line.last_at))
    end = held(line.merged_at or line.last_at)
    is_left = began - time.first > now - last
    parts = {"b": began, "l": last, "e": end, "n": now}
    places = ";".join(f"--{name}:{time.across(at):.2f}%" for name, at in parts.items())
    told = (
        f"{shortened(line.name, 60)}: {FATE_WORDS.get(line.fate, line.fate).lower()}, first commit {day(began)}, "
        f"last {day(last)}, {numbers.count(line.ahead, 'commit')} ahead, {numbers.whole(line.behind)} behind"
    )
    fate = line.fate if line.fate in FATE_WORDS else ""
    name = safe(shortened(line.name, NAME))
    side = "before" if is_left else "after"
    return f'<b class="{fate}" style="{places}" title="{safe(told)}"><span class="{side}"><bdi>{name}</bdi></span></b>'
