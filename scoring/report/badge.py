"""The badge of a repository: one line, and the SVG that a README shows."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from html import escape
from typing import NamedTuple

from scoring.answers import Scorecard
from scoring.signal import Letter

DAY = 86_400
FRESH_DAYS = 30
LABEL = "mldebt"
_GREY, _SLATE, _LABEL, _DARK, _WHITE = "#8A94A1", "#44505F", "#26303D", "#0B1420", "#FFFFFF"
_COLOURS = {
    Letter.A: ("#0B4F7D", _WHITE),
    Letter.B: ("#3F8DB8", _DARK),
    Letter.C: ("#B58900", _DARK),
    Letter.D: ("#B04A00", _WHITE),
    Letter.E: ("#6E1040", _WHITE),
}
"""As the dashboard has them; each pair is read at 4.5 to 1 or better."""
_NARROW, _WIDE = frozenset("fijl.,:;·|!'1 rt()"), frozenset("mwMW%")


class Badge(NamedTuple):
    text: str
    letter: Letter | None = None  # that colours it
    is_grey: bool = False


UNKNOWN = Badge("unknown", is_grey=True)
"""Of what is not stored, and of what must not be shown: one cannot be told from the other."""


def badge_of(card: Scorecard, seen_at: int, now: int) -> Badge:
    """`seen_at` is when a scan last came to this scorecard. Grey once that is long ago, or nothing was measured."""
    known = [answer for answer in card.answers if answer.is_known]
    is_old = now - seen_at > FRESH_DAYS * DAY
    parts = [f"{len(known)} of {len(card.answers)} measured" if known else "nothing measured"]
    letters = {a.question.title.en.lower(): a.letter for a in known if a.letter is not None}
    worst = max(letters.values(), default=None)
    if worst is not None:
        which = [title for title, letter in letters.items() if letter is worst]
        parts.append(_weakest(which, worst, len(letters)))
    parts.append(_day(seen_at, with_year=is_old))
    return Badge(" · ".join(parts), worst, is_old or not known)


def _weakest(which: list[str], worst: Letter, of: int) -> str:
    """Nothing is called weakest where no letter differs."""
    name = which[0] if len(which) == 1 else f"{len(which)} answers"
    if len(which) < of:
        return f"weakest: {name}, {worst}"
    return f"{name}: {worst}" if of == 1 else f"all {of} with a letter: {worst}"


def _day(seconds: int, *, with_year: bool) -> str:
    try:
        at = datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return "at no day"
    day = f"{at:%b} {at.day}"
    return f"{day}, {at.year}" if with_year else day


def svg(badge: Badge) -> str:
    """One image, without a script, a link or an address of its own."""
    colour, ink = (_GREY, _DARK) if badge.is_grey else _COLOURS[badge.letter] if badge.letter else (_SLATE, _WHITE)
    left, right = _width(LABEL), _width(badge.text)
    whole, text = left + right, escape(badge.text)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{whole}" height="20" role="img" '
        f'aria-label="{LABEL}: {text}"><title>{LABEL}: {text}</title>'
        f'<rect width="{whole}" height="20" rx="3" fill="{colour}"/>'
        f'<rect width="{left}" height="20" rx="3" fill="{_LABEL}"/>'
        f'<rect x="{left - 3}" width="3" height="20" fill="{_LABEL}"/>'
        '<g font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11">'
        f"{_words(LABEL, 0, left, _WHITE)}{_words(text, left, right, ink)}</g></svg>\n"
    )


def etag(image: str) -> str:
    return f'"{hashlib.sha256(image.encode()).hexdigest()[:32]}"'


def _words(text: str, x: int, width: int, ink: str) -> str:
    """Drawn at the width that was counted, whatever font there is."""
    return (
        f'<text x="{x + 7}" y="14" fill="{ink}" textLength="{width - 14}" lengthAdjust="spacingAndGlyphs">{text}</text>'
    )


def _width(text: str) -> int:
    """About what it takes in Verdana of 11 px, with room on both sides."""
    return round(sum(4.2 if c in _NARROW else 10.0 if c in _WIDE else 7.0 for c in text)) + 14
