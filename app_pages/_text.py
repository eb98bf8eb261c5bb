"""Words from repositories, made harmless: for HTML, and for Streamlit's Markdown labels."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime
from html import escape

HANGUL = re.compile("[\uac00-\ud7a3]")
TEXT = re.compile('(?<!<bdi)(?<!<span lang="ko")>[^<>]*[\uac00-\ud7a3][^<>]*(?=<)')
KOREAN = re.compile("(?:[“‘]|(?<![\\w.,:/-])\\d[\\d.,]*(?: ?%)?)?[\uac00-\ud7a3](?:[^<>]*[\uac00-\ud7a3])?[.?!”’]*")
MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:=&^])")


def plain(text: str) -> str:
    """One line without characters that move the cursor, turn the direction, or do not show.

    Control, format and surrogate characters are spelled out as escapes, so that nobody can make a name
    look like another, or break out of its line.
    """
    if text.isprintable():  # so is nearly all: none of the categories below is
        return text
    return "".join(_spelled(c) if unicodedata.category(c) in _UNSEEN else c for c in text)


_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def _spelled(character: str) -> str:
    code = ord(character)
    names = {9: "\\t", 10: "\\n", 13: "\\r"}
    return names.get(code) or (f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}")


def safe(text: object) -> str:
    """Text for HTML, in an element or a quoted attribute."""
    return escape(plain(str(text)), quote=True)


def in_korean(html: str) -> str:
    """HTML whose Korean is marked as such, for readers aloud and for where lines break: the page around it is English.

    From the first Hangul of a text to the last, so that English on either side stays English. Names, and what people
    typed, stand in a `bdi` and are left as they are, as is what is marked already.
    """
    return TEXT.sub(_marked, html) if HANGUL.search(html) else html


def _marked(text: re.Match[str]) -> str:
    return KOREAN.sub(r'<span lang="ko">\g<0></span>', text[0], count=1)


def label(text: str) -> str:
    """Text for a Streamlit label, where Markdown, colours, icons and formulas have their signs escaped."""
    return MARKDOWN.sub(r"\\\1", plain(text))


def shortened(text: str, length: int) -> str:
    """At most `length` characters; the middle goes, since a path tells most at both ends."""
    if len(text) <= length:
        return text
    head = (length - 1) // 2
    return f"{text[:head]}…{text[len(text) - (length - 1 - head) :]}"


def day(seconds: int) -> str:
    """ISO date in UTC; dates outside the calendar's years are told as such."""
    try:
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d")
    except (OverflowError, OSError, ValueError):
        return "outside the calendar"


def listed(items: Iterable[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    words = list(items)
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
