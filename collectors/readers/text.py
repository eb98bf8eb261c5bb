"""Bytes into text, whatever they are: byte-order marks, old encodings, old line ends."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_COOKIE = re.compile(rb"\A(?:[^\n]*\n)?[ \t\f]*#[^\n]{0,200}?coding[:=][ \t]*([-\w.]{2,20})")
# Python knows "encodings" that unpack or take quadratic time; these are plain character sets.
_CHARACTER_SETS = re.compile(r"(?i)(?:iso|latin|cp|windows|gb|big5|euc|shift|sjis|koi8|mac)[-_\w]*\Z")
_SNIFFED = 8_000  # bytes that git looks at to tell text from binary


def is_binary(content: bytes) -> bool:
    """As git sees it: a null byte among the first 8,000; UTF-16 and UTF-32 with a mark are text."""
    return b"\0" in content[:_SNIFFED] and not content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))


def decoded(content: bytes) -> str:
    """Text with "\\n" as its only line end. Never fails: what is neither UTF-8 nor declared is read as Latin-1."""
    return _decoded(content).replace("\r\n", "\n").replace("\r", "\n")


def _decoded(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode(_declared(content), "replace")


def _declared(content: bytes) -> str:
    """The encoding that a comment in the first two lines names (PEP 263), if it is a plain character set."""
    cookie = _COOKIE.match(content[:1_000])
    name = cookie[1].decode("ascii", "replace") if cookie else ""
    if _CHARACTER_SETS.match(name):
        try:
            return codecs.lookup(name).name
        except LookupError:
            pass
    return "latin-1"
