"""The words of a text, as numbers: whether a name occurs in it can be asked, what stands in it cannot."""

from __future__ import annotations

from collectors.facts.words import digest

MOST = 20_000
"""Different words that are kept of one text."""
_APART = bytes(byte if byte > 127 or chr(byte).isalnum() else 32 for byte in range(256)).lower()


def words(content: bytes) -> str:
    """Every name in a text, in upper or lower case and with or without underscores, as `digest` writes them."""
    found = set(content.translate(_APART, b"_").split())
    if len(found) > MOST:
        found = set(sorted(found)[:MOST])
    return digest(found)
