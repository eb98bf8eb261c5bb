"""Names and dates from a repository, made safe to print."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime


def visible(text: str, limit: int = 200) -> str:
    """Control, format and bidirectional characters as escapes; at most `limit` characters, cut in the middle."""
    shown = "".join(c if c == " " or unicodedata.category(c)[0] not in "CZ" else _escaped(c) for c in text)
    if len(shown) <= limit:
        return shown
    half = (limit - 1) // 2
    return f"{shown[:half]}…{shown[-half:]}"


def _escaped(character: str) -> str:
    return character.encode("unicode_escape", "surrogatepass").decode("ascii") if ord(character) != 0xA0 else "\\xa0"


def day(seconds: int) -> str:
    """A date in UTC. Dates that no calendar holds are said so."""
    try:
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d")
    except (ValueError, OverflowError, OSError):
        return "a date out of range"
