"""Words from repositories, made harmless: for HTML, for links, and for Streamlit's Markdown labels."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime
from html import escape
from urllib.parse import quote, quote_from_bytes, urlsplit

MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:=&^])")
BYTE = re.compile(r"\\x([89a-f][0-9a-f])", re.IGNORECASE)  # how a path spells a byte that is not UTF-8


def plain(text: str) -> str:
    """One line without characters that move the cursor, turn the direction, or do not show.

    Control, format and surrogate characters are spelled out as escapes, so that nobody can make a name
    look like another, or break out of its line.
    """
    return "".join(_spelled(c) if unicodedata.category(c) in _UNSEEN else c for c in text)


_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def _spelled(character: str) -> str:
    code = ord(character)
    names = {9: "\\t", 10: "\\n", 13: "\\r"}
    return names.get(code) or (f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}")


def safe(text: object) -> str:
    """Text for HTML, in an element or a quoted attribute."""
    return escape(plain(str(text)), quote=True)


def label(text: str) -> str:
    """Text for a Streamlit label, where Markdown, colours, icons and formulas have their signs escaped."""
    return MARKDOWN.sub(r"\\\1", plain(text))


def shortened(text: str, length: int) -> str:
    """At most `length` characters; the middle goes, since a path tells most at both ends."""
    if len(text) <= length:
        return text
    head = (length - 1) // 2
    return f"{text[:head]}…{text[len(text) - (length - 1 - head) :]}"


def web_base(web: str | None) -> str | None:
    """A repository's address, if it is one that a link may start with: https, a host, nothing that hides."""
    if not web or plain(web) != web:
        return None
    try:
        parts = urlsplit(web)
        has_host = bool(parts.hostname)
    except ValueError:
        return None
    if parts.scheme != "https" or not has_host or parts.username or parts.password or parts.query or parts.fragment:
        return None
    return f"https://{parts.netloc}{quote(parts.path, safe='/~')}".rstrip("/")


def permalink(web: str | None, kind: str, subject: str, commit: str, line: int | None = None) -> str | None:
    """Where a row of evidence stands at its host, fixed to the commit. None where no address is known.

    `kind` is an evidence kind: "file", "folder", "branch", "commit". GitLab has a `/-/` in its paths.
    """
    base = web_base(web)
    if base is None or not subject:
        return None
    host = urlsplit(base).hostname or ""
    start = f"{base}/-" if "gitlab" in host else base
    if kind == "commit":
        return f"{start}/commit/{quote(subject, safe='')}"
    if kind == "branch":
        return f"{start}/tree/{_quoted(subject.removeprefix('origin/'))}"
    if kind in ("file", "folder") and commit:
        lines = f"#L{line}" if line else ""
        return f"{start}/{'blob' if kind == 'file' else 'tree'}/{quote(commit, safe='')}/{_quoted(subject)}{lines}"
    return None


def _quoted(path: str) -> str:
    # Bytes that are not UTF-8 travel as surrogates, and come out as the bytes that git holds.
    raw = BYTE.sub(lambda match: chr(0xDC00 + int(match[1], 16)), path)
    return quote_from_bytes(raw.encode("utf-8", "surrogateescape"), safe="/~")


def day(seconds: int) -> str:
    """ISO date in UTC; dates outside the calendar's years are told as such."""
    try:
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d")
    except (OverflowError, OSError, ValueError):
        return "outside the calendar"


def count(number: int, one: str, many: str | None = None) -> str:
    """ "1 file", "1,204 files"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(items: Iterable[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    words = list(items)
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
